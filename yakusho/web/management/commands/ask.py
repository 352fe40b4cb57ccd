"""`ask QUERY --json FILE|- --as WHO`: ask a question of the house from the command line."""

from yakusho.web.command_line import DoorCommand


class Command(DoorCommand):
    """照会 JSON out and exit 0, or the refusal as problem+json and exit 1."""

    help = "Ask a query: ask resident_records.search --json - --as clerk1"
    kind = "query"
