"""A manager, a second one, a clerk, a few towns, and files as people write them."""

import base64
from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from yakusho.blocks.doors import SYSTEM, Actor, Grant
from yakusho.registers.places.tests.conftest import LINES, load_lines
from yakusho.systems.city.resident_exchange import actions
from yakusho.systems.city.resident_exchange.values import ImportFile

OFFICE = "citizen_registration"
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MANAGER = Actor(51, "見本 責任", frozenset({Grant("resident_manager", OFFICE)}), purpose="移行")
OTHER_MANAGER = Actor(52, "見本 別人", frozenset({Grant("resident_manager", OFFICE)}), purpose="移行")
CLERK = Actor(53, "見本 窓口", frozenset({Grant("resident_clerk", OFFICE)}), purpose="統計")
HEADINGS = "宛名番号,世帯番号,氏,名,氏の振り仮名,名の振り仮名,性別,生年月日,続柄,住所,住民となった年月日"
HEAD = "A1,H1,髙橋,健一,ﾀｶﾊｼ,けんいち,1,S52.8.19,世帯主,盛岡市大通３丁目５番１２号　コーポ盛岡　１０１号室,H27.4.1"
WIFE = "A2,H1,髙橋,美咲,タカハシ,ミサキ,女,1979-3-5,妻,大通三丁目5-12 コーポ盛岡101号室,平成27年4月1日"
ALONE = "A3,H2,𠮷\U000e0100田,光\U000e0101,ヨシダ,ヒカル,男,昭和20年1月30日,世帯主,岩手県盛岡市内丸12番2号,2001/02/03"


def text(*lines, headings=HEADINGS):
    return "\r\n".join([headings, *lines, ""])


def file(*lines, headings=HEADINGS, encoding="utf-8", **more):
    return given(text(*lines, headings=headings).encode(encoding), **more)


def given(data, **more):
    return ImportFile(name="people.csv", content=base64.b64encode(data).decode(), **more)


def table(name):
    """Rows of a table of the register, which tests may count."""
    return apps.get_model("people", name).objects


@pytest.fixture
def towns(db):
    load_lines(lines=LINES, by=SYSTEM, on=ON)


@pytest.fixture
def check(towns):
    return lambda file, by=MANAGER: actions.check_import(file=file, by=by, on=ON)


@pytest.fixture
def load(towns):
    return lambda file, by=MANAGER, **more: actions.import_people(file=file, by=by, on=ON, at=AT, **more)
