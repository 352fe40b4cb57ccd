"""The public page of late charges: an answer with its lines, what cannot be read, three languages."""

import re

import pytest
from django.urls import reverse

ASKED = {"kind": "tax", "yen": "65,000", "due": "R3.5.31", "paid_on": "令和4年1月31日"}


@pytest.fixture
def show(client, db):
    def get(status=200, **given):
        answer = client.get(reverse("collection:late_charge"), given)
        assert answer.status_code == status
        return answer.content.decode()

    return get


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_nothing_is_asked_at_first(show):
    said = words(show())
    assert "計算する" in said
    assert "計算の結果" not in said


def test_the_answer_explains_itself(show):
    said = words(show(**ASKED))
    assert re.search(r"延滞金 3,400円 納める額の合計 68,400円", said)
    for line in (r"30 65,000円 2.5% 133円", r"184 65,000円 8.8% 2,883円", r"31 65,000円 8.7% 480円", "合計 3,496円"):
        assert line in said
    assert "地方税法20条の4の2" in said
    assert "市の運用を確かめていない" in said


def test_in_time_there_is_none(show):
    said = words(show(**ASKED | {"paid_on": "R3.5.31"}))
    assert "延滞金はかかりません" in said
    assert "納める額の合計 65,000円" in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"yen": "たくさん"}, "数字"),
        ({"yen": "-1"}, "0"),
        ({"due": "平成31年5月1日"}, "令和"),
        ({"paid_on": ""}, "入力"),
        ({"kind": "toll"}, "選"),
    ],
)
def test_what_is_wrong_is_said_and_kept(show, wrong, said):
    html = show(422, **ASKED | wrong)
    assert "エラー：" in html
    assert said in words(html)
    assert all(typed in html for name, typed in wrong.items() if name != "kind")


def test_a_year_without_a_rate_is_said(show):
    assert "定められていません" in words(show(409, **ASKED | {"paid_on": "2030-01-01"}))


def test_other_languages(show):
    english = show(lang="en", **ASKED)
    assert "To pay in all 68,400 yen" in words(english)
    assert not re.search(r"[\u3040-\u30ff]", words(re.sub(r'<li lang="ja">.*?</li>', "", english)))
    assert "<ruby>" in show(lang="easy", **ASKED)
