"""支援措置: files, webhooks, mails, papers of before, guesses and lists give no hidden address away either."""

import base64
import json
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.access import cast, hidden
from tests.access.scene import NOWHERE
from tests.faults.samples import AT, Stage, staff
from yakusho.blocks.documents import queries as documents
from yakusho.blocks.documents.shown import code_of
from yakusho.blocks.documents.tests import support
from yakusho.blocks.doors import SYSTEM, Actor, registry
from yakusho.blocks.identity.ways import cards
from yakusho.blocks.jpki.profile import FourItems, Kind
from yakusho.kit.refusal import Refusal
from yakusho.systems.city.resident_exchange.tests import access as exchange

LATER = AT + timedelta(days=400)
FARTHER = ("2026-11-21", "2026-11-23", "2030-01-01")


@pytest.fixture(scope="module")
def refuge(django_db_setup, django_db_blocker, tmp_path_factory):
    with support.committed(django_db_blocker, tmp_path_factory.mktemp("secrets"), suffix="waysout"):
        stage = Stage(clerk=cast.officer("resident_clerk"), manager=cast.officer("resident_manager"))
        stage.do("places.load_towns", by=SYSTEM)
        stage.do("exchange.register_endpoint", by=staff(106, "exchange_clerk"), endpoint=ENDPOINT)
        yield hidden.refuge(stage, 10, 7)


ENDPOINT = {"title": "見本", "url": "https://93.184.216.34/hook"}


@pytest.fixture
def clean(refuge):
    """Reads a text and says where it tells too much."""

    def look(text):
        found = refuge.pattern.search(hidden.plain(text))
        return f"{found[0]} in {text[max(0, found.start() - 80) : found.end() + 40]}" if found else ""

    return look


def ask(name, by, **given):
    door = registry.queries.get(name) or registry.actions[name]
    return door.output.dump_json(door.call(given, by=by, on=Stage.on, at=AT)).decode()


def taken(stage, **wish):
    asked = stage.do("resident_exchange.ask_export", wish={"purpose": "統計の見本"} | wish).id
    stage.do("resident_exchange.agree_export", by=stage.manager, export=asked)
    return stage.do("resident_exchange.take_export", export=asked).text


def test_a_file_of_all_residents_has_them_without_their_addresses(refuge, clean):
    text = taken(refuge.stage)
    assert clean(text) == ""
    assert all(str(one.person) in text for one in refuge.hidden if one.how != "left")


def test_a_file_of_one_town_does_not_have_them(refuge, clean):
    text = taken(refuge.stage, towns=["0405000"])
    assert clean(text) == ""
    assert "守子" not in text
    assert "乱1" in text


def test_a_town_is_searched_and_they_are_not_in_it(refuge):
    for given in ({"text": "見本 若園町"}, {"text": "見本", "address": "若園町"}):
        found = json.loads(ask("resident_records.search", refuge.stage.clerk, **given))
        names = [row["person"]["names"]["given"] for row in found["rows"]]
        assert names
        assert [name for name in names if name.startswith("守子")] == []


@pytest.mark.parametrize("on", FARTHER)
@pytest.mark.parametrize("known_at", [None, "2026-11-20T00:00:00Z", "2030-01-01T00:00:00Z"])
def test_no_day_and_no_belief_of_before_tells(refuge, clean, on, known_at):
    said = []
    for one in refuge.hidden:
        for name in ("person", "household"):
            try:
                given = {"person": one.person, "on": on, "known_at": known_at}
                said.append(ask(f"resident_records.{name}", refuge.stage.clerk, **given))
            except Refusal as refusal:
                said.append(json.dumps(refusal.problem(), ensure_ascii=False))
    assert [found for text in said if (found := clean(text))] == []


def test_webhooks_and_mails_say_nothing(refuge, clean):
    hooks = refuge.stage.do("exchange.claim", by=SYSTEM, at=LATER, limit=1000)
    mails = refuge.stage.do("messages.claim", by=SYSTEM, at=LATER, limit=1000)
    texts = [one.model_dump_json() for one in (*hooks, *mails)]
    assert len(hooks) >= len(refuge.hidden)
    assert [found for text in texts if (found := clean(text))] == []


