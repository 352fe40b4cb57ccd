"""What anybody can find out about a paper: whether it is real, not whom it is about."""

import base64
import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from yakusho.blocks.documents import actions, kinds, queries
from yakusho.blocks.documents._internal import inspector, qr
from yakusho.blocks.documents.models import Paper
from yakusho.blocks.documents.refusals import FileTooLarge, NoSuchPaper, NotAPdf
from yakusho.blocks.documents.tests import making
from yakusho.blocks.documents.tests.support import AT
from yakusho.blocks.documents.values import PaperView, Verdict
from yakusho.blocks.doors import NOBODY

KEY = b"k" * 32
DAY = AT.date()


@pytest.fixture(scope="module")
def issued(papers_city) -> dict[str, PaperView]:
    return {}


@pytest.fixture
def paper(issued, person, asked, clerk) -> PaperView:
    if not issued:
        issued["paper"] = actions.issue(
            request=asked(person(name="見本 秘密子", address="内丸999番地")).request, by=clerk, at=AT
        )
    return issued["paper"]


def ask(*, code: str, on=DAY) -> Verdict:
    return queries.verify(code=code, by=NOBODY, on=on)


def ask_file(*, name: str, content: str, on=DAY) -> Verdict:
    return queries.verify_file(name=name, content=content, by=NOBODY, on=on)


def stored(paper: PaperView) -> bytes:
    return bytes(Paper.objects.get(number=paper.number).pdf)


def file(pdf: bytes, name: str = "copy.pdf") -> Verdict:
    return ask_file(name=name, content=base64.b64encode(pdf).decode(), on=DAY)


# codes


def test_a_code_leads_back_to_its_number():
    assert qr.number_of(qr.code("202600000001", KEY), KEY) == "202600000001"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{grouped}", "{grouped_lower}", "{wide}"])
def test_a_code_is_read_as_people_type_it(typed):
    code = qr.code("202600000001", KEY)
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    forms = {
        "lower": code.lower(),
        "grouped": qr.grouped(code),
        "grouped_lower": qr.grouped(code).lower(),
        "wide": wide,
    }
    assert qr.number_of(typed.format(code, **forms), KEY) == "202600000001"


@pytest.mark.parametrize("wrong", ["", "1", "2026000000012345", "202600000002" + "A" * 16, "あ" * 28, "2" * 500])
def test_a_guessed_code_says_nothing(wrong):
    with pytest.raises(NoSuchPaper):
        qr.number_of(wrong, KEY)


def test_numbers_do_not_share_their_codes():
    codes = {qr.code(f"2026{number:08d}", KEY)[12:] for number in range(500)}
    assert len(codes) == 500


def test_the_address_stays_small_enough_for_a_small_code():
    address = qr.address("https://v.city.example", qr.code("202600000001", KEY))
    assert address == address.upper()
    assert len(address) <= 61  # version 3-M, alphanumeric
    assert 'viewBox="0 0 29 29"' in qr.svg(address) or "29" in qr.svg(address)


# by code


def test_a_released_paper_is_valid(paper):
    found = ask(code=paper.code, on=DAY)
    assert (found.state, found.title, found.pages, found.code) == ("valid", "見本の写し", 1, paper.code)
    assert (found.issued_at, found.sample, found.signer) == (AT, True, "盛岡市長之印")


def test_the_verdict_holds_nothing_about_the_person(paper):
    told = ask(code=paper.code, on=DAY).model_dump_json() + file(stored(paper)).model_dump_json()
    assert not any(word in told for word in ("秘密子", "内丸", "平成5年", paper.request, paper.sha256))
    assert not {"subject", "request", "number"} & Verdict.model_fields.keys()


@pytest.mark.parametrize("code", ["", "2026-0000-0001-AAAA-AAAA-AAAA-AAAA", "x" * 1000])
def test_an_unknown_code_is_unknown(paper, code):
    assert ask(code=code, on=DAY) == Verdict(state="unknown")


def test_a_number_with_a_wrong_key_is_as_unknown_as_one_that_never_was(paper):
    wrong = qr.code(paper.number, b"x" * 32)
    assert ask(code=wrong, on=DAY) == ask(code=qr.code("209900000001", b"x" * 32), on=DAY)


