"""照合の基準 What the gate demands of one request, fetched from the register after rendering, over its own connection.

Written apart from the renderer's side on purpose: one mistake must not be made twice.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from yakusho.blocks.documents._internal import city
from yakusho.blocks.documents._internal.gate import Wanted
from yakusho.blocks.documents.kinds import Order, Want, kinds
from yakusho.blocks.documents.models import Paper, PaperRequest
from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.doors.frames import opened
from yakusho.kit.calendar import wareki
from yakusho.kit.refusal import Refusal


class NothingWanted(LookupError):
    """The register gives no answer for this request now; says why, without personal data."""


def fetch(rid: UUID, token: int) -> Wanted:
    """照合の基準 Read the request and ask its room. Raises NothingWanted; the database's own errors when it is away."""
    row = PaperRequest.objects.filter(pk=rid).first()
    if row is None or row.token != token or row.number is None or row.begun_at is None:
        raise NothingWanted("the request is not being worked on by this job")
    day = timezone.localtime(row.begun_at).date()
    order = Order(row.kind, row.subject, tuple(row.members), row.options, day, row.begun_at)
    try:
        with opened("documents.gate", "query", SYSTEM):
            want = kinds[row.kind].want(order)
    except (OperationalError, InterfaceError):  # the database is away, which says nothing of the paper
        raise
    except (Refusal, LookupError, ValueError, TypeError, DatabaseError) as error:
        raise NothingWanted(f"the register does not answer: {type(error).__name__}") from error
    return _wanted(row, row.number, want, order)


def _wanted(row: PaperRequest, number: str, want: Want, order: Order) -> Wanted:
    issuer = city.issuer()
    mac = hmac.new(city.key("seal_key", "verify"), b"documents.verify:" + number.encode("ascii"), hashlib.sha256)
    code = number + base64.b32encode(mac.digest()[:10]).decode("ascii")
    person = hmac.new(city.key("subject_key", "paper"), str(row.subject).encode("ascii"), hashlib.sha256)
    texts: list[str] = []
    for section in want.sections:
        texts.append(section.title)
        for field in section.fields:
            texts += [field.label, field.kana, field.value]
    texts += [want.statement, wareki(order.on), issuer.mayor, issuer.seal]
    return Wanted(
        rid=row.id.hex,
        subject=person.hexdigest()[:24],
        version="v" + hashlib.sha256(want.version.encode()).hexdigest()[:8],
        number=number,
        address=f"{issuer.address}/VERIFY/{code}".upper(),
        city=issuer.city,
        title=kinds[row.kind].title,
        code="-".join(code[at : at + 4] for at in range(0, 28, 4)),
        texts=tuple(text for text in texts if text),
        forbidden=want.forbidden,
        number_unused=not Paper.objects.filter(number=number).exists(),
    )
