"""書面の操作 Asking, issuing, handing over, reprinting, revoking; alarms; and the fenced steps of the press."""

from yakusho.blocks.documents.actions.alarms import close_alarm, compare_alarm
from yakusho.blocks.documents.actions.jobs import abandon, release, ring, take, withhold
from yakusho.blocks.documents.actions.papers import hand_over, issue, reprint, request_paper, revoke

__all__ = [
    "abandon",
    "close_alarm",
    "compare_alarm",
    "hand_over",
    "issue",
    "release",
    "reprint",
    "request_paper",
    "revoke",
    "ring",
    "take",
    "withhold",
]
