"""記載すべき内容 What must stand on the paper, read from the tables by other code than the one that prints.

One statement over the register's facts; the gate compares every text of the finished PDF with this, in order. Nothing is
shared with ``printed``: one mistake must not be made twice.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from yakusho.blocks.documents import Field, Order, Section, Want
from yakusho.kit.calendar import wareki

FACTS = """
select p.number, p.place,
  case when n.family || n.given = '' then n.alphabet else trim(both '　' from n.family || '　' || n.given) end,
  trim(both '　' from n.family_kana || '　' || n.given_kana), n.former_family, n.alias, n.born, n.sex,
  r.town_name || r.block || case when r.building = '' then '' else '　' || r.building end,
  r.relation, r.resident_since, r.address_since, r.notified_on, r.came_from, r.moved_from,
  c.planned, lower(c.valid), c.reason, c.destination,
  o.domicile, o.head, f.nationality, f.category, f.status, f.period, f.expires_on, f.card_number,
  exists (select from people_protection s where s.person_id = p.number and s.ended_on is null)
    and not exists (select from people_release x where x.person_id = p.number and x.paper = %(paper)s
                    and x.used_at is null and x.agreed_at <= %(at)s and x.until > %(at)s),
  (select case when h.family || h.given = '' then h.alphabet else trim(both '　' from h.family || '　' || h.given) end
     from people_residence q join people_naming h on h.person_id = q.person_id and upper(h.known) is null and h.valid @> %(on)s
    where q.household_id = r.household_id and q.relation = '世帯主' and upper(q.known) is null and q.valid @> %(on)s),
  case when r.valid @> %(on)s then r.household_id end,
  (select count(*) from people_residence q where q.household_id = r.household_id and upper(q.known) is null and q.valid @> %(on)s)
from unnest(%(people)s::bigint[]) with ordinality p(number, place)
join lateral (select * from people_naming where person_id = p.number and upper(known) is null and lower(valid) <= %(on)s
              order by lower(valid) desc limit 1) n on true
left join lateral (select * from people_residence where person_id = p.number and upper(known) is null and lower(valid) <= %(on)s
              order by lower(valid) desc limit 1) r on true
left join lateral (select * from people_closing where person_id = p.number and upper(known) is null
              and (valid @> %(on)s or lower(valid) > %(on)s) order by lower(valid) limit 1) c on true
left join people_origin o on o.person_id = p.number and upper(o.known) is null and o.valid @> %(on)s
left join people_foreignstatus f on f.person_id = p.number and upper(f.known) is null and f.valid @> %(on)s
order by p.place
"""
COLUMNS = (
    *("number", "place", "name", "kana", "former", "alias", "born", "sex", "address", "relation", "resident_since"),
    *("address_since", "notified_on", "came_from", "moved_from", "planned", "closed", "reason", "destination"),
    *("domicile", "first", "nationality", "category", "status", "period", "expires", "card", "withheld", "head"),
    *("household", "members"),
)
CERTIFIED = {
    "certificates.copy": "この写しは、住民票の原本と相違ないことを証明する。",
    "certificates.items": "この証明書に記載した事項は、住民票に記載されている事項と相違ないことを証明する。",
    "certificates.closed": "この写しは、除票の原本と相違ないことを証明する。",
    "certificates.move_out": "上記のとおり転出の届出があったことを証明する。",
}


def want(order: Order) -> Want:
    """Raises LookupError when the register no longer says everything, or it has become another household, or an address may
    not be shown."""
    rows = _read(order)
    if len(rows) != len(order.options["printed"]) or any(row["withheld"] or row["address"] is None for row in rows):
        raise LookupError("withheld or incomplete")
    alone = order.kind in ("certificates.closed", "certificates.move_out")
    if not alone and not _still(rows, everybody=order.options["everybody"]):
        raise LookupError("another household than asked for")
    sections = [] if alone else [Section("", _fields(_household(rows[0], order)))]
    sections += [Section(str(row["place"]), _fields(_lines(row, order, alone))) for row in rows]
    whole = order.kind == "certificates.copy" and order.options["everybody"]
    words = "この写しは、世帯全員の住民票の原本と相違ないことを証明する。" if whole else CERTIFIED[order.kind]
    return Want(tuple(sections), words, _version(order), forbidden=())


def _still(rows: list[dict[str, Any]], *, everybody: bool) -> bool:
    """Residents of one household on the day; all of it, where the paper says so."""
    (household, *others) = {row["household"] for row in rows}
    return household is not None and not others and (not everybody or len(rows) == rows[0]["members"])


def _read(order: Order) -> list[dict[str, Any]]:
    given = {"people": order.options["printed"], "on": order.on, "at": order.at, "paper": order.kind}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, given)
        return [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def _version(order: Order) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select max(people_last_change(p)) from unnest(%s::bigint[]) p", [order.options["printed"]])
        return str(cursor.fetchone()[0].isoformat())


def _fields(lines: list[tuple[str, Any]]) -> tuple[Field, ...]:
    return tuple(
        Field(
            label, wareki(value) if isinstance(value, date) else value[0], "" if isinstance(value, date) else value[1]
        )
        for label, value in lines
        if isinstance(value, date) or (value and value[0])
    )


def _household(row: dict[str, Any], order: Order) -> list[tuple[str, Any]]:
    lines = [("住所", (_full(row), ""))]
    return [*lines, ("世帯主", (row["head"], ""))] if order.options["relation"] else lines


def _full(row: dict[str, Any]) -> str:
    return str(settings.CITY["prefecture"] + settings.CITY["name"] + row["address"])


def _lines(row: dict[str, Any], order: Order, alone: bool) -> list[tuple[str, Any]]:
    def text(label: str, column: str) -> tuple[str, Any]:
        return label, (row[column] or "", "")

    lines: list[tuple[str, Any]] = [("氏名", (row["name"], row["kana"])), text("旧氏", "former"), text("通称", "alias")]
    lines += [("生年月日", row["born"]), text("性別", "sex")]
    lines += [("住所", (_full(row), ""))] if alone else []
    lines += [text("続柄", "relation")] if order.options["relation"] else []
    lines += [("住民となった年月日", row["resident_since"])]
    lines += [("住所を定めた年月日", row["address_since"])] if row["address_since"] != row["resident_since"] else []
    lines += [("届出年月日", row["notified_on"]), text("転入前住所", "came_from"), text("異動前住所", "moved_from")]
    if alone:
        day = "転出年月日（予定）" if row["planned"] else "消除年月日"
        lines += [(day, row["closed"]), text("消除の事由", "reason"), text("転出先", "destination")]
    if order.options["origin"]:
        lines += [text("本籍", "domicile"), text("筆頭者", "first")]
    if order.options["foreign"]:
        lines += [
            text("国籍・地域", "nationality"),
            text("30条の45に規定する区分", "category"),
            text("在留資格", "status"),
        ]
        lines += [
            text("在留期間等", "period"),
            ("在留期間等の満了の日", row["expires"]),
            text("在留カード等の番号", "card"),
        ]
    return lines
