"""見える範囲 Samples of what can be asked here, and who finds what: for the matrix of rights in `tests/access`."""

from tests.access.rooms import Of
from yakusho.blocks.doors import RESIDENT, STAFF
from yakusho.blocks.messages.models import Message

EVERYBODY = ("*",)
SAMPLES = {
    "contact": {},
    "inbox": {},
    "open_message": {"message": Of("message")},
    "outbox": {},
    "set_contact": {"contact": {"mail": "mihon@example.jp", "language": "ja"}},
    "unread": {},
}


def message(scene, person, by):
    """To whoever it is, as a resident or as a colleague."""
    wordings = {"ja": {"title": "見本", "body": "見本"}}
    to = {"person": by.person} if by.person is not None else {"account": by.account}
    return Message.objects.create(wordings=wordings, template="toy/toy", **to).pk


OBJECTS = {"message": message}
PERSONAL = ["message"]
OWN_ONLY = {"open_message": EVERYBODY}
PAGES = {"inbox": RESIDENT | STAFF, "message": RESIDENT | STAFF, "outbox": STAFF}