def test_a_revoked_paper_says_so_at_once(person, asked, clerk):
    paper = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    actions.revoke(number=paper.number, reason="記載の訂正", by=clerk, at=AT + timedelta(hours=1))
    for found in (ask(code=paper.code, on=DAY), file(stored(paper))):
        assert (found.state, found.reason, found.revoked_at) == ("revoked", "記載の訂正", AT + timedelta(hours=1))


def test_a_paper_with_an_end_expires_on_it(person, asked, clerk, monkeypatch):
    monkeypatch.setitem(kinds, "toy.copy", replace(kinds["toy.copy"], valid_days=30))
    paper = actions.issue(request=asked(person()).request, by=clerk, at=AT)
    assert paper.expires_on == DAY + timedelta(days=30)
    assert ask(code=paper.code, on=DAY + timedelta(days=29)).state == "valid"
    assert ask(code=paper.code, on=DAY + timedelta(days=30)).state == "expired"


# by file


def test_the_very_file_is_valid(paper):
    found = file(stored(paper), name="juminhyo.pdf")
    assert (found.state, found.seal, found.file, found.size) == ("valid", "intact", "juminhyo.pdf", len(stored(paper)))


def edited(pdf: bytes, change) -> bytes:
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(sink)
    return sink.getvalue()


def test_a_changed_text_is_found_on_its_page(paper):
    def another_value(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        parts = list(pikepdf.parse_content_stream(page))
        texts = [place for place, (_, operator) in enumerate(parts) if str(operator) == "Tj"]
        parts[texts[-8]] = (parts[texts[-9]][0], parts[texts[-8]][1])
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(parts))

    found = file(edited(stored(paper), another_value))
    assert (found.state, found.seal, found.different_pages) == ("altered", "changed", [1])
    assert found.title == "見本の写し"


def test_an_added_page_is_found(paper):
    found = file(edited(stored(paper), lambda document: document.pages.append(document.pages[0])))
    assert (found.state, found.file_pages, found.pages) == ("altered", 2, 1)


@pytest.mark.parametrize(
    ("spoil", "seal"),
    [(lambda pdf: pdf + b"\n", "changed"), (lambda pdf: pdf.replace(b"/M(D:2026", b"/M(D:2027"), "changed")],
)
def test_the_same_text_in_other_bytes_is_altered(paper, spoil, seal):
    found = file(spoil(stored(paper)))
    assert (found.state, found.seal, found.different_pages) == ("altered", seal, [])


def test_a_rewritten_file_without_its_signature_is_altered(paper):
    def unsign(document: pikepdf.Pdf) -> None:
        del document.Root.AcroForm
        del document.pages[0].Annots

    assert file(edited(stored(paper), unsign)).seal == "missing"


def test_a_paper_of_another_house_is_unknown(papers_city, seal_folder):
    found = file(making.paper(making.Made(), seal_folder))
    assert (found.state, found.title, found.seal) == ("unknown", "", "changed")


@pytest.mark.parametrize(
    "pdf", [b"%PDF-1.7\n", b"%PDF-" + b"\0" * 5000, b"%PDF-1.4\n1 0 obj<</Length 1>>stream" + b"A" * 10000]
)
def test_a_broken_file_is_unknown_and_harms_nobody(papers_city, pdf):
    assert file(pdf).state == "unknown"


@pytest.mark.parametrize("content", ["", "bm90IGEgcGRm", "***", "あ"])
def test_what_is_no_pdf_is_refused(papers_city, content):
    with pytest.raises(NotAPdf):
        ask_file(name="x", content=content, on=DAY)


def test_a_huge_file_is_refused_unread(papers_city):
    with pytest.raises(FileTooLarge) as refused:
        ask_file(name="x", content="A" * (12 * 2**20), on=DAY)
    assert "8MB" in refused.value.ja


def test_the_inspector_has_little_time_and_memory(monkeypatch):
    monkeypatch.setattr(inspector, "PATIENCE", 0.01)
    assert inspector.inspect(b"%PDF-") == inspector.Inspected([], [])


def test_the_inspector_reads_other_writers_files_by_pdfium():
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(595, 842))
    sink = io.BytesIO()
    blank.save(sink)
    assert inspector.inspect(sink.getvalue()) == inspector.Inspected([""], [])
