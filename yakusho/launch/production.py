"""What forbids `--production`: each cause is named, nothing is started."""

from collections.abc import Mapping
from pathlib import Path

from yakusho.launch.secrets import weaknesses


def refusals(environ: Mapping[str, str], *, secrets: Path, sample_city: bool, sample_database: bool) -> list[str]:
    """One sentence a cause, in Japanese and English; empty when the house may open to the public."""
    causes = []
    if sample_city:
        causes.append(
            "見本の市です（city.toml の sample = true）。 / The city is a sample (sample = true in city.toml)."
        )
    if sample_database:
        causes.append("データベースに見本の住民がいます。 / The database holds the invented people of a sample city.")
    causes += [_told(fault) for fault in weaknesses(secrets)]
    causes += _tls(environ)
    if not environ.get("YAKUSHO_HOST"):
        causes.append("YAKUSHO_HOST（公開するホスト名）がありません。 / YAKUSHO_HOST, the public name, is not set.")
    return causes


def _told(fault: str) -> str:
    hint = (
        (" bin/yakusho secrets で作成。", " `bin/yakusho secrets` makes it.") if fault.endswith("missing") else ("", "")
    )
    return f"秘密 {fault}。{hint[0]} / Secret {fault}.{hint[1]}"


def _tls(environ: Mapping[str, str]) -> list[str]:
    if environ.get("YAKUSHO_BEHIND_TLS_PROXY") == "1":
        return []
    names = ("YAKUSHO_TLS_CERT", "YAKUSHO_TLS_KEY")
    unset = [name for name in names if not environ.get(name)]
    if unset:
        return [
            f"TLS の設定がありません（{' '.join(unset)}、またはプロキシの背後なら YAKUSHO_BEHIND_TLS_PROXY=1）。 / "
            f"No TLS: set {' and '.join(unset)}, or YAKUSHO_BEHIND_TLS_PROXY=1 behind a proxy."
        ]
    return [
        f"{name} のファイルがありません。 / {name} names no file: {environ[name]}"
        for name in names
        if not Path(environ[name]).is_file()
    ]
