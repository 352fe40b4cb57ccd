"""Reading the plan files: all or nothing, and a mistake is named."""

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from yakusho.systems.city.evaluation.formats import read_programme

PLANS = Path(__file__).resolve().parents[5] / "cities" / "morioka" / "plans"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(PLANS, tmp_path / "plans"))


def _edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_files_make_one_programme(folder):
    programme = read_programme(folder)
    assert [plan.short for plan in programme.plans] == ["第一次", "第二次", "第三次", "第四次"]
    assert programme.measures[0].name == "ＩＴ講習の推進"


def test_it_is_read_once(folder):
    assert read_programme(folder) is read_programme(folder)


def test_a_wrong_number_stops_the_reading_and_is_named(folder):
    _edit(folder / "summary.yaml", "measures: 34", "measures: 43")
    with pytest.raises(ValueError, match="e-citizen: done, partly and not started do not make 43"):
        read_programme(folder)


def test_an_unknown_key_stops_the_reading(folder):
    _edit(folder / "measures.yaml", "system: citizen", "sytem: citizen")
    with pytest.raises(ValidationError, match="sytem"):
        read_programme(folder)


def test_an_unknown_status_stops_the_reading(folder):
    _edit(folder / "measures.yaml", "status: not_started", "status: perhaps")
    with pytest.raises(ValidationError, match="perhaps"):
        read_programme(folder)


def test_a_missing_plan_is_found(folder):
    (folder / "plan-2.yaml").unlink()
    with pytest.raises(ValueError, match="plan 3 does not begin where plan 1 ends"):
        read_programme(folder)
