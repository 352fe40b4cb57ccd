"""書面 The four papers of this room, registered when the house starts."""

from pathlib import Path

from yakusho.blocks.documents import PaperKind, register
from yakusho.systems.city.certificates.actions import paper_name, released
from yakusho.systems.city.certificates.apps import CLERK
from yakusho.systems.city.certificates.papers import printed, wanted
from yakusho.systems.city.certificates.queries import shown
from yakusho.systems.city.certificates.values import CopyKind

TEMPLATE = Path(__file__).parent.parent / "templates" / "certificates" / "copy.typ"

KINDS = [
    register(
        PaperKind(
            name=paper_name(kind),
            title=kind.value,
            clerks=CLERK,
            template=TEMPLATE,
            snapshot=printed.snapshot,
            want=wanted.want,
            version=printed.version,
            retention="documents.issue_record",
            hold=printed.hold,
            released=released,
            shown=shown,
        )
    )
    for kind in CopyKind
]
