"""Every CSV file out of the house × formula payloads: a spreadsheet shows text and runs nothing."""

from __future__ import annotations

import ast
import csv
import io
import re
import shutil
import subprocess
from unicodedata import normalize

import pytest

from tests.hostile import payloads
from tests.hostile.addresses import HOUSE, found
from tests.hostile.attackers import Visitor, undone
from yakusho.blocks.doors import registry
from yakusho.kit.cells import guarded, unguarded, written

OFFICE = shutil.which("soffice")
NUMBER = re.compile(r"-?\d+")


def writers():
    """Product files that write CSV by themselves."""
    for path in HOUSE.rglob("*.py"):
        if not {"tests", "sample"} & set(path.parts) and path.name != "cells.py":
            tree = ast.parse(path.read_text("utf-8"))
            names = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
            if {"writer", "DictWriter", "write_csv"} & names:
                yield path.relative_to(HOUSE)


def test_only_one_place_writes_files_for_spreadsheets():
    assert list(writers()) == []


@pytest.mark.parametrize("payload", payloads.FORMULA)
def test_a_payload_is_read_back_as_it_was(payload):
    (line,) = csv.reader(io.StringIO(written([["髙﨑", payload]], first=False), newline=""))
    assert [unguarded(cell) for cell in line] == ["髙﨑", payload]


def cells_of(text):
    """All cells of a CSV text."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return [cell for row in rows for cell in row]


def test_no_cell_of_any_file_begins_like_a_formula(visitors):
    seen = []
    for where, (address, login) in found(visitors).items():
        with undone():
            answer = visitors[login].get(address)
            if not answer.headers.get("Content-Type", "").startswith("text/csv"):
                continue
            text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        seen.append(where)
        assert text.startswith("\ufeff"), where
        assert [cell for cell in cells_of(text) if guarded(cell) != cell and not NUMBER.fullmatch(cell)] == [], where
    assert len(seen) >= 3


@pytest.fixture(scope="module")
def exported(visitors):
    """The file of residents after formulas were typed wherever the register takes them: as text, with what was typed."""
    clerk, manager = visitors["clerk1"], visitors["manager1"]
    with undone():
        typed = [one for one in payloads.FORMULA if _typed_in(visitors, one)]
        asked = clerk.api(registry.actions["resident_exchange.ask_export"], {"wish": {"purpose": "試験のため"}}).json()
        manager.api(registry.actions["resident_exchange.agree_export"], {"export": asked["id"]})
        answer = clerk.send(f"/resident_exchange/desk/exports/{asked['id']}/file", {})
        text = b"".join(answer).decode()
    return typed, text


def _typed_in(visitors: dict[str, Visitor], payload: str) -> bool:
    """Import one person whose building is the payload; whether the register took it."""
    headings = "世帯番号,氏,名,氏の振り仮名,名の振り仮名,性別,生年月日,続柄,住所,住民となった年月日"
    heads = headings.replace("住所", "町字,番・号,方書").split(",")
    number = payloads.FORMULA.index(payload)
    line = [f"H{number}", "見本", "花", "ミホン", "ハナ", "女", f"19{number + 40}-03-05", "世帯主"]
    sheet = written([heads, [*line, "内丸", "12番2号", payload, "2001-02-03"]])
    return visitors["manager1"].load(sheet).status_code == 200


def plain(text):
    """An address as typed and as it is kept: one width, one kind of dash, nothing invisible."""
    return re.sub("[‐‑–—−－ー]", "-", re.sub("[\\s\u200b\ufeff]", "", normalize("NFKC", text)))


def test_formulas_that_the_register_takes_come_out_as_text(exported):
    typed, text = exported
    assert len(typed) >= 10
    cells = cells_of(text)
    shown = {plain(unguarded(cell)) for cell in cells}
    lost = [payload for payload in typed if plain(payload) not in shown]
    assert [
        payload for payload in lost if payload[0] not in ",-－−\u200b\ufeff"
    ] == []  # no part of an address begins so
    bare = [cell for cell in cells if not cell.startswith("'")]
    assert [cell for cell in bare if guarded(cell) != cell and not NUMBER.fullmatch(cell)] == []


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)")
def test_a_spreadsheet_shows_every_payload_as_text(exported, tmp_path):
    rows = [[payload, "12"] for payload in payloads.FORMULA if "\0" not in payload]
    text = written([["payload", "number"], *rows]) + exported[1].removeprefix("\ufeff")
    (tmp_path / "file.csv").write_text(text, "utf-8", newline="")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    filter_ = (
        "CSV:44,34,76,1,,1041,false,true,false"  # comma, quotes, UTF-8, Japanese, numbers are found as in a window
    )
    command = [
        OFFICE,
        profile,
        "--headless",
        f"--infilter={filter_}",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "file.csv")], check=True, capture_output=True, timeout=120)
    shown = (tmp_path / "file.fods").read_text("utf-8")
    assert "table:formula" not in shown
    assert shown.count('office:value-type="float"') >= len(rows)
    assert "&apos;=1+1" in shown or "'=1+1" in shown
