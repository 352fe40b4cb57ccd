"""Running other programs: quietly, with their words shown only when they fail."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yakusho.launch.say import Stop


@dataclass(frozen=True)
class Account:
    """The operating-system user a program runs as; none of both means ourselves."""

    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    @property
    def number(self) -> int:
        return os.geteuid() if self.uid is None else self.uid


OURSELVES = Account()


def run(
    command: Sequence[object],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: Account = OURSELVES,
    text: str | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run to the end; `env` is added to ours. A failure stops the launcher with the program's last lines."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        **account.options(),
    )
    if check and done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Stop(f"{Path(str(command[0])).name} で失敗しました。 / {' '.join(map(str, command[:4]))} failed:\n{tail}")
    return done


def show(command: Sequence[object], *, env: Mapping[str, str], cwd: Path) -> None:
    """Run to the end with its words going straight to the person."""
    words = [str(word) for word in command]
    done = subprocess.run(words, env={**os.environ, **env}, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if done.returncode:
        raise Stop(f"失敗しました。 / Failed: {' '.join(words[1:6])}")
