"""Ready-made papers without a database: the press and the gate's basis, put together by hand."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from uuid import UUID

import pikepdf
from django.conf import settings

from yakusho.blocks.documents import Field, Section, Snapshot
from yakusho.blocks.documents._internal import city_seal, qr
from yakusho.blocks.documents._internal.city import Issuer
from yakusho.blocks.documents._internal.envelope import envelope, subject_mark, version_mark
from yakusho.blocks.documents._internal.gate import Doubt, Wanted, check
from yakusho.blocks.documents._internal.render import render
from yakusho.blocks.documents.tests import support

TEMPLATE = (Path(__file__).parent / "toy" / "copy.typ").read_text("utf-8")
ISSUER = Issuer("盛岡市", "盛岡市長 見本 太郎", "盛岡市長之印", True, "http://localhost:8000")
KEYS = {"verify": b"v" * 32, "subject": b"s" * 32}
STATEMENT = "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"


def member(place: int, name: str, kana: str = "ミホン タロウ", **more: str) -> Section:
    values = {
        "生年月日": f"平成{place}年9月28日",
        "性別": "男",
        "続柄": "世帯主",
        "住民となった年月日": "令和3年4月1日",
        "住所": "岩手県盛岡市内丸12番2号 見本ハイツ101",
        "転入前住所": "岩手県見本市中央57番地8号",
        "本籍": f"岩手県盛岡市見本町{place}番地",
        "筆頭者": "見本 太郎",
        "備考": "",
    } | more
    fields = [Field("氏名", name, kana), *(Field(label, value) for label, value in values.items())]
    return Section(f"世帯員 {place}", tuple(fields))


def household(*names: str) -> tuple[Section, ...]:
    return tuple(member(place, name) for place, name in enumerate(names, 1))


FAMILY = household("見本 太郎", "見本 花子", "見本 一郎", "見本 二郎", "見本 三郎", "見本 四郎")
OTHERS = household("別人 太郎", "別人 花子", "別人 一郎", "別人 二郎", "別人 三郎", "別人 四郎")


@dataclass(frozen=True)
class Made:
    """One paper and what the gate is told to want."""

    sections: tuple[Section, ...] = FAMILY
    rid: str = "41bec43cb7536126706727997f7cb43e"
    subject: int = 1001
    number: str = "202600000001"
    version: str = "7"
    statement: str = STATEMENT
    forbidden: tuple[str, ...] = ()
    template: str = TEMPLATE
    change: Callable[[dict], dict] = field(default=lambda data: data)

    def data(self) -> dict:
        snapshot = Snapshot(self.sections, self.statement, self.version)
        return self.change(
            envelope(
                snapshot,
                rid=UUID(self.rid),
                number=self.number,
                title="住民票の写し",
                subject=self.subject,
                at=support.AT,
                issuer=ISSUER,
                keys=KEYS,
            )
        )

    def unsealed(self) -> bytes:
        return render(self.template, self.data(), support.AT, state=Path(settings.STATE))

    def sealed(self, folder: Path) -> bytes:
        return seal(self.unsealed(), folder)

    def wanted(self, **other: object) -> Wanted:
        code = qr.code(self.number, KEYS["verify"])
        texts = [text for section in self.sections for text in section.texts]
        basis = Wanted(
            rid=self.rid,
            subject=subject_mark(self.subject, KEYS["subject"]),
            version=version_mark(self.version),
            number=self.number,
            address=qr.address(ISSUER.address, code),
            city=ISSUER.city,
            title="住民票の写し",
            code=qr.grouped(code),
            texts=(*texts, self.statement, "令和8年11月23日", ISSUER.mayor, ISSUER.seal),
            forbidden=self.forbidden,
        )
        return replace(basis, **other)


@cache
def paper(made: Made, folder: Path) -> bytes:
    """The sealed paper, made once."""
    return made.sealed(folder)


def seal(pdf: bytes, folder: Path) -> bytes:
    return city_seal.load(folder).seal(pdf, at=support.AT)


def doubts(pdf: bytes, wanted: Wanted, folder: Path) -> list[Doubt]:
    return check(pdf, wanted, city_seal.load(folder).certificate)


def codes(pdf: bytes, wanted: Wanted, folder: Path) -> set[str]:
    return {doubt.code for doubt in doubts(pdf, wanted, folder)}


def with_pages(change: Callable[[pikepdf.Pdf], None], pdf: bytes) -> bytes:
    """The unsealed paper with its pages moved about, written so that it can be sealed again."""
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(sink, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return sink.getvalue().rstrip(b"\n")


def copied(data: dict) -> dict:
    return json.loads(json.dumps(data))
