"""見える範囲 Samples of what can be asked here, and who finds what: for the matrix of rights in `tests/access`."""

from tests.access.rooms import Of
from yakusho.blocks.doors import RESIDENT
from yakusho.systems.city.certificates.apps import CLERK

SAMPLES = {
    "issue_copy": {"request": Of("request")},
    "offer": {"person": Of("person")},
    "request_copy": {"person": Of("person"), "order": {"kind": "住民票の写し", "whole": "世帯全員の分"}},
}
HOUSEMATES = {"offer", "request_copy"}
FINDERS = {"issue_copy": CLERK}
PAGES = {"choose": CLERK | RESIDENT}
