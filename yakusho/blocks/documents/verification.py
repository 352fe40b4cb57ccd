"""確認 What the city can say of a code or of a file, without a word about the person."""

import hashlib
import re
from datetime import date

from cryptography.x509.oid import NameOID

from yakusho.blocks.documents._internal import city, qr
from yakusho.blocks.documents._internal.city_seal import SealMissing
from yakusho.blocks.documents._internal.compare import different_pages
from yakusho.blocks.documents._internal.inspector import Inspected, inspect
from yakusho.blocks.documents._internal.readers import Unreadable, read_glyphs
from yakusho.blocks.documents._internal.signature import BadSeal, confirm
from yakusho.blocks.documents.models import Paper
from yakusho.blocks.documents.refusals import NoSuchPaper
from yakusho.blocks.documents.shown import code_of
from yakusho.blocks.documents.values import Verdict

PRINTED = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")


def by_code(typed: str, *, on: date) -> Verdict:
    """確認番号による確認 The city's record for a code as typed or scanned."""
    try:
        number = qr.number_of(typed, city.key("seal_key", "verify"))
    except NoSuchPaper:
        return Verdict(state="unknown")
    paper = Paper.objects.defer("pdf", "content").filter(number=number).first()
    return _record(paper, on) if paper else Verdict(state="unknown")


def by_file(pdf: bytes, *, name: str, on: date) -> Verdict:
    """ファイルによる確認 The very bytes that were issued, or what is different in them."""
    facts = {"file": name, "size": len(pdf)}
    same = Paper.objects.defer("pdf", "content").filter(sha256=hashlib.sha256(pdf).digest()).first()
    if same:
        return _record(same, on).model_copy(update={**facts, "seal": "intact"})
    found = inspect(pdf)
    paper = _named(found)
    if paper is None:
        return Verdict(state="unknown", file=name, size=len(pdf), seal=_seal(pdf))
    update: dict[str, object] = {**facts, "state": "altered", "seal": _seal(pdf), "file_pages": len(found.pages)}
    update["different_pages"] = _different(found, paper)
    return _record(paper, on).model_copy(update=update)


def _record(paper: Paper, on: date) -> Verdict:
    state = "revoked" if paper.revoked_at else "expired" if paper.expires_on and on >= paper.expires_on else "valid"
    return Verdict(
        state=state,
        title=paper.title,
        code=code_of(paper.number),
        issued_at=paper.sealed_at,
        pages=paper.pages,
        signer=_signer(),
        sample=city.issuer().sample,
        expires_on=paper.expires_on,
        revoked_at=paper.revoked_at,
        reason=paper.revoked_reason,
    )


def _signer() -> str:
    """Nobody while the seal is being replaced: the record answers all the same."""
    try:
        certificate = city.seal().certificate
    except SealMissing:
        return ""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _named(found: Inspected) -> Paper | None:
    """The paper whose full code (not only its number) stands on the file."""
    written = [match for page in found.pages for match in PRINTED.findall(page)]
    scanned = [code.rpartition("/")[2] for code in found.codes]
    for typed in (*written, *scanned):
        try:
            number = qr.number_of(typed, city.key("seal_key", "verify"))
        except NoSuchPaper:
            continue
        return Paper.objects.filter(number=number).first()
    return None


def _different(found: Inspected, paper: Paper) -> list[int]:
    try:
        own = read_glyphs(bytes(paper.pdf)).pages
    except Unreadable:
        return []
    return different_pages(found.pages, own)


def _seal(pdf: bytes) -> str:
    try:
        confirm(pdf, city.seal().certificate)
    except (BadSeal, SealMissing):
        return "changed" if b"ETSI.CAdES.detached" in pdf else "missing"
    return "intact"
