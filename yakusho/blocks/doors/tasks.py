"""夜間処理 Work of the night; thin."""

from procrastinate.contrib.django import app

from yakusho.blocks.doors import keys


@app.periodic(cron="20 3 * * *")
@app.task(name="doors.forget_keys", queueing_lock="doors.forget_keys")
def forget_keys(timestamp: int) -> int:
    """冪等キーの消去 Forget the keys, and the results beside them, that nobody will send again."""
    return keys.forget()
