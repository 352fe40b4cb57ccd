"""Work of the night and of every ten seconds; thin."""

from procrastinate.contrib.django import app

from yakusho.blocks.audit import log


@app.periodic(cron="*/10 * * * * *")
@app.task(queueing_lock="audit.integrate_log")
def integrate_log(timestamp: int) -> int:
    """記録の組込 Bring finished entries into the signed log; a failure leaves them waiting, and papers stop in time."""
    return log.integrate()
