"""職員認証基盤 OpenID Connect for staff: authorization code with PKCE, state, nonce; configured in city.toml.

[identity.oidc]
issuer = "https://…"            # discovery below it
client_id = "yakusho"
secret = "oidc_secret"          # file among the secrets; or
key = "oidc_key.pem"            # private key for private_key_jwt
login_claim = "preferred_username"   # links a subject to an account at the first sign-in; leave out to forbid that
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from yakusho.blocks.identity.refusals import SignInFailed

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # asymmetric only: never "none", never a shared secret
LEEWAY = timedelta(minutes=2)
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SECONDS = 10.0
OLDEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Provider:
    """認証基盤 The identity provider of the staff and how we are known there."""

    issuer: str
    client_id: str
    secret: str = ""
    key: str = ""
    login_claim: str = ""
    scope: str = "openid profile"


@dataclass(frozen=True)
class Told:
    """確認結果 Who signed in, as the provider says it."""

    subject: str
    login: str


class Client:
    """職員認証基盤の窓口 Our side of the conversation with one provider."""

    def __init__(self, provider: Provider, *, transport: httpx.BaseTransport | None = None) -> None:
        self.provider = provider
        self._http = httpx.Client(timeout=SECONDS, transport=transport, trust_env=False)

    def address(self, *, state: str, nonce: bytes, back: str) -> str:
        """行き先 Where the browser is sent; nonce and PKCE challenge are derived from our random value."""
        digest = hashlib.sha256(_derived(nonce, "verifier").encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": back,
            "scope": self.provider.scope,
            "state": state,
            "nonce": _derived(nonce, "nonce"),
            "code_challenge": _base64url(digest),
            "code_challenge_method": "S256",
        }
        return f"{self._discovered()['authorization_endpoint']}?{urlencode(asked)}"

    def finish(self, *, code: str, nonce: bytes, back: str, issuer: str, at: datetime) -> Told:
        """確認 Change the code for the ID token and verify it. Refusals: SignInFailed, whatever went wrong."""
        try:
            found = self._discovered()
            if issuer and issuer != self.provider.issuer:  # RFC 9207: the answer came from another provider
                raise SignInFailed
            token = self._exchange(found, code, _derived(nonce, "verifier"), back, at)
            keys = KeySet.import_key_set(cast(Any, self._read(found["jwks_uri"])))
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            self._check(claims, _derived(nonce, "nonce"), at)
            return Told(str(claims["sub"]), str(claims.get(self.provider.login_claim) or ""))
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise SignInFailed from error

    def _discovered(self) -> dict[str, Any]:
        found = self._read(f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        places = [str(found.get(name, "")) for name in ("issuer", *ENDPOINTS)]
        if places[0] != self.provider.issuer or not all(place.startswith("https://") for place in places):
            raise SignInFailed
        return found

    def _read(self, address: str) -> dict[str, Any]:
        answer = self._http.get(address)
        answer.raise_for_status()
        return dict(answer.json())

    def _exchange(self, found: dict[str, Any], code: str, verifier: str, back: str, at: datetime) -> str:
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        sent |= {"client_id": self.provider.client_id} | self._ourselves(found["token_endpoint"], at)
        answer = self._http.post(found["token_endpoint"], data=sent)
        answer.raise_for_status()
        return str(answer.json()["id_token"])

    def _ourselves(self, audience: str, at: datetime) -> dict[str, str]:
        """private_key_jwt where we have a key, else the shared secret."""
        if not self.provider.key:
            return {"client_secret": self.provider.secret}
        who, now = self.provider.client_id, int(at.timestamp())
        claims = {"iss": who, "sub": who, "aud": audience, "jti": secrets.token_hex(16), "iat": now, "exp": now + 60}
        assertion = jwt.encode({"alg": "RS256"}, claims, RSAKey.import_key(self.provider.key))
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return {"client_assertion_type": kind, "client_assertion": assertion}

    def _check(self, claims: dict[str, Any], nonce: str, at: datetime) -> None:
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        now, us = at.timestamp(), self.provider.client_id
        right = (
            claims["iss"] == self.provider.issuer
            and us in audience
            and claims.get("azp", us) == us
            and (len(audience) == 1 or "azp" in claims)
            and hmac.compare_digest(str(claims["nonce"]), nonce)
            and now < float(claims["exp"]) + LEEWAY.total_seconds()
            and abs(now - float(claims["iat"])) < OLDEST.total_seconds()
            and bool(claims["sub"])
        )
        if not right:
            raise SignInFailed


def _derived(nonce: bytes, use: str) -> str:
    return _base64url(hmac.digest(nonce, use.encode(), "sha256"))


def _base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
