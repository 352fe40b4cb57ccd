"""Orders of the launcher, which has no cipher in its standard library: one JSON object in, one out; keys are in no argument list."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yakusho.kit.boxes import lock, parcels
from yakusho.kit.boxes.box import Broken, key_mark

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def make_lock(order: dict[str, Any]) -> dict[str, Any]:
    """A new key under a passphrase."""
    key, text = lock.made(order["passphrase"])
    return {"key": key.hex(), "mark": key_mark(key), "lock": text}


def unlock(order: dict[str, Any]) -> dict[str, Any]:
    """The key that a passphrase unlocks."""
    key = lock.unlocked(order["lock"], order["passphrase"])
    return {"key": key.hex(), "mark": key_mark(key)}


def pack(order: dict[str, Any]) -> dict[str, Any]:
    """A folder into a box."""
    key = bytes.fromhex(order["key"])
    return {**parcels.pack(Path(order["folder"]), Path(order["box"]), key=key, name=order["name"])}


def unpack(order: dict[str, Any]) -> dict[str, Any]:
    """A box into a folder."""
    key = bytes.fromhex(order["key"])
    return {"files": parcels.unpack(Path(order["box"]), Path(order["folder"]), key=key, name=order["name"])}


def seal(order: dict[str, Any]) -> dict[str, Any]:
    """Files into boxes, one each."""
    for source, box, name in order["files"]:
        parcels.seal(Path(source), Path(box), key=bytes.fromhex(order["key"]), name=name)
    return {}


def unseal(order: dict[str, Any]) -> dict[str, Any]:
    """Files out of their boxes."""
    for box, target, name in order["files"]:
        parcels.unseal(Path(box), Path(target), key=bytes.fromhex(order["key"]), name=name)
    return {}


ORDERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "make_lock": make_lock,
    "unlock": unlock,
    "pack": pack,
    "unpack": unpack,
    "seal": seal,
    "unseal": unseal,
}


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """What came of an order, or the kind of its problem."""
    try:
        return ORDERS[order["do"]](order)
    except lock.Wrong as error:
        return {"problem": "passphrase", "about": str(error)}
    except Broken as error:
        return {"problem": "damaged", "about": str(error)}
    except ValueError as error:
        return {"problem": "weak", "about": str(error)}
    except OSError as error:
        return {"problem": "full" if error.errno in FULL else "file", "about": f"{error.strerror}: {error.filename}"}


def main() -> int:
    """One order from the standard input."""
    os.umask(0o077)
    told = answer(json.load(sys.stdin))
    sys.stdout.write(json.dumps(told))
    return int("problem" in told)


if __name__ == "__main__":
    sys.exit(main())
