"""失効情報の取得 Asking the authorities' own responders over HTTP; whatever goes wrong counts as no answer."""

from __future__ import annotations

from typing import Any

import httpx

from yakusho.blocks.jpki.trust import Authority

SECONDS = 5.0
LARGEST = 20 * 2**20  # a city's revocation list


class HttpSource:
    """失効情報 OCSP by POST, the list by GET, at the addresses of the trust list (never those of the certificate)."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self._transport = transport

    def ocsp(self, authority: Authority, request: bytes) -> bytes | None:
        """OCSP応答 The responder's bytes, or None."""
        headers = {"Content-Type": "application/ocsp-request"}
        return self._read("POST", authority.ocsp, content=request, headers=headers)

    def crl(self, authority: Authority) -> bytes | None:
        """失効リスト The list's bytes, or None."""
        return self._read("GET", authority.crl)

    def _read(self, method: str, address: str, **given: Any) -> bytes | None:
        if not address:
            return None
        try:
            with (
                httpx.Client(timeout=SECONDS, transport=self._transport, trust_env=False) as client,
                client.stream(method, address, **given) as answer,
            ):
                return _all_of(answer) if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, httpx.InvalidURL):
            return None


def _all_of(answer: httpx.Response) -> bytes | None:
    octets = bytearray()
    for part in answer.iter_bytes():
        octets += part
        if len(octets) > LARGEST:
            return None
    return bytes(octets)
