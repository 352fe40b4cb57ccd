"""From a request to a paper in the hand: who may ask for what, and what stands on it."""

import base64
from io import BytesIO
from types import SimpleNamespace

import pypdf
import pytest

from yakusho.blocks.documents import actions as papers
from yakusho.blocks.documents import queries as documents
from yakusho.blocks.documents.actions import press
from yakusho.blocks.documents.models import Paper, PaperRequest
from yakusho.blocks.documents.refusals import PaperWithheld
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import Actor, Grant
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


def couple(move_in):
    return move_in(member("清", "キヨシ", "男", "1980-03-03", "世帯主"), member("幸", "サチ", "女", "1981-04-04", "妻"))


def leaves(*people):
    records.move_out(notice={"event_on": ON, "people": list(people), "destination": "仙台市"}, by=clerk, on=ON)


@pytest.mark.parametrize("whole", ["世帯全員の分", "この人の分だけ"])
def test_whoever_has_left_since_the_request_stands_on_no_copy(move_in, whole):
    came = couple(move_in)
    asked = ask(came.people[1], whole=whole)
    leaves(came.people[1])
    with pytest.raises(rules.HouseholdChanged):
        actions.issue_copy(request=asked.request, by=clerk, at=AT)
    assert not Paper.objects.filter(request=asked.request).exists()
    assert "見本清" in text(issue(came.people[0]))


def test_whoever_joined_since_the_request_would_be_missing_on_the_copy_of_everybody(move_in):
    came = couple(move_in)
    asked, alone = ask(came.people[0]), ask(came.people[0], whole="この人の分だけ")
    (home,) = came.households
    child = member("結", "ユイ", "女", ON.isoformat(), "子")
    records.register_birth(notice={"event_on": ON, "household": home, "children": [child]}, by=clerk, on=ON)
    with pytest.raises(PaperWithheld):
        actions.issue_copy(request=asked.request, by=clerk, at=AT)
    assert actions.issue_copy(request=alone.request, by=clerk, at=AT).pages == 1


def test_the_alarm_of_a_paper_that_the_register_gives_no_more_is_closed_after_all(move_in, monkeypatch):
    came = couple(move_in)
    asked = ask(came.people[1], whole="この人の分だけ")
    gate = press.gatehouse()

    def gone(*given):
        leaves(came.people[1])
        return gate.ask(*given)

    monkeypatch.setattr(press, "gatehouse", lambda: SimpleNamespace(ask=gone))
    with pytest.raises(PaperWithheld) as refused:
        actions.issue_copy(request=asked.request, by=clerk, at=AT)
    alarm, auditor = refused.value.facts["alarm"], Actor(9, "見本 検査", frozenset({Grant("auditor", "audit")}))
    assert papers.compare_alarm(alarm=alarm, by=auditor, at=AT).differences == ["register household_changed"]
    assert papers.close_alarm(alarm=alarm, finding="発行中に転出", by=auditor, at=AT).closed_at == AT


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
