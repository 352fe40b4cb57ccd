"""公的個人認証 Verify what a My Number card presents: its certificate, and its signature over our words.

Pure: the instant, the trust list and the source of revocation answers are handed in. What cannot be confirmed is
refused.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import SignatureAlgorithmOID

from yakusho.blocks.jpki import cms, revocation
from yakusho.blocks.jpki.profile import CLIENT_AUTH, UNREADABLE, FourItems, Kind, read_items
from yakusho.blocks.jpki.refusals import (
    CardExpired,
    CardNotYetValid,
    UnreadableCard,
    UntrustedIssuer,
    WrongCertificate,
    WrongSignature,
)
from yakusho.blocks.jpki.trust import Authority, TrustList

_Extension = TypeVar("_Extension", bound=x509.ExtensionType)
_KNOWN_EXTENSIONS = (
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.BasicConstraints,
    x509.CertificatePolicies,
    x509.SubjectAlternativeName,
    x509.CRLDistributionPoints,
)


@dataclass(frozen=True)
class Card:
    """確認済みの証明書 A certificate verified at an instant: serial, issuer, and the four items if it has them."""

    kind: Kind
    issuer: str
    serial: str
    certificate: bytes
    revocation: revocation.Answer
    items: FourItems | None = None


def read_certificate(octets: bytes) -> x509.Certificate:
    """証明書を読む A certificate in DER. Refusals: UnreadableCard."""
    try:
        certificate = x509.load_der_x509_certificate(octets)
        _ = certificate.extensions, certificate.subject, certificate.issuer, certificate.public_key()
    except UNREADABLE as error:
        raise UnreadableCard from error
    if certificate.serial_number <= 0 or octets[-len(certificate.signature) - 1] != 0:
        raise UnreadableCard  # bits that the signature leaves out: one certificate has one form
    return certificate


def verify_certificate(
    certificate: x509.Certificate, *, kind: Kind, trust: TrustList, source: revocation.Source, at: datetime
) -> Card:
    """証明書の検証 Verify issuer, validity, purpose and revocation of a card's certificate at an instant.

    Refusals: UntrustedIssuer; WrongCertificate; CardExpired; CardNotYetValid; CardRevoked; RevocationUnknown;
    UnreadableCard.
    """
    authority = _issuer(certificate, kind, trust, at)
    _check_validity(certificate, at)
    _check_purpose(certificate, authority)
    answer = revocation.check(certificate, authority, source=source, at=at)
    return Card(
        kind=kind,
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        certificate=certificate.public_bytes(Encoding.DER),
        revocation=answer,
        items=_items(certificate) if kind is Kind.SIGNATURE else None,
    )


def verify_signature(certificate: x509.Certificate, *, octets: bytes, signature: bytes) -> None:
    """署名の検証 RSA (PKCS#1 v1.5) with SHA-256, the only form that the card makes. Refusals: WrongSignature."""
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise WrongCertificate
    try:
        key.verify(signature, octets, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise WrongSignature from error


def verify_document(
    document: bytes, *, content: bytes, trust: TrustList, source: revocation.Source, at: datetime
) -> Card:
    """電子署名の検証 Verify a CMS signature of the signature certificate over `content`, and the certificate.

    Refusals: UnreadableCard (not such a message, or over another content); WrongSignature; and those of
    `verify_certificate`.
    """
    try:
        signed = cms.read(document, content=content)
    except UNREADABLE as error:
        raise UnreadableCard from error
    certificate = read_certificate(signed.certificate.public_bytes(Encoding.DER))
    verify_signature(certificate, octets=signed.octets, signature=signed.signature)
    return verify_certificate(certificate, kind=Kind.SIGNATURE, trust=trust, source=source, at=at)


def _issuer(certificate: x509.Certificate, kind: Kind, trust: TrustList, at: datetime) -> Authority:
    found = next((one for one in trust.issuers(certificate) if _issued_by(certificate, one.certificate)), None)
    if found is None:
        raise UntrustedIssuer
    if found.kind is not kind:
        raise WrongCertificate
    anchor = found.certificate
    if not anchor.not_valid_before_utc <= at < anchor.not_valid_after_utc or not _is_authority(anchor):
        raise UntrustedIssuer
    return found


def _issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (*UNREADABLE, InvalidSignature):
        return False
    return certificate.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA256


def _is_authority(certificate: x509.Certificate) -> bool:
    basic = _extension(certificate, x509.BasicConstraints)
    usage = _extension(certificate, x509.KeyUsage)
    return bool(basic and basic.ca and usage and usage.key_cert_sign)


def _check_validity(certificate: x509.Certificate, at: datetime) -> None:
    if at < certificate.not_valid_before_utc:
        raise CardNotYetValid
    if at >= certificate.not_valid_after_utc:
        raise CardExpired


def _check_purpose(certificate: x509.Certificate, authority: Authority) -> None:
    """Key, keyUsage, EKU (where present), policy; no unknown critical extension; not itself an authority."""
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < 2048:
        raise WrongCertificate
    if any(one.critical and not isinstance(one.value, _KNOWN_EXTENSIONS) for one in certificate.extensions):
        raise WrongCertificate
    basic, policies = _extension(certificate, x509.BasicConstraints), _extension(certificate, x509.CertificatePolicies)
    if (basic and basic.ca) or not policies:
        raise WrongCertificate
    if not authority.policies & {one.policy_identifier.dotted_string for one in policies}:
        raise WrongCertificate
    _check_usage(certificate, authority.kind)


def _check_usage(certificate: x509.Certificate, kind: Kind) -> None:
    usage, extended = _extension(certificate, x509.KeyUsage), _extension(certificate, x509.ExtendedKeyUsage)
    signs = kind is Kind.SIGNATURE
    if usage is None or not usage.digital_signature or usage.content_commitment is not signs or usage.key_cert_sign:
        raise WrongCertificate
    if extended is not None and (signs or CLIENT_AUTH not in extended):
        raise WrongCertificate


def _items(certificate: x509.Certificate) -> FourItems:
    try:
        return read_items(certificate)
    except (*UNREADABLE, x509.ExtensionNotFound) as error:
        raise WrongCertificate from error


def _extension(certificate: x509.Certificate, kind: type[_Extension]) -> _Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
