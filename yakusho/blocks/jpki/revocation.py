"""失効確認 Is a certificate still good? OCSP first, then the revocation list; without either the card is refused.

Every answer must be signed by the issuer (or its delegated responder), fresh, and about this very certificate.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from yakusho.blocks.jpki.profile import UNREADABLE
from yakusho.blocks.jpki.refusals import CardRevoked, RevocationUnknown
from yakusho.blocks.jpki.trust import Authority

_NO_ANSWER = (*UNREADABLE, InvalidSignature, x509.ExtensionNotFound)
SKEW = timedelta(minutes=5)  # between our clock and the responder's


class Source(Protocol):
    """失効情報の取得先 Where revocation answers come from; None when it cannot be reached."""

    def ocsp(self, authority: Authority, request: bytes) -> bytes | None: ...

    def crl(self, authority: Authority) -> bytes | None: ...


@dataclass(frozen=True)
class Answer:
    """失効確認の証拠 The signed answer that said "good", kept with what the card signed."""

    protocol: str
    octets: bytes


def check(certificate: x509.Certificate, authority: Authority, *, source: Source, at: datetime) -> Answer:
    """失効確認 The signed evidence that a certificate is good at an instant.

    Refusals: CardRevoked; RevocationUnknown (nobody gave a trustworthy answer: fail closed).
    """
    issuer = authority.certificate
    nonce = secrets.token_bytes(16)
    request = _request(certificate, issuer, nonce)
    reply = source.ocsp(authority, request)
    single = _trusted_reply(reply, certificate, issuer, nonce=nonce, at=at) if reply else None
    if reply and single:
        _check_status(single)
        return Answer("ocsp", reply)
    listed = source.crl(authority)
    crl = _trusted_list(listed, certificate, issuer, at=at) if listed else None
    if listed and crl is not None:  # an empty list is falsy, and says much
        if crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
            raise CardRevoked
        return Answer("crl", listed)
    raise RevocationUnknown


def _request(certificate: x509.Certificate, issuer: x509.Certificate, nonce: bytes) -> bytes:
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA256())
    return builder.add_extension(x509.OCSPNonce(nonce), critical=False).build().public_bytes(Encoding.DER)


def _check_status(single: ocsp.OCSPSingleResponse) -> None:
    if single.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        raise CardRevoked
    if single.certificate_status is not ocsp.OCSPCertStatus.GOOD:
        raise RevocationUnknown


def _trusted_reply(
    octets: bytes, certificate: x509.Certificate, issuer: x509.Certificate, *, nonce: bytes, at: datetime
) -> ocsp.OCSPSingleResponse | None:
    try:
        reply = ocsp.load_der_ocsp_response(octets)
        if reply.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        if reply.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce != nonce:
            return None
        _verify_responder(reply, issuer, at=at)
        wanted = ocsp.load_der_ocsp_request(_request(certificate, issuer, nonce))
        return next((one for one in reply.responses if _is_about(one, wanted) and _is_fresh(one, at)), None)
    except _NO_ANSWER:
        return None


def _is_about(single: ocsp.OCSPSingleResponse, wanted: ocsp.OCSPRequest) -> bool:
    named = (single.serial_number, single.issuer_key_hash, single.issuer_name_hash)
    return named == (wanted.serial_number, wanted.issuer_key_hash, wanted.issuer_name_hash)


def _is_fresh(single: ocsp.OCSPSingleResponse, at: datetime) -> bool:
    until = single.next_update_utc
    return single.this_update_utc <= at + SKEW and until is not None and at < until


def _verify_responder(reply: ocsp.OCSPResponse, issuer: x509.Certificate, *, at: datetime) -> None:
    signer = next((one for one in reply.certificates if _may_respond(one, issuer, at)), issuer)
    key, digest = signer.public_key(), reply.signature_hash_algorithm
    if not isinstance(key, rsa.RSAPublicKey) or not isinstance(digest, (hashes.SHA256, hashes.SHA384, hashes.SHA512)):
        raise ValueError("the answer is not signed with RSA and SHA-2")
    key.verify(reply.signature, reply.tbs_response_bytes, padding.PKCS1v15(), digest)


def _may_respond(candidate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    if not candidate.not_valid_before_utc <= at < candidate.not_valid_after_utc:
        return False
    try:
        candidate.verify_directly_issued_by(issuer)
        usage = candidate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except _NO_ANSWER:
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _trusted_list(
    octets: bytes, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime
) -> x509.CertificateRevocationList | None:
    try:
        crl = x509.load_der_x509_crl(octets)
        if crl.issuer != issuer.subject or not crl.is_signature_valid(_rsa(issuer)):
            return None
        until = crl.next_update_utc
        if crl.last_update_utc > at + SKEW or until is None or at >= until:
            return None
        return crl if _covers(crl, certificate) else None
    except _NO_ANSWER:
        return None


def _covers(crl: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """A whole list, or the part (市区町村ごとのCRL) that the certificate itself names."""
    points = [one.value for one in crl.extensions if isinstance(one.value, x509.IssuingDistributionPoint)]
    unknown = [
        one for one in crl.extensions if one.critical and not isinstance(one.value, x509.IssuingDistributionPoint)
    ]
    if unknown or any(one.indirect_crl or one.only_some_reasons or one.only_contains_ca_certs for one in points):
        return False
    named = [name for one in points for name in one.full_name or ()]
    return not named or bool(set(named) & _distribution_points(certificate))


def _distribution_points(certificate: x509.Certificate) -> set[x509.GeneralName]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return set()
    return {name for point in points for name in point.full_name or ()}


def _rsa(issuer: x509.Certificate) -> rsa.RSAPublicKey:
    key = issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("the authority's key is not RSA")
    return key
