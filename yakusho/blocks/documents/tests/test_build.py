"""混在 Nodes with different programs: only the one that the city declared makes papers; the others refuse, and it rings."""

import io
import subprocess
import sys
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.models import F

from tests import house
from yakusho.blocks.documents import actions, build
from yakusho.blocks.documents._internal.gatehouse import Gatehouse, gatehouse
from yakusho.blocks.documents.actions import press
from yakusho.blocks.documents.models import Alarm, Build, Paper, PaperRequest
from yakusho.blocks.documents.refusals import OtherBuild, PaperWithheld
from yakusho.blocks.documents.tests import support
from yakusho.blocks.documents.tests.support import AT


@pytest.fixture
def declare(papers_city):
    """A new version is installed by the owner; the old one comes back after the test."""

    def say(digest: str) -> None:
        with support.owner(papers_city) as owner:
            owner.execute("insert into documents_build (digest) values (%s)", [digest])

    yield say
    say(build.own())


def no_paper(request: str) -> bool:
    return not Paper.objects.filter(request_id=UUID(request)).exists()


def test_a_node_that_the_city_did_not_declare_makes_no_paper(person, asked, clerk, auditor, declare):
    declare("b" * 64)
    first, second = asked(person()), asked(person())
    for one in (first, second):
        with pytest.raises(OtherBuild):
            actions.issue(request=one.request, by=clerk, at=AT)
        assert no_paper(one.request)
    alarm = Alarm.objects.get(doubts=["other build"], closed_at=None)
    declare(build.own())
    assert actions.issue(request=first.request, by=clerk, at=AT).number
    compared = actions.compare_alarm(alarm=alarm.pk, by=auditor, at=AT)
    assert compared.differences == ["nothing was printed"]
    actions.close_alarm(alarm=alarm.pk, finding="古い機械を止めた", by=auditor, at=AT)


def test_a_version_that_is_installed_while_a_paper_is_made_stops_it(person, asked, clerk, declare, monkeypatch):
    printed = press.printed

    def meanwhile(job, snapshot):
        declare("c" * 64)
        return printed(job, snapshot)

    monkeypatch.setattr(press, "printed", meanwhile)
    request = asked(person()).request
    with pytest.raises(OtherBuild):
        actions.issue(request=request, by=clerk, at=AT)
    assert no_paper(request)
    monkeypatch.undo()
    declare(build.own())
    PaperRequest.objects.filter(pk=UUID(request), begun_at__isnull=False).update(begun_at=F("begun_at"))
    assert actions.issue(request=request, by=clerk, at=AT.replace(hour=2)).number


def test_a_gatekeeper_of_another_version_withholds(person, asked, clerk, papers_city, monkeypatch):
    here = gatehouse()
    other = Gatehouse(here.environment | {"YAKUSHO_BUILD": "another image"})
    monkeypatch.setattr(here, "ask", other.ask)
    request = asked(person()).request
    with pytest.raises(PaperWithheld) as refused:
        actions.issue(request=request, by=clerk, at=AT)
    other.close()
    assert Alarm.objects.get(pk=refused.value.facts["alarm"]).doubts == ["gate of another build"]
    assert no_paper(request)


def test_only_the_owner_declares(papers_city):
    for sql in (
        "insert into documents_build (digest) values (repeat('a', 64))",
        "update documents_build set digest = repeat('a', 64)",
        "delete from documents_build",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(sql)


def test_what_was_declared_is_never_rewritten(papers_city):
    with support.owner(papers_city) as owner:
        for sql in ("update documents_build set digest = repeat('a', 64)", "delete from documents_build"):
            with pytest.raises(psycopg.errors.CheckViolation):
                owner.execute(sql)


def test_the_command_declares_what_is_not_declared_and_nothing_twice(declare, papers_city):
    declare("d" * 64)
    before = Build.objects.count()
    assert house.manage("declare_build", database=papers_city).split()[-1] == build.own()[:12]
    assert Build.objects.count() == before + 1
    said = io.StringIO()
    call_command("declare_build", stdout=said)
    assert said.getvalue().split()[-1] == build.own()[:12]
    assert Build.objects.count() == before + 1


def test_the_program_itself_is_what_counts_where_no_image_is_named():
    say = "from yakusho.blocks.documents import build; print(build.own())"
    env = house.surroundings(settings.DATABASES["default"]["NAME"])
    said = {
        subprocess.check_output([sys.executable, "-c", say], env=env | {"YAKUSHO_BUILD": image}, cwd=house.ROOT)
        for image in ("", "", "one")
    }
    assert len(said) == 2
