"""The seal: valid to other people's validators, and broken by any change to the file."""

import io
import shutil
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from yakusho.blocks.documents._internal import city_seal
from yakusho.blocks.documents._internal.seal import NotSealable
from yakusho.blocks.documents._internal.signature import BadSeal, confirm
from yakusho.blocks.documents.tests import support
from yakusho.blocks.documents.tests.making import Made, paper, seal

OWN = Made()


@pytest.fixture(scope="module")
def sealed(seal_folder) -> bytes:
    return paper(OWN, seal_folder)


@pytest.fixture(scope="module")
def certificate(seal_folder):
    return city_seal.load(seal_folder).certificate


def by_pyhanko(pdf: bytes, folder: Path):
    root = asn1.Certificate.load(pem.unarmor((folder / city_seal.ISSUER).read_bytes())[2])
    context = ValidationContext(trust_roots=[root], moment=support.AT, allow_fetching=False)
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    return validate_pdf_signature(signature, context)


def test_pyhanko_finds_it_valid_trusted_and_complete(sealed, seal_folder):
    status = by_pyhanko(sealed, seal_folder)
    assert status.bottom_line
    assert status.trusted
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_the_second_page_of_a_long_paper_is_sealed_too(seal_folder):
    long = seal(Made(sections=Made().sections * 6).unsealed(), seal_folder)
    assert by_pyhanko(long, seal_folder).bottom_line


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_finds_the_total_document_signed(sealed, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(sealed)
    told = subprocess.run(["pdfsig", "-nocert", tmp_path / "paper.pdf"], capture_output=True, text=True).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault_in_the_file(sealed, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(sealed)
    assert subprocess.run(["qpdf", "--check", tmp_path / "paper.pdf"], capture_output=True).returncode == 0


def test_the_same_paper_gets_the_same_seal(seal_folder, sealed):
    assert seal(OWN.unsealed(), seal_folder) == sealed


def test_our_own_reader_confirms_it(sealed, certificate):
    assert confirm(sealed, certificate) is None


def flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


@pytest.mark.parametrize("share", [0.001, 0.1, 0.3, 0.5, 0.7, 0.85, 0.999])
def test_any_flipped_bit_breaks_it(sealed, certificate, share):
    with pytest.raises(BadSeal):
        confirm(flipped(sealed, int(len(sealed) * share)), certificate)


@pytest.mark.parametrize("place", ["start", "end of the signature", "behind it"])
def test_a_bit_flipped_inside_the_signature_breaks_it(sealed, certificate, place):
    hole = sealed.index(b"/Contents<") + len(b"/Contents<")
    end = hole + len(sealed[hole : sealed.index(b">", hole)].rstrip(b"0"))
    inside = {"start": hole + 1, "end of the signature": end - 20, "behind it": end + 40}[place]
    with pytest.raises(BadSeal):
        confirm(flipped(sealed, inside), certificate)


def test_appended_bytes_break_it_although_general_validators_accept_them(sealed, certificate, seal_folder):
    longer = sealed + b"\n%% added later\n"
    assert by_pyhanko(longer, seal_folder).bottom_line
    with pytest.raises(BadSeal, match="entire file"):
        confirm(longer, certificate)


def test_a_change_in_a_new_revision_breaks_it(sealed, certificate):
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        document.pages[0].contents_add(b"BT ET")
        document.save(sink)
    with pytest.raises(BadSeal):
        confirm(sink.getvalue(), certificate)


def test_the_certificate_of_another_city_does_not_confirm_it(sealed, tmp_path):
    city_seal.make(tmp_path, city="見本市", label="見本市長之印", at=support.AT)
    with pytest.raises(BadSeal):
        confirm(sealed, city_seal.load(tmp_path).certificate)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda pdf: pdf + b"\n%%EOF\n", id="something after the end"),
        pytest.param(lambda pdf: pdf.replace(b"/Size", b"/Prev 9/Size"), id="an earlier revision"),
        pytest.param(lambda pdf: pdf.replace(b"<</Type/Page/", b"<</Type/Page/Annots[]/"), id="links on the page"),
        pytest.param(lambda pdf: pdf[:-40], id="no end"),
        pytest.param(lambda pdf: b"%PDF-1.7", id="nothing in it"),
    ],
)
def test_what_the_seal_does_not_understand_it_refuses(spoil, seal_folder):
    with pytest.raises(NotSealable):
        seal(spoil(OWN.unsealed()), seal_folder)


def test_a_sealed_paper_cannot_be_sealed_again(sealed, seal_folder):
    with pytest.raises(NotSealable):
        seal(sealed, seal_folder)


def test_the_sample_seal_is_made_once_and_kept_private(tmp_path):
    assert city_seal.make(tmp_path, city="見本市", label="見本市長之印", at=support.AT)
    key = (tmp_path / city_seal.KEY).read_bytes()
    assert not city_seal.make(tmp_path, city="見本市", label="見本市長之印", at=support.AT)
    assert (tmp_path / city_seal.KEY).read_bytes() == key
    assert stat.S_IMODE((tmp_path / city_seal.KEY).stat().st_mode) == 0o600


def test_the_sample_seal_says_that_it_is_one(seal_folder):
    made = city_seal.load(seal_folder)
    assert "見本" in made.certificate.subject.rfc4514_string()
    assert "見本" in made.issuers[0].subject.rfc4514_string()
    assert made.certificate.not_valid_after_utc - made.certificate.not_valid_before_utc > timedelta(days=365 * 5)


def test_without_the_files_there_is_no_seal(tmp_path):
    with pytest.raises(city_seal.SealMissing, match=r"city_seal\.pem"):
        city_seal.load(tmp_path)


def test_a_key_that_is_not_the_certificates_is_no_seal(tmp_path, seal_folder):
    city_seal.make(tmp_path, city="見本市", label="見本市長之印", at=support.AT)
    (tmp_path / city_seal.CERTIFICATE).write_bytes((seal_folder / city_seal.CERTIFICATE).read_bytes())
    with pytest.raises(city_seal.SealMissing, match="not the certificate's"):
        city_seal.load(tmp_path)
