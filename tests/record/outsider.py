"""An outsider: has the public key and one checkpoint kept from before, runs `tools/verify_log.py` and nothing of ours."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests import house
from yakusho.blocks.audit import log
from yakusho.blocks.audit.export import NothingSigned, export

TOOL = house.ROOT / "tools" / "verify_log.py"


@dataclass(frozen=True)
class Outsider:
    """What was written down while all was well."""

    folder: Path
    key: str
    checkpoint: str

    def looks(self) -> str:
        """Ask for the record and verify it: what is wrong, in the verifier's words; "" when all is well."""
        given = self.folder / "given"
        try:
            head = export(given)
        except (log.LogDiverged, NothingSigned) as refusal:
            return f"the record was not given out: {refusal}"
        (self.folder / "key").write_text(self.key, "utf-8")
        (self.folder / "older").write_text(self.checkpoint, "utf-8")
        words = ["--key", str(self.folder / "key"), "--older", str(self.folder / "older")]
        command = [sys.executable, "-I", str(TOOL), str(given), *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", env={"PYTHONIOENCODING": "utf-8"})
        if done.returncode:
            return done.stdout + done.stderr
        return "" if head.size > self.size else f"it stands still at {head.size}, although the house is open"

    @property
    def size(self) -> int:
        """How long the record was."""
        return int(self.checkpoint.splitlines()[1])


def remember(folder: Path) -> Outsider:
    """Keep key and checkpoint of now."""
    folder.mkdir(exist_ok=True)
    return Outsider(folder, log.public_key(), log.published_note())
