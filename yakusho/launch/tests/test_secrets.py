"""Secrets."""

import stat
from pathlib import Path

import pytest

from yakusho.launch.say import Stop
from yakusho.launch.secrets import NAMES, make_all, read, secret, weaknesses


def test_a_secret_is_32_random_bytes_for_its_owner_alone(tmp_path: Path) -> None:
    text = secret(tmp_path, "django_key")
    assert len(bytes.fromhex(text)) == 32
    assert stat.S_IMODE((tmp_path / "django_key").stat().st_mode) == 0o600


def test_a_secret_stays_the_same(tmp_path: Path) -> None:
    assert secret(tmp_path, "log_key") == secret(tmp_path, "log_key") == read(tmp_path, "log_key")


def test_no_two_secrets_are_alike(tmp_path: Path) -> None:
    make_all(tmp_path)
    assert len({read(tmp_path, name) for name in NAMES}) == len(NAMES)


def test_only_missing_secrets_are_made(tmp_path: Path) -> None:
    kept = secret(tmp_path, "number_key")
    assert set(make_all(tmp_path)) == set(NAMES) - {"number_key"}
    assert make_all(tmp_path) == []
    assert read(tmp_path, "number_key") == kept


def test_nothing_but_whole_secrets_is_left_in_the_folder(tmp_path: Path) -> None:
    make_all(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        secret(tmp_path, "../django_key")


def test_a_lost_secret_is_noticed_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="number_key is missing") as stop:
        read(tmp_path, "number_key")
    assert stop.value.code == 2
    assert not (tmp_path / "number_key").exists()


def test_fresh_secrets_have_no_weakness(tmp_path: Path) -> None:
    make_all(tmp_path)
    assert weaknesses(tmp_path) == []


def test_every_missing_secret_is_named(tmp_path: Path) -> None:
    make_all(tmp_path)
    (tmp_path / "seal_key").unlink()
    assert weaknesses(tmp_path) == ["seal_key: missing"]


@pytest.mark.parametrize("default", ["", "secret", "changeme" * 3, "a" * 64, "01" * 32])
def test_a_default_is_named(tmp_path: Path, default: str) -> None:
    make_all(tmp_path)
    (tmp_path / "django_key").write_text(default)
    assert weaknesses(tmp_path) == ["django_key: too weak, perhaps a default"]


def test_a_secret_open_to_others_is_named(tmp_path: Path) -> None:
    make_all(tmp_path)
    (tmp_path / "db_app").chmod(0o640)
    assert weaknesses(tmp_path) == ["db_app: open to other users"]
