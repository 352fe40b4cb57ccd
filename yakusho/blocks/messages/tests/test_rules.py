"""Templates in three languages, facts in them, and when to try again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.messages import rules

TEXT = "[ja]\n{name}さんへ\n\n{day}です。\n二行目\n[en]\nDear {name}\nOn {day}.\n[easy]\n{name}さん\n{day}です。\n"
FACTS = {"name": "見本", "day": date(2026, 11, 23)}
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _filled(**facts):
    return rules.fill("x", rules.read_template("x", TEXT), FACTS | facts)


def test_the_first_line_of_each_language_is_the_title():
    read = rules.read_template("x", TEXT)
    assert read.in_language("ja") == rules.Wording(title="{name}さんへ", body="{day}です。\n二行目")
    assert read.in_language("en").title == "Dear {name}"
    assert read.in_language("ja-easy").body == "{day}です。"


def test_days_are_written_as_each_language_writes_them():
    filled = _filled()
    assert filled.in_language("ja").body == "令和8年（2026年）11月23日です。\n二行目"
    assert filled.in_language("en").body == "On 2026-11-23."
    assert filled.in_language("ja-easy").title == "見本さん"


def test_an_unknown_language_gets_japanese():
    assert _filled().in_language("fr") == _filled().in_language("ja")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", "ja, en, ja-easy"),
        ("[ja]\n題\n文", "en, ja-easy"),
        ("[ja]\n題\n文\n[en]\nt\nb\n[easy]\n題だけ", "ja-easy"),
        ("題\n文", "ja, en, ja-easy"),
    ],
)
def test_a_template_without_a_language_is_refused(text, missing):
    with pytest.raises(ValueError, match=f"room/x: title and body are missing in {missing}"):
        rules.read_template("room/x", text)


def test_a_missing_fact_is_named():
    with pytest.raises(TypeError, match="x needs the facts day, name"):
        rules.fill("x", rules.read_template("x", TEXT), {})


def test_facts_that_are_not_used_do_no_harm():
    assert _filled(other=1) == _filled()


@pytest.mark.parametrize("name", ["a\nBcc: x@example.jp", "a\r\nb", "a\u2028b", "a\x00b"])
def test_a_title_stays_one_line(name):
    title = _filled(name=name).in_language("en").title
    assert not rules.CONTROL.search(title)
    assert title.startswith("Dear a ")


def test_a_fact_that_looks_like_a_language_starts_none():
    filled = _filled(name="[en]\nInjected")
    assert filled.in_language("en").title == "Dear [en] Injected"
    assert filled.in_language("ja").title == "[en] Injectedさんへ"


@given(st.text(max_size=40))
def test_braces_in_a_fact_are_only_text(name):
    assert _filled(name=name).in_language("en").title == "Dear " + rules.CONTROL.sub(" ", name)


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_a_drill_says_so_in_title_and_body(language):
    marked = rules.marked(_filled()).in_language(language)
    sign = "DRILL" if language == "en" else "訓練"
    assert sign in marked.title
    assert sign in marked.body.splitlines()[0]


def test_waits_are_those_of_the_city_and_then_end():
    minutes = [1, 5, 30]
    waits = [rules.next_attempt(attempts=n, at=NOW, minutes=minutes) for n in (1, 2, 3, 4)]
    assert waits == [NOW + timedelta(minutes=1), NOW + timedelta(minutes=5), NOW + timedelta(minutes=30), None]


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_a_mail_holds_the_title_and_the_city_and_no_link(language):
    body = rules.mail_body("題名", language=language, city="盛岡市")
    assert "題名" in body
    assert "盛岡市" in body
    assert "http" not in body
