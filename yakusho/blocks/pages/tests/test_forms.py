"""A form made from a model forgives how things are written and says what is wrong in a sentence."""

from datetime import date, datetime

import pytest
from django.http import QueryDict
from django.utils import timezone, translation
from pydantic import Field

from yakusho.blocks.doors import Value
from yakusho.blocks.pages.forms.blocks import pressed, without_buttons
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.forms.posted import as_posted
from yakusho.blocks.pages.tests.toys import GOOD, Child, Closed, Colour, Matter, Place


def posted(**changes):
    data = QueryDict(mutable=True)
    for name, value in (GOOD | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def read(desk=True, **changes):
    form = Form(Matter, posted(**changes), desk=desk)
    form.is_valid()
    return form


def sentences(**changes):
    return [said for _, said in read(**changes).errors]


def test_a_good_form_becomes_its_model():
    form = read()
    assert form.errors == []
    assert form.input == Matter(
        name="見本 花子", kana="ミホン ハナコ", count=2, on_day=date(2026, 11, 14), colour=Colour.BLUE, wanted=True
    )


@pytest.mark.parametrize(
    "text",
    [
        "R8.11.14",
        "令和8年11月14日",
        "2026-11-14",
        "2026/11/14",
        "20261114",
        "Ｒ８．１１．１４",
        "14 November 2026",
        "081114",
    ],
)
def test_a_day_on_the_desk_is_written_any_way(text):
    assert read(on_day=text).input.on_day == date(2026, 11, 14)


@pytest.mark.parametrize("year", ["令和8", "R8", "2026", "２０２６年", "令和８年"])
def test_a_day_of_three_fields_takes_any_year(year):
    assert read(desk=False, on_day_y=year).input.on_day == date(2026, 11, 14)


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("３", 3), (" 3 通", 3), ("３件", 3)])
def test_a_number_is_written_any_way(text, number):
    assert read(count=text).input.count == number


@pytest.mark.parametrize("text", ["020-0866", "〒020‐0866", "０２０ー０８６６", "0200866", " 020 0866 "])
def test_a_postcode_is_written_any_way(text):
    assert read(**{"to-postcode": text}).input.to == Place(postcode="0200866")


def test_characters_of_names_are_never_exchanged():
    assert read(name="髙橋﨑神").input.name == "髙橋﨑神"


WRONG = [
    ("name", "", "氏名を入力してください"),
    ("name", "寿限無寿限無五劫の摺り切れ", "氏名は、10文字以内で入力してください"),
    ("count", "", "通数を入力してください"),
    ("count", "たくさん", "通数は、数字で入力してください"),
    ("count", "1.5", "通数は、数字で入力してください"),
    ("count", "0", "通数は、1以上にしてください"),
    ("count", "11", "通数は、10以下にしてください"),
    ("count", "99999999999999999999", "通数は、数字で入力してください"),
    ("on_day", "", "異動日を入力してください"),
    ("on_day", "きのう", "異動日：「きのう」は日付として読み取れません"),
    ("on_day", "R8.2.30", "異動日："),
    ("on_day", "H32.1.1", "異動日："),
    ("colour", "", "色を選んでください"),
    ("colour", "green", "色を、選択肢から選んでください"),
    ("wanted", "", "「要りますか」に答えてください"),
    ("wanted", "maybe", "「要りますか」に答えてください"),
    ("tags", ["red", "green"], "札を、選択肢から選んでください"),
    ("at", "R8.4.20 25:00", "時刻は、日時で入力してください"),
    ("to-postcode", "020", "郵便番号の書き方を確かめてください"),
]


@pytest.mark.parametrize(("field", "typed", "says"), WRONG)
def test_each_wrong_value_gets_one_sentence_at_its_field_and_stays(field, typed, says):
    form = read(**{field: typed})
    assert [said.startswith(says) for _, said in form.errors] == [True], form.errors
    address, _ = form.errors[0]
    assert address.removeprefix("#").startswith(f"id_{field}")
    shown = {one.html_name: one.value() for one in form.everything()}
    assert shown[field] == typed


def test_all_wrongs_are_said_at_once_in_reading_order():
    assert [said.split("は")[0].split("を")[0] for said in sentences(name="", count="0", colour="")] == [
        "氏名",
        "通数",
        "色",
    ]


def test_three_empty_fields_of_a_day_are_one_missing_answer():
    form = read(desk=False, on_day_y="", on_day_m="", on_day_d="")
    assert form.errors == [("#id_on_day_0", "異動日を入力してください")]


def test_a_day_that_is_half_given_is_refused_and_kept():
    form = read(desk=False, on_day_d="")
    assert len(form.errors) == 1
    assert form["on_day"].value() == ["令和8", "１１", ""]


