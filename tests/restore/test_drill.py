"""Backed up while people write, destroyed, restored to a minute: everything acknowledged before it, nothing from after it."""

import base64
import json
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.faults import samples, writers
from tests.restore import drill
from tests.sizes import PROVE
from yakusho.launch import trial

pytestmark = pytest.mark.faults
TOKEN = "TOKEN-8F2C-保護"  # an address that may be read nowhere


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="yakusho-restore-", dir="/tmp") as made:
        yield Path(made)


@pytest.fixture(scope="module")
def acted(folder):
    """The whole story once; what is asked of it afterwards is in the tests."""
    with drill.drill(folder) as act:
        act.rig.one(act.rig.prepare("resident_records.move_in") | {"name": "first"})
        with act.city.connect() as connection:
            connection.execute("create table canary (word text)")
            connection.execute("insert into canary values (%s)", [TOKEN])
            connection.execute("drop table canary")
        with act.writing("before", seconds=30 if PROVE else 3, rate=0 if PROVE else 5) as before:
            act.told = act.backup().must()
            act.during = len(drill.lines(before))
        act.settled = act.settle()
        act.published = (act.record / "checkpoint").read_text("utf-8").splitlines()
        act.figures_then, act.minute = act.figures(), act.now()
        act.before = drill.lines(before)
        with act.writing("after", seconds=0.5, hands=1) as after:
            pass
        act.after = drill.lines(after)
        act.carried = act.command("backup", "--carry").must()
        act.list = act.command("backup", "--list").must()
        act.destroy()
        act.into = folder / "restored"
        try:
            act.again = act.restore(act.into, "--until", act.minute.isoformat()).must()
            yield act
        finally:
            drill.discard(act.into)


def test_people_wrote_while_the_backup_was_made(acted):
    assert acted.during > 1
    assert len(acted.before) >= acted.during
    assert acted.after


def test_every_act_before_the_minute_is_there_and_none_after_it(acted, record_property):
    with drill.opened(acted.into) as (_, ledger):
        lost, late = acted.before - drill.found(ledger, acted.before), drill.found(ledger, acted.after)
        record_property("acknowledged", len(acted.before))
        record_property("lost", len(lost))
        record_property("late", len(late))
        assert (lost, late) == (set(), set())
        assert ledger.lies(samples.truths() | writers.UNANSWERED) == []


def test_rows_and_contents_of_every_table_are_those_of_that_minute(acted):
    after = json.loads((acted.into / "figures.json").read_text("utf-8"))
    assert trial.differences(acted.figures_then, after) == []
    assert len(after) > 50
    assert sum(int(rows) for rows, _ in after.values()) == drill.told(acted.into)["rows"]


def test_the_root_of_the_record_is_the_published_one(acted, record_property):
    told = drill.told(acted.into)
    assert (acted.settled["waiting"], acted.settled["ok"]) == (0, True)
    assert told["record"] == {
        "size": int(acted.published[1]),
        "root": base64.b64decode(acted.published[2]).hex(),
    }
    assert told["witness"] == told["record"]["size"]
    record_property("backup_seconds", round(acted.told.seconds, 1))
    record_property("restore_seconds", round(acted.again.seconds, 1))


def test_what_is_kept_names_nobody_and_holds_no_secret(acted):
    """Files of the depot, of the keys, the manifest and the list: no name, no address, no key, not even in the log."""
    with drill.opened(acted.into) as (private, ledger):
        names = ledger.value(
            "select array_agg(distinct word) from people_naming, unnest(array[family, given, family_kana, given_kana]) word"
            " where word <> ''"
        )
        names += ledger.value("select array_agg(distinct block) || array_agg(distinct town_name) from people_residence")
        secrets = [path.read_bytes().strip() for path in private.place.secrets.iterdir() if path.stat().st_size]
    wanted = [word.encode() for word in [TOKEN, *names, acted.word.read_text().strip()]] + secrets
    wanted = [word for word in wanted if len(word) >= 6]  # a single character is found in noise, too
    assert len(wanted) > 10
    files = [path for top in (acted.depot, acted.keys) for path in top.rglob("*") if path.is_file()]
    texts = {path.name: path.read_bytes() for path in files} | {"list": acted.list.text.encode()}
    assert [(name, word) for name, text in texts.items() for word in wanted if word in text] == []
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def tampered(acted, path):
    """A copy of the depot in which one byte in the middle of one file is another."""
    copy = acted.folder / "tampered"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(acted.depot, copy)
    target = copy / path
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    return copy


