"""Which processes are ours: a number alone may be somebody else's by now, so its birth is kept with it."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path


def note(folder: Path, name: str, pid: int, **facts: object) -> None:
    """Remember a process that we started."""
    folder.mkdir(exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}"
    draft.write_text(json.dumps({"pid": pid, "born": born(pid), **facts}), "utf-8")
    draft.replace(folder / f"{name}.json")


def find(folder: Path, name: str) -> dict[str, object] | None:
    """The facts of our process of that name while it lives; otherwise nothing."""
    try:
        known: dict[str, object] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return known if known["born"] and known["born"] == born(int(str(known["pid"]))) else None


def forget(folder: Path, name: str) -> None:
    (folder / f"{name}.json").unlink(missing_ok=True)


def born(pid: int) -> str:
    """Boot and tick at which the process began; empty when there is none, or only its remains."""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return "" if state in "ZX" else f"{boot} {rest[18]}"


def end(folder: Path, name: str, *, seconds: float = 25) -> bool:
    """Ask our process to finish, insist after a while; True when there was one."""
    known = find(folder, name)
    if known is None:
        forget(folder, name)
        return False
    pid, until = int(str(known["pid"])), time.monotonic() + seconds
    _send(pid, signal.SIGTERM)
    while find(folder, name) and time.monotonic() < until:
        time.sleep(0.1)
    if find(folder, name):
        _send(pid, signal.SIGKILL)
    forget(folder, name)
    return True


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
