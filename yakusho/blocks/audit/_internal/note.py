"""Checkpoints as C2SP signed notes: three lines that say how large the log is, and an Ed25519 signature under them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\N{EM DASH} "


class BadNote(Exception):
    """The note is not one of ours: wrong form, wrong origin or wrong signature."""


@dataclass(frozen=True)
class Head:
    """The state of a log: ``root`` over its first ``size`` entries."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


@dataclass(frozen=True)
class Verifier:
    """The public half of a log's key under the log's name."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self.key)}"

    def open(self, note: str) -> Head:
        """What the note says, once its signature by this key is proved. Raises BadNote."""
        text, blank, lines = note.rpartition("\n\n")
        signed = f"{text}\n"
        if not blank:
            raise BadNote("no signature")
        signatures = [found for line in lines.splitlines() if (found := self._signature(line))]
        if not signatures:
            raise BadNote("not signed by the key of this log")
        for signature in signatures:
            try:
                Ed25519PublicKey.from_public_bytes(self.key).verify(signature, signed.encode())
            except InvalidSignature as error:
                raise BadNote("wrong signature") from error
        return self._head(signed)

    def _signature(self, line: str) -> bytes | None:
        """The signature on this line if it is by this key; other keys (witnesses) are no concern of ours."""
        name, _, coded = line.removeprefix(DASH).rpartition(" ")
        data = _bytes(coded)
        return data[4:] if line.startswith(DASH) and name == self.name and data[:4] == self.key_id else None

    def _head(self, text: str) -> Head:
        origin, size, root = [*text.split("\n"), "", ""][:3]
        if origin != self.name or not size.isascii() or not size.isdigit() or len(_bytes(root)) != 32:
            raise BadNote("not a checkpoint of this log")
        return Head(origin, int(size), _bytes(root))


@dataclass(frozen=True)
class Signer:
    """The secret half: 32 bytes of seed."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, head: Head) -> str:
        """The note."""
        text = head.text()
        signature = self.verifier.key_id + self._key.sign(text.encode())
        return f"{text}\n{DASH}{self.name} {_base64(signature)}\n"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(coded: str) -> bytes:
    """Decoded base64, or nothing where it is none."""
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return b""