def refused(acted, *words, depot=None, **more):
    """A restoration that is refused leaves nothing."""
    into = acted.folder / "refused"
    told = acted.restore(into, *words, depot=depot, **more)
    assert not into.exists()
    assert not into.with_name("refused.draft").exists()
    assert "Traceback" not in told.text
    return told.code, told.text


def test_a_wrong_passphrase_opens_nothing(acted):
    other = acted.folder / "other-word"
    other.write_text("WRONG-WRONG-WRONG-WRONG\n")
    code, text = refused(acted, "--passphrase", other)
    assert code == 2
    assert "合言葉が違うか" in text
    assert "The passphrase is wrong" in text


def test_a_changed_byte_in_any_part_is_noticed(acted):
    backup = next(path.name for path in acted.depot.glob("*T*Z"))
    system = next((acted.depot / "wal").iterdir()).name
    last = max(path.name for path in (acted.depot / "wal" / system).glob("*.box") if len(path.name) == 28)
    parts = [f"{backup}/base.box", f"{backup}/beside.box", f"wal/{system}/{last}"]
    for path in parts if PROVE else parts[:1]:
        code, text = refused(acted, depot=tampered(acted, path))
        assert (code, "箱が壊れているか" in text, Path(path).name in text) == (1, True, True), text


def test_a_changed_manifest_and_a_missing_box_are_noticed(acted):
    copy = tampered(acted, "depot.json")
    shutil.copy2(acted.depot / "depot.json", copy)
    manifest = next(copy.glob("*T*Z/manifest.json"))
    whole = manifest.read_text("utf-8")
    manifest.write_text(whole.replace('"rows": ', '"rows": 1'), "utf-8")
    assert refused(acted, depot=copy)[0] == 1
    manifest.write_text(whole, "utf-8")
    (manifest.parent / "beside.box").unlink()
    code, text = refused(acted, depot=copy)
    assert (code, "A box is missing" in text) == (1, True)


def test_a_missing_segment_is_named(acted):
    copy = acted.folder / "gap"
    shutil.copytree(acted.depot, copy)
    segments = sorted(path for path in copy.glob("wal/*/*.box") if len(path.name) == 28)
    first = json.loads(next(copy.glob("*T*Z/manifest.json")).read_text("utf-8"))["facts"]["end_segment"]
    gone = next(path for path in segments if path.stem == first)
    gone.unlink()
    code, text = refused(acted, depot=copy)
    assert (code, f"変更記録 {first} がありません" in text, f"{first} is missing" in text) == (1, True, True)


@pytest.mark.parametrize(
    ("minute", "sentence"),
    [
        ("2020-01-01 00:00", "before the backup"),
        ("2099-01-01 00:00", "beyond the log"),
        ("昨日", "Write the minute as"),
    ],
)
def test_a_minute_that_is_not_kept_is_refused(acted, minute, sentence):
    code, text = refused(acted, "--until", minute)
    assert (code, sentence in text) == (2, True), text


def test_nothing_is_restored_over_a_city(acted):
    told = acted.restore(acted.into)
    assert (told.code, "The folder is not empty" in told.text) == (2, True)
    told = acted.restore(acted.city.place.state)
    assert (told.code, "Not over the city" in told.text) == (2, True)
