"""見本の認証局 Two test authorities with the profile of the real ones: certificates, revocation list, OCSP answers.

Only a sample city has them. Their names say 見本, and no other city's trust list holds their keys.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

from yakusho.blocks.jpki.profile import CLIENT_AUTH, POLICIES, FourItems, Kind, write_items

CA_YEARS, CARD_YEARS = 10, 5
ANSWER_LASTS = timedelta(hours=12)
_PURPOSE = {Kind.SIGNATURE: "digital signature", Kind.AUTHENTICATION: "user authentication"}


def new_key() -> rsa.RSAPrivateKey:
    """鍵 A key as the card has it: RSA 2048."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def years_after(at: datetime, years: int) -> datetime:
    """The same moment some years later (29 February becomes 28)."""
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return at.replace(year=at.year + years, day=day)


@dataclass
class Authority:
    """見本の認証局 One test authority with its key and the serials it revoked."""

    kind: Kind
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    revoked: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def new(cls, kind: Kind, *, at: datetime, name: str = "見本 JPKI") -> Authority:
        """開設 A new authority whose certificate is valid for ten years from an instant."""
        key, subject = new_key(), _authority_name(kind, name)
        usage = _usage(key_cert_sign=True, crl_sign=True)
        builder = _builder(subject, subject, key.public_key(), at, years_after(at, CA_YEARS))
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).add_extension(
            usage, critical=True
        )
        return cls(kind, key, builder.sign(key, hashes.SHA256()))

    def issue(
        self,
        public_key: rsa.RSAPublicKey,
        *,
        items: FourItems | None = None,
        at: datetime,
        until: datetime | None = None,
        policy: str = "",
        usage: x509.KeyUsage | None = None,
    ) -> x509.Certificate:
        """発行 A card's certificate; a signature certificate names its holder by the six items."""
        signs = self.kind is Kind.SIGNATURE
        subject = x509.Name(
            [_attribute(NameOID.COUNTRY_NAME, "JP"), _attribute(NameOID.COMMON_NAME, secrets.token_hex(8).upper())]
        )
        builder = _builder(subject, self.certificate.subject, public_key, at, until or years_after(at, CARD_YEARS))
        builder = builder.add_extension(
            usage or _usage(digital_signature=True, content_commitment=signs), critical=True
        )
        oid = x509.ObjectIdentifier(policy or min(POLICIES[self.kind]))
        builder = builder.add_extension(x509.CertificatePolicies([x509.PolicyInformation(oid, None)]), critical=True)
        if items is not None:
            builder = builder.add_extension(write_items(items), critical=False)
        if not signs:
            builder = builder.add_extension(x509.ExtendedKeyUsage([CLIENT_AUTH]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def revoke(self, certificate: x509.Certificate, *, at: datetime) -> None:
        """失効 From now on both the list and OCSP say that the certificate is revoked."""
        self.revoked[certificate.serial_number] = at

    def crl(self, *, at: datetime) -> bytes:
        """失効リスト The revocation list signed at an instant."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(at).next_update(at + ANSWER_LASTS)
        for serial, since in self.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def ocsp(self, request: bytes, *, at: datetime) -> bytes:
        """OCSP応答 The signed answer to one OCSP request (DER), with its nonce."""
        asked = ocsp.load_der_ocsp_request(request)
        since = self.revoked.get(asked.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.GOOD if since is None else ocsp.OCSPCertStatus.REVOKED,
            this_update=at,
            next_update=at + ANSWER_LASTS,
            revocation_time=since,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        nonce = asked.extensions.get_extension_for_class(x509.OCSPNonce).value
        return builder.add_extension(nonce, critical=False).sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _authority_name(kind: Kind, name: str) -> x509.Name:
    return x509.Name(
        [
            _attribute(NameOID.COUNTRY_NAME, "JP"),
            _attribute(NameOID.ORGANIZATION_NAME, name),
            _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{name} for {_PURPOSE[kind]}"),
        ]
    )


def _attribute(oid: x509.ObjectIdentifier, text: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(oid, text)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, start: datetime, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(start).not_valid_after(until)


def _usage(**given: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: given.get(name, False) for name in names})
