"""Where this city hall lives: the home folder, its state folder and the paths below them."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DATABASE = "city"
OWNER, APP, RENDER = "yakusho_owner", "yakusho_app", "yakusho_render"


@dataclass(frozen=True)
class Place:
    """Folders of one installation. `data` holds `cities/` and the npm lists: the checkout, or the wheel's own data."""

    home: Path
    state: Path
    data: Path
    city: str
    checkout: bool

    @property
    def secrets(self) -> Path:
        return self.state / "secrets"

    @property
    def stamps(self) -> Path:
        return self.state / "stamps"

    @property
    def logs(self) -> Path:
        return self.state / "log"

    @property
    def python(self) -> Path:
        """The interpreter that has the dependencies: the checkout's `.venv`, or the one the wheel is installed in."""
        return self.home / ".venv" / "bin" / "python" if self.checkout else Path(sys.executable)

    def script(self, name: str) -> str:
        """Path of a program that came with a dependency (ruff, lint-imports, gunicorn)."""
        return str(self.python.with_name(name))


def find(environ: Mapping[str, str], *, package: Path = PACKAGE, cwd: Path | None = None) -> Place:
    """The installation this program belongs to: a checkout has `bin/yakusho` beside the package, a wheel has not."""
    checkout = (package.parent / "bin" / "yakusho").is_file()
    if checkout:
        home, data = package.parent, package.parent
    else:
        home = Path(environ.get("YAKUSHO_HOME") or (cwd or Path.cwd()) / "yakusho-city").resolve()
        data = package / "_data"
    state = Path(environ.get("YAKUSHO_STATE") or home / "var").resolve()
    return Place(home=home, state=state, data=data, city=environ.get("YAKUSHO_CITY") or "morioka", checkout=checkout)


def make_state(place: Place) -> None:
    """The state folder can be walked through (the database's user must), but not listed, by others."""
    place.home.mkdir(parents=True, exist_ok=True)
    place.state.mkdir(parents=True, exist_ok=True)
    place.state.chmod(0o711)
    for folder in (place.secrets, place.stamps, place.logs):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)


def environment(place: Place, *, socket: Path, user: str = APP) -> dict[str, str]:
    """The variables every program of the city hall gets, on top of the caller's own."""
    return {
        "DJANGO_SETTINGS_MODULE": "yakusho.web.settings",
        "PYTHONDONTWRITEBYTECODE": "",  # whatever the caller's own says: compiling anew is half a second a process
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONUTF8": "1",
        "YAKUSHO_CITY": place.city,
        "YAKUSHO_DATA": str(place.data),
        "YAKUSHO_DB_HOST": str(socket),
        "YAKUSHO_DB_NAME": DATABASE,
        "YAKUSHO_DB_USER": user,
        "YAKUSHO_HOME": str(place.home),
        "YAKUSHO_SECRETS": str(place.secrets),
        "YAKUSHO_STATE": str(place.state),
    }
