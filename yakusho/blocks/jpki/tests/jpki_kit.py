"""Test authorities, cards and revocation sources that misbehave on purpose."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from yakusho.blocks.jpki import sample_authority, trust
from yakusho.blocks.jpki.profile import POLICIES, FourItems, Kind

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE = AT - timedelta(days=400)
MISAKI = FourItems("髙橋 美咲", date(1990, 1, 2), "2", "岩手県盛岡市内丸12番2号")


@cache
def key(number: int = 0) -> rsa.RSAPrivateKey:
    """One of a few keys; making them is the slow part."""
    return sample_authority.new_key()


@cache
def authority(kind: Kind, name: str = "見本 JPKI") -> sample_authority.Authority:
    """A pinned test authority."""
    return sample_authority.Authority.new(kind, at=BEFORE - timedelta(days=365), name=name)


def trust_list(*authorities: sample_authority.Authority) -> trust.TrustList:
    """A list that pins these authorities; both of the sample city by default."""
    pinned = authorities or tuple(authority(kind) for kind in Kind)
    return trust.TrustList(tuple(trust.Authority(one.kind, one.certificate, POLICIES[one.kind]) for one in pinned))


@dataclass
class Source:
    """Answers of test authorities; each can be switched off or replaced by other bytes."""

    authorities: list[sample_authority.Authority] = field(default_factory=lambda: [authority(kind) for kind in Kind])
    at: datetime = AT
    online: bool = True
    listed: bool = True
    nonce: x509.OCSPNonce | None = None

    def _of(self, pinned: trust.Authority) -> sample_authority.Authority:
        return next(one for one in self.authorities if one.certificate == pinned.certificate)

    def ocsp(self, pinned: trust.Authority, request: bytes) -> bytes | None:
        return self._of(pinned).ocsp(request, at=self.at) if self.online else None

    def crl(self, pinned: trust.Authority) -> bytes | None:
        return self._of(pinned).crl(at=self.at) if self.listed else None


def sign(private: rsa.RSAPrivateKey, octets: bytes) -> bytes:
    """What the card answers to a challenge."""
    return private.sign(octets, padding.PKCS1v15(), hashes.SHA256())


def sign_document(private: rsa.RSAPrivateKey, certificate: x509.Certificate, content: bytes) -> bytes:
    """What the card makes of an application: CMS SignedData."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, private, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities])