def test_a_moment_is_read_in_japanese_time():
    assert read(at="R8.4.20 17:00").input.at == datetime(2026, 4, 20, 17, tzinfo=timezone.get_default_timezone())
    assert read(at="2026-04-20").input.at.hour == 0


def test_what_the_model_itself_refuses_is_said_at_its_field():
    form = read(count="10", colour="blue")
    assert form.errors == [("#id_colour", "色は赤にしてください。")]


def test_an_optional_part_left_empty_is_none_and_a_half_filled_one_is_asked_for():
    assert read().input.to is None
    assert sentences(**{"to-postcode": "1"}) == ["郵便番号の書き方を確かめてください"]


def test_blank_blocks_are_dropped_and_filled_ones_kept():
    form = read(**{"children-count": "3", "children-2-name": "蓮", "children-2-born": "R2.8.23"})
    assert form.input.children == [Child(name="蓮", born=date(2020, 8, 23))]


def test_a_wrong_in_the_third_block_stands_at_the_third_block():
    form = read(**{"children-count": "3", "children-2-name": "ながいなまえ", "children-2-born": "R2.8.23"})
    assert form.errors == [("#id_children-2-name", "名前は、5文字以内で入力してください")]


def test_more_than_fifty_blocks_are_never_made():
    assert read(**{"children-count": "9999999"})["children"].count == 50


def test_adding_a_block_keeps_what_was_typed():
    changed = pressed(posted(**{"children-count": "1", "children-0-name": "結衣", "_more": "children"}))
    form = Form(Matter, changed, desk=True)
    form.hush()
    assert form["children"].count == 2
    assert form["children"][0]["name"].value() == "結衣"
    assert form.errors == []


def test_removing_a_block_moves_the_later_ones_up():
    data = posted(**{"children-count": "3", "children-0-name": "一", "children-1-name": "二", "children-2-name": "三"})
    data["_less"] = "children-1"
    changed = pressed(data)
    assert (changed["children-count"], changed["children-0-name"], changed["children-1-name"]) == ("2", "一", "三")
    assert "children-2-name" not in changed


def test_without_a_button_nothing_is_pressed():
    assert pressed(posted()) is None
    assert "_key" not in without_buttons(posted(_key="x"))


def test_given_values_are_not_asked_and_not_taken_from_the_client():
    form = Form(Matter, posted(name="偽"), desk=True, given={"name": "真"})
    assert form.is_valid()
    assert form.input.name == "真"
    assert "name" not in [one.html_name for one in form.everything()]


def test_first_contents_come_back_as_they_would_be_typed():
    first = {"name": "髙橋", "on_day": date(2026, 11, 14), "colour": Colour.RED, "tags": [Colour.BLUE], "told": True}
    first["children"] = [Child(name="蓮", born=date(2020, 8, 23))]
    data = as_posted(Form(Matter, first=first, desk=False))
    assert (data["on_day_y"], data["on_day_m"], data["colour"], data["told"]) == ("令和8", "11", "red", "on")
    assert (data.getlist("tags"), data["children-count"], data["children-0-born_y"]) == (["blue"], "1", "令和2")


def test_a_refusal_is_placed_by_its_field_wherever_it_is():
    form = read(**{"children-count": "1", "children-0-name": "蓮", "children-0-born": "R2.8.23"})
    form.refuse(Closed(opens=date(2026, 12, 1)))
    form.refuse(Closed(opens=date(2026, 12, 1)).at("children.0.born"))
    form.refuse(Closed(opens=date(2026, 12, 1)).at("no_such_field"))
    assert [address for address, _ in form.errors] == ["", "#id_on_day", "#id_children-0-born"]
    assert all("令和8年" in said for _, said in form.errors)


def test_sentences_are_in_the_language_of_the_page():
    with translation.override("en"):
        assert sentences(count="many")[0].endswith("must be a number")
    with translation.override("ja-easy"):
        form = read()
        form.refuse(Closed(opens=date(2026, 12, 1)))
        assert form.errors[0][1].endswith("から できます。")


def test_a_type_that_no_field_can_ask_for_is_named():
    class Odd(Value):
        thing: dict[str, int] = Field(title="物")

    with pytest.raises(TypeError, match=r"Odd\.thing"):
        Form(Odd)
    assert Form(Odd, given={"thing": {"a": 1}}).names == []


def test_a_key_is_made_once_and_a_forged_one_replaced():
    first = Form(Matter)
    assert Form(Matter, posted(_key=first.key)).key == first.key
    assert len(Form(Matter, posted(_key="x" * 500)).key) == 36
