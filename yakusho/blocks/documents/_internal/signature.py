"""署名の確認 Reads a seal back: does the city's signature stand over the entire file? Shares nothing with the code that seals.

General validators call a file with bytes appended valid; here every byte but the signature's own hole must be signed.
"""

import hashlib
import re
from collections.abc import Iterator

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
HOLE = re.compile(rb"<([0-9a-fA-F]+)>")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")


class BadSeal(ValueError):
    """The seal is missing, does not cover the file, or does not fit it; says which."""


def _read(data: bytes, at: int = 0) -> tuple[int, bytes, int]:
    """Tag, value and end of the element that starts at ``at``."""
    tag, length, start = data[at], data[at + 1], at + 2
    if length & 0x80:
        width = length & 0x7F
        length, start = int.from_bytes(data[start : start + width], "big"), start + width
    if start + length > len(data):
        raise BadSeal("torn signature")
    return tag, data[start : start + length], start + length


def _parts(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Tag, value and whole element of each child."""
    at = 0
    while at < len(data):
        tag, value, end = _read(data, at)
        yield tag, value, data[at:end]
        at = end


def _signer(cms: bytes) -> tuple[bytes, bytes, bytes]:
    """Signed attributes, digest named in them, and signature of the one signer."""
    tag, body, end = _read(cms)
    if tag != 0x30 or any(cms[end:]):
        raise BadSeal("something around the signature")
    content = list(_parts(body))
    if content[0][2] != SIGNED_DATA:
        raise BadSeal("not a signature")
    signers = [value for _, value, _ in _parts(list(_parts(_read(content[1][1])[1]))[-1][1])]
    if len(signers) != 1:
        raise BadSeal("not one signer")
    parts = list(_parts(signers[0]))
    attributes, signed = next(((value, whole) for tag, value, whole in parts if tag == 0xA0), (b"", b""))
    digests = [
        _read(_read(whole[len(MESSAGE_DIGEST) :])[1])[1]
        for _, whole, _ in _parts(attributes)
        if whole.startswith(MESSAGE_DIGEST)
    ]
    signature = next((value for tag, value, _ in reversed(parts) if tag == 0x04), b"")
    if len(digests) != 1 or not signature:
        raise BadSeal("no digest or no signature")
    return b"\x31" + signed[1:], digests[0], signature  # signed as a SET, stored as [0]


def _covered(pdf: bytes) -> tuple[bytes, bytes]:
    """Digest of the signed bytes and the CMS from the hole; the two parts and the hole must be the entire file."""
    ranges = RANGE.findall(pdf)
    if len(ranges) != 1:
        raise BadSeal("not exactly one signature")
    start, first, second, rest = (int(n) for n in ranges[0])
    hole = HOLE.fullmatch(pdf[first:second])
    if start != 0 or second + rest != len(pdf) or not hole:
        raise BadSeal("does not cover the entire file")
    digest = hashlib.sha256(pdf[:first])
    digest.update(pdf[second:])
    return digest.digest(), bytes.fromhex(hole[1].decode())


def confirm(pdf: bytes, certificate: x509.Certificate) -> None:
    """署名の確認 Raises BadSeal unless this certificate's key signed the entire file."""
    public = certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        raise BadSeal("not an RSA certificate")
    try:
        digest, cms = _covered(pdf)
        if certificate.public_bytes(Encoding.DER) not in cms:
            raise BadSeal("the certificate is not the city's")
        attributes, named, signature = _signer(cms)
        public.verify(signature, attributes, padding.PKCS1v15(), hashes.SHA256())
    except (IndexError, ValueError, InvalidSignature) as error:
        raise BadSeal(str(error) or "the signature is not the city's") from error
    if named != digest:
        raise BadSeal("changed after sealing")
