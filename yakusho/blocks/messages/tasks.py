"""夜間処理 The courier, every minute, one at a time."""

from procrastinate.contrib.django import app

from yakusho.blocks.messages import courier
from yakusho.blocks.pages import clock


@app.periodic(cron="* * * * *")
@app.task(name="messages.carry", queueing_lock="messages.carry", lock="messages.carry")
def carry(timestamp: int) -> int:
    """配達 Send the messages that are due."""
    return courier.carry(clock=clock.read)
