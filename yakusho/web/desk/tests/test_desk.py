"""The desk opens to staff only and lists the work of their roles."""

import pytest

from yakusho.blocks.doors import EVERYONE, Actor, Grant, Menu, Role
from yakusho.blocks.pages import menu
from yakusho.blocks.pages.tests.toys import RESIDENT_ACTOR, request
from yakusho.kit.refusal import NotAllowed
from yakusho.web.desk import views

CLERK = Actor(3, "工藤 真理", frozenset({Grant("clerk", "desk")}))


class Room:
    title = "住民記録"
    roles = [Role("clerk", "住民記録担当")]
    menu = [
        Menu("転入届", "portal:home", for_=Role("clerk", "担当"), group="窓口", words=("引っ越してきた",)),
        Menu("決裁", "portal:search", for_=Role("manager", "課長"), group="仕事"),
        Menu("人口の統計", "portal:search", for_=EVERYONE),
    ]


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    monkeypatch.setattr(menu, "systems", lambda: [Room])


def text(answer):
    return answer.content.decode()


def test_residents_have_no_desk():
    for actor in (RESIDENT_ACTOR, Actor(0, "")):
        with pytest.raises(NotAllowed):
            views.home(request("/desk/", actor=actor))


def test_the_desk_lists_the_work_of_the_role_with_its_key():
    html = text(views.home(request("/desk/", actor=CLERK)))
    assert "転入届" in html
    assert "決裁" not in html
    assert "<kbd>1</kbd>" in html
    assert 'class="desk"' in html
    assert "住民記録担当</span><b>工藤 真理</b>" in html


def test_a_word_narrows_the_work():
    assert "転入届</a></th>" in text(views.home(request("/desk/?q=%E5%BC%95%E3%81%A3%E8%B6%8A%E3%81%97", actor=CLERK)))
    assert "この言葉の仕事はありません" in text(views.home(request("/desk/?q=%E5%AE%87%E5%AE%99", actor=CLERK)))


def test_somebody_without_work_is_told_who_gives_it():
    html = text(views.home(request("/desk/", actor=Actor(4, "新人", frozenset({Grant("other", "desk")})))))
    assert "担当の仕事はありません" in html
