"""版 Two nodes with different programs make no papers beside each other: the city declares one, and the others stop.

Source: in 2023 a terminal that had missed a correction gave out the certificate of the person before.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from yakusho.kit.build import fingerprint

PACKAGE = Path(__file__).resolve().parents[2]
MAKERS = ("Django", "pikepdf", "pydantic", "pyhanko", "pypdfium2", "typst")  # what else decides what comes out


@cache
def own() -> str:
    """この処理の版 Of the program that runs here. Asked when a server starts: files that change later need a new start."""
    parts = [settings.BUILD or fingerprint(PACKAGE, Path(settings.CITY_DIR))]
    parts += [f"{maker} {version(maker)}" for maker in MAKERS]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
