"""信頼するCAの一覧 The trust list of a city: which authorities may speak for residents' cards.

A folder with `trust.toml` and certificates in PEM::

    [signature]
    anchors = ["signature-2023.pem"]        # pinned: nothing else is trusted, whatever its name
    policies = ["1.2.392.200149.8.5.1.1.20"]
    ocsp = "https://…"                      # empty: no online answer, the list decides
    crl = "https://…"

    [authentication]
    …
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography import x509

from yakusho.blocks.jpki.profile import POLICIES, Kind


@dataclass(frozen=True)
class Authority:
    """発行者 One pinned authority and what it may issue."""

    kind: Kind
    certificate: x509.Certificate
    policies: frozenset[str]
    ocsp: str = ""
    crl: str = ""


@dataclass(frozen=True)
class TrustList:
    """信頼するCAの一覧 All pinned authorities; several a kind while an old generation runs out."""

    authorities: tuple[Authority, ...] = field(default=())

    def issuers(self, certificate: x509.Certificate) -> list[Authority]:
        """発行者の候補 Authorities of the certificate's issuer name; the name alone proves nothing."""
        return [one for one in self.authorities if one.certificate.subject == certificate.issuer]


def load(folder: Path) -> TrustList:
    """一覧を読む Read a trust list folder; no folder means that no card is trusted."""
    path = folder / "trust.toml"
    return _load(path, path.stat().st_mtime_ns) if path.exists() else TrustList()


@cache
def _load(path: Path, _changed: int) -> TrustList:
    table = tomllib.loads(path.read_text("utf-8"))
    return TrustList(
        tuple(
            _authority(Kind(kind), path.parent / name, entry)
            for kind, entry in table.items()
            for name in entry["anchors"]
        )
    )


def _authority(kind: Kind, path: Path, entry: dict[str, str]) -> Authority:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    policies = frozenset(entry.get("policies", POLICIES[kind]))
    return Authority(kind, certificate, policies, entry.get("ocsp", ""), entry.get("crl", ""))
