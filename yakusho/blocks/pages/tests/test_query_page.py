"""A page of a query asks by its address."""

from datetime import date

import pytest
from pydantic import Field, create_model

from yakusho.blocks.doors import EVERYONE, RESIDENT
from yakusho.blocks.pages.tests.toys import NOON, Upside, request
from yakusho.blocks.pages.views import QueryPage
from yakusho.kit.refusal import NotAllowed, NotFound

Input = create_model("Input", words=(str, Field(title="言葉", min_length=2)), on=(date | None, None))
Free = create_model("Free", month=(int, Field(11, title="月", ge=1, le=12)))


class Query:
    name, title, kind = "toys.search", "検索", "query"

    def __init__(self, model=Input, allowed=EVERYONE):
        self.input_model, self.allowed, self.calls = model, allowed, []

    def call(self, given, *, by, on, at, key=""):
        refusals = {"止まれ": Upside(), "ない": NotFound()}
        if given.get("words") in refusals:
            raise refusals[given["words"]]
        self.calls.append((given, on, at))
        return ["結果"]


@pytest.fixture(autouse=True)
def template(settings):
    loaders = [
        (
            "django.template.loaders.locmem.Loader",
            {
                "toys/search.html": "{% load i18n %}{% if asked %}{{ result|length }}{% else %}はじめ{% endif %}{% for a, s in errors %}[{{ s }}]{% endfor %}",
                "toys/part.html": "部分{{ result|length }}",
            },
        )
    ]
    one = {
        **settings.TEMPLATES[0],
        "APP_DIRS": False,
        "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders},
    }
    settings.TEMPLATES = [one]


def shown(query, path="/toys/", **headers):
    answer = QueryPage(query, template="toys/search.html", part="toys/part.html")(request(path, **headers))
    return answer.status_code, answer.content.decode()


def test_nothing_is_asked_before_something_is_typed():
    query = Query()
    assert shown(query) == (200, "はじめ")
    assert query.calls == []


def test_what_is_typed_is_asked_with_the_day_of_the_edge():
    query = Query()
    assert shown(query, "/toys/?words=%E8%A6%8B%E6%9C%AC&on=R8.4.1") == (200, "1")
    given, on, at = query.calls[0]
    assert given == {"words": "見本", "on": date(2026, 4, 1)}
    assert (on, at) == (NOON.date(), NOON)


def test_a_query_that_needs_nothing_is_asked_at_once():
    query = Query(Free)
    assert shown(query) == (200, "1")
    assert shown(query, "/toys/?month=13") == (422, "0[月は、12以下にしてください]")


def test_a_wrong_or_refused_question_says_why():
    assert shown(Query(), "/toys/?words=a")[0] == 422
    assert shown(Query(), "/toys/?words=%E6%AD%A2%E3%81%BE%E3%82%8C") == (409, "0[いまは受け付けていません。]")


def test_what_is_missing_is_a_page_of_its_own():
    with pytest.raises(NotFound):
        shown(Query(), "/toys/?words=%E3%81%AA%E3%81%84")
    with pytest.raises(NotAllowed):
        shown(Query(allowed=RESIDENT))


def test_other_words_in_the_address_ask_nothing():
    assert shown(Query(), "/toys/?lang=ja") == (200, "はじめ")


def test_a_small_move_gets_only_the_part():
    assert shown(Query(), "/toys/?words=ab", **{"HX-Request": "true"}) == (200, "部分1")
