"""Stamps."""

import os
from pathlib import Path

import pytest

from yakusho.launch import stamps


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    return [tmp_path / "a", tmp_path / "b"]


def test_a_digest_does_not_depend_on_order_or_time(sources: list[Path], tmp_path: Path) -> None:
    first = stamps.digest(sources, root=tmp_path)
    os.utime(sources[0], (1, 1))
    assert stamps.digest(sources[::-1], root=tmp_path) == first


def test_a_digest_changes_with_content(sources: list[Path], tmp_path: Path) -> None:
    first = stamps.digest(sources, root=tmp_path)
    sources[1].write_text("c")
    assert stamps.digest(sources, root=tmp_path) != first


def test_a_digest_changes_with_a_name(sources: list[Path], tmp_path: Path) -> None:
    first = stamps.digest(sources, root=tmp_path)
    moved = sources[1].rename(tmp_path / "c")
    assert stamps.digest([sources[0], moved], root=tmp_path) != first


def test_content_cannot_move_between_files_unseen(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_text("xy"), two.write_text("z")
    first = stamps.digest([one, two], root=tmp_path)
    one.write_text("x"), two.write_text("yz")
    assert stamps.digest([one, two], root=tmp_path) != first


def test_a_listing_changes_with_time_and_with_files(sources: list[Path], tmp_path: Path) -> None:
    first = stamps.listing(sources, root=tmp_path)
    assert stamps.listing(sources[:1], root=tmp_path) != first
    os.utime(sources[0], (1, 1))
    assert stamps.listing(sources, root=tmp_path) != first


def test_a_stamp_is_read_back_and_an_absent_one_is_empty(tmp_path: Path) -> None:
    assert stamps.read(tmp_path / "s") == ""
    stamps.put(tmp_path / "s", "one")
    stamps.put(tmp_path / "s", "two")
    assert stamps.read(tmp_path / "s") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["s"]
