"""Two hundred hostile files given to every upload of the house: refused with a sentence, or read within two seconds and 256 MB."""

from __future__ import annotations

import gc
import json
import os
import signal
from contextlib import suppress
from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.hostile.addresses import found, read
from tests.hostile.attackers import SEED, undone
from tests.hostile.files import NAMES, all_files
from tests.hostile.pdfs import all_pdfs, pdf, plain
from tests.hostile.test_pages import faults_of
from tests.sizes import PROVE
from yakusho.blocks.documents import verification
from yakusho.blocks.documents._internal import inspector
from yakusho.kit.refusal import BadInput
from yakusho.systems.city.resident_exchange.formats.columns import mapped
from yakusho.systems.city.resident_exchange.formats.persons_csv import read_sheet

ELSEWHERE = {
    True: "content",
    False: "file",
}  # papers go to what checks papers, tables to what imports them; in a proof, all to all
ENDED = {signal.SIGXCPU, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTRAP}


@cache
def files():
    """Every file by its name; made when the first test needs it."""
    return [*all_files(), *((f"{name}.pdf", data) for name, data in all_pdfs(SEED))]


def confined(work):
    """What `work` gives in a process that has 256 MB and two seconds more than this one; and how it ended."""
    mouth, ear = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.close(mouth)
            inspector.confine()
            os.write(ear, json.dumps(work()).encode()[:60_000])
            os._exit(0)
        os._exit(1)
    os.close(ear)
    with os.fdopen(mouth, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return said, status


def inspected(data):
    """The product's own reading of a file from outside, in a forked process instead of a started one."""
    said, status = confined(lambda: vars(inspector.read(data)))
    assert not os.WIFSIGNALED(status) or os.WTERMSIG(status) in ENDED
    try:
        return inspector.Inspected(**json.loads(said))
    except ValueError:
        return inspector.Inspected([], [])


@pytest.fixture(scope="module")
def uploads(visitors):
    """Every form of the house that takes a file: address, person, name of the field."""
    every = []
    for address, login in found(visitors).values():
        with undone():
            page = visitors[login].get(address)
        for form in read(page).forms:
            every += [(address, login, name) for name, (kind, _) in form["fields"].items() if kind == "file"]
    return sorted(set(every))


def test_there_are_enough_of_them(uploads, record_property):
    assert len(files()) >= 200
    assert len({data for _, data in files()}) >= len(files()) - 5
    assert {name for _, _, name in uploads} >= {"content", "file"}
    record_property("files", len(files()))


def test_every_upload_answers_every_file_with_a_page(visitors, uploads, faults, monkeypatch, record_property):
    monkeypatch.setattr(verification, "inspect", inspected)
    gc.freeze()
    wrong, sent = [], 0
    for address, login, field in uploads:
        for name, data in files() if PROVE else files()[SEED % 2 :: 2]:
            if PROVE or field != ELSEWHERE[name.endswith(".pdf")]:
                wrong += upload(visitors[login], address, field, name, data)
                sent += 1
    gc.unfreeze()
    record_property("uploads", sent)
    assert wrong == [], "\n".join([*wrong, *faults])


def upload(visitor, address, field, name, data):
    """Send a file as the form does; what is wrong with the answer."""
    with undone():
        answer = visitor.send(address, {field: SimpleUploadedFile(name, data)})
        if answer.status_code == 302:  # received: look at it, and ask what it would do
            answer = visitor.get(answer.headers["Location"])
            visitor.send(answer.request["PATH_INFO"], {})
        faults = faults_of(answer)
    if answer.status_code not in (200, 302, 400, 413, 422):
        faults.append(f"status {answer.status_code}")
    if answer.status_code >= 400 and "を" not in answer.content.decode():
        faults.append("no sentence")
    return [f"{address} {name}: {one}" for one in faults]


def test_tables_are_read_or_refused_within_the_limits():
    wrong = []
    for name, data in files():
        if not name.endswith(".pdf"):
            _, status = confined(lambda data=data: table(data))
            if status != 0:
                wrong.append(f"{name}: {status}")
    assert wrong == []


def table(data):
    """Read as an import reads; the sentence when it is refused."""
    try:
        sheet = read_sheet(data)
        return sorted(mapped(sheet.headings, {}))
    except BadInput as refusal:
        return [refusal.ja]


def test_a_reader_that_dies_is_no_fault_of_the_house(visitors, faults):
    bombs = [
        data
        for name, data in files()
        if name in ("a bomb of numbers.pdf", "box 0 0 14400 14400.pdf", "pages in a circle.pdf")
    ]
    assert len(bombs) == 3
    for data in bombs:
        assert upload(visitors[""], "/documents/verify", "file", "x.pdf", data) == []
    assert faults == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_is_only_a_name(visitors, uploads, faults, name):
    for address, login, field in uploads:
        data = pdf(plain()) if field == "file" else "氏名\r\n".encode()
        sent = SimpleUploadedFile("x", data)
        sent.name = name
        with undone():
            answer = visitors[login].send(address, {field: sent})
            assert faults_of(answer) == []
            assert answer.status_code in (200, 302, 422)
    assert faults == []
