"""記録の連鎖 The Merkle log over all entries: place, append, check against the database, sign; every ten seconds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from yakusho.blocks.audit._internal import keys, leaf, merkle, sequencer, tiles
from yakusho.blocks.audit._internal.note import BadNote, Head
from yakusho.blocks.audit._internal.sequencer import EpochEnded as EpochEnded

BATCH = 20_000


class LogDiverged(RuntimeError):
    """記録が食い違っています。 / Database, tiles and checkpoints do not agree: nothing is signed until somebody has looked."""


def folder() -> Path:
    """Where tiles and the published checkpoint live: outside the database, so that each can testify on the other."""
    return Path(settings.RECORD or Path(settings.STATE) / "audit")


def integrate(*, batch: int = BATCH) -> int:
    """組込 Bring every finished entry into the log and sign; returns how many came in. Repeating it is harmless.

    While another process is at it, returns at once. Raises LogDiverged, EpochEnded, NoKey; then nothing was signed.
    """
    total = 0
    while (count := _integrate_batch(batch)) >= batch:
        total += count
    return total + count


def _integrate_batch(batch: int) -> int:
    with transaction.atomic(durable=True):
        cursor = sequencer.lock()
        if cursor is None:
            return 0
        signed, published = agreed()
        moved = sequencer.advance(cursor, limit=batch)
        if moved.size < signed.size:
            raise LogDiverged(f"the cursor stands at {moved.size}, before the signed {signed.size}")
        if moved.size > signed.size:
            grown = append(signed, moved.size)
            check(signed, grown)
            sign(grown)
    if moved.size > published.size:
        publish()
    return moved.size - signed.size


def agreed() -> tuple[Head, Head]:
    """The last signed state and the published one, once checkpoints, tiles and publication agree. Raises LogDiverged."""
    signed, _ = _last_signed()
    published = published_head()
    if published.size > signed.size:
        raise LogDiverged(f"the database ends at {signed.size}, the published checkpoint at {published.size}")
    if published != _signed(published.size)[0]:
        raise LogDiverged(f"the published checkpoint of {published.size} is not the one in the database")
    try:
        root = tiles.Tiles(folder(), signed.size).frontier().root()
    except tiles.BadTile as error:
        raise LogDiverged(f"{error} is missing or damaged") from error
    if root != signed.root:
        raise LogDiverged(f"the tiles do not have the signed root of {signed.size} entries")
    return signed, published


def append(signed: Head, size: int) -> tiles.Tiles:
    """Write the tiles of the entries from the signed state up to ``size``."""
    hashes = [_hash(placed) for placed in leaf.placed(signed.size, size)]
    return tiles.Tiles(folder(), signed.size).grow(hashes)


def check(signed: Head, grown: tiles.Tiles) -> None:
    """Read the new leaves once more, from the database and from the disk, before they are signed for ever."""
    tree = tiles.Tiles(folder(), signed.size).frontier()
    kept: list[bytes] = []
    for placed in leaf.placed(signed.size, grown.size):
        index, at = divmod(placed.leaf, tiles.WIDTH)
        if at == 0 or not kept:
            kept = grown.hashes(0, index)
        if placed.leaf != tree.size or kept[at] != _hash(placed):
            raise LogDiverged(f"leaf {placed.leaf} on disk is not entry {placed.entry}")
        tree.append(kept[at])
    if tree.size != grown.size or tree.root() != grown.frontier().root():
        raise LogDiverged(f"the tiles do not have the root of their {grown.size} leaves")


def _hash(placed: leaf.Placed) -> bytes:
    if placed.data is None:
        raise LogDiverged(f"entry {placed.entry} of leaf {placed.leaf} is gone")
    return merkle.leaf_hash(placed.data)


def sign(grown: tiles.Tiles) -> None:
    """Sign the state, read the signature back, keep it in the database."""
    signer = keys.signer()
    head = Head(signer.name, grown.size, grown.frontier().root())
    note = signer.sign(head)
    if signer.verifier.open(note) != head:
        raise LogDiverged("the signature does not say what was signed")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_checkpoint (size, root, note) values (%s, %s, %s)", [head.size, head.root, note]
        )


def publish() -> None:
    """Put the last committed checkpoint beside the tiles, never an older one; whoever holds the log will do it too."""
    with transaction.atomic(durable=True):
        if sequencer.lock() is None:
            return
        since = published_head().size
        head, note = _last_signed()
        tiles.write(folder() / "checkpoint", note.encode())
        tiles.Tiles(folder(), head.size).tidy(since)


def published_head() -> Head:
    """What the checkpoint beside the tiles says; the empty log before the first one. Raises LogDiverged."""
    note = published_note()
    try:
        return keys.signer().verifier.open(note) if note else empty()
    except BadNote as error:
        raise LogDiverged(f"the published checkpoint is not ours: {error}") from error


def published_note() -> str:
    """The checkpoint beside the tiles, for whoever keeps one elsewhere; empty before the first one."""
    try:
        return (folder() / "checkpoint").read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""


def empty() -> Head:
    """The state before the first entry."""
    return Head(keys.origin(), 0, merkle.EMPTY_ROOT)


def _last_signed() -> tuple[Head, str]:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(size), 0) from audit_checkpoint")
        return _signed(cursor.fetchone()[0])


def _signed(size: int) -> tuple[Head, str]:
    """The checkpoint of exactly this size in the database, its signature proved, and its note."""
    if size == 0:
        return empty(), ""
    with connection.cursor() as cursor:
        cursor.execute("select root, note from audit_checkpoint where size = %s", [size])
        row = cursor.fetchone()
    if row is None:
        raise LogDiverged(f"no checkpoint of {size} entries in the database")
    try:
        head = keys.signer().verifier.open(row[1])
    except BadNote as error:
        raise LogDiverged(f"checkpoint {size}: {error}") from error
    if (head.size, head.root) != (size, bytes(row[0])):
        raise LogDiverged(f"checkpoint {size} does not say what its row says")
    return head, str(row[1])


def rebuild_tiles() -> int:
    """葉の再作成 Write the tiles anew from the database after their folder was lost; returns the size of the log.

    Only if the entries still have the root that was signed. Raises LogDiverged.
    """
    with transaction.atomic(durable=True):
        if sequencer.lock() is None:
            return 0
        signed, _ = _last_signed()
        if merkle.root_of(_hash(placed) for placed in leaf.placed(0, signed.size)) != signed.root:
            raise LogDiverged(f"the entries do not have the signed root of {signed.size}")
        append(empty(), signed.size)
    publish()
    return signed.size


def begin_epoch() -> int:
    """世代の更新 Go on in another database cluster after a dump was restored there; returns the new epoch.

    Needs the owner's rights. Places every entry that has none; the next ``integrate`` signs them.
    """
    with transaction.atomic(durable=True):
        cursor = sequencer.begin_epoch()
    if cursor is None:
        raise LogDiverged("somebody else is writing the log")
    return cursor.epoch


def waiting() -> tuple[int, timedelta]:
    """未組込 How many committed entries are not signed yet, and the age of the oldest. Raises EpochEnded."""
    return sequencer.waiting()


def evidence_is_late(max_age: timedelta) -> bool:
    """証跡の遅れ Whether some entry has waited longer than this for the log: then no paper may be issued (fail closed)."""
    try:
        return sequencer.waiting()[1] > max_age
    except EpochEnded:
        return True


def public_key() -> str:
    """公開鍵 The key that proves checkpoints, in the form that witnesses and verifiers take."""
    return str(keys.signer().verifier)
