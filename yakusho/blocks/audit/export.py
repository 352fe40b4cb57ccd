"""書き出し The log as a folder that outsiders verify with tools/verify_log.py, without this program and its database.

The folder follows C2SP tlog-tiles: ``checkpoint``, ``tile/<level>/…``, ``tile/entries/…``; beside them ``log.pub``, the
key, and README.md. Entries come from the database and tiles from the log folder, so each testifies on the other. Entries
name officers and hold keyed hashes of residents: the folder is for auditors; witnesses need the checkpoint alone.
"""

from __future__ import annotations

import struct
from pathlib import Path

from yakusho.blocks.audit import log
from yakusho.blocks.audit._internal import keys, leaf, tiles
from yakusho.blocks.audit._internal.note import BadNote, Head

README = """# 監査記録の書き出し / Export of the record

| ファイル / file | 内容 / content |
|---|---|
| `checkpoint` | 署名つきチェックポイント（C2SP signed note, Ed25519） / signed checkpoint |
| `log.pub` | 公開鍵（別の経路でも確かめてください） / public key (confirm it by another way too) |
| `tile/<L>/…` | 木のハッシュ、1ファイル256個（C2SP tlog-tiles, RFC 9162） / hashes of the tree |
| `tile/entries/…` | 記録そのもの（長さ2バイト＋JSON） / the entries, two bytes of length, then JSON |

検証 / verify: `python3 verify_log.py FOLDER --key log.pub [--older CHECKPOINT] [--entry N]`

`subjects` は鍵つきハッシュで、鍵なしには誰のことか分かりません。
`subjects` are keyed hashes; without the key nobody can tell whom they stand for.
"""


class NothingSigned(LookupError):
    """署名された記録がまだありません。 / Nothing has been signed yet."""


def export(folder: Path) -> Head:
    """書き出し Write the log as it was last published; returns its head. Repeating it into the same folder adds what is new.

    Raises NothingSigned and LogDiverged.
    """
    note = log.published_note()
    if not note:
        raise NothingSigned
    try:
        head = keys.signer().verifier.open(note)
        _tiles(folder, tiles.Tiles(log.folder(), head.size))
    except (BadNote, tiles.BadTile) as error:
        raise log.LogDiverged(str(error)) from error
    _entries(folder, head.size)
    (folder / "log.pub").write_text(log.public_key() + "\n", "utf-8")
    (folder / "README.md").write_text(README, "utf-8")
    (folder / "checkpoint").write_text(note, "utf-8")
    return head


def _tiles(folder: Path, kept: tiles.Tiles) -> None:
    for level, last, _width in tiles.shape(kept.size):
        for index in range(last + 1):
            path = folder / tiles.name(level, index, kept.width(level, index))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(kept.read(level, index))


def _entries(folder: Path, size: int) -> None:
    """Bundles of 256; an entry that is gone is left empty, which no verifier accepts."""
    bundle: list[bytes] = []
    for placed in leaf.placed(0, size):
        data = placed.data or b""
        bundle.append(struct.pack(">H", len(data)) + data)
        if len(bundle) == tiles.WIDTH or placed.leaf == size - 1:
            path = folder / tiles.name("entries", placed.leaf // tiles.WIDTH, len(bundle))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(bundle))
            bundle = []
