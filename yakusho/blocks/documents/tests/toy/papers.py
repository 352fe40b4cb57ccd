"""見本の写し A paper about the members of a toy household; `want` reads the table in another way than `snapshot`."""

import json
from pathlib import Path

from django.db import connection

from yakusho.blocks.documents import Field, Order, PaperKind, Section, Snapshot, Want, register
from yakusho.blocks.doors import Role

TOY_CLERK = Role("toy_clerk", "見本担当")
STATEMENT = "この写しは、見本の原本と相違ないことを証明する。"
LABELS = ("氏名", "生年月日", "住所", "備考")

MAKE = """
create table toy_resident (
  id bigint primary key, name text not null, kana text not null, born text not null, address text not null,
  remark text not null default '', version int not null default 1);
grant select, insert, update, delete on toy_resident to yakusho_app;
"""


def _ask(sql: str, order: Order) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(order.people)])
        return cursor.fetchall()


def snapshot(order: Order) -> Snapshot:
    """What the rendering session can see of everybody, whomever the order names."""
    with connection.cursor() as cursor:
        cursor.execute("select id, name, kana, born, address, remark, version from toy_resident order by id")
        rows = cursor.fetchall()
    sections = tuple(
        Section(
            f"世帯員 {place}",
            (Field("氏名", name, kana), Field("生年月日", born), Field("住所", address), Field("備考", remark)),
        )
        for place, (_, name, kana, born, address, remark, _) in enumerate(rows, 1)
    )
    return Snapshot(sections, STATEMENT, ",".join(str(row[-1]) for row in rows))


def want(order: Order) -> Want:
    """What must stand there."""
    rows = _ask("select to_jsonb(r) from toy_resident r where id = any (%s) order by id", order)
    held = [row if isinstance(row, dict) else json.loads(row) for (row,) in rows]
    sections = []
    for place, row in enumerate(held, 1):
        values = (row["name"], row["born"], row["address"], row["remark"])
        kana = (row["kana"], "", "", "")
        fields = tuple(Field(*three) for three in zip(LABELS, values, kana, strict=True))
        sections.append(Section(f"世帯員 {place}", fields))
    return Want(tuple(sections), STATEMENT, ",".join(str(row["version"]) for row in held), ("秘密の住所",))


def version(order: Order) -> str:
    """The versions of the rows."""
    return ",".join(
        str(row[0]) for row in _ask("select version from toy_resident where id = any (%s) order by id", order)
    )


TOY = register(
    PaperKind(
        name="toy.copy",
        title="見本の写し",
        clerks=TOY_CLERK,
        template=Path(__file__).parent / "copy.typ",
        snapshot=snapshot,
        want=want,
        version=version,
    )
)
