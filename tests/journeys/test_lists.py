"""Every list goes on: by its own links, page by page, without a line lost, shown twice, or shown to whom it does not belong."""

import hashlib
import re
import sys
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yakusho.blocks.documents import queries as documents
from yakusho.blocks.documents.models import Alarm, Paper, PaperRequest
from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.exchange import queries as exchange
from yakusho.blocks.exchange.models import Dispatch, Endpoint, Event
from yakusho.blocks.identity import queries as identity
from yakusho.blocks.identity.models import Account, MatchCase
from yakusho.blocks.jpki import sample_authority
from yakusho.blocks.jpki.profile import FourItems, Kind
from yakusho.blocks.messages import queries as messages
from yakusho.blocks.messages.models import Message
from yakusho.blocks.pages import clock
from yakusho.registers.people import queries as people
from yakusho.registers.people.models import Opponent, Person, Protection
from yakusho.systems.city.resident_exchange import models
from yakusho.systems.city.resident_exchange import queries as resident_exchange

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
OWN, OTHER, LINES, PAGE = 7, 8, 5, 2
HERE, THERE = 501, 502


def officer(role):
    return Actor(OWN, "窓口 花子", frozenset({Grant(role, "citizen_registration")}))


def requests(state="working"):
    """Lines of ours and of others in turn: 1 is ours, 2 is not, 3 is ours …"""
    for n in range(1, 2 * LINES + 1):
        ours = n % 2 == 1
        yield (
            ours,
            PaperRequest.objects.create(
                id=UUID(int=n),
                kind="certificates.copy" if ours else "resident_tax.certificate",
                subject=HERE if ours else THERE,
                requested_by=OWN,
                asked_at=AT,
                state=state,
                token=1,
                begun_at=AT,
                number=f"2026{n:08d}",
            ),
        )


def papers():
    for _, asked in requests():
        pdf = str(asked.number).encode()
        told = {"kind": asked.kind, "title": "写し", "subject": asked.subject, "content": {}, "retention": "x"}
        Paper.objects.create(
            number=asked.number,
            request=asked,
            token=1,
            sha256=hashlib.sha256(pdf).digest(),
            pdf=pdf,
            pages=1,
            sealed_at=AT,
            **told,
        )
    return [f"2026{n:08d}" for n in range(1, 2 * LINES, 2)]


def alarms():
    made = []
    for ours, asked in requests(state="withheld"):
        found = {"finding": "字形", "compared_at": AT, "compared_by": 1, "reference_sha256": b"", "closed_by": 1}
        closed = {} if ours else found | {"closed_at": AT}
        alarm = Alarm.objects.create(
            request=asked, token=1, doubts=["page 1"], pdf=b"", sha256=b"", raised_at=AT, **closed
        )
        made += [str(alarm.pk)] if ours else []
    return made[::-1]


def letters():
    wordings = {"ja": {"title": "お知らせ", "body": "届きました"}}
    made = [
        Message.objects.create(account=OWN if n % 2 else OTHER, wordings=wordings, template="x")
        for n in range(2 * LINES)
    ]
    return [str(one.pk) for one in made if one.account == OWN][::-1]


def dead():
    receiver = Endpoint.objects.create(title="受け手", url="https://x.jp/", events=["a.b"], key_versions=[1])
    made = []
    for n in range(2 * LINES):
        event = Event.objects.create(name="a.b", subject=str(n), data={})
        over = {"state": "dead", "due": None} if n % 2 else {"due": AT}
        made.append(Dispatch.objects.create(event=event, endpoint=receiver, **over))
    return [str(one.pk) for one in made if one.state == "dead"][::-1]


def exports():
    asked = {"purpose": "統計", "on": AT.date(), "asked_by_name": "花子", "asked_at": AT}
    made = [
        models.Export.objects.create(asked_by=OWN if n % 2 else OTHER, agreed_by_name="", **asked)
        for n in range(2 * LINES)
    ]
    return [str(one.pk) for one in made if one.asked_by == OWN][::-1]


def loads():
    said = {"name": "a.csv", "rows": 1, "households": 1, "skipped": 0, "by_account": 1, "by_name": "花子", "at": AT}
    return [str(models.Load.objects.create(digest=f"{n:064x}", **said).pk) for n in range(LINES)][::-1]


