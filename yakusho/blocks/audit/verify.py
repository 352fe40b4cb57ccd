"""検証 Does the record still say what was signed? Compares entries, places, tiles, checkpoints and a witness's checkpoint.

Bounds: an entry is protected from the next checkpoint on (ten seconds). Who rolls back database and log folder together
is found by a checkpoint that was kept elsewhere. Who has the signing key can sign another log, but none that agrees
with a kept checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys, sequencer, tiles
from yakusho.blocks.audit._internal.note import BadNote, Head
from yakusho.blocks.audit._internal.walk import Walk

MOST = 1_000  # findings that are listed; one is enough to know
SENTENCES = {
    "changed": _("記録の内容が、署名されたものと違います。"),
    "missing": _("署名された記録が失われています。"),
    "gap": _("署名された葉が失われています。"),
    "unsigned": _("署名のない葉があります。"),
    "overlooked": _("読取位置より前に、葉のない記録があります。"),
    "tile": _("タイルが失われたか、変わっています。"),
    "root": _("チェックポイントの根が、記録の根と違います。"),
    "signature": _("チェックポイントの署名または内容が正しくありません。"),
    "rolled_back": _("データベースが過去の状態に戻されています。"),
    "unprotected": _("追記のみの保護が外されています。"),
    "epoch": _("データベースが別のクラスタに移され、世代の更新がまだです。"),
}

PROTECTIONS = """
select t.name, 'trigger' from unnest(array['audit_entry', 'audit_leaf', 'audit_checkpoint']) t(name)
 where not exists (select from pg_trigger g where g.tgrelid = t.name::regclass and g.tgname = 'append_only' and g.tgenabled = 'A')
union all
select t.name, r.rolname || ': ' || p.name
  from unnest(array['audit_entry', 'audit_leaf', 'audit_checkpoint']) t(name)
  cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p(name) cross join pg_roles r
 where r.rolname in ('yakusho_app', 'yakusho_render') and has_table_privilege(r.oid, t.name, p.name)
"""

UNSIGNED = (
    "select count(*), min(leaf) from audit_leaf where leaf >= (select coalesce(max(size), 0) from audit_checkpoint)"
)


@dataclass(frozen=True)
class Finding:
    """異常 One thing that is not as it was signed, and where."""

    kind: str
    where: str

    @property
    def sentence(self) -> str | Promise:
        """What it means, for people."""
        return SENTENCES[self.kind]


@dataclass(frozen=True)
class Report:
    """検証結果 What was compared, and everything that did not agree."""

    size: int
    root: bytes
    checkpoints: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing found."""
        return not self.findings


def verify(*, witness: str = "") -> Report:
    """検証 Compare everything with everything; ``witness`` is a checkpoint (signed note) that was kept elsewhere.

    Reads the whole log once; memory does not grow with it. What comes in meanwhile is left for the next time.
    """
    outside, found = _outside(witness)
    signed, unsigned = _signed()
    size = max((head.size for _where, head in signed), default=0)
    found += unsigned
    found += [Finding("rolled_back", f"{where}: {size} < {head.size}") for where, head in outside if head.size > size]
    if size and ("published", log.empty()) in outside:
        found.append(Finding("tile", "checkpoint"))
    walk = Walk(tiles.Tiles(log.folder(), size), signed + outside)
    found += [Finding(*pair) for pair in islice(walk.run(), MOST)]
    found += islice(_unplaced(), MOST)
    found += _unprotected()
    return Report(size, walk.tree.root(), len(signed), tuple(found))


def _outside(witness: str) -> tuple[list[tuple[str, Head]], list[Finding]]:
    """The heads that testify from outside the database: the published checkpoint and the one kept elsewhere."""
    heads, found = [], []
    try:
        heads.append(("published", log.published_head()))
    except log.LogDiverged as error:
        found.append(Finding("signature", str(error)))
    if witness:
        try:
            heads.append(("witness", keys.signer().verifier.open(witness)))
        except BadNote as error:
            found.append(Finding("signature", f"witness: {error}"))
    return heads, found


def _signed() -> tuple[list[tuple[str, Head]], list[Finding]]:
    """The checkpoints of the database, each by its own signature and not by its row."""
    verifier, heads, found = keys.signer().verifier, [], []
    with connection.cursor() as cursor:
        cursor.execute("select size, root, note from audit_checkpoint order by size")
        rows = cursor.fetchall()
    for size, root, note in rows:
        try:
            head = verifier.open(note)
        except BadNote as error:
            found.append(Finding("signature", f"checkpoint {size}: {error}"))
            continue
        if (head.size, head.root) != (size, bytes(root)):
            found.append(Finding("signature", f"checkpoint {size} says {head.size}"))
        heads.append((f"checkpoint {head.size}", head))
    return heads, found


def _unplaced() -> Iterator[Finding]:
    """Entries that have no place though they should, and places that nobody signed."""
    try:
        sequencer.waiting()
    except sequencer.EpochEnded as error:
        yield Finding("epoch", str(error))
    else:
        yield from (Finding("overlooked", f"entry {entry}") for entry in sequencer.overlooked(MOST))
    with connection.cursor() as cursor:
        cursor.execute(UNSIGNED)
        count, first = cursor.fetchone()
    if count:
        yield Finding("unsigned", f"{count}: leaf {first}")


def _unprotected() -> list[Finding]:
    """Triggers and rights that keep the tables append-only; their absence proves nothing yet, but must not last."""
    with connection.cursor() as cursor:
        cursor.execute(PROTECTIONS)
        return [Finding("unprotected", f"{table}: {what}") for table, what in cursor.fetchall()]
