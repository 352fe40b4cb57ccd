"""A verified fake of an OpenID provider: checks what we send as strictly as a real one, and can be told to lie."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

ISSUER = "https://idp.test"


@cache
def key(name="provider"):
    return RSAKey.generate_key(2048, {"kid": name}, private=True)


def b64(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@dataclass
class Provider:
    """The provider; `lies` are claims that replace the true ones, `signer` makes the token."""

    clock: object
    client_id: str = "yakusho"
    secret: str = "s3cret"
    client_key: RSAKey | None = None
    subject: str = "u-1"
    login: str = "mari"
    lies: dict = field(default_factory=dict)
    discovery: dict = field(default_factory=dict)
    signer: object = None
    asked: dict = field(default_factory=dict)
    exchanged: list = field(default_factory=list)

    @property
    def transport(self):
        return httpx.MockTransport(self.answer)

    def visit(self, address):
        """The member of staff signs in at the provider; where the browser is sent back to."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert given["response_type"] == "code"
        assert given["code_challenge_method"] == "S256"
        assert given["client_id"] == self.client_id
        code = secrets.token_urlsafe(8)
        self.asked[code] = given
        return {"code": code, "state": given["state"], "iss": ISSUER}

    def answer(self, request):
        path = request.url.path
        if path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self._discovery())
        if path == "/jwks":
            return httpx.Response(200, json={"keys": [key().as_dict(private=False)]})
        return self._token(parse_qs(request.content.decode())) if path == "/token" else httpx.Response(404)

    def _discovery(self):
        found = {"issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token"}
        return found | {"jwks_uri": f"{ISSUER}/jwks"} | self.discovery

    def _token(self, sent):
        given = {name: values[0] for name, values in sent.items()}
        asked = self.asked.pop(given["code"], None)  # a code works once
        if asked is None or not self._is_client(given) or asked["redirect_uri"] != given["redirect_uri"]:
            return httpx.Response(400, json={"error": "invalid_grant"})
        if b64(hashlib.sha256(given["code_verifier"].encode()).digest()) != asked["code_challenge"]:
            return httpx.Response(400, json={"error": "invalid_grant"})
        self.exchanged.append(given)
        return httpx.Response(200, json={"id_token": self._id_token(asked["nonce"]), "token_type": "Bearer"})

    def _is_client(self, given):
        if self.client_key is None:
            return given.get("client_secret") == self.secret
        claims = jwt.decode(given["client_assertion"], self.client_key, algorithms=["RS256"]).claims
        return claims["iss"] == claims["sub"] == self.client_id and claims["aud"] == f"{ISSUER}/token"

    def _id_token(self, nonce):
        now = int(self.clock.now.timestamp())
        claims = {
            "iss": ISSUER,
            "sub": self.subject,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
        }
        claims = {
            name: value
            for name, value in (claims | {"preferred_username": self.login} | self.lies).items()
            if value is not None
        }
        return (self.signer or signed)(claims)


def signed(claims):
    """As it should be: RS256 by the provider's own key."""
    return jwt.encode({"alg": "RS256", "kid": "provider"}, claims, key())


def unsigned(claims):
    """alg none: whoever believes this believes everybody."""
    return ".".join(b64(json.dumps(part).encode()) for part in ({"alg": "none"}, claims)) + "."


def by_another_key(claims):
    """A key of somebody else under the provider's name."""
    return jwt.encode({"alg": "RS256", "kid": "provider"}, claims, key("stranger"))


def by_the_public_key(claims):
    """HS256 with the public key as the secret, which everybody knows."""
    secret = OctKey.import_key(key().as_pem(private=False))
    return jwt.encode({"alg": "HS256", "kid": "provider"}, claims, secret)
