"""定期の仕事 The look around, every five minutes, one at a time."""

from procrastinate.contrib.django import app

from yakusho.blocks.alarms import watch
from yakusho.blocks.pages import clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="alarms.look", queueing_lock="alarms.look", lock="alarms.look")
def look(timestamp: int) -> int:
    """見回り Ring for what nobody asked about."""
    return watch.look(clock=clock.read)
