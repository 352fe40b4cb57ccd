"""The release gate on real PDFs: what real cities handed out by mistake is stopped here."""

import io
from dataclasses import replace

import pikepdf
import pytest

from yakusho.blocks.documents import Field, Section
from yakusho.blocks.documents._internal import city_seal, qr
from yakusho.blocks.documents.tests import making, support
from yakusho.blocks.documents.tests.making import FAMILY, OTHERS, Made, codes, doubts, paper, seal, with_pages

OWN = Made()
OTHER = Made(sections=OTHERS, rid="0" * 32, subject=2002, number="202600000002", version="3")


@pytest.fixture(scope="module")
def other(seal_folder) -> bytes:
    return OTHER.unsealed()


@pytest.fixture(scope="module")
def own(seal_folder) -> bytes:
    return OWN.unsealed()


def test_the_right_paper_passes(seal_folder):
    assert doubts(paper(OWN, seal_folder), OWN.wanted(), seal_folder) == []


@pytest.mark.parametrize("names", [("見本 太郎",), ("見本 太郎",) * 9])
def test_papers_of_one_and_of_many_pages_pass(names, seal_folder):
    made = Made(sections=making.household(*names))
    assert doubts(paper(made, seal_folder), made.wanted(), seal_folder) == []


# the four: another person's page, a wrong request number, a missing page, a stale snapshot


def test_another_persons_page_is_stopped(own, other, seal_folder):
    def swap(document: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(other)) as source:
            document.pages[1] = source.pages[1]

    mixed = seal(with_pages(swap, own), seal_folder)
    assert {"request", "subject", "frame"} <= codes(mixed, OWN.wanted(), seal_folder)


def test_a_wrong_request_number_is_stopped(seal_folder):
    wrong = replace(OWN, rid="f" * 32)
    assert {"request", "metadata", "frame"} <= codes(paper(wrong, seal_folder), OWN.wanted(), seal_folder)


@pytest.mark.parametrize("gone", [0, 1, -1])
def test_a_missing_page_is_stopped(own, gone, seal_folder):
    def drop(document: pikepdf.Pdf) -> None:
        del document.pages[gone]

    torn = seal(with_pages(drop, own), seal_folder)
    assert "pages" in codes(torn, OWN.wanted(), seal_folder)


def test_a_stale_snapshot_is_stopped(seal_folder):
    assert "version" in codes(paper(OWN, seal_folder), replace(OWN, version="8").wanted(), seal_folder)


# the mutants


def test_the_bytes_of_another_request_are_stopped(seal_folder):
    found = codes(paper(OTHER, seal_folder), OWN.wanted(), seal_folder)
    assert {"request", "subject", "version", "metadata", "text", "qr"} <= found


def test_pages_that_change_places_are_stopped(own, seal_folder):
    def turn(document: pikepdf.Pdf) -> None:
        document.pages.reverse()

    assert {"pages", "text"} <= codes(seal(with_pages(turn, own), seal_folder), OWN.wanted(), seal_folder)


def test_a_page_printed_twice_is_stopped(own, seal_folder):
    def double(document: pikepdf.Pdf) -> None:
        document.pages.insert(1, document.pages[0])

    assert "pages" in codes(seal(with_pages(double, own), seal_folder), OWN.wanted(), seal_folder)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(OTHERS, id="own header with the body of another"),
        pytest.param((*FAMILY[:2], OTHERS[2], *FAMILY[3:]), id="one member of another household"),
        pytest.param(FAMILY[:-1], id="a member is missing"),
        pytest.param((*FAMILY, making.member(7, "別人 七郎")), id="a member too many"),
        pytest.param((FAMILY[1], FAMILY[0], *FAMILY[2:]), id="members in another order"),
        pytest.param(
            (making.member(1, "見本 太郎", 転入前住所="岩手県見本市中央58番地"), *FAMILY[1:]), id="one stale value"
        ),
        pytest.param((making.member(1, "見本 太郎", 備考="余白に何か"), *FAMILY[1:]), id="a remark nobody wants"),
        pytest.param((making.member(1, "見本 太郎", "ミホン ジロウ"), *FAMILY[1:]), id="another reading of the name"),
    ],
)
def test_any_other_text_under_the_right_header_is_stopped(printed, seal_folder):
    wrong = replace(OWN, sections=printed)
    assert "text" in codes(paper(wrong, seal_folder), OWN.wanted(), seal_folder)


