"""A register of places loaded from a small file, and a day."""

from datetime import date

import pytest

from yakusho.blocks.doors import SYSTEM, Actor, Value, action
from yakusho.blocks.doors.actors import HOUSE
from yakusho.registers.places.actions import load_file
from yakusho.registers.places.formats import COLUMNS, read_towns

LINES = [
    "0001000,内丸,,ウチマル,0200023,141.152504,39.701902",
    "0002000,大通一丁目,,オオドオリイッチョウメ,0200022,141.148611,39.702454",
    "0003000,大通三丁目,,オオドオリサンチョウメ,0200022,141.141276,39.703933",
    "0004000,上田,,ウエダ,,141.174078,39.775491",
    "0005000,上田一丁目,,ウエダイッチョウメ,,141.144908,39.712485",
    "0006000,川目,,カワメ,,141.2,39.69",
    "0006001,川目,第十五地割,カワメ,,141.193421,39.691681",
    "0007000,みたけ五丁目,,ミタケゴチョウメ,,141.111093,39.740846",
    "0008000,流通センター北一丁目,,,,141.111918,39.642185",
]


class Loaded(Value):
    """What a load changed."""

    version: int
    opened: int
    closed: int
    corrected: int


@action(allowed=HOUSE)
def load_lines(*, lines: list[str], by: Actor, on: date) -> Loaded:
    """町字の取込み（試験） Load a file that the test wrote."""
    data = "\n".join([",".join(COLUMNS), *lines, ""]).encode()
    return Loaded(**load_file(read_towns(data), on=on).model_dump(exclude={"rows"}))


@pytest.fixture
def on():
    return date(2026, 11, 23)


@pytest.fixture
def load(db, on):
    return lambda lines, day=on: load_lines(lines=lines, by=SYSTEM, on=day)


@pytest.fixture
def register(load):
    return load(LINES)
