"""Card vectors: what is accepted, and every way in which a card is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.jpki import profile, sample_authority, verification
from yakusho.blocks.jpki.profile import FourItems, Kind
from yakusho.blocks.jpki.refusals import (
    CardExpired,
    CardNotYetValid,
    UnreadableCard,
    UntrustedIssuer,
    WrongCertificate,
    WrongSignature,
)
from yakusho.blocks.jpki.tests.jpki_kit import (
    AT,
    BEFORE,
    MISAKI,
    Source,
    authority,
    key,
    sign,
    sign_document,
    trust_list,
)


def verify(certificate, kind=Kind.AUTHENTICATION, **other):
    return verification.verify_certificate(
        certificate, kind=kind, **({"trust": trust_list(), "source": Source(), "at": AT} | other)
    )


def login_card(**options):
    return authority(Kind.AUTHENTICATION).issue(key().public_key(), **({"at": BEFORE} | options))


def signing_card(items=MISAKI, **options):
    return authority(Kind.SIGNATURE).issue(key(1).public_key(), items=items, **({"at": BEFORE} | options))


def test_an_authentication_certificate_gives_issuer_and_serial_and_names_nobody():
    certificate = login_card()
    card = verify(certificate)
    assert card.serial == f"{certificate.serial_number:x}"
    assert "user authentication" in card.issuer
    assert card.items is None
    assert card.revocation.protocol == "ocsp"


def test_a_signature_certificate_gives_the_four_items():
    card = verify(signing_card(), Kind.SIGNATURE)
    assert card.items == replace(MISAKI, name_substituted="00000", address_substituted="0" * len(MISAKI.address))


def test_substituted_characters_keep_their_positions():
    items = replace(MISAKI, name="〓橋 美咲", name_substituted="10000")
    read = verify(signing_card(items), Kind.SIGNATURE).items
    assert read is not None
    assert (read.name, read.name_substituted) == ("〓橋 美咲", "10000")


def test_an_expired_card_is_refused_from_its_last_instant_on():
    until = AT + timedelta(hours=1)
    certificate = login_card(until=until)
    assert verify(certificate, at=until - timedelta(seconds=1)).serial
    with pytest.raises(CardExpired):
        verify(certificate, at=until)


def test_a_card_of_tomorrow_is_refused():
    with pytest.raises(CardNotYetValid):
        verify(login_card(at=AT + timedelta(days=1)))


def test_the_other_certificate_of_the_card_is_refused():
    with pytest.raises(WrongCertificate):
        verify(signing_card(), Kind.AUTHENTICATION)
    with pytest.raises(WrongCertificate):
        verify(login_card(), Kind.SIGNATURE)


@pytest.mark.parametrize("policy", ["1.2.392.200149.8.5.1.1.20", "1.2.392.200149.8.5.1.3.31"])
def test_another_policy_is_refused(policy):
    with pytest.raises(WrongCertificate):
        verify(login_card(policy=policy))


def test_another_key_usage_is_refused():
    encrypting = sample_authority._usage(key_encipherment=True)
    both = sample_authority._usage(digital_signature=True, content_commitment=True)
    for usage in (encrypting, both):
        with pytest.raises(WrongCertificate):
            verify(login_card(usage=usage))


def test_a_self_signed_certificate_is_refused():
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "me")])
    builder = sample_authority._builder(name, name, key().public_key(), BEFORE, AT + timedelta(days=9))
    with pytest.raises(UntrustedIssuer):
        verify(builder.sign(key(), hashes.SHA256()))


def test_another_authority_of_the_same_name_is_refused():
    impostor = sample_authority.Authority.new(Kind.AUTHENTICATION, at=BEFORE)
    certificate = impostor.issue(key().public_key(), at=BEFORE)
    assert certificate.issuer == authority(Kind.AUTHENTICATION).certificate.subject
    with pytest.raises(UntrustedIssuer):
        verify(certificate)


def test_a_card_holder_cannot_issue_cards():
    card = login_card()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "friend")])
    forged = sample_authority._builder(name, card.subject, key(1).public_key(), BEFORE, AT + timedelta(days=9)).sign(
        key(), hashes.SHA256()
    )
    with pytest.raises(UntrustedIssuer):
        verify(forged)


def test_an_authority_that_ran_out_is_not_trusted_any_more():
    old = sample_authority.Authority.new(Kind.AUTHENTICATION, at=AT.replace(year=2016), name="旧")
    certificate = old.issue(key().public_key(), at=BEFORE)
    with pytest.raises(UntrustedIssuer):
        verify(certificate, trust=trust_list(old), source=Source([old]))


def test_without_a_trust_list_nobody_is_trusted():
    with pytest.raises(UntrustedIssuer):
        verify(login_card(), trust=verification.TrustList())


def test_an_unknown_critical_extension_is_refused():
    ca = authority(Kind.AUTHENTICATION)
    builder = sample_authority._builder(
        login_card().subject, ca.certificate.subject, key().public_key(), BEFORE, AT + timedelta(days=9)
    )
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    with pytest.raises(WrongCertificate):
        verify(builder.add_extension(strange, critical=True).sign(ca.key, hashes.SHA256()))


def test_a_signature_certificate_without_its_items_is_refused():
    ca = authority(Kind.SIGNATURE)
    nameless = ca.issue(key(1).public_key(), at=BEFORE)
    with pytest.raises(WrongCertificate):
        verify(nameless, Kind.SIGNATURE)


def test_the_signature_over_the_challenge_must_be_of_this_card_and_these_words():
    certificate, words = login_card(), b"challenge"
    verification.verify_signature(certificate, octets=words, signature=sign(key(), words))
    for octets, signature in [
        (b"other", sign(key(), words)),
        (words, sign(key(1), words)),
        (words, b""),
        (words, b"\0" * 256),
    ]:
        with pytest.raises(WrongSignature):
            verification.verify_signature(certificate, octets=octets, signature=signature)


def document(content=b"application", certificate=None, private=None):
    return sign_document(private or key(1), certificate or signing_card(), content)


def verify_document(octets, content=b"application"):
    return verification.verify_document(octets, content=content, trust=trust_list(), source=Source(), at=AT)


def test_a_signed_application_names_its_signer():
    card = verify_document(document())
    assert card.items is not None
    assert card.items.name == MISAKI.name


def test_a_signature_over_another_application_is_refused():
    with pytest.raises(UnreadableCard):
        verify_document(document(b"another"))


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@pytest.mark.parametrize("bit", [1, 0x80])
def test_one_changed_bit_anywhere_is_refused(bit):
    good = document()
    for place in range(len(good)):
        broken = good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :]
        with pytest.raises((UnreadableCard, WrongSignature, UntrustedIssuer, WrongCertificate)):
            verify_document(broken)


def test_an_application_signed_with_the_login_certificate_is_refused():
    with pytest.raises(WrongCertificate):
        verify_document(document(certificate=login_card(), private=key()))


def test_a_certificate_has_one_form():
    octets = login_card().public_bytes(Encoding.DER)
    for bits in range(1, 8):
        loose = octets[:-257] + bytes([bits]) + octets[-256:]
        with pytest.raises(UnreadableCard):
            verification.read_certificate(loose)
    assert verification.read_certificate(octets).serial_number > 0


@given(st.binary(max_size=200))
def test_rubbish_is_unreadable(octets):
    with pytest.raises(UnreadableCard):
        verification.read_certificate(octets)
    with pytest.raises(UnreadableCard):
        verify_document(octets)


@given(st.dates(date(1873, 1, 1), date(2100, 1, 1)))
def test_birth_dates_keep_their_day(born):
    assert profile.read_born(profile.write_born(born)) == born


@pytest.mark.parametrize(
    ("born", "text"),
    [
        (date(1989, 1, 7), "319890107"),
        (date(1989, 1, 8), "419890108"),
        (date(2019, 4, 30), "420190430"),
        (date(2019, 5, 1), "520190501"),
    ],
)
def test_birth_dates_carry_the_era_of_their_day(born, text):
    assert profile.write_born(born) == text


@pytest.mark.parametrize("text", ["", "19900102", "619900102", "419901302", "400000000", "４19900102", "4199001o2"])
def test_incomplete_birth_dates_are_not_read(text):
    with pytest.raises(ValueError, match=r"digit|day|month|range"):
        profile.read_born(text)


def test_a_doubled_item_is_refused():
    twice = x509.SubjectAlternativeName(
        [*profile.write_items(MISAKI), *profile.write_items(FourItems("x", date(2000, 1, 1), "1", "y"))]
    )
    ca = authority(Kind.SIGNATURE)
    builder = sample_authority._builder(
        login_card().subject, ca.certificate.subject, key(1).public_key(), BEFORE, AT + timedelta(days=9)
    )
    certificate = builder.add_extension(twice, critical=False).sign(ca.key, hashes.SHA256())
    with pytest.raises(ValueError, match="twice"):
        profile.read_items(certificate)