def test_every_single_field_counts(seal_folder):
    right = paper(OWN, seal_folder)
    first = FAMILY[0]
    for place, field in enumerate(first.fields):
        fields = (*first.fields[:place], Field(field.label, field.value + "異"), *first.fields[place + 1 :])
        wanted = replace(OWN, sections=(Section(first.title, fields), *FAMILY[1:])).wanted()
        assert "text" in codes(right, wanted, seal_folder), field.label


def test_a_withheld_address_is_stopped_even_where_it_is_wanted(seal_folder):
    leaking = replace(OWN, sections=(making.member(1, "見本 太郎", 備考="新住所は秘密町１２番地"), *FAMILY[1:]))
    assert codes(paper(leaking, seal_folder), leaking.wanted(forbidden=("秘密町12番地",)), seal_folder) == {"forbidden"}


def test_a_machine_line_typed_into_a_remark_is_stopped(seal_folder):
    forged = f"ECP1*{OTHER.rid}*{'a' * 24}*v12345678*1/2*"
    made = replace(OWN, sections=(making.member(1, "見本 太郎", 備考=forged), *FAMILY[1:]))
    assert "line" in codes(paper(made, seal_folder), made.wanted(), seal_folder)


def test_the_code_of_another_paper_is_stopped(seal_folder):
    address = qr.address(making.ISSUER.address, qr.code("202600000009", making.KEYS["verify"]))
    made = replace(OWN, change=lambda data: {**data, "qr": qr.svg(address)})
    assert codes(paper(made, seal_folder), OWN.wanted(), seal_folder) == {"qr"}


def test_a_used_number_is_stopped(seal_folder):
    assert codes(paper(OWN, seal_folder), OWN.wanted(number_unused=False), seal_folder) == {"number"}


def test_an_empty_box_is_stopped(own, seal_folder):
    def blank(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        stream = pikepdf.unparse_content_stream(_blanked(page))
        page.Contents = document.make_stream(stream)

    holed = seal(with_pages(blank, own), seal_folder)
    assert "glyph" in codes(holed, OWN.wanted(), seal_folder)


def _blanked(page: pikepdf.Page) -> list:
    done, found = False, []
    for operands, operator in pikepdf.parse_content_stream(page):
        if not done and str(operator) == "Tj":
            operands, done = [pikepdf.String(b"\0\0")], True
        found.append((operands, operator))
    return found


def test_what_stands_in_a_form_is_read_too(own, seal_folder):
    def hide(document: pikepdf.Pdf) -> None:
        page = document.pages[0]
        fonts = page.obj.Resources.Font
        name = next(iter(fonts.keys()))
        form = document.make_stream(f"BT {name} 9 Tf 50 50 Td <00100011> Tj ET".encode())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 600, 800])
        form.Resources = pikepdf.Dictionary(Font=fonts)
        page.obj.Resources.XObject = pikepdf.Dictionary(Extra=form)
        page.contents_add(b"/Extra Do")

    assert "text" in codes(seal(with_pages(hide, own), seal_folder), OWN.wanted(), seal_folder)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda pdf: pdf[: len(pdf) // 2], id="truncated"),
        pytest.param(lambda pdf: b"", id="empty"),
        pytest.param(lambda pdf: pdf + b"\n% more", id="bytes appended"),
        pytest.param(lambda pdf: pdf[:5000] + bytes([pdf[5000] ^ 1]) + pdf[5001:], id="a bit flipped"),
        pytest.param(lambda pdf: pdf.replace(b"/ByteRange", b"/ByteRanke"), id="no byte range"),
        pytest.param(lambda pdf: b"not a pdf at all", id="something else"),
    ],
)
def test_a_damaged_file_is_stopped(spoil, seal_folder):
    assert "seal" in codes(spoil(paper(OWN, seal_folder)), OWN.wanted(), seal_folder)


def test_an_unsealed_paper_is_stopped(own, seal_folder):
    assert codes(own, OWN.wanted(), seal_folder) == {"seal"}


def test_the_seal_of_another_city_is_stopped(seal_folder, tmp_path):
    city_seal.make(tmp_path, city="見本市", label="見本市長之印", at=support.AT)
    assert codes(paper(OWN, tmp_path), OWN.wanted(), seal_folder) == {"seal"}


def test_doubts_say_where_without_saying_whom(seal_folder):
    told = " ".join(str(doubt) for doubt in doubts(paper(OTHER, seal_folder), OWN.wanted(), seal_folder))
    assert "page 1" in told
    assert not any(text in told for text in ("見本 太郎", "別人", OWN.rid, OTHER.rid))
