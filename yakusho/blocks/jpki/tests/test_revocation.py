"""Revocation: every untrustworthy answer counts as none, and none means refusal."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from yakusho.blocks.jpki import revocation, sample_authority
from yakusho.blocks.jpki.profile import Kind
from yakusho.blocks.jpki.refusals import CardRevoked, RevocationUnknown
from yakusho.blocks.jpki.tests.jpki_kit import AT, BEFORE, Source, key, trust_list


@pytest.fixture
def ca():
    return sample_authority.Authority.new(Kind.AUTHENTICATION, at=BEFORE)


@pytest.fixture
def certificate(ca):
    return ca.issue(key().public_key(), at=BEFORE)


def check(certificate, ca, source=None, at=AT):
    return revocation.check(certificate, trust_list(ca).authorities[0], source=source or Source([ca]), at=at)


def test_ocsp_is_asked_first(ca, certificate):
    answer = check(certificate, ca)
    assert answer.protocol == "ocsp"
    assert ocsp.load_der_ocsp_response(answer.octets).certificate_status is ocsp.OCSPCertStatus.GOOD


def test_the_list_decides_when_ocsp_is_silent(ca, certificate):
    assert check(certificate, ca, Source([ca], online=False)).protocol == "crl"


def test_without_any_answer_the_card_is_refused(ca, certificate):
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, Source([ca], online=False, listed=False))


@pytest.mark.parametrize("online", [True, False])
def test_a_revoked_card_is_refused_by_both(ca, certificate, online):
    ca.revoke(certificate, at=AT - timedelta(minutes=1))
    with pytest.raises(CardRevoked):
        check(certificate, ca, Source([ca], online=online))


def test_another_revoked_card_does_not_matter(ca, certificate):
    ca.revoke(ca.issue(key(1).public_key(), at=BEFORE), at=AT)
    assert check(certificate, ca, Source([ca], online=False)).protocol == "crl"
    assert check(certificate, ca).protocol == "ocsp"


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("age", [sample_authority.ANSWER_LASTS, timedelta(days=30), timedelta(minutes=-6)])
def test_an_answer_of_another_time_is_no_answer(ca, certificate, online, age):
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, Source([ca], online=online, listed=not online, at=AT - age))


class Replay(Source):
    """Answers every question with the answer to the first one."""

    def ocsp(self, pinned, request):
        self.first = getattr(self, "first", None) or super().ocsp(pinned, request)
        return self.first


def test_an_old_answer_played_again_is_no_answer(ca, certificate):
    source = Replay([ca], listed=False)
    assert check(certificate, ca, source).protocol == "ocsp"
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, source)


class Other(Source):
    """Answers truthfully, but about another certificate."""

    def ocsp(self, pinned, request):
        asked = ocsp.load_der_ocsp_request(request)
        other = self.authorities[0].issue(key(1).public_key(), at=BEFORE)
        builder = ocsp.OCSPRequestBuilder().add_certificate(other, pinned.certificate, hashes.SHA256())
        nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce).value
        return super().ocsp(pinned, builder.add_extension(nonce, critical=False).build().public_bytes(Encoding.DER))


def test_an_answer_about_another_card_is_no_answer(ca, certificate):
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, Other([ca], listed=False))


class Impostor(Source):
    """Another authority of the same name answers and signs the list."""

    def _of(self, pinned):
        return sample_authority.Authority.new(Kind.AUTHENTICATION, at=BEFORE)


@pytest.mark.parametrize("online", [True, False])
def test_an_answer_signed_by_another_key_is_no_answer(ca, certificate, online):
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, Impostor([ca], online=online, listed=not online))


class Delegated(Source):
    """A responder with its own certificate answers for the authority."""

    usage = ExtendedKeyUsageOID.OCSP_SIGNING

    def ocsp(self, pinned, request):
        ca, asked = self.authorities[0], ocsp.load_der_ocsp_request(request)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "responder")])
        builder = sample_authority._builder(
            name, ca.certificate.subject, key(2).public_key(), BEFORE, AT + timedelta(days=1)
        )
        builder = builder.add_extension(x509.ExtendedKeyUsage([self.usage]), critical=False)
        responder = builder.sign(ca.key, hashes.SHA256())
        reply = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.GOOD,
            this_update=AT,
            next_update=AT + timedelta(hours=1),
            revocation_time=None,
            revocation_reason=None,
        )
        reply = reply.responder_id(ocsp.OCSPResponderEncoding.HASH, responder).certificates([responder])
        nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce).value
        signed = reply.add_extension(nonce, critical=False).sign(key(2), hashes.SHA256())
        return signed.public_bytes(Encoding.DER)


class Usurper(Delegated):
    """Any card holder pretends to be a responder."""

    usage = ExtendedKeyUsageOID.CLIENT_AUTH


def test_a_delegated_responder_is_heard(ca, certificate):
    assert check(certificate, ca, Delegated([ca], listed=False)).protocol == "ocsp"


def test_a_card_holder_cannot_answer_for_the_authority(ca, certificate):
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, Usurper([ca], listed=False))


class Said(Source):
    """Says what it was told to."""

    words = b""

    def ocsp(self, pinned, request):
        return self.words

    def crl(self, pinned):
        return self.words


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"<html>",
        ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(Encoding.DER),
    ],
)
def test_rubbish_is_no_answer(ca, certificate, words):
    source = Said([ca])
    source.words = words
    with pytest.raises(RevocationUnknown):
        check(certificate, ca, source)


def partial_list(ca, point):
    builder = x509.CertificateRevocationListBuilder().issuer_name(ca.certificate.subject)
    builder = builder.last_update(AT).next_update(AT + timedelta(hours=1))
    names = [x509.UniformResourceIdentifier(point)]
    part = x509.IssuingDistributionPoint(names, None, False, False, None, False, False)
    return builder.add_extension(part, critical=True).sign(ca.key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_the_list_of_another_city_does_not_speak_for_this_card(ca):
    ours, theirs = "http://crl.test/city-1", "http://crl.test/city-2"
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "card")])
    points = x509.CRLDistributionPoints(
        [x509.DistributionPoint([x509.UniformResourceIdentifier(ours)], None, None, None)]
    )
    builder = sample_authority._builder(
        name, ca.certificate.subject, key().public_key(), BEFORE, AT + timedelta(days=1)
    )
    card = builder.add_extension(points, critical=False).sign(ca.key, hashes.SHA256())
    source = Said([ca])
    source.words = partial_list(ca, ours)
    assert check(card, ca, source).protocol == "crl"
    source.words = partial_list(ca, theirs)
    with pytest.raises(RevocationUnknown):
        check(card, ca, source)
