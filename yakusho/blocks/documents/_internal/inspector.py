"""持ち込まれたPDFの読み取り Reads a file from outside in a process of its own, with little memory and little time.

`python -m yakusho.blocks.documents._internal.inspector` takes the file on standard input and answers with one JSON object.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from yakusho.blocks.documents._internal.readers import Unreadable, read_glyphs, read_pdfium

# Beyond what Python and the readers take before the file comes: a paper of ours needs a tenth of it.
MEMORY, SECONDS, PATIENCE = 256 * 2**20, 2, 10.0
HOUSE = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Inspected:
    """読み取り結果 Text of the pages as far as they could be read, and the QR codes on the first."""

    pages: list[str]
    codes: list[str]


def inspect(pdf: bytes) -> Inspected:
    """読み取り What could be read within the limits; nothing of it otherwise."""
    command = [sys.executable, "-m", "yakusho.blocks.documents._internal.inspector"]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=PATIENCE, cwd=HOUSE)
        return Inspected(**json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError, TypeError):
        return Inspected([], [])


def read(pdf: bytes) -> Inspected:
    """読み取り By glyph streams if it is one of ours, else by PDFium."""
    try:
        codes = read_pdfium(pdf)
    except Unreadable:
        return Inspected([], [])
    try:
        return Inspected(read_glyphs(pdf).pages, codes.codes)
    except Unreadable:
        return Inspected(codes.pages, codes.codes)


def confine() -> None:
    """制限 From here on this process gets 256 MB and two seconds more, and writes no file."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    memory = pages * resource.getpagesize() + MEMORY
    seconds = int(time.process_time()) + SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Limits first, then the file."""
    confine()
    sys.stdout.write(json.dumps(asdict(read(sys.stdin.buffer.read()))))


if __name__ == "__main__":
    main()
