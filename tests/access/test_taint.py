"""支援措置: nobody learns a hidden address, in any way that anything leaves the house."""

import logging
import os

import pytest

from tests.access import cast, hidden, sweep
from tests.access.scene import NOWHERE, Scene, Who
from tests.access.test_doors import PUBLIC
from tests.faults.samples import Stage
from tests.sizes import sized
from yakusho.blocks.documents.tests import support
from yakusho.blocks.doors import NOBODY, SYSTEM, registry

SEED = int(os.environ.get("YAKUSHO_SEED", "1"))
PERSONAL = ("person", "household", "history", "protections", "who_looked", "relations")
ABOUT = [registry.queries[f"resident_records.{name}"] for name in PERSONAL]


@pytest.fixture(scope="module")
def refuge(django_db_setup, django_db_blocker, tmp_path_factory):
    with support.committed(django_db_blocker, tmp_path_factory.mktemp("secrets"), suffix="taint") as name:
        stage = Stage(clerk=cast.officer("resident_clerk"), manager=cast.officer("resident_manager"))
        stage.do("places.load_towns", by=SYSTEM)
        stage.do("organisation.load_organisation", by=SYSTEM)
        found = hidden.refuge(stage, sized(20, 100, 1_000), SEED)
        found.database = name
        yield found


@pytest.fixture(scope="module")
def everybody(refuge):
    residents = [Who(name, actor) for name, actor in hidden.watchers(refuge).items()]
    return [Who("nobody", NOBODY), *residents, *(Who(role, cast.officer(role)) for role in cast.roles())]


@pytest.fixture(scope="module")
def scene(refuge):
    (own,) = cast.move_in(refuge.stage, "1番1号", cast.member("太郎", "世帯主"))
    people = {"own": own, "closed": NOWHERE, "protected": refuge.hidden[0].person, "missing": NOWHERE}
    return Scene(refuge.stage, people, cast.resident(own))


@pytest.fixture
def result(refuge, record_property):
    """What was read; every line that was logged meanwhile is read as well."""
    found, lines, root = sweep.Result(), sweep.Lines(), logging.getLogger()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(lines)
    root.setLevel(level)
    for line in lines.lines:
        found.look(refuge, "log line", line[:80], line)
    for kind, number in found.read.items():
        record_property(kind, number)
    assert [one for one in found.hits if one.startswith("log line")] == []


def chosen(everybody, *names):
    return [who for who in everybody if any(name in who.name for name in names)]


def test_the_words_are_where_the_register_keeps_them(refuge, scene):
    found = sweep.Result()
    found.look(refuge, "self", "a hidden word", refuge.hidden[0].words[0])
    found.look(refuge, "self", "the same in narrow letters", "ﾇﾍﾎ" + refuge.hidden[0].words[0])
    assert len(found.hits) == 2
    assert len({word for one in refuge.hidden for word in one.words}) == sum(len(one.words) for one in refuge.hidden)


def test_no_door_tells(refuge, scene, everybody, result):
    sweep.doors(result, refuge, scene, PUBLIC, everybody)
    assert result.hits == []


def test_no_question_about_any_of_them_tells(refuge, scene, everybody, result):
    sweep.each(result, refuge, scene, ABOUT, chosen(everybody, "resident_clerk", "opponent of one who leaving"))
    assert result.hits == []


def test_no_page_tells(refuge, scene, everybody, result, client, monkeypatch):
    seat = {}
    client.raise_request_exception = False
    monkeypatch.setattr("yakusho.blocks.pages.clock.read", lambda: scene.stage.at)

    def who(request):
        request.visit = None
        return seat["actor"]

    monkeypatch.setattr("yakusho.blocks.identity.middleware.visits.actor_of", who)
    sweep.pages(result, refuge, scene, everybody, client, lambda actor: seat.update(actor=actor))
    assert result.hits == []


def test_looking_for_a_hidden_address_finds_nothing(refuge, scene, everybody, result):
    search = registry.queries["resident_records.search"]
    sweep.searches(result, refuge, scene, search, chosen(everybody, "resident_clerk"))
    assert result.hits == []


def test_no_table_but_the_register_keeps_it(refuge, scene, everybody, result):
    with support.owner(refuge.database) as connection:
        sweep.tables(result, refuge, connection)
    assert result.hits == []
