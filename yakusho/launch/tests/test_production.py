"""What must not be public."""

from pathlib import Path

import pytest

from yakusho.launch.production import refusals
from yakusho.launch.secrets import make_all

GOOD = {"YAKUSHO_BEHIND_TLS_PROXY": "1", "YAKUSHO_HOST": "city.example"}


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    make_all(tmp_path)
    return tmp_path


def ask(environ: dict[str, str], secrets: Path, *, city: bool = False, database: bool = False) -> list[str]:
    return refusals(environ, secrets=secrets, sample_city=city, sample_database=database)


def test_a_real_city_with_its_own_secrets_behind_tls_may_open(secrets: Path) -> None:
    assert ask(GOOD, secrets) == []


def test_a_sample_city_is_named(secrets: Path) -> None:
    causes = ask(GOOD, secrets, city=True)
    assert len(causes) == 1
    assert "sample = true" in causes[0]


def test_invented_people_in_the_database_are_named(secrets: Path) -> None:
    causes = ask(GOOD, secrets, database=True)
    assert len(causes) == 1
    assert "invented people" in causes[0]


def test_each_missing_secret_is_named(secrets: Path) -> None:
    (secrets / "number_key").unlink()
    (secrets / "django_key").write_text("changeme")
    causes = ask(GOOD, secrets)
    assert len(causes) == 2
    assert "django_key: too weak" in causes[0]
    assert "number_key: missing. `bin/yakusho secrets` makes it." in causes[1]
    assert "bin/yakusho secrets" not in causes[0]


def test_missing_tls_is_named(secrets: Path) -> None:
    (cause,) = ask({"YAKUSHO_HOST": "city.example"}, secrets)
    assert "set YAKUSHO_TLS_CERT and YAKUSHO_TLS_KEY, or YAKUSHO_BEHIND_TLS_PROXY=1" in cause


def test_half_a_tls_setting_is_named(secrets: Path) -> None:
    (cause,) = ask({"YAKUSHO_HOST": "city.example", "YAKUSHO_TLS_CERT": "/c"}, secrets)
    assert "set YAKUSHO_TLS_KEY" in cause


def test_a_certificate_that_is_not_there_is_named(secrets: Path, tmp_path: Path) -> None:
    (tmp_path / "key.pem").touch()
    tls = {"YAKUSHO_TLS_CERT": str(tmp_path / "none.pem"), "YAKUSHO_TLS_KEY": str(tmp_path / "key.pem")}
    (cause,) = ask({"YAKUSHO_HOST": "city.example", **tls}, secrets)
    assert cause.startswith("YAKUSHO_TLS_CERT")
    assert "none.pem" in cause


def test_own_certificates_are_enough(secrets: Path, tmp_path: Path) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).touch()
    tls = {"YAKUSHO_TLS_CERT": str(tmp_path / "cert.pem"), "YAKUSHO_TLS_KEY": str(tmp_path / "key.pem")}
    assert ask({"YAKUSHO_HOST": "city.example", **tls}, secrets) == []


@pytest.mark.parametrize("value", ["0", "no", ""])
def test_only_a_clear_yes_stands_for_a_proxy(secrets: Path, value: str) -> None:
    assert len(ask({"YAKUSHO_HOST": "h", "YAKUSHO_BEHIND_TLS_PROXY": value}, secrets)) == 1


def test_a_missing_host_is_named(secrets: Path) -> None:
    (cause,) = ask({"YAKUSHO_BEHIND_TLS_PROXY": "1"}, secrets)
    assert "YAKUSHO_HOST" in cause


def test_all_causes_are_told_at_once(tmp_path: Path) -> None:
    causes = ask({}, tmp_path, city=True, database=True)
    text = "\n".join(causes)
    assert all(word in text for word in ("sample = true", "invented", "django_key", "TLS", "YAKUSHO_HOST"))
    assert all(" / " in cause for cause in causes)