def test_a_guess_in_a_file_to_import_is_not_confirmed(refuge):
    one = refuge.hidden[0]
    person = json.loads(ask("resident_records.person", refuge.stage.clerk, person=one.person))["names"]

    def report(address):
        who = f"見本,{person['given']},ミホン,ミホ,2,{person['born']}"
        line = f"X1,X1,{who},世帯主,盛岡市{address},H27.4.1"
        file = {"name": "a.csv", "content": base64.b64encode(f"{exchange.HEADINGS}\r\n{line}\r\n".encode()).decode()}
        said = json.loads(ask("resident_exchange.check_import", refuge.stage.manager, file=file))
        return {name: value for name, value in said.items() if name != "digest"}

    assert report(f"若園町{one.words[0]}3号 {one.words[1]}荘") == report("若園町9番9号 アア荘")


@pytest.fixture(scope="module")
def papered(refuge):
    """A paper with the address, from before it had to be hidden; its number and the person."""
    words = hidden.Words(99)
    address, own = hidden._address(words)
    (person,) = hidden._arrive(refuge, address, "宮城県仙台市", hidden._victim(50))
    stage = refuge.stage
    asked = stage.do(
        "certificates.request_copy", person=person, order={"kind": "住民票の写し", "whole": "この人の分だけ"}
    )
    paper = stage.do("certificates.issue_copy", request=asked.request)
    before = documents.twin(number=paper.number, by=stage.clerk).model_dump_json()
    assert own[1] in before
    hidden._protect(refuge, person, None)
    refuge.hidden.append(hidden.Hidden(person, "papered", own))
    return paper.number, person


@pytest.mark.parametrize("question", ["paper", "twin"])
def test_a_paper_of_before_is_shown_no_more(refuge, papered, question):
    number, person = papered
    own = Actor(990, "見本 本人", person=person, proof="card")
    for by in (refuge.stage.clerk, own):
        with pytest.raises(Refusal) as refusal:
            ask(f"documents.{question}", by, number=number)
        assert refusal.value.status == 403


def test_a_paper_of_before_is_still_listed_and_can_be_revoked(refuge, papered):
    number, person = papered
    assert number in ask("documents.papers_of", refuge.stage.clerk, person=person)
    refuge.stage.do("documents.revoke", number=number, reason="支援措置のため")
    assert '"valid"' not in ask("documents.verify", Actor(0, ""), code=code_of(number))


@pytest.fixture
def waiting(refuge, settings, tmp_path):
    """What the desk is told of a card of these four items, whose holder was not found without doubt."""
    settings.SAMPLE_CARDS = tmp_path

    def told(name, born, address):
        items = FourItems(name=name, born=born, sex="2", address=f"岩手県盛岡市{address}")
        made = cards.box().certificate(cards.box().issue(items, at=AT), Kind.SIGNATURE)
        found = {"issuer": "CN=見本", "serial": f"{made.serial_number:x}", "candidates": 0}
        whole = made.public_bytes(Encoding.DER).hex()
        refuge.stage.do("identity.queue_match", by=SYSTEM, certificate=whole, **found)
        return ask("identity.waiting_matches", staff(105, "system_administrator", "informatics"))

    return told


def test_a_card_that_waits_does_not_tell_where_its_holder_hides(refuge, clean, waiting):
    one = refuge.hidden[0]
    names = json.loads(ask("resident_records.person", refuge.stage.clerk, person=one.person))["names"]
    said = waiting(
        f"見本{names['given']}", date.fromisoformat(names["born"]), f"若園町{one.words[0]}3号{one.words[1]}荘"
    )
    assert clean(said) == ""
    assert names["given"] in said
    assert "本宮一丁目1番1号" in waiting("例文太郎", date(1980, 1, 1), "本宮一丁目1番1号")


def test_nobody_is_nobody(refuge):
    with pytest.raises(Refusal):
        ask("resident_records.person", refuge.stage.clerk, person=NOWHERE)
