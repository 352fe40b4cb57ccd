"""From a request to a paper in the hand: who may ask for what, and what stands on it."""

import base64
from io import BytesIO

import pypdf
import pytest

from yakusho.blocks.documents import actions as papers
from yakusho.blocks.documents import queries as documents
from yakusho.blocks.documents.models import Paper, PaperRequest
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import Actor
from yakusho.blocks.messages import queries as messages
from yakusho.kit.refusal import NotFound
from yakusho.systems.city.certificates import actions, queries, rules
from yakusho.systems.city.certificates.models import Copy
from yakusho.systems.city.certificates.tests.conftest import ON, clerk, member
from yakusho.systems.city.resident_records import actions as records

COPY = {"kind": "住民票の写し", "whole": "世帯全員の分"}


def ask(person, *, by=clerk, **order):
    return actions.request_copy(person=person, order=COPY | order, by=by, on=ON, at=AT)


def issue(person, *, by=clerk, **order):
    return actions.issue_copy(request=ask(person, by=by, **order).request, by=by, at=AT)


def text(paper, *, by=clerk):
    pdf = base64.b64decode(documents.paper(number=paper.number, by=by).pdf)
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages).split())


def resident(person):
    return Actor(100 + person, "見本 住民", person=person, proof="card")


def test_a_copy_of_the_household_holds_everybody_in_its_order(family):
    printed = text(issue(family[1], relation=True))
    places = [printed.index(word) for word in ("若園町", "見本太郎", "見本花子", "見本葵", "世帯全員の住民票")]
    assert places == sorted(places)
    assert "例文" in printed


def test_what_nobody_asked_for_is_left_out(family):
    printed = text(issue(family[1]))
    for item in ("本籍", "筆頭者", "続柄", "世帯主", "国籍"):
        assert item not in printed


def test_a_copy_of_one_person_names_nobody_else(family):
    printed = text(issue(family[2], whole="この人の分だけ"))
    assert "見本葵" in printed
    assert "花子" not in printed
    assert "世帯全員" not in printed


def test_the_head_is_named_on_a_childs_copy_when_relations_are_asked_for(family):
    printed = text(issue(family[2], whole="この人の分だけ", relation=True))
    assert "世帯主" in printed
    assert "見本太郎" in printed
    assert "花子" not in printed


def test_a_resident_gets_the_paper_and_a_message_about_it(family):
    mother = resident(family[1])
    paper = issue(family[2], by=mother, whole="この人の分だけ", origin=True)
    assert paper.subject == family[1], "it is her paper although it is about her child"
    assert "見本葵" in text(paper, by=mother)
    assert any("住民票の写し" in message.title for message in messages.inbox(by=mother))


def test_another_household_is_as_good_as_missing(family, move_in):
    (stranger,) = move_in(member("次郎", "ジロウ", "男", "1985-01-01", "世帯主")).people
    refusals = []
    for person in (family[0], 99_999_999):
        with pytest.raises(NotFound) as refused:
            ask(person, by=resident(stranger))
        refusals.append((type(refused.value), refused.value.ja))
    assert refusals[0] == refusals[1]
    with pytest.raises(NotFound):
        queries.offer(person=family[0], by=resident(stranger), on=ON)


def test_the_same_request_is_issued_once(family):
    asked = ask(family[0])
    first = actions.issue_copy(request=asked.request, by=clerk, at=AT, key="issue-once")
    again = actions.issue_copy(request=asked.request, by=clerk, at=AT, key="issue-once")
    assert first == again
    assert Paper.objects.filter(request__id=asked.request).count() == 1


def test_a_request_keeps_who_why_and_how_much(family):
    asked = ask(family[1], by=resident(family[1]), purpose="運転免許の手続")
    row = Copy.objects.get(request=asked.request)
    assert (row.people, row.online, row.purpose) == (family, True, "運転免許の手続")
    assert row.fee == asked.fee == queries.fee(online=True, on=ON)


def test_an_offer_says_that_a_fee_is_not_confirmed(family):
    offer = queries.offer(person=family[1], by=resident(family[1]), on=ON)
    assert [one.person for one in offer.members] == family
    assert offer.fee_confirmed is False


def test_a_closed_record_needs_its_own_paper(move_in):
    (person,) = move_in(member("終太", "シュウタ", "男", "1950-05-05", "世帯主")).people
    with pytest.raises(rules.NotClosed):
        ask(person, kind="除票の写し")
    records.register_death(notice={"event_on": "2026-11-22", "person": person}, by=clerk, on=ON)
    with pytest.raises(rules.NotResident):
        ask(person)
    printed = text(issue(person, kind="除票の写し"))
    assert "死亡" in printed
    assert "除票の原本と相違ない" in printed


def test_a_certificate_of_moving_out_names_the_destination(move_in):
    (person,) = move_in(member("転子", "テンコ", "女", "1995-05-05", "世帯主")).people
    with pytest.raises(rules.NoMoveOut):
        ask(person, kind="転出証明書")
    notice = {"event_on": "2026-12-01", "people": [person], "destination": "宮城県仙台市見本区一丁目1番"}
    records.move_out(notice=notice, by=clerk, on=ON)
    printed = text(issue(person, kind="転出証明書", origin=True))
    assert "宮城県仙台市見本区一丁目1番" in printed
    assert "転出年月日（予定）令和8年12月1日" in printed


def test_certified_items_are_those_chosen(family):
    printed = text(issue(family[0], kind="住民票記載事項証明書", whole="この人の分だけ", origin=True))
    assert "本籍" in printed
    assert "続柄" not in printed
    assert "住民票に記載されている事項と相違ない" in printed


def test_a_refused_request_leaves_nothing_behind(family):
    before = PaperRequest.objects.count(), Copy.objects.count()
    with pytest.raises(rules.NotClosed):
        ask(family[0], kind="除票の写し")
    assert (PaperRequest.objects.count(), Copy.objects.count()) == before


def test_a_spoilt_copy_is_made_again(family):
    spoilt = issue(family[1])
    again = papers.reprint(number=spoilt.number, reason="紙詰まり", by=clerk, at=AT)
    assert "見本花子" in text(papers.issue(request=again.request, by=clerk, at=AT))
