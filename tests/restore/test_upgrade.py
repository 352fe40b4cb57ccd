"""The database of an earlier house migrates forward while its people go on writing: nothing lost, nobody met rudely."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from tests import house
from tests.faults import samples, writers
from tests.faults.ledger import Ledger
from tests.faults.private import private_city
from tests.sizes import LONG, PROVE

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not PROVE, reason="a minute: bin/yakusho prove")]
WRITER = house.ROOT / "tests" / "restore" / "writer.py"
# statements that make writers of a table wait, with the table
LOCKS = re.compile(
    r"(?:ALTER TABLE(?: ONLY)?(?: IF EXISTS)?|DROP TABLE(?: IF EXISTS)?|TRUNCATE(?: TABLE)?|LOCK TABLE"
    r"|CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)\S+ ON|CREATE (?:CONSTRAINT )?TRIGGER .*? ON) \"?(\w+)",
    re.IGNORECASE,
)


def git(*words):
    if not shutil.which("git"):
        return b""
    done = subprocess.run(["git", *words], cwd=house.ROOT, capture_output=True)
    return done.stdout if done.returncode == 0 else b""


def earlier():
    """The commits before each of the last changes of tables, the newest first."""
    found = git("log", "--format=%h", "-5", "--", "yakusho/*/migrations/0*.py", "yakusho/**/migrations/0*.py").decode()
    commits = [f"{commit}^" for commit in found.split()]
    return [commit for commit in commits if git("rev-parse", "--verify", "--quiet", commit)][: 4 if LONG else 1]


@pytest.fixture(scope="module")
def city():
    with private_city() as found:
        (found.cluster.data / "local.conf").write_text("log_statement = 'ddl'\n")
        os.chown(found.cluster.data / "local.conf", found.cluster.account.number, -1)
        found.restart()
        yield found


def tree(commit, folder):
    """The house as it was."""
    unpack = subprocess.Popen(["tar", "-x", "-C", folder], stdin=subprocess.PIPE)
    unpack.communicate(git("archive", commit))
    return folder


def environ(city, name, home, user="yakusho_app"):
    kept = {"YAKUSHO_DB_NAME": name, "YAKUSHO_DB_USER": user, "PYTHONPATH": str(home), "YAKUSHO_HOME": str(home)}
    kept |= {"YAKUSHO_RECORD": str(city.place.state / "records" / name)}
    return city.environ() | kept | {"YAKUSHO_DATA": str(home), "DJANGO_SETTINGS_MODULE": "yakusho.web.settings"}


def prepare(city, name, home):
    """What `up` does with the tables of a database it finds; seconds."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "django", "prepare", "--verbosity", "0"]
    done = subprocess.run(
        command, cwd=home, env=environ(city, name, home, "yakusho_owner"), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return time.monotonic() - begun


def writer(city, name, home, book, stop):
    command = [sys.executable, "-W", "ignore", str(WRITER), str(book), str(stop)]
    env = environ(city, name, home)
    return subprocess.Popen(command, cwd=home, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err[-3000:]
    return json.loads(out)


def until(books, count):
    end = time.monotonic() + 90
    while any(not book.exists() or book.read_text().count("\n") < count for book in books):
        assert time.monotonic() < end, "the writers do not get on"
        time.sleep(0.05)


def migrations(connection):
    return {row[0] for row in connection.execute("select app || '.' || name from django_migrations")}


def moved(city, name, old, folder):
    """Two hands write with the old code; the tables migrate; they go on, and one with the new code; what each had to say."""
    stop, books = folder / "stop", [folder / f"book-{number}" for number in range(3)]
    hands = [writer(city, name, old, book, stop) for book in books[:2]]
    until(books[:2], 5)
    mark = city.cluster.log.stat().st_size
    seconds = prepare(city, name, house.ROOT)
    log = city.cluster.log.read_bytes()[mark:].decode("utf-8", "replace")
    most = max(book.read_text().count("\n") for book in books[:2])
    until(books[:2], most + 5)  # who works with the programs of before is still served
    stop.touch()
    told = [ended(hand) for hand in hands]
    stop.unlink()
    new = writer(city, name, house.ROOT, books[2], stop)
    until(books[2:], 5)
    stop.touch()
    return {"books": books, "seconds": seconds, "log": log, "told": [*told, ended(new)]}


@pytest.mark.parametrize("commit", (PROVE and earlier()) or ["no history"])
def test_the_database_of_an_earlier_house_migrates_while_its_people_write(city, commit, record_property, tmp_path):
    if not git("rev-parse", "--verify", "--quiet", commit):
        pytest.skip("a checkout without its history has no earlier house")
    name = f"upgrade_{git('rev-parse', '--short', commit).decode().strip()}"
    (tmp_path / "old").mkdir()
    old = tree(commit, tmp_path / "old")
    with city.connect() as connection:
        connection.execute(f"create database {name}")
    prepare(city, name, old)
    with city.connect(name) as connection:
        before, tables = migrations(connection), set(Ledger(connection).tables)
    story = moved(city, name, old, tmp_path)
    manage(city, name, "audit", "integrate")
    assert "署名どおりです" in manage(city, name, "audit", "verify")
    with city.connect(name) as connection:
        applied = sorted(migrations(connection) - before)
        account = writers.account(Ledger(connection), story["books"])
        lies = Ledger(connection).lies(samples.truths())
    locking = [table for table in LOCKS.findall(story["log"]) if table in tables]
    troubles = [trouble for one in story["told"] for trouble in one["troubles"]]
    record_property(f"migrations_{name}", len(applied))
    record_property(f"seconds_{name}", round(story["seconds"], 1))
    record_property(f"acts_{name}", account["acts"])
    record_property(f"statements_that_lock_{name}", f"{len(locking)} ({' '.join(sorted(set(locking)))})")
    record_property(f"longest_wait_{name}", round(max(one["longest"] for one in story["told"]), 2))
    record_property(f"troubles_{name}", f"{len(troubles)} {'; '.join(sorted(set(troubles)))}")
    assert applied
    assert (account["lost"], account["double"], lies) == ([], [], [])
    assert [trouble for trouble in troubles if trouble.startswith("database")] == []


def manage(city, name, *words):
    done = subprocess.run(
        [sys.executable, "-m", "django", *words],
        cwd=house.ROOT,
        env=environ(city, name, house.ROOT),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
