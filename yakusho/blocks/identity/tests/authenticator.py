"""A software authenticator: makes and uses passkeys as a phone would (WebAuthn, ES256), and can be told to misbehave."""

import base64
import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One device with one passkey."""

    def __init__(self, origin="http://testserver"):
        self.origin, self.count, self.flags = origin, 0, PRESENT | VERIFIED
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)

    def _client_data(self, kind, options):
        told = {
            "type": f"webauthn.{kind}",
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(told).encode()

    def _data(self, host, flags, more=b""):
        self.count += 1
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count) + more

    def _public(self):
        numbers = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    def make(self, options):
        """Answer to a registration."""
        self.host = options["rp"]["id"]
        attested = b"\0" * 16 + struct.pack(">H", len(self.id)) + self.id + self._public()
        data = self._data(self.host, self.flags | ATTESTED, attested)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = {"clientDataJSON": b64(self._client_data("create", options)), "attestationObject": b64(attestation)}
        return self._answer(told)

    def use(self, options):
        """Answer to a sign-in."""
        client = self._client_data("get", options)
        data = self._data(options["rpId"], self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        told = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({name: b64(octets) for name, octets in told.items()})

    def _answer(self, response):
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})
