"""What the database itself refuses, whoever asks: the renderer's view of one request, and the fences of papers."""

from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from yakusho.blocks.documents import actions
from yakusho.blocks.documents.actions import jobs
from yakusho.blocks.documents.isolation import OneSubject, Reference, one_subject
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.documents.tests import support
from yakusho.blocks.documents.tests.support import AT, within

pytestmark = pytest.mark.usefixtures("papers_city")


def people() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select id from toy_resident order by id")
        return [row[0] for row in cursor.fetchall()]


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def job(person, asked):
    return within(jobs.take, request=asked(person(), person()).request, at=AT)


def test_the_renderer_sees_the_people_of_the_request_and_nobody_else(person, job):
    stranger = person()
    with one_subject(UUID(job.request), job.token):
        assert people() == sorted([job.subject, *job.members])
    assert stranger in people()


def test_before_and_after_the_renderer_sees_nobody(job):
    render = connections["render"]
    with one_subject(UUID(job.request), job.token):
        pass
    with render.cursor() as cursor:
        cursor.execute("select count(*) from toy_resident")
        assert cursor.fetchone()[0] == 0


def test_a_wrong_token_opens_nothing(job):
    with pytest.raises(ProgrammingError, match="no such job"), one_subject(UUID(job.request), job.token + 1):
        people()


def test_an_unknown_request_opens_nothing():
    with pytest.raises(ProgrammingError, match="no such job"), one_subject(uuid4(), 1):
        people()


def test_an_abandoned_job_opens_nothing(job):
    within(jobs.abandon, request=job.request, token=job.token)
    with pytest.raises(ProgrammingError, match="no such job"), one_subject(UUID(job.request), job.token):
        people()


def test_the_renderer_cannot_turn_to_another_request(job, person, asked):
    other = within(jobs.take, request=asked(person()).request, at=AT)
    with pytest.raises(IntegrityError), one_subject(UUID(job.request), job.token):
        run("select documents_begin_render(%s, %s)", UUID(other.request), other.token)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into documents_rendering values (pg_current_xact_id(), '{1,2,3}')",
        "update documents_rendering set people = '{1,2,3}'",
        "select * from documents_rendering",
        "select * from documents_paper",
        "select * from documents_paperrequest",
        "update toy_resident set name = 'x'",
        "delete from toy_resident",
        "set local role yakusho_app",
        "alter table toy_resident disable row level security",
    ],
)
def test_the_renderer_can_do_nothing_else(job, sql):
    with pytest.raises(ProgrammingError), one_subject(UUID(job.request), job.token):
        run(sql)


def test_the_renderer_cannot_choose_people_by_a_setting(job, person):
    person()
    with one_subject(UUID(job.request), job.token):
        run("select set_config('yakusho.subject', '1', true)")
        assert people() == sorted([job.subject, *job.members])


def test_the_application_cannot_open_a_rendering(job):
    with pytest.raises(ProgrammingError):
        run("select documents_begin_render(%s, %s)", UUID(job.request), job.token)


def test_the_default_connection_comes_back_after_an_error(job):
    own = connections["default"]
    with pytest.raises(ZeroDivisionError), one_subject(UUID(job.request), job.token):
        raise ZeroDivisionError
    assert connections["default"] is own


def test_a_reference_table_is_read_whole(papers_city, job):
    with support.owner(papers_city) as owner:
        owner.execute(
            "create table if not exists toy_town (name text); truncate toy_town; insert into toy_town values ('内丸')"
        )
        owner.execute(Reference("toy_town").sql)
    with one_subject(UUID(job.request), job.token), connection.cursor() as cursor:
        cursor.execute("select name from toy_town")
        assert cursor.fetchall() == [("内丸",)]


def test_the_policy_can_be_taken_back(papers_city):
    with support.owner(papers_city) as owner:
        from_owner = "select relrowsecurity from pg_class where relname = 'toy_gone'"
        owner.execute("create table toy_gone (id bigint)")
        operation = OneSubject("toy_gone", "id")
        owner.execute(operation.sql)
        assert owner.execute(from_owner).fetchone() == (True,)
        owner.execute(operation.reverse_sql)
        assert owner.execute(from_owner).fetchone() == (False,)
        owner.execute("drop table toy_gone")


