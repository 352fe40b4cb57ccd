"""What happens to a paper after it is released, and to an alarm until it is closed."""

import base64

import pytest

from yakusho.blocks.documents import actions, queries
from yakusho.blocks.documents._internal.readers import read_glyphs
from yakusho.blocks.documents._internal.render import NotRendered
from yakusho.blocks.documents.actions import press
from yakusho.blocks.documents.models import Alarm, Paper
from yakusho.blocks.documents.refusals import (
    AlarmClosed,
    AlreadyHandedOver,
    AlreadyRevoked,
    ComparisonMissing,
    NoSuchAlarm,
    NoSuchPaper,
    PaperWithheld,
    ReasonMissing,
)
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.documents.values import PaperView
from yakusho.blocks.doors import NOBODY, Actor, Grant
from yakusho.kit.refusal import NotAllowed

pytestmark = pytest.mark.usefixtures("papers_city")
OTHER_CLERK = Actor(9, "別の係", frozenset({Grant("other_clerk", "desk")}))


@pytest.fixture
def own(person) -> int:
    return person(name="見本 葛\U000e0102子", kana="ミホン カツコ")


@pytest.fixture
def paper(own, asked, clerk) -> PaperView:
    return actions.issue(request=asked(own).request, by=clerk, at=AT)


def test_the_queue_holds_a_paper_until_it_is_handed_over(paper, clerk):
    assert paper.number in [one.number for one in queries.print_queue(by=clerk)]
    assert actions.hand_over(number=paper.number, by=clerk, at=AT).handed_over_at == AT
    assert paper.number not in [one.number for one in queries.print_queue(by=clerk)]
    with pytest.raises(AlreadyHandedOver):
        actions.hand_over(number=paper.number, by=clerk, at=AT)


def test_the_queue_goes_on_after_a_number(paper, clerk):
    assert [one.number for one in queries.print_queue(by=clerk, after=paper.number)] == []


def test_what_residents_ask_for_online_waits_for_nobody(own, asked, clerk):
    resident = Actor(31, "市民", person=own)
    online = actions.issue(request=asked(own, by=resident).request, by=resident, at=AT)
    assert online.number not in [one.number for one in queries.print_queue(by=clerk)]


def test_each_clerk_sees_the_kinds_they_answer_for(paper):
    assert queries.print_queue(by=OTHER_CLERK) == []
    for act in (actions.hand_over, actions.revoke, actions.reprint):
        given = {"number": paper.number, "by": OTHER_CLERK, "at": AT} | (
            {} if act is actions.hand_over else {"reason": "x"}
        )
        with pytest.raises(NoSuchPaper):
            act(**given)


def test_a_reprint_voids_the_first_and_keeps_the_reason(paper, clerk):
    again = actions.reprint(number=paper.number, reason="印刷が途中で切れた", by=clerk, at=AT)
    assert (again.fee, again.reason, again.state) == (0, "印刷が途中で切れた", "asked")
    second = actions.issue(request=again.request, by=clerk, at=AT)
    assert second.number != paper.number
    assert Paper.objects.get(number=paper.number).revoked_reason == "再発行しています"
    assert queries.verify(code=paper.code, by=NOBODY, on=AT.date()).state == "revoked"
    assert queries.verify(code=second.code, by=NOBODY, on=AT.date()).state == "valid"


@pytest.mark.parametrize("reason", ["", "   "])
def test_reprinting_and_revoking_need_a_reason(paper, clerk, reason):
    for act in (actions.reprint, actions.revoke):
        with pytest.raises(ReasonMissing) as refused:
            act(number=paper.number, reason=reason, by=clerk, at=AT)
        assert refused.value.about == "reason"
    assert Paper.objects.get(number=paper.number).revoked_at is None


def test_a_revoked_paper_is_neither_handed_over_nor_revoked_again(paper, clerk):
    assert actions.revoke(number=paper.number, reason="記載の訂正", by=clerk, at=AT).revoked_reason == "記載の訂正"
    for act, more in ((actions.revoke, {"reason": "x"}), (actions.reprint, {"reason": "x"}), (actions.hand_over, {})):
        with pytest.raises(AlreadyRevoked):
            act(number=paper.number, by=clerk, at=AT, **more)


def test_the_file_goes_to_its_owner_and_its_clerks_only(paper, own, clerk, person):
    resident, stranger = Actor(31, "市民", person=own), Actor(32, "他人", person=person())
    for who in (resident, clerk):
        found = queries.paper(number=paper.number, by=who)
        assert base64.b64decode(found.pdf).startswith(b"%PDF-")
        assert found.name == f"copy-{paper.number}.pdf"
    for who in (stranger, OTHER_CLERK):
        with pytest.raises(NoSuchPaper):
            queries.paper(number=paper.number, by=who)
        with pytest.raises(NoSuchPaper):
            queries.twin(number=paper.number, by=who)


