"""Who sealed a paper: read by asn1crypto and cryptography, neither the writer's code nor the gate's."""

from __future__ import annotations

import re

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]")


def fingerprint(certificate: str | bytes) -> str:
    """Of a certificate in a PEM file."""
    written = certificate.encode("ascii") if isinstance(certificate, str) else certificate
    return x509.load_pem_x509_certificate(written).fingerprint(hashes.SHA256()).hex()


def signer(pdf: bytes) -> str:
    """Fingerprint of the certificate whose key signed every byte of the file but the hole; empty if none did."""
    (found,) = RANGE.findall(pdf)
    start, hole, after, rest = map(int, found)
    if start or after + rest != len(pdf):
        return ""
    signed = cms.ContentInfo.load(bytes.fromhex(pdf[hole + 1 : after - 1].decode("ascii")))["content"]
    (info,) = signed["signer_infos"]
    digest = hashes.Hash(hashes.SHA256())
    digest.update(pdf[:hole] + pdf[after:])
    if info["signed_attrs"].native and _digest(info) != digest.finalize():
        return ""
    for written in signed["certificates"]:
        certificate = x509.load_der_x509_certificate(written.chosen.dump())
        if certificate.serial_number == info["sid"].chosen["serial_number"].native and _holds(certificate, info):
            return certificate.fingerprint(hashes.SHA256()).hex()
    return ""


def _digest(info: cms.SignerInfo) -> bytes:
    return next(one["values"][0].native for one in info["signed_attrs"] if one["type"].native == "message_digest")


def _holds(certificate: x509.Certificate, info: cms.SignerInfo) -> bool:
    text, how = info["signed_attrs"].untag().dump(), padding.PKCS1v15()
    try:
        certificate.public_key().verify(info["signature"].native, text, how, hashes.SHA256())
    except InvalidSignature:
        return False
    return True