# papers, requests, alarms


@pytest.fixture
def paper(person, asked, clerk) -> Paper:
    return Paper.objects.get(number=actions.issue(request=asked(person()).request, by=clerk, at=AT).number)


def fields(job, **other) -> dict:
    pdf = job.request.encode()
    known = {
        "number": job.number,
        "request_id": UUID(job.request),
        "token": job.token,
        "kind": job.kind,
        "subject": job.subject,
    }
    rest = {
        "title": "x",
        "sha256": sha256(pdf).digest(),
        "pdf": pdf,
        "pages": 1,
        "content": {},
        "sealed_at": AT,
        "retention": "x",
    }
    return known | rest | other


@pytest.mark.parametrize("other", [{"token": 99}, {"number": "202699999999"}, {"sha256": b"x" * 32}, {"pages": 0}])
def test_a_paper_is_written_only_by_the_job_that_holds_the_request(job, other):
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**fields(job, **other))


def test_a_second_paper_for_a_request_is_refused(job):
    Paper.objects.create(**fields(job))
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**fields(job))


def test_an_issued_request_takes_no_second_paper(paper):
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(
            number="202688888888", request_id=paper.request_id, token=paper.token, kind="x", title="x", subject=1,
            sha256=sha256(b"x").digest(), pdf=b"x", pages=1, content={}, sealed_at=AT, retention="x",
        )  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "update documents_paper set pdf = 'x'",
        "update documents_paper set subject = 1",
        "update documents_paper set number = '202600000000'",
        "delete from documents_paper",
        "delete from documents_paperrequest",
        "update documents_paperrequest set subject = 1",
        "update documents_paperrequest set members = '{}'",
        "update documents_alarm set pdf = 'x'",
        "update documents_alarm set doubts = '{}'",
        "delete from documents_alarm",
        "delete from documents_counter",
        "truncate documents_paper",
        "alter table documents_paper disable trigger all",
    ],
)
def test_the_application_has_no_right_to_change_what_is_issued(sql):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "update documents_paperrequest set state = 'asked' where id = %s",
        "update documents_paperrequest set token = token - 1 where id = %s",
        "update documents_paperrequest set token = token + 1 where id = %s",
        "update documents_paperrequest set number = '202677777777' where id = %s",
    ],
)
def test_an_issued_request_is_closed(paper, sql):
    with pytest.raises(IntegrityError):
        run(sql, paper.request_id)


def test_a_token_never_goes_back(job):
    with pytest.raises(IntegrityError):
        run("update documents_paperrequest set token = 0 where id = %s", UUID(job.request))


@pytest.mark.parametrize("field", ["handed_over_at", "revoked_at"])
def test_handing_over_and_revoking_happen_once(paper, field):
    more = {"handed_over_at": {"handed_over_by": 1}, "revoked_at": {"revoked_reason": "誤り"}}[field]
    Paper.objects.filter(pk=paper.pk).update(**{field: AT}, **more)
    empty = {"handed_over_at": {"handed_over_by": None}, "revoked_at": {"revoked_reason": ""}}[field]
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**{field: None}, **empty)


def test_revoking_needs_a_reason_in_the_database_too(paper):
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(revoked_at=AT)


def test_an_alarm_is_not_closed_without_a_comparison(job):
    alarm = Alarm.objects.create(
        request_id=UUID(job.request), token=1, doubts=["x"], pdf=b"", sha256=b"x" * 32, raised_at=AT
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(closed_at=AT, closed_by=1, finding="再試行で正常")


def test_states_and_reasons_hold(job):
    for wrong in ({"state": "printed"}, {"state": "issued"}, {"begun_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperRequest.objects.filter(pk=UUID(job.request)).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperRequest.objects.create(kind="x", subject=1, requested_by=1, asked_at=AT, reason="理由だけ")


def test_no_connection_of_the_house_is_a_superuser(papers_city):
    for alias in ("default", "render"):
        with connections[alias].cursor() as cursor:
            cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
            assert cursor.fetchone() == (False,)


def test_psycopg_tells_what_was_refused(job):
    with pytest.raises(ProgrammingError) as refused, one_subject(UUID(job.request), 77):
        people()
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
