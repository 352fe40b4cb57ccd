"""見本の公印 A sample city makes its own seal at first start: a small authority (見本) and one certificate under it.

A real city puts its issuer's key and certificates into the same three files instead.
"""

import fcntl
import os
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from yakusho.blocks.documents._internal.seal import Seal

KEY, CERTIFICATE, ISSUER = "city_seal.pem", "city_seal.crt", "city_seal_issuer.crt"
YEARS = 5


class SealMissing(RuntimeError):
    """The city has no seal: its three files are not in the folder of secrets."""


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(organisation: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    at: datetime,
    *,
    authority: bool,
) -> x509.Certificate:
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(issuer_id, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _write(path: Path, content: bytes) -> None:
    """All or nothing, readable by the owner alone."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    draft.replace(path)


def make(folder: Path, *, city: str, label: str, at: datetime) -> bool:
    """見本の公印を作る Make the sample seal once; False if it stands already. The authority's key is not kept."""
    with (folder / "city_seal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / KEY).exists():
            return False
        _make(folder, city, label, at)
        return True


def _make(folder: Path, city: str, label: str, at: datetime) -> None:
    authority_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority_name = _name(f"{city}（見本）", f"{city} 見本認証局")
    authority = _certificate(authority_name, authority_key, authority_name, authority_key, at, authority=True)
    sealed = _certificate(_name(f"{city}（見本）", label), key, authority_name, authority_key, at, authority=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder / ISSUER, authority.public_bytes(serialization.Encoding.PEM))
    _write(folder / CERTIFICATE, sealed.public_bytes(serialization.Encoding.PEM))
    _write(folder / KEY, private)  # last: its presence says that all three stand


def load(folder: Path) -> Seal:
    """公印 The city's seal as its three files hold it now: one that is replaced is the seal from the next paper on.

    Raises SealMissing when a file is missing, half written, or does not belong to the others.
    """
    try:
        return _seal(*((folder / name).read_bytes() for name in (KEY, CERTIFICATE, ISSUER)))
    except FileNotFoundError as error:
        raise SealMissing(f"{error.filename} is missing: make the city's seal first") from error


@lru_cache(maxsize=4)  # reading a key takes longer than sealing with it; the same bytes are the same seal
def _seal(key_file: bytes, certificate_file: bytes, issuer_file: bytes) -> Seal:
    try:
        key = serialization.load_pem_private_key(key_file, password=None)
        certificate, issuer = map(x509.load_pem_x509_certificate, (certificate_file, issuer_file))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SealMissing(f"one of the files cannot be read: {type(error).__name__}") from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise SealMissing("the key is not the certificate's RSA key")
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise SealMissing("the certificate is not its issuer's") from error
    return Seal(key, certificate, (issuer,))
