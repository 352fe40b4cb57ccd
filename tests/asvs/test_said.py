"""`docs/security.md` says what the code does: its figures and its lists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests import house
from tests.fitness import tree
from yakusho.blocks.documents import queries as documents
from yakusho.blocks.doors import fit
from yakusho.blocks.identity import rules
from yakusho.blocks.identity._internal import challenges
from yakusho.blocks.identity.actions import accounts, tokens
from yakusho.launch import secrets
from yakusho.launch.place import find
from yakusho.systems.city.resident_exchange import rules as exchange
from yakusho.systems.city.resident_exchange.formats import persons_csv

TEXT = (house.ROOT / "docs" / "security.md").read_text("utf-8")
PARTS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def rows(part):
    """The cells of the table of a part, its headings first."""
    lines = [
        line for line in PARTS[part].splitlines() if line.startswith("|") and "---" not in line and "--:" not in line
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("part", [part for part in PARTS if "\n|" in PARTS[part]])
def test_every_row_says_everything(part):
    head, *body = rows(part)
    assert body
    assert all(len(row) == len(head) and all(row) for row in body)


def test_every_way_in_is_described():
    ways = {word for row in rows("Ways in")[1:] for word in row[0].split(" and ")}
    text = "\n".join(path.read_text("utf-8") for path in (tree.HOUSE / "blocks" / "identity" / "views").glob("*.py"))
    proofs = set(re.findall(r'signed_in\(request, attempt, [\w.]+, "(\w+)"', text)) | {"sample"}
    methods = set(re.findall(r'method="(\w+)"', text + "\n".join(
        path.read_text("utf-8") for path in (tree.HOUSE / "blocks" / "identity" / "ways").glob("*.py"))))  # fmt: skip
    assert len(proofs) >= 4
    assert proofs <= ways
    assert methods - {"link", "enrol"} <= ways
    assert f"at most {tokens.LONGEST_DAYS} days" in TEXT
    assert f"{accounts.ENROLMENT_LASTS.total_seconds() / 3600:.0f} hours" in TEXT


def test_the_rules_of_guessing():
    part = PARTS["Guessing"]
    first = rules.wait_after(rules.FREE_TRIES).total_seconds() / 60
    assert f"{rules.FREE_TRIES} free tries, then a wait of\n{first:.0f} minute that doubles" in part
    assert f"at most {rules.LONGEST_WAIT.total_seconds() / 60:.0f} minutes" in part
    assert f"{rules.FREE_TRIES_ADDRESS} tries within the hour" in part
    assert f"kept for {rules.MEMORY.total_seconds() / 3600:.0f} hours" in part


def test_the_limits_of_sessions():
    table = {row[0]: row[1:] for row in rows("Sessions")[1:]}

    def minutes(limits):
        return [f"{span.total_seconds() / 60:.0f} min" for span in (limits.whole, limits.idle)]

    assert table["staff"] == minutes(rules.STAFF_LIMITS)
    assert table["residents"] == minutes(rules.RESIDENT_LIMITS)
    assert table["shared devices"][1] == f"{rules.SHARED_IDLE.total_seconds():.0f} s"
    assert challenges.LASTS.total_seconds() == 300


def test_what_may_be_entered():
    assert f"{fit.YEARS.start}–{fit.YEARS.stop - 1}" in PARTS["What may be entered"]
    assert {"fit", "exact"} <= {path.stem for path in (tree.HOUSE / "blocks" / "doors").glob("*.py")}


def test_every_upload_says_its_kinds_and_limits():
    table = {row[0].strip("`"): row for row in rows("Files that are taken")[1:]}
    taken = "\n".join(path.read_text("utf-8") for path in tree.sources()).count("request.FILES")
    assert len(table) == taken
    wanted = f"{exchange.LARGEST // 2**20} MB, {persons_csv.MOST_ROWS} rows"
    assert table["resident_exchange.receive_file"][2] == wanted
    assert table["documents.verify_file"][2] == f"{documents.MOST_MEGABYTES} MB"


def test_every_key_is_in_the_inventory():
    assert [row[0].strip("`") for row in rows("Keys")[1:]] == list(secrets.NAMES)


def test_every_log_is_listed():
    logs = {row[1].strip("`") for row in rows("Logs")[1:]}
    place = find({"YAKUSHO_HOME": str(house.ROOT)})
    written = {path.name for path in Path(place.logs).glob("*.log")}
    assert {f"var/logs/{name}" for name in written} <= logs | {"var/logs/tests.log"}
    assert (
        settings.LOGGING["handlers"]["stderr"]["class"] == "logging.StreamHandler"
    )  # the launcher sends it to web.log
    assert list(settings.LOGGING["handlers"]) == ["stderr"]


def test_components_have_their_lists_and_time_frames():
    named = re.findall(r"`((?:requirements/|package|yakusho/)[\w./-]+)`", PARTS["Components"])
    assert len(named) == 5
    assert all((house.ROOT / name).is_file() for name in named)
    assert [int(days) for days in re.findall(r"(\d+) days", PARTS["Components"])] == [3, 14, 90]


def test_what_costs_much_has_a_limit():
    assert f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} MB for what is sent" in PARTS["What costs much"]
    assert "lock_timeout=10s" in settings.DATABASES["default"]["OPTIONS"]["options"]