def test_the_list_shows_residents_their_own(paper, own, clerk, person):
    assert [one.number for one in queries.papers_of(person=own, by=Actor(31, "市民", person=own))] == [paper.number]
    assert [one.number for one in queries.papers_of(person=own, by=clerk)] == [paper.number]
    assert queries.papers_of(person=own, by=Actor(32, "他人", person=person())) == []
    assert queries.papers_of(person=own, by=OTHER_CLERK) == []


def test_the_request_says_how_it_ended(paper, clerk):
    found = queries.request(request=paper.request, by=clerk)
    assert (found.state, found.number, found.fee) == ("issued", paper.number, 300)
    with pytest.raises(NoSuchPaper):
        queries.request(request=paper.request, by=OTHER_CLERK)


def test_the_page_beside_the_paper_says_the_same(paper, clerk):
    twin = queries.twin(number=paper.number, by=clerk)
    printed = "".join(text.replace(" ", "") for text in _pages(paper.number))
    told = [text for s in twin.sections for f in s.fields for text in (f.label, f.kana, f.value) if text]
    assert told
    assert [text for text in (*told, twin.statement) if text.replace(" ", "") not in printed] == []


def _pages(number: str) -> list[str]:
    return read_glyphs(bytes(Paper.objects.get(number=number).pdf)).pages


# alarms


@pytest.fixture
def alarm(person, asked, clerk, monkeypatch) -> int:
    """A withheld paper: the press gave the bytes of another."""
    printed, others = press.printed, []

    def previous(job, snapshot):
        others.append(printed(job, snapshot))
        return others[0]

    with monkeypatch.context() as broken:
        broken.setattr(press, "printed", previous)
        actions.issue(request=asked(person()).request, by=clerk, at=AT)
        with pytest.raises(PaperWithheld) as refused:
            actions.issue(request=asked(person(name="見本 花子")).request, by=clerk, at=AT)
    return refused.value.facts["alarm"]


def test_an_alarm_closes_only_after_its_bytes_were_compared(alarm, auditor):
    assert alarm in [one.alarm for one in queries.alarms(by=auditor)]
    with pytest.raises(ComparisonMissing):
        actions.close_alarm(alarm=alarm, finding="再試行で正常に印刷", by=auditor, at=AT)
    compared = actions.compare_alarm(alarm=alarm, by=auditor, at=AT)
    assert compared.differences == ["page 1"]
    assert len(compared.reference_sha256) == 64
    with pytest.raises(ReasonMissing) as refused:
        actions.close_alarm(alarm=alarm, finding=" ", by=auditor, at=AT)
    assert refused.value.about == "finding"
    closed = actions.close_alarm(alarm=alarm, finding="前の方の書面が渡された。印刷装置を交換", by=auditor, at=AT)
    assert closed.closed_at == AT
    assert alarm not in [one.alarm for one in queries.alarms(by=auditor)]
    assert alarm in [one.alarm for one in queries.alarms(by=auditor, closed=True)]
    for act in (
        lambda: actions.compare_alarm(alarm=alarm, by=auditor, at=AT),
        lambda: actions.close_alarm(alarm=alarm, finding="x", by=auditor, at=AT),
    ):
        with pytest.raises(AlarmClosed):
            act()


def test_a_false_alarm_shows_equal_bytes(person, asked, clerk, auditor):
    with pytest.raises(PaperWithheld) as refused:
        actions.issue(request=asked(person(remark="秘密の住所")).request, by=clerk, at=AT)
    found = actions.compare_alarm(alarm=refused.value.facts["alarm"], by=auditor, at=AT)
    assert found.differences == ["bytes equal"]
    assert found.reference_sha256 == found.sha256


def test_a_press_that_still_fails_is_recorded(alarm, auditor, monkeypatch):
    def jam(job, snapshot):
        raise NotRendered("name does not fit")

    monkeypatch.setattr(press, "printed", jam)
    assert actions.compare_alarm(alarm=alarm, by=auditor, at=AT).differences == ["press name does not fit"]


def test_alarms_belong_to_the_auditor(alarm, clerk):
    with pytest.raises(NotAllowed):
        queries.alarms(by=clerk)
    for act in (actions.compare_alarm, actions.close_alarm):
        with pytest.raises(NotAllowed):
            act(alarm=alarm, by=clerk, at=AT, **({"finding": "x"} if act is actions.close_alarm else {}))


def test_an_unknown_alarm_is_not_found(auditor):
    with pytest.raises(NoSuchAlarm):
        actions.compare_alarm(alarm=10**9, by=auditor, at=AT)
    with pytest.raises(NoSuchAlarm):
        queries.alarm(alarm=10**9, by=auditor)
    assert not Alarm.objects.filter(pk=10**9).exists()
