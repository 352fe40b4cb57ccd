"""Passwords in the form the database keeps them."""

import base64
import hashlib
import hmac

from yakusho.launch.database import verifier

# RFC 7677 section 3: user "user", password "pencil"
SALT = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
SERVER_NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
TALK = f"n=user,r=rOprNGfwEbeRWgbNEkqO,r={SERVER_NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={SERVER_NONCE}"
PROOF = base64.b64decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="


def parts(text: str) -> tuple[bytes, bytes]:
    stored, server = text.split("$")[2].split(":")
    return base64.b64decode(stored), base64.b64decode(server)


def test_the_server_key_signs_the_published_talk() -> None:
    _, server = parts(verifier("pencil", salt=SALT))
    assert base64.b64encode(hmac.digest(server, TALK.encode(), "sha256")).decode() == SIGNATURE


def test_the_stored_key_accepts_the_published_proof() -> None:
    stored, _ = parts(verifier("pencil", salt=SALT))
    signed = hmac.digest(stored, TALK.encode(), "sha256")
    client = bytes(a ^ b for a, b in zip(PROOF, signed, strict=True))
    assert hashlib.sha256(client).digest() == stored


def test_the_form_is_the_one_postgresql_reads() -> None:
    assert verifier("pencil", salt=SALT).startswith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$")


def test_the_same_password_looks_different_each_time() -> None:
    assert verifier("pencil") != verifier("pencil")
    assert "pencil" not in verifier("pencil")
