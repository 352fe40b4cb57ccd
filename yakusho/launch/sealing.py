"""Boxes and locks: made by a child that has a cipher, ordered through its standard input so that no key is seen in a list."""

import hashlib
import hmac
import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import Any

from yakusho.launch.place import PACKAGE, Place
from yakusho.launch.say import Stop

VARIABLE = "YAKUSHO_BACKUP_PASSPHRASE"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 that are told apart on paper: five bits each
PROBLEMS = {
    "passphrase": (
        "合言葉が違うか、錠のファイルが壊れています。",
        "The passphrase is wrong, or the lock is damaged.",
        2,
    ),
    "weak": ("合言葉は16文字以上にしてください。", "A passphrase has 16 characters or more.", 2),
    "damaged": ("控えの箱が壊れているか、差し替えられています", "A box is damaged, or is not the one that was made", 1),
    "full": ("ディスクがいっぱいです。何も残していません", "The disk is full; nothing is left behind", 1),
    "file": ("ファイルを読み書きできません", "A file cannot be read or written", 1),
}


@dataclass(frozen=True)
class Key:
    """The key of a house's boxes, and the mark that tells which one it is."""

    secret: str
    mark: str

    def tag(self, text: str) -> str:
        """What proves that this text was written by a holder of the key."""
        return hmac.new(bytes.fromhex(self.secret), b"yakusho manifest " + text.encode(), hashlib.sha256).hexdigest()


def order(place: Place, do: str, **what: Any) -> dict[str, Any]:
    """Have a box or lock made or opened; what cannot be done is a sentence."""
    done = subprocess.run(
        [str(place.python), "-m", "yakusho.kit.boxes"],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONUTF8": "1"},
        input=json.dumps({"do": do, **what}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise Stop(f"封緘に失敗しました。 / Sealing failed:\n{done.stderr[-1500:]}") from None
    if "problem" in told:
        raise problem(told["problem"], str(what.get("box") or told["about"]))
    return told


def problem(kind: str, about: str) -> Stop:
    """The sentence of a problem."""
    japanese, english, code = PROBLEMS[kind]
    where = "" if kind in {"passphrase", "weak"} else f": {about}"
    return Stop(f"{japanese}{where} / {english}{where}", code)


def make_lock(place: Place, passphrase: str) -> tuple[Key, str]:
    """A new key, and its lock."""
    told = order(place, "make_lock", passphrase=passphrase)
    return Key(told["key"], told["mark"]), told["lock"]


def unlock(place: Place, lock: str, passphrase: str) -> Key:
    """The key behind a lock."""
    told = order(place, "unlock", lock=lock, passphrase=passphrase)
    return Key(told["key"], told["mark"])


def asked(file: Path | None, *, may_make: bool) -> str:
    """The passphrase: of the file, else of the environment, else typed. A file that is not there yet gets a new one."""
    if file and not file.exists() and may_make:
        return _new(file)
    if file:
        try:
            return file.read_text("utf-8").strip()
        except OSError as error:
            raise Stop(f"合言葉のファイルを読めません。 / The passphrase cannot be read: {error}", 2) from None
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not sys.stdin.isatty():
        raise Stop(
            f"合言葉がありません。--passphrase FILE か {VARIABLE} で渡してください。 / "
            f"No passphrase: give --passphrase FILE (made when it is not there) or {VARIABLE}.",
            2,
        )
    word = getpass("合言葉 / passphrase: ")
    if may_make and getpass("もう一度 / once more: ") != word:
        raise Stop("合言葉が一致しません。 / The two are not the same.", 2)
    return word


def _new(file: Path) -> str:
    groups = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(8)]
    word = "-".join(groups)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Stop(f"合言葉のファイルを作れません。 / The passphrase cannot be written: {error}", 2) from None
    with os.fdopen(handle, "w") as target:
        target.write(word + "\n")
        target.flush()
        os.fsync(target.fileno())
    return word
