"""夜間処理 The courier, every minute, one at a time."""

from procrastinate.contrib.django import app

from yakusho.blocks.exchange import courier
from yakusho.blocks.pages import clock


@app.periodic(cron="* * * * *")
@app.task(name="exchange.carry", queueing_lock="exchange.carry", lock="exchange.carry")
def carry(timestamp: int) -> int:
    """配達 Send the events that are due."""
    return courier.carry(clock=clock.read)
