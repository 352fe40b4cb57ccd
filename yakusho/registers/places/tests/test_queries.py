"""Finding towns as people type them."""

from datetime import date

import pytest

from yakusho.blocks.doors import NOBODY, InvalidInput
from yakusho.registers.places import queries
from yakusho.registers.places.tests.conftest import LINES


@pytest.fixture
def find(register, on):
    return lambda text, **more: [view.full_name for view in queries.find_town(text=text, by=NOBODY, on=on, **more)]


@pytest.fixture
def match(register, on):
    def found(text):
        hit = queries.match_address(text=text, by=NOBODY, on=on)
        return hit and (hit.town.full_name, hit.rest)

    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("内", ["内丸"]),
        ("大通", ["大通一丁目", "大通三丁目"]),
        ("大通3", ["大通三丁目"]),
        ("大通３丁目", ["大通三丁目"]),
        ("おおどおり", ["大通一丁目", "大通三丁目"]),
        ("オオト", []),
        ("ｵｵﾄﾞｵﾘ", ["大通一丁目", "大通三丁目"]),
        ("みたけ", ["みたけ五丁目"]),
        ("うえだ", ["上田", "上田一丁目"]),
        ("川目15地割", ["川目第十五地割"]),
        ("大字川目", ["川目", "川目第十五地割"]),
        ("020-0022", ["大通一丁目", "大通三丁目"]),
        ("〒020", ["大通一丁目", "大通三丁目", "内丸"]),
        ("岩手県盛岡市内丸", ["内丸"]),
        ("内丸12-2", ["内丸"]),
        ("どこにもない町", []),
        ("", []),
        ("   ", []),
    ],
)
def test_towns_are_found_as_they_are_typed(find, text, names):
    assert sorted(find(text)) == sorted(names)


def test_no_more_are_given_than_asked(find):
    assert len(find("大通", limit=1)) == 1


@pytest.mark.parametrize("text", ["%", "_", "'; drop table places_town; --", "\\", "a" * 5000])
def test_odd_text_finds_nothing_and_does_no_harm(find, text):
    assert find(text) == []
    assert find("内丸") == ["内丸"]


@pytest.mark.parametrize(
    "asked", [{"text": "\x01"}, {"text": "\0"}, {"text": "内丸", "limit": -1}, {"text": "内丸", "limit": 0}]
)
def test_what_is_no_question_is_refused(find, asked):
    with pytest.raises(InvalidInput):
        find(**asked)


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("大通３丁目５番１２号", ("大通三丁目", "5-12")),
        ("岩手県盛岡市内丸12-2", ("内丸", "12-2")),
        ("上田1-2", ("上田一丁目", "2")),
        ("上田12-3", ("上田", "12-3")),
        ("上田一丁目2番3号", ("上田一丁目", "2-3")),
        ("川目第15地割4番地", ("川目第十五地割", "4")),
        ("川目4番地", ("川目", "4")),
        ("流通センター北1-3", ("流通センター北一丁目", "3")),
        ("東京都千代田区1-1", None),
        ("", None),
    ],
)
def test_an_address_is_split_behind_its_town(match, text, hit):
    assert match(text) == hit


def test_a_town_of_another_day_is_not_found(register, load, on):
    load([line.replace("内丸", "丸の内") for line in LINES], date(2027, 4, 1))
    assert [v.name for v in queries.find_town(text="丸の内", by=NOBODY, on=date(2027, 4, 1))] == ["丸の内"]
    assert queries.find_town(text="丸の内", by=NOBODY, on=on) == []


def test_the_index_is_read_once_for_each_version(register, load, on, django_assert_num_queries):
    assert queries.town_index(on=on)["0001000"].name == "内丸"
    with django_assert_num_queries(1):
        assert len(queries.town_index(on=on)) == len(LINES)
    load(LINES[1:], on)
    assert "0001000" not in queries.town_index(on=on)


@pytest.mark.django_db
def test_before_the_first_loading_the_index_is_empty(on):
    assert dict(queries.town_index(on=on)) == {}


def test_the_index_cannot_be_changed(register, on):
    with pytest.raises(TypeError):
        queries.town_index(on=on)["x"] = None


def test_all_towns_come_by_code(register, on):
    assert [view.code for view in queries.towns(by=NOBODY, on=on)] == [line.split(",")[0] for line in LINES]


def test_searching_is_few_statements(find, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert find("内丸12-2") == ["内丸"]
