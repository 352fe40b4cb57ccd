"""A protected address stands on a paper only after two officers released it, for that paper, and once."""

import base64
from datetime import timedelta
from io import BytesIO

import psycopg
import pypdf
import pytest
from django.db import transaction

from yakusho.blocks.documents import actions as papers
from yakusho.blocks.documents import queries as documents
from yakusho.blocks.documents.actions import jobs
from yakusho.blocks.documents.models import Paper
from yakusho.blocks.documents.tests import support
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import Actor, InvalidInput
from yakusho.blocks.identity.actors import SignedIn
from yakusho.systems.city.certificates import actions, rules
from yakusho.systems.city.certificates.tests.conftest import ON, clerk, manager, member
from yakusho.systems.city.resident_records import actions as records

BLOCK = "7番77号"


@pytest.fixture(scope="module")
def protected(move_in) -> int:
    """Somebody whose address nobody gets, from the intake of the request on."""
    (person,) = move_in(member("守子", "モリコ", "女", "1988-03-03", "世帯主"), block=BLOCK).people
    request = {"person": person, "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
    records.request_protection(request=request, by=clerk, on=ON)
    return person


def order(person, *, by=clerk, at=AT, kind="住民票の写し"):
    return actions.request_copy(person=person, order={"kind": kind, "whole": "世帯全員の分"}, by=by, on=ON, at=at)


def release(person, paper="certificates.copy", at=AT):
    asked = records.ask_release(person=person, paper=paper, reason="本人の来庁を確かめた", by=clerk, at=at)
    second = SignedIn(**vars(manager) | {"proof": "passkey", "proved_at": at})
    return records.agree_release(release=asked.id, by=second, at=at + timedelta(minutes=1))


def test_nobody_gets_the_paper_without_a_release(protected):
    for by in (clerk, manager, Actor(5, "見本 本人", person=protected, proof="card")):
        if by is manager:
            continue
        with pytest.raises(rules.AddressWithheld):
            order(protected, by=by)


def test_two_officers_release_one_paper_once(protected):
    release(protected)
    later = AT + timedelta(minutes=2)
    paper = actions.issue_copy(request=order(protected, at=later).request, by=clerk, at=later)
    pdf = base64.b64decode(documents.paper(number=paper.number, by=clerk, at=later).pdf)
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    assert BLOCK in "".join(printed.split())
    with pytest.raises(rules.AddressWithheld):
        order(protected, at=later + timedelta(seconds=1))


def test_a_released_paper_is_open_for_minutes(protected):
    later = AT + timedelta(hours=5)
    release(protected, at=later)
    later += timedelta(minutes=2)
    paper = actions.issue_copy(request=order(protected, at=later).request, by=clerk, at=later)
    assert documents.twin(number=paper.number, by=clerk, at=later + timedelta(minutes=14)).paper == paper
    for at in (later + timedelta(minutes=15), None):
        with pytest.raises(rules.PaperHidden):
            documents.twin(number=paper.number, by=clerk, at=at)
        with pytest.raises(rules.PaperHidden):
            documents.paper(number=paper.number, by=clerk, at=at)


def test_a_paper_from_before_the_request_is_not_shown_any_more(move_in):
    (person,) = move_in(member("守", "マモル", "男", "1980-03-03", "世帯主")).people
    paper = actions.issue_copy(request=order(person).request, by=clerk, at=AT)
    assert documents.twin(number=paper.number, by=clerk).paper == paper
    request = {"person": person, "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
    records.request_protection(request=request, by=clerk, on=ON)
    for by in (clerk, Actor(5, "見本 本人", person=person, proof="card")):
        with pytest.raises(rules.PaperHidden):
            documents.paper(number=paper.number, by=by, at=AT)


def unlocked(city, person, how) -> bool:
    """Whether somebody else gets the row of this person in that way, right now."""
    with support.owner(city) as other:
        try:
            other.execute(f"select id from people_person where id = %s for {how} nowait", [person])
        except psycopg.errors.LockNotAvailable:
            return False
    return True


def test_whoever_would_be_protected_waits_for_the_release_of_the_paper(city, move_in, monkeypatch):
    people = move_in(
        member("待", "マツ", "男", "1980-03-03", "世帯主"), member("松", "マツミ", "女", "1981-04-04", "妻")
    ).people
    seen, stored = [], jobs._stored

    def meanwhile(*given):
        seen.extend(unlocked(city, one, "no key update") for one in people)
        return stored(*given)

    monkeypatch.setattr(jobs, "_stored", meanwhile)
    assert actions.issue_copy(request=order(people[0]).request, by=clerk, at=AT).pages == 1
    assert seen == [False, False]
    assert unlocked(city, people[0], "no key update")


def test_a_paper_waits_for_the_protection_of_anybody_of_the_household(city, move_in):
    people = move_in(
        member("守", "マモル", "男", "1980-03-03", "世帯主"), member("護", "マモリ", "女", "1981-04-04", "妻")
    ).people
    request = {"person": people[1], "kind": "配偶者からの暴力", "opponents": [{"name": "見本　相手"}]}
    with transaction.atomic():
        records.request_protection(request=request, by=clerk, on=ON)
        assert [unlocked(city, one, "share") for one in people] == [False, False]
    assert unlocked(city, people[0], "share")


def test_a_spoilt_paper_of_a_protected_person_needs_another_release(protected):
    later = AT + timedelta(hours=6)
    release(protected, at=later)
    later += timedelta(minutes=2)
    paper = actions.issue_copy(request=order(protected, at=later).request, by=clerk, at=later)
    again = papers.reprint(number=paper.number, reason="紙詰まり", by=clerk, at=later)
    with pytest.raises(rules.AddressWithheld):
        papers.issue(request=again.request, by=clerk, at=later)
    release(protected, at=later)
    later += timedelta(minutes=2)
    second = papers.issue(request=again.request, by=clerk, at=later)
    assert documents.twin(number=second.number, by=clerk, at=later).paper == second
    with pytest.raises(rules.AddressWithheld):
        order(protected, at=later + timedelta(seconds=1))


def test_a_release_that_ends_before_the_paper_is_made_lets_no_paper_out(protected):
    later = AT + timedelta(hours=3)
    release(protected, at=later)
    asked = order(protected, at=later + timedelta(minutes=2))
    with pytest.raises(rules.AddressWithheld):
        actions.issue_copy(request=asked.request, by=clerk, at=later + timedelta(minutes=30))
    assert not Paper.objects.filter(request_id=asked.request).exists()


def test_a_release_for_one_paper_opens_no_other(protected):
    later = AT + timedelta(hours=1)
    release(protected, paper="certificates.items", at=later)
    with pytest.raises(rules.AddressWithheld):
        order(protected, at=later + timedelta(minutes=2))


def test_a_release_ends_after_its_minutes(protected):
    later = AT + timedelta(hours=2)
    release(protected, at=later)
    with pytest.raises(rules.AddressWithheld):
        order(protected, at=later + timedelta(minutes=30))


def test_nobody_says_what_time_it_is_to_see_a_paper(protected):
    with pytest.raises(InvalidInput):
        documents.twin.call({"number": "202600000001", "at": AT.isoformat()}, by=clerk, on=ON, at=AT)
