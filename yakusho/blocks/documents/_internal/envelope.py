"""書面の枠に入れる内容 The renderer's data: the frame of this request around what the room wants printed."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from yakusho.blocks.documents._internal import qr
from yakusho.blocks.documents._internal.city import Issuer
from yakusho.blocks.documents.kinds import Section, Snapshot
from yakusho.kit.calendar import wareki


def version_mark(version: str) -> str:
    """版 The register's version as printed: v and eight hexadecimal digits."""
    return "v" + hashlib.sha256(version.encode()).hexdigest()[:8]


def subject_mark(subject: int, key: bytes) -> str:
    """対象者 A keyed hash of the person, as printed: 24 hexadecimal digits."""
    return hmac.digest(key, b"%d" % subject, "sha256").hex()[:24]


def content(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    """記載内容 The sections as plain data, for the template and for the page beside the PDF."""
    return [asdict(section) for section in sections]


def envelope(
    snapshot: Snapshot,
    *,
    rid: UUID,
    number: str,
    title: str,
    subject: int,
    at: datetime,
    issuer: Issuer,
    keys: Mapping[str, bytes],
) -> dict[str, Any]:
    """All that the template prints."""
    code = qr.code(number, keys["verify"])
    return {
        "title": title,
        "city": issuer.city,
        "mayor": issuer.mayor,
        "seal": issuer.seal,
        "sample": issuer.sample,
        "rid": rid.hex,
        "subj": subject_mark(subject, keys["subject"]),
        "ver": version_mark(snapshot.version),
        "number": number,
        "code": qr.grouped(code),
        "qr": qr.svg(qr.address(issuer.address, code)),
        "issued": wareki(timezone.localtime(at).date()),
        "statement": snapshot.statement,
        "sections": content(snapshot.sections),
    }
