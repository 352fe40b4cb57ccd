"""Sealed boxes: what goes in comes out, and nothing else does."""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakusho.kit.boxes import __main__ as orders
from yakusho.kit.boxes import box, lock, parcels
from yakusho.kit.boxes.box import PIECE, Broken, Sealer, opened

KEY, OTHER = bytes(range(32)), bytes(32)


def sealed(data: bytes, *, key: bytes = KEY, name: str = "one") -> bytes:
    with tempfile.TemporaryFile() as target:
        sealer = Sealer(target, key=key, name=name)
        sealer.write(data)
        sealer.close()
        target.seek(0)
        return target.read()


DEAR = lock.COST


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries cost less here than in service."""
    monkeypatch.setattr(lock, "COST", 2**12)


@pytest.fixture
def locked() -> str:
    return lock.made("ABCD-EFGH-JKLM-NPQR")[1]


def taken(data: bytes, *, key: bytes = KEY, name: str = "one") -> bytes:
    return b"".join(opened(io.BytesIO(data), key=key, name=name))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 20 * PIECE + 7])
def test_every_length_comes_back(size: int) -> None:
    data = os.urandom(min(size, 5)) * (size // 5 + 1)
    assert taken(sealed(data[:size])) == data[:size]


def test_two_boxes_of_the_same_are_not_the_same() -> None:
    assert sealed(b"a" * 100) != sealed(b"a" * 100)


def test_nothing_of_the_content_or_key_is_seen() -> None:
    data = "盛岡市若園町2番18号".encode() * 50
    found = sealed(data)
    assert data[:20] not in found
    assert KEY not in found
    assert KEY.hex().encode() not in found


@pytest.mark.parametrize(("key", "name"), [(OTHER, "one"), (KEY, "two"), (OTHER, "two")])
def test_another_key_or_name_opens_nothing(key: bytes, name: str) -> None:
    with pytest.raises(Broken):
        taken(sealed(b"secret"), key=key, name=name)


def test_a_box_cannot_take_the_name_of_another() -> None:
    line, _, frames = sealed(b"the log of yesterday", name="wal/1").partition(b"\n")
    renamed = json.dumps(json.loads(line) | {"name": "wal/2"}).encode()
    with pytest.raises(Broken):
        taken(renamed + b"\n" + frames, name="wal/2")


SAMPLE = sealed(os.urandom(2 * PIECE + 100))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    data = bytearray(SAMPLE)
    data[place] ^= change
    with pytest.raises(Broken):
        taken(bytes(data))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1))
def test_any_cut_is_noticed(length: int) -> None:
    with pytest.raises(Broken):
        taken(SAMPLE[:length])


def frames(data: bytes) -> tuple[bytes, list[bytes]]:
    line, _, rest = data.partition(b"\n")
    found = []
    while rest:
        length = 4 + int.from_bytes(rest[:4], "big")
        found.append(rest[:length])
        rest = rest[length:]
    return line + b"\n", found


def test_pieces_cannot_be_dropped_doubled_or_exchanged() -> None:
    head, parts = frames(SAMPLE)
    assert len(parts) == 3
    for other in (parts[:2], parts[1:], [parts[1], parts[0], parts[2]], [*parts, parts[2]], [parts[0], *parts]):
        with pytest.raises(Broken):
            taken(head + b"".join(other))


@pytest.mark.parametrize("rubbish", [b"", b"\n", b"{}\n", b"[]\n", b"null\n", b'{"salt": 1}\n', b"\xff" * 9000])
def test_rubbish_is_no_box(rubbish: bytes) -> None:
    with pytest.raises(Broken):
        taken(rubbish)


def test_a_length_beyond_all_measure_is_not_read_into_memory() -> None:
    head, _ = frames(SAMPLE)
    with pytest.raises(Broken):
        taken(head + b"\xff\xff\xff\xff" + b"x" * 100)


def test_a_passphrase_opens_its_lock_however_its_lines_are_broken() -> None:
    key, text = lock.made("ABCD-EFGH-JKLM-NPQR")
    assert lock.unlocked(text, "  ABCD-EFGH-\nJKLM-NPQR ") == key
    assert key.hex() not in text


@pytest.mark.parametrize("word", ["ABCD-EFGH-JKLM-NPQS", "", "abcd-efgh-jklm-npqr"])
def test_a_wrong_passphrase_does_not(locked: str, word: str) -> None:
    with pytest.raises(lock.Wrong):
        lock.unlocked(locked, word)


@pytest.mark.parametrize("name", ["salt", "nonce", "sealed"])
def test_a_changed_lock_does_not_open(locked: str, name: str) -> None:
    parts = json.loads(locked)
    parts[name] = f"{int(parts[name][0], 16) ^ 1:x}{parts[name][1:]}"
    with pytest.raises(lock.Wrong):
        lock.unlocked(json.dumps(parts), "ABCD-EFGH-JKLM-NPQR")


def test_a_passphrase_is_stretched_as_dearly_as_owasp_asks(locked: str) -> None:
    assert DEAR >= 2**17  # with r = 8, p = 1
    assert json.loads(locked)["cost"] == lock.COST


@pytest.mark.parametrize("cost", [1, 2**11, 2**21, 2**40, "131072", None])
def test_a_lock_that_asks_for_less_or_for_the_whole_machine_is_not_tried(locked: str, cost: object) -> None:
    with pytest.raises(lock.Wrong):
        lock.unlocked(json.dumps(json.loads(locked) | {"cost": cost}), "ABCD-EFGH-JKLM-NPQR")


def test_a_short_passphrase_is_not_taken() -> None:
    with pytest.raises(ValueError, match="16"):
        lock.made("short         word")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "city"
    (top / "deep" / "empty").mkdir(parents=True)
    (top / "名簿.csv").write_text("佐藤\n", "utf-8")
    (top / "deep" / "segment").write_bytes(b"log" + bytes(3 * PIECE) + b"end")
    (top / "nothing").touch()
    return top


def tree(top: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(top)): path.read_bytes() if path.is_file() else None for path in top.rglob("*")}


def test_a_folder_comes_back_for_its_owner_alone(folder: Path, tmp_path: Path) -> None:
    told = parcels.pack(folder, tmp_path / "a.box", key=KEY, name="city")
    assert parcels.unpack(tmp_path / "a.box", tmp_path / "b", key=KEY, name="city") == told["files"] == 3
    assert tree(tmp_path / "b") == tree(folder)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "b").rglob("*")} == {0}
    assert told["bytes"] == (tmp_path / "a.box").stat().st_size < 20_000


def test_what_is_neither_file_nor_folder_is_not_packed(folder: Path, tmp_path: Path) -> None:
    (folder / "link").symlink_to("/etc/passwd")
    with pytest.raises(Broken, match="neither"):
        parcels.pack(folder, tmp_path / "a.box", key=KEY, name="city")


def test_a_file_that_is_mostly_empty_takes_little_room(folder: Path, tmp_path: Path) -> None:
    parcels.seal(folder / "deep" / "segment", tmp_path / "s.box", key=KEY, name="wal/1")
    parcels.unseal(tmp_path / "s.box", tmp_path / "s", key=KEY, name="wal/1")
    assert (tmp_path / "s").read_bytes() == (folder / "deep" / "segment").read_bytes()
    assert (tmp_path / "s").stat().st_blocks * 512 < PIECE


def test_a_damaged_box_leaves_no_file(folder: Path, tmp_path: Path) -> None:
    parcels.seal(folder / "名簿.csv", tmp_path / "s.box", key=KEY, name="wal/1")
    (tmp_path / "s.box").write_bytes((tmp_path / "s.box").read_bytes()[:-1])
    with pytest.raises(Broken):
        parcels.unseal(tmp_path / "s.box", tmp_path / "s", key=KEY, name="wal/1")
    assert [path.name for path in tmp_path.iterdir()] == ["city", "s.box"]


def test_orders_answer_with_the_kind_of_their_problem(folder: Path, tmp_path: Path) -> None:
    made = orders.answer({"do": "make_lock", "passphrase": "ABCD-EFGH-JKLM-NPQR"})
    assert orders.answer({"do": "unlock", "passphrase": "wrong", "lock": made["lock"]})["problem"] == "passphrase"
    assert orders.answer({"do": "make_lock", "passphrase": "short"})["problem"] == "weak"
    own = {"key": made["key"], "name": "city", "box": str(tmp_path / "a.box")}
    assert orders.answer({"do": "pack", "folder": str(folder), **own})["files"] == 3
    assert orders.answer({"do": "pack", "folder": str(folder), **own})["problem"] == "file"
    into = {"folder": str(tmp_path / "b")}
    assert orders.answer({"do": "unpack", **own, **into, "key": "00" * 32})["problem"] == "damaged"
    assert orders.answer({"do": "unpack", **own, **into}) == {"files": 3}
    assert orders.answer({"do": "unlock", "passphrase": "ABCD-EFGH-JKLM-NPQR", "lock": made["lock"]}) == {
        "key": made["key"],
        "mark": box.key_mark(bytes.fromhex(made["key"])),
    }


def test_a_full_disk_is_told_from_other_trouble() -> None:
    path = "/dev/full"
    told = orders.answer({"do": "pack", "key": KEY.hex(), "name": "x", "folder": "/nowhere", "box": path})
    assert told["problem"] == "file"
    script = (
        "import errno; from yakusho.kit.boxes import __main__ as o, parcels\n"
        "def full(*a, **k): raise OSError(errno.ENOSPC, 'No space left on device', 'x')\n"
        "parcels.pack = full\n"
        "print(o.answer({'do': 'pack', 'key': '00', 'folder': 'a', 'box': 'b', 'name': 'c'})['problem'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "full\n"
