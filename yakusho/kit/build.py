"""版 Which program this is: a fingerprint of its own files, the same wherever the same program stands."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

CODE = frozenset({".py", ".html", ".typ", ".yaml", ".toml", ".po"})  # what decides what the program does and says
LEFT_OUT = frozenset({"tests", "__pycache__", "_data"})  # an installed package has no tests, and its cities in `_data`


def fingerprint(*roots: Path) -> str:
    """Of names and contents of the code below these folders: 64 hexadecimal digits."""
    total = hashlib.sha256()
    for number, root in enumerate(roots):
        for path in sorted(files(root)):
            total.update(f"{number}/{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def files(root: Path) -> Iterator[Path]:
    """The files of the code below a folder."""
    for path in root.rglob("*"):
        if path.suffix in CODE and not LEFT_OUT.intersection(path.relative_to(root).parts) and path.is_file():
            yield path
