"""What the gate, or the press itself, stops on the whole way from a request to a paper."""

from dataclasses import replace
from uuid import UUID

import pytest

from yakusho.blocks.documents import CharacterNotPrintable, actions
from yakusho.blocks.documents._internal import gatehouse
from yakusho.blocks.documents._internal.render import NotRendered
from yakusho.blocks.documents.actions import press
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.refusals import (
    PaperTookTooLong,
    PaperWithheld,
    RequestClosed,
)
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.doors import Actor

pytestmark = pytest.mark.usefixtures("papers_city")


def row(request: str) -> PaperRequest:
    return PaperRequest.objects.get(pk=UUID(request))


def no_paper(request: str) -> bool:
    return not Paper.objects.filter(request_id=UUID(request)).exists()


def withheld(request: str, clerk: Actor) -> Alarm:
    with pytest.raises(PaperWithheld) as refused:
        actions.issue(request=request, by=clerk, at=AT)
    assert no_paper(request)
    assert row(request).state == "withheld"
    with pytest.raises(RequestClosed):
        actions.issue(request=request, by=clerk, at=AT)  # a retry is no remedy
    return Alarm.objects.get(pk=refused.value.facts["alarm"])


def test_the_bytes_of_another_request_are_withheld(person, asked, clerk, monkeypatch):
    printed, others = press.printed, []

    def previous(job, snapshot):
        others.append(printed(job, snapshot))
        return others[0]  # the terminal gives the paper of the person before

    monkeypatch.setattr(press, "printed", previous)
    actions.issue(request=asked(person()).request, by=clerk, at=AT)
    alarm = withheld(asked(person(name="見本 花子", kana="ミホン ハナコ")).request, clerk)
    assert {doubt.split()[0] for doubt in alarm.doubts} >= {"request", "subject", "text", "qr"}
    assert bytes(alarm.pdf) == others[0]


def test_a_paper_with_another_statement_is_withheld(person, asked, clerk, monkeypatch):
    read = press.read
    monkeypatch.setattr(
        press, "read", lambda job, *, by: replace(read(job, by=by), statement="原本と相違ないことを証明しない。")
    )
    assert any(doubt.startswith("text") for doubt in withheld(asked(person()).request, clerk).doubts)


def test_what_is_forbidden_is_withheld(person, asked, clerk):
    asked_for = asked(person(remark="秘密の住所へ"))
    assert "forbidden own" in withheld(asked_for.request, clerk).doubts


def test_a_press_that_fails_is_withheld(person, asked, clerk, monkeypatch):
    def jam(job, snapshot):
        raise NotRendered("name does not fit")

    monkeypatch.setattr(press, "printed", jam)
    assert withheld(asked(person()).request, clerk).doubts == ["press name does not fit"]


def test_a_silent_gatekeeper_withholds(person, asked, clerk, monkeypatch):
    house = gatehouse.gatehouse()
    house.close()
    monkeypatch.setattr(house, "environment", {**house.environment, "DJANGO_SETTINGS_MODULE": "no.such.house"})
    assert withheld(asked(person()).request, clerk).doubts == ["gate does not answer"]


def test_a_gatekeeper_whose_database_is_away_has_no_doubt_and_no_answer(person, asked, clerk, monkeypatch):
    here = gatehouse.gatehouse()
    blind = gatehouse.Gatehouse(here.environment | {"YAKUSHO_DB_NAME": "no_such_city"})
    monkeypatch.setattr(here, "ask", blind.ask)
    request = asked(person()).request
    for _ in range(2):
        with pytest.raises(PaperTookTooLong):
            actions.issue(request=request, by=clerk, at=AT)
        assert no_paper(request)
    assert (row(request).state, Alarm.objects.filter(request_id=UUID(request)).count()) == ("asked", 0)
    blind.close()
    monkeypatch.undo()
    assert actions.issue(request=request, by=clerk, at=AT).pages == 1


def test_a_gatekeeper_that_was_killed_is_called_again(person, asked, clerk):
    actions.issue(request=asked(person()).request, by=clerk, at=AT)
    process = gatehouse.gatehouse().process
    process.kill()
    process.wait()
    assert actions.issue(request=asked(person()).request, by=clerk, at=AT).pages == 1


@pytest.mark.parametrize(("deaths", "released"), [(1, True), (2, False)])
def test_a_gatekeeper_that_dies_over_a_paper_is_replaced_once(person, asked, clerk, monkeypatch, deaths, released):
    talk, dying = gatehouse.Gatehouse._talk, iter(range(deaths))

    def dies(self, process, head, pdf):
        if next(dying, None) is not None:
            process.kill()
        return talk(self, process, head, pdf)

    monkeypatch.setattr(gatehouse.Gatehouse, "_talk", dies)
    asked_for = asked(person())
    if released:
        assert actions.issue(request=asked_for.request, by=clerk, at=AT).pages == 1
    else:
        assert withheld(asked_for.request, clerk).doubts == ["gate does not answer"]


def test_a_gatekeeper_that_is_put_down_is_not_asked_again(person, asked, clerk, monkeypatch):
    asked_times = []

    def sleeps(self, process, head, pdf):
        asked_times.append(process.pid)
        process.wait(10)

    monkeypatch.setattr(gatehouse.Gatehouse, "_talk", sleeps)
    monkeypatch.setattr(gatehouse, "PATIENCE", 0.2)
    assert withheld(asked(person()).request, clerk).doubts == ["gate does not answer"]
    assert len(asked_times) == 1


def test_an_unprintable_name_is_named_and_the_request_stays_open(person, asked, clerk, change):
    own = person(name="見本\ue001郎")
    asked_for = asked(own)
    with pytest.raises(CharacterNotPrintable) as refused:
        actions.issue(request=asked_for.request, by=clerk, at=AT)
    assert refused.value.facts["code_point"] == "U+E001"
    assert row(asked_for.request).state == "asked"
    change(own, name="見本 一郎")
    assert actions.issue(request=asked_for.request, by=clerk, at=AT).pages == 1


def test_an_error_in_the_room_abandons_the_job(person, asked, clerk, monkeypatch):
    asked_for = asked(person())

    def broken(job, *, by):
        raise ZeroDivisionError

    monkeypatch.setattr(press, "read", broken)
    with pytest.raises(ZeroDivisionError):
        actions.issue(request=asked_for.request, by=clerk, at=AT)
    assert row(asked_for.request).state == "asked"