def measures():
    """The ends lie close together, two on one day; those of others end next summer."""
    made, today = [], clock.read().date()
    for n in range(2 * LINES):
        until = today + timedelta(days=n // 4 if n % 2 else 200)
        person = Person.objects.create()
        one = Protection.objects.create(
            person=person, kind="児童虐待", applied_on=date(2025, 1, 1), starts_on=date(2025, 1, 1), until=until
        )
        Opponent.objects.create(protection=one, name="相手")
        made += [str(person.pk)] if n % 2 else []
    return made


def accounts():
    Account.objects.filter(kind="staff").update(ended_at=None)
    for n in range(2 * LINES):
        kind = {"kind": "staff"} if n % 2 else {"kind": "resident", "person": 900 + n}
        Account.objects.create(
            login=f"list{9 - n}", name="見本", created_at=AT, ended_at=AT if n in (1, 5) else None, **kind
        )
    return [str(Account.objects.get(login=login).pk) for login in ("list0", "list2", "list6", "list4", "list8")]


def matches():
    """Cards in a queue; of every other one the resident was found meanwhile."""
    authority = sample_authority.Authority.new(Kind.SIGNATURE, at=AT)
    items = FourItems("見本 花子", date(1990, 1, 1), "2", "盛岡市内丸1番1号")
    card = authority.issue(authority.key.public_key(), items=items, at=AT).public_bytes(Encoding.DER)
    made = [
        MatchCase.objects.create(
            issuer="見本",
            serial=str(n),
            certificate=card,
            candidates=2,
            created_at=AT,
            settled_at=None if n % 2 else AT,
        )
        for n in range(2 * LINES)
    ]
    return [str(one.pk) for one in made if one.settled_at is None]


CLERK, MANAGER = officer("resident_clerk"), officer("resident_manager")
AUDITOR, ADMINISTRATOR = officer("auditor"), officer("system_administrator")
RESIDENT = Actor(31, "市民", person=HERE)
LISTS = {  # page: who opens it, its lines, what links to a line, where the length of a page stands
    "documents:queue": (CLERK, papers, r"/desk/papers/(\d+)/reprint", documents, "PAGE"),
    "documents:alarms": (AUDITOR, alarms, r"/desk/alarms/(\d+)\"", documents, "PAGE"),
    "documents:papers": (RESIDENT, lambda: papers()[::-1], r"/documents/papers/(\d+)\"", documents, "PAGE"),
    "messages:inbox": (CLERK, letters, r"/messages/(\d+)\"", messages, "SHOWN"),
    "exchange:dead_letters": (ADMINISTRATOR, dead, r"/dispatches/(\d+)/replay", exchange, "SHOWN"),
    "resident_exchange:exports": (CLERK, exports, r"/desk/exports/(\d+)\"", resident_exchange, "LATEST"),
    "resident_exchange:imports": (MANAGER, loads, r"/desk/imports/(\d+)\"", resident_exchange, "LATEST"),
    "resident_records:protections": (CLERK, measures, r"/desk/person/(\d+)/protection", people, "DUE"),
    "staff_access:matches": (ADMINISTRATOR, matches, r"name=\"match\" value=\"(\d+)\"", identity, "LATEST"),
    "staff_access:accounts": (ADMINISTRATOR, accounts, r"/staff_access/desk/(\d+)\"", identity, "LONGEST"),
}
MARKS = ("x", "-1", "9" * 40, "１", "2026-99-99_1", "2026-12-01_" + "9" * 40, "_", "%00", "0", "1'")
NEXT = re.compile(r'href="([^"]+)" rel="next"')


@pytest.fixture(params=LISTS)
def listed(request, client, monkeypatch):
    """A visitor whose page holds two lines, the address, the lines to come, and how to read them."""
    actor, make, line, module, most = LISTS[request.param]

    def sit_down(asked):
        asked.visit = None
        return actor

    monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", sit_down)
    monkeypatch.setattr(module, most, PAGE)
    if module is people:  # the door has the name of the module that it stands in
        monkeypatch.setattr(sys.modules[people.due_protections.function.__module__], most, PAGE)
    address = reverse(request.param)
    given = {"text": "list"} if request.param == "staff_access:accounts" else {}
    return client, address, given, make(), re.compile(line)


def pages(client, address, given, line):
    """Lines and number of statements of each page, by the links to the next one."""
    following, first = address, given
    while following:
        client.get(following, first)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(following, first)
        assert answer.status_code == 200
        text = answer.content.decode()
        yield line.findall(text), len(asked)
        found, first = NEXT.search(text), {}
        following = found and address + found[1].replace("&amp;", "&").removeprefix(address)


def test_each_line_stands_on_one_page_and_nobody_elses_on_any(listed):
    client, address, given, lines, line = listed
    walked = list(pages(client, address, given, line))
    assert [len(found) for found, _ in walked] == [PAGE, PAGE, LINES - 2 * PAGE]
    assert [one for found, _ in walked for one in found] == lines


def test_the_last_page_asks_no_more_than_the_first(listed):
    client, address, given, _, line = listed
    first, *_, last = (asked for _, asked in pages(client, address, given, line))
    assert last <= first


def test_a_mark_that_is_none_is_no_error(listed):
    client, address, _, _, _ = listed
    answers = {mark: client.get(f"{address}?after={mark}").status_code for mark in MARKS}
    assert set(answers.values()) <= {200, 422}, answers


def test_a_line_that_goes_meanwhile_takes_no_other_with_it(client, monkeypatch):
    lines = papers()
    monkeypatch.setattr(documents, "PAGE", PAGE)
    first = [one.number for one in documents.print_queue(by=CLERK)][:PAGE]
    Paper.objects.filter(number__in=first).update(handed_over_at=AT, handed_over_by=OWN)
    assert [one.number for one in documents.print_queue(after=first[-1], by=CLERK)] == lines[PAGE : 2 * PAGE + 1]


def test_a_clerk_of_no_kind_has_an_empty_queue():
    papers()
    assert documents.print_queue(by=officer("exchange_clerk")) == []
