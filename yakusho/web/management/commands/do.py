"""`do ACTION --json FILE|- --as WHO`: run an action of the house from the command line."""

from yakusho.web.command_line import DoorCommand


class Command(DoorCommand):
    """実行 JSON out and exit 0, or the refusal as problem+json and exit 1."""

    help = "Run an action: do resident_records.move_in --json notice.json --as clerk1 [--key KEY]"
    kind = "action"
