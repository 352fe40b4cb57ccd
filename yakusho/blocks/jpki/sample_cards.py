"""見本のカード Soft cards of a sample city: keys, PINs and their locks in the city's own folder, behind the same interface as a
card reader. They stand in for My Number cards, which no test may touch.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from yakusho.blocks.jpki import sample_authority, trust
from yakusho.blocks.jpki.profile import FourItems, Kind
from yakusho.blocks.jpki.refusals import NoSignatureCertificate, PinLocked, PinWrong
from yakusho.kit.refusal import NotFound

TRIES = {Kind.AUTHENTICATION: 3, Kind.SIGNATURE: 5}
PINS = {Kind.AUTHENTICATION: "1234", Kind.SIGNATURE: "MIHON123"}  # printed beside the sample, as 見本
SIGNS_FROM = 15  # 署名用 is not issued to children under 15 by default


@dataclass(frozen=True)
class Face:
    """券面 What one sees of a soft card."""

    number: str
    holder: str
    signs: bool


class CardBox:
    """見本のカード入れ The folder with the two test authorities and the soft cards they issued."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # The authorities

    def ensure(self, *, at: datetime) -> None:
        """開設 Make the two authorities and the trust list, once."""
        with self._alone():
            if not (self.folder / "trust" / "trust.toml").exists():
                made = [sample_authority.Authority.new(kind, at=at) for kind in Kind]
                for one in made:
                    self._keep_authority(one)
                self._write_trust(made)

    def authority(self, kind: Kind) -> sample_authority.Authority:
        """見本の認証局 One of the two test authorities."""
        stored = json.loads((self.folder / f"{kind}.json").read_text("utf-8"))
        certificate = x509.load_pem_x509_certificate(stored["certificate"].encode())
        revoked = {int(serial, 16): datetime.fromisoformat(since) for serial, since in stored["revoked"].items()}
        return sample_authority.Authority(kind, _key(stored["key"]), certificate, revoked)

    def _keep_authority(self, one: sample_authority.Authority) -> None:
        revoked = {f"{serial:x}": since.isoformat() for serial, since in one.revoked.items()}
        _write(
            self.folder / f"{one.kind}.json",
            {"key": _pem(one.key), "certificate": _text(one.certificate), "revoked": revoked},
        )

    def _write_trust(self, made: list[sample_authority.Authority]) -> None:
        folder = self.folder / "trust"
        folder.mkdir(mode=0o700, exist_ok=True)
        for one in made:
            (folder / f"{one.kind}.pem").write_text(_text(one.certificate), "utf-8")
        lines = [f'[{one.kind}]\nanchors = ["{one.kind}.pem"]\n' for one in made]
        (folder / "trust.toml").write_text("\n".join(lines), "utf-8")

    # The cards

    def issue(self, items: FourItems, *, at: datetime) -> str:
        """交付 A new soft card for an invented resident; under 15 without signature certificate. Returns its number."""
        self.ensure(at=at)
        number = secrets.token_hex(6)
        parts: dict[str, Any] = {Kind.AUTHENTICATION: self._half(Kind.AUTHENTICATION, None, at)}
        if (at.date() - items.born).days >= SIGNS_FROM * 365.25:
            parts[Kind.SIGNATURE] = self._half(Kind.SIGNATURE, items, at)
        _write(self.folder / "cards" / f"{number}.json", {"holder": items.name, **parts})
        return number

    def _half(self, kind: Kind, items: FourItems | None, at: datetime) -> dict[str, Any]:
        key = sample_authority.new_key()
        certificate = self.authority(kind).issue(key.public_key(), items=items, at=at)
        salt = secrets.token_hex(8)
        pin = {"salt": salt, "hash": _hash(PINS[kind], salt), "left": TRIES[kind]}
        return {"key": _pem(key), "certificate": _text(certificate), "pin": pin}

    def faces(self) -> list[Face]:
        """カードの一覧 All cards in the box, by holder."""
        stored = [(path.stem, json.loads(path.read_text("utf-8"))) for path in (self.folder / "cards").glob("*.json")]
        faces = [Face(number, card["holder"], Kind.SIGNATURE in card) for number, card in stored]
        return sorted(faces, key=lambda face: (face.holder, face.number))

    def holding(self, certificate: bytes) -> Face | None:
        """そのカード The card on which this login certificate (DER) is; None when it is another's."""
        found = (one for one in self.faces() if self._login(one.number) == certificate)
        return next(found, None)

    def _login(self, number: str) -> bytes:
        return self.certificate(number, Kind.AUTHENTICATION).public_bytes(Encoding.DER)

    def certificate(self, number: str, kind: Kind) -> x509.Certificate:
        """証明書 A card's certificate. Refusals: NotFound; NoSignatureCertificate."""
        return x509.load_pem_x509_certificate(self._half_of(self._card(number), kind)["certificate"].encode())

    def answer(self, number: str, pin: str, octets: bytes) -> tuple[bytes, bytes]:
        """利用者証明 Certificate and signature over a challenge, for the four-digit PIN.

        Refusals: NotFound; PinWrong; PinLocked.
        """
        half = self._unlocked(number, Kind.AUTHENTICATION, pin)
        certificate = x509.load_pem_x509_certificate(half["certificate"].encode())
        return certificate.public_bytes(Encoding.DER), _key(half["key"]).sign(
            octets, padding.PKCS1v15(), hashes.SHA256()
        )

    def sign(self, number: str, pin: str, content: bytes) -> bytes:
        """電子署名 CMS over an application, for the long PIN.

        Refusals: NotFound; NoSignatureCertificate; PinWrong; PinLocked.
        """
        half = self._unlocked(number, Kind.SIGNATURE, pin)
        certificate = x509.load_pem_x509_certificate(half["certificate"].encode())
        builder = (
            pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, _key(half["key"]), hashes.SHA256())
        )
        return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities])

    def revoke(self, number: str, *, at: datetime) -> None:
        """失効 Revoke both certificates of a card."""
        card = self._card(number)
        with self._alone():
            for kind in (kind for kind in Kind if kind in card):
                one = self.authority(kind)
                one.revoke(x509.load_pem_x509_certificate(card[kind]["certificate"].encode()), at=at)
                self._keep_authority(one)

    def _unlocked(self, number: str, kind: Kind, pin: str) -> dict[str, Any]:
        with self._alone():
            card = self._card(number)
            half = self._half_of(card, kind)
            lock = half["pin"]
            if not lock["left"]:
                raise PinLocked
            right = hmac.compare_digest(_hash(pin, lock["salt"]), lock["hash"])
            lock["left"] = TRIES[kind] if right else lock["left"] - 1
            _write(self.folder / "cards" / f"{number}.json", card)
        if not right:
            raise PinWrong(left=lock["left"]) if lock["left"] else PinLocked
        return half

    def _half_of(self, card: dict[str, Any], kind: Kind) -> dict[str, Any]:
        if kind not in card:
            raise NoSignatureCertificate
        return card[kind]

    def _card(self, number: str) -> dict[str, Any]:
        path = self.folder / "cards" / f"{number}.json"
        if not number.isalnum() or not path.exists():
            raise NotFound
        return json.loads(path.read_text("utf-8"))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class BoxSource:
    """失効情報 The sample authorities answer directly, without a network."""

    def __init__(self, box: CardBox, *, at: datetime) -> None:
        self._box, self._at = box, at

    def ocsp(self, authority: trust.Authority, request: bytes) -> bytes | None:
        """OCSP応答 Signed at this instant."""
        return self._box.authority(authority.kind).ocsp(request, at=self._at)

    def crl(self, authority: trust.Authority) -> bytes | None:
        """失効リスト Signed at this instant."""
        return self._box.authority(authority.kind).crl(at=self._at)


def _hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**12, r=8, p=1).hex()


def _pem(key: rsa.RSAPrivateKey) -> str:
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(Encoding.PEM, kind, serialization.NoEncryption()).decode()


def _key(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("a card's key is RSA")
    return key


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def typed(pin: str) -> str:
    """暗証番号 As people type it: full width, small letters and spaces are forgiven."""
    return "".join(unicodedata.normalize("NFKC", pin).split()).upper()[:16]
