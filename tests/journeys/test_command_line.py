"""The main matter on the command line, with the result that the pages give: a family moves in, the mother asks for a copy
of her record, she sees who looked, and an outsider verifies the paper and the record."""

import base64
import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.utils import timezone

from tests import house
from tests.journeys import family

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def moved_in(command):
    event = timezone.localdate() - timedelta(days=3)
    return command("do", "resident_records.move_in", {"notice": family.notice(event)}, by="clerk1")


@pytest.fixture(scope="module")
def mother(command, moved_in):
    given = {"login": "hanako", "name": "見本　花子", "kind": "resident", "person": moved_in["people"][1]}
    command("do", "identity.open_account", given, by="admin1")
    return moved_in["people"][1]


@pytest.fixture(scope="module")
def paper(command, mother):
    order = {"kind": "住民票の写し", "whole": "世帯全員の分", "relation": True, "origin": True}
    asked = command("do", "certificates.request_copy", {"person": mother, "order": order}, by="hanako")
    return command("do", "certificates.issue_copy", {"request": asked["request"]}, by="hanako")


def test_the_notice_is_in_time_and_the_household_complete(command, moved_in):
    assert moved_in["days_late"] == 0
    household = command("ask", "resident_records.household", {"person": moved_in["people"][0]}, by="clerk1")
    assert [member["residence"]["relation"] for member in household["members"]] == ["世帯主", "妻", "子"]


def test_the_paper_says_who_they_are_in_the_order_of_the_household(command, paper):
    found = command("ask", "documents.paper", {"number": paper["number"]}, by="hanako")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(base64.b64decode(found["pdf"]))).pages)
    flat = "".join(text.split())
    places = [
        flat.index(word) for word in ("若園町2番18号", "見本太郎", "見本花子", "見本葵", "相違ないことを証明する")
    ]
    assert places == sorted(places)


def test_the_paper_is_hers_alone(command, paper, moved_in):
    refused = command("ask", "documents.paper", {"number": paper["number"]}, by="resident1")
    missing = command("ask", "documents.paper", {"number": "202699999999"}, by="resident1")
    assert refused["status"] == missing["status"] == 404
    assert refused["type"] == missing["type"]


def test_an_outsider_verifies_the_paper_by_its_code(command, paper):
    verdict = command("ask", "documents.verify", {"code": paper["code"]}, by="auditor1")
    assert verdict["state"] == "valid"
    assert "見本" not in verdict["title"]
    other = paper["code"][:-1] + ("A" if paper["code"][-1] != "A" else "B")
    assert command("ask", "documents.verify", {"code": other}, by="auditor1")["state"] == "unknown"


def test_a_changed_file_is_found_out(command, paper):
    pdf = base64.b64decode(command("ask", "documents.paper", {"number": paper["number"]}, by="hanako")["pdf"])

    def verdict(content):
        given = {"name": "copy.pdf", "content": base64.b64encode(content).decode()}
        return command("ask", "documents.verify_file", given, by="auditor1")["state"]

    assert verdict(pdf) == "valid"
    assert verdict(pdf[:20_000] + bytes([pdf[20_000] ^ 1]) + pdf[20_001:]) == "altered"
    assert verdict(pdf + b"\n% more") == "altered"


def test_she_sees_who_looked_at_her_record(command, paper, mother):
    looked = command("ask", "resident_records.who_looked", {"person": mother}, by="hanako")
    assert any("転入" in line["act"] or "転入" in line["purpose"] for line in looked)
    foreign = command("ask", "resident_records.who_looked", {"person": mother}, by="resident1")
    assert foreign["status"] == 404


def test_an_outsider_verifies_the_record_without_our_code(city, paper, tmp_path):
    folder = tmp_path / "record"
    house.manage("audit", "verify", "--export", str(folder), database=city, user="yakusho_app")
    command = [sys.executable, "-I", str(house.ROOT / "tools" / "verify_log.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    entries = next(path for path in sorted(folder.rglob("*")) if path.is_file() and "entries" in str(path))
    spoiled = entries.read_bytes()
    entries.write_bytes(spoiled[:100] + bytes([spoiled[100] ^ 1]) + spoiled[101:])
    assert subprocess.run(command, capture_output=True).returncode == 1
