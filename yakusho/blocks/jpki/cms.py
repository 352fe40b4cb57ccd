"""CMS署名 Read one CMS SignedData (RFC 5652) as a card writes it over an application."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated

from cryptography import x509
from cryptography.hazmat import asn1

_SIGNED_DATA = x509.ObjectIdentifier("1.2.840.113549.1.7.2")
_DATA = x509.ObjectIdentifier("1.2.840.113549.1.7.1")
_CONTENT_TYPE = x509.ObjectIdentifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = x509.ObjectIdentifier("1.2.840.113549.1.9.4")
_SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_RSA = {x509.ObjectIdentifier("1.2.840.113549.1.1.1"), x509.ObjectIdentifier("1.2.840.113549.1.1.11")}


@asn1.sequence
class _Algorithm:
    kind: x509.ObjectIdentifier
    parameters: asn1.Null | None


@asn1.sequence
class _Content:
    kind: x509.ObjectIdentifier
    octets: Annotated[bytes | None, asn1.Explicit(0)]


@asn1.sequence
class _Attribute:
    kind: x509.ObjectIdentifier
    values: asn1.SetOf[asn1.TLV]


@asn1.sequence
class _IssuerAndSerial:
    issuer: asn1.TLV
    serial: int


@asn1.sequence
class _Signer:
    version: int
    sid: _IssuerAndSerial
    digest: _Algorithm
    attributes: Annotated[asn1.SetOf[_Attribute], asn1.Implicit(0)]
    algorithm: _Algorithm
    signature: bytes


@asn1.sequence
class _SignedData:
    version: int
    digests: asn1.SetOf[_Algorithm]
    content: _Content
    certificates: Annotated[asn1.SetOf[x509.Certificate], asn1.Implicit(0)]
    signers: asn1.SetOf[_Signer]


@asn1.sequence
class _ContentInfo:
    kind: x509.ObjectIdentifier
    content: Annotated[_SignedData, asn1.Explicit(0)]


@dataclass(frozen=True)
class Signed:
    """署名の中身 What one signer signed: the certificate, the exact octets under the signature, and the signature."""

    certificate: x509.Certificate
    octets: bytes
    signature: bytes


def read(document: bytes, *, content: bytes) -> Signed:
    """CMSを読む The one signature in `document` over `content`; ValueError for another shape or content.

    The caller still verifies the signature and the certificate: this only takes the message apart.
    """
    data = asn1.decode_der(_ContentInfo, document)
    if data.kind != _SIGNED_DATA or data.content.content.kind != _DATA or data.content.version != 1:
        raise ValueError("not signed data")
    if [one.kind for one in data.content.digests.as_list()] != [_SHA256]:
        raise ValueError("digest is not SHA-256")
    inside = data.content.content.octets
    if inside is not None and inside != content:
        raise ValueError("another content was signed")
    signers = data.content.signers.as_list()
    if len(signers) != 1:
        raise ValueError("exactly one signer is expected")
    signer = signers[0]
    if signer.version != 1 or signer.digest.kind != _SHA256 or signer.algorithm.kind not in _RSA:
        raise ValueError("algorithm is not RSA with SHA-256")
    _check_attributes(signer.attributes.as_list(), content)
    certificate = _signing_certificate(signer, data.content.certificates.as_list())
    return Signed(certificate, asn1.encode_der(signer.attributes), signer.signature)


def _check_attributes(attributes: list[_Attribute], content: bytes) -> None:
    values = {attribute.kind: attribute.values.as_list() for attribute in attributes}
    if len(values) != len(attributes):
        raise ValueError("an attribute stands twice")
    kind, digest = values.get(_CONTENT_TYPE, []), values.get(_MESSAGE_DIGEST, [])
    if len(kind) != 1 or len(digest) != 1:
        raise ValueError("content type and digest must each stand once")
    if kind[0].parse(x509.ObjectIdentifier) != _DATA:
        raise ValueError("another content type was signed")
    if not hmac.compare_digest(digest[0].parse(bytes), hashlib.sha256(content).digest()):
        raise ValueError("another content was signed")


def _signing_certificate(signer: _Signer, certificates: list[x509.Certificate]) -> x509.Certificate:
    issuer = asn1.encode_der(signer.sid.issuer)
    found = [
        one for one in certificates if one.serial_number == signer.sid.serial and one.issuer.public_bytes() == issuer
    ]
    if len(found) != 1:
        raise ValueError("the signer's certificate is not in the message")
    return found[0]
