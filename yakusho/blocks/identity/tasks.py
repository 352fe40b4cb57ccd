"""夜間処理 Work of the night; thin."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions


@app.periodic(cron="10 3 * * *")
@app.task(name="identity.forget_attempts", queueing_lock="identity.forget_attempts")
def forget_attempts(timestamp: int) -> int:
    """試行の消去 Forget tries to sign in that are too old to matter."""
    return actions.forget_attempts(by=SYSTEM, at=datetime.fromtimestamp(timestamp, UTC))
