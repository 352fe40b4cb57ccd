"""`test`: style, types, import contracts, then pytest, whose closing line is the last one printed."""

import os
import secrets
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from yakusho.launch.place import Place
from yakusho.launch.say import line

SLOW = "not slow and not browser and not faults and not mutants"


@dataclass(frozen=True)
class Choice:
    """Which tests: everything, or what the words, folders and `--fast` pick."""

    fast: bool = False
    words: str = ""
    paths: Sequence[str] = field(default_factory=tuple)

    @property
    def whole(self) -> bool:
        """A picked test is run alone, without the checks of the whole house."""
        return not self.words and not self.paths


def checks(place: Place) -> dict[str, list[str]]:
    return {
        "書式 ruff check": [place.script("ruff"), "check", "--quiet", "."],
        "体裁 ruff format": [place.script("ruff"), "format", "--check", "--quiet", "."],
        "型 mypy": [place.script("mypy")],
        "階層 import contracts": [place.script("lint-imports"), "--no-logo"],
    }


def pytest(place: Place, choice: Choice) -> list[str]:
    """All tests in four processes (while two wait for a disk or a page, two work), the long files of `tests/` first;
    picked ones in one, so that their words are seen at once."""
    command = [str(place.python), "-m", "pytest", "--durations=10"]
    command += ["-k", choice.words] if choice.words else ["-n", "4", "--dist", "loadfile", "--no-loadscope-reorder"]
    command += ["-m", SLOW] if choice.fast else []
    return [*command, *choice.paths]


def run(place: Place, choice: Choice, env: dict[str, str], *, call: Callable[..., int] = subprocess.call) -> int:
    """Every step, also after a failed one; pytest's code (5, no test found, fails too), or 1 when a check failed."""
    chance = os.environ.get("YAKUSHO_CHANCE") or str(
        secrets.randbelow(2**31)
    )  # which half of some tests: all in a proof
    settings = {**os.environ, **env, "DJANGO_ALLOW_ASYNC_UNSAFE": "1", "YAKUSHO_CHANCE": chance}

    def check(title: str, command: list[str]) -> str:
        begun = time.monotonic()
        code = call(command, env=settings, cwd=place.home, stdin=subprocess.DEVNULL)
        line(f"{'✗' if code else '✓'} {title}: {time.monotonic() - begun:.1f} s")
        return title if code else ""

    line(f"・YAKUSHO_CHANCE={chance}")
    todo = checks(place) if choice.whole else {}
    with ThreadPoolExecutor(max_workers=len(todo) or 1) as workers:  # the type checker takes as long as the others
        failed = [title for title in workers.map(check, todo, todo.values()) if title]
    line("・pytest …")
    if failed:
        line(f"✗ 失敗した検査 / checks that failed: {', '.join(failed)}")
    code = call(pytest(place, choice), env=settings, cwd=place.home, stdin=subprocess.DEVNULL)
    return code or int(bool(failed))
