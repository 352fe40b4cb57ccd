"""The distribution's packages: installed as root, otherwise named in one line for an administrator."""

import importlib.util
import os
import shutil
from collections.abc import Sequence

from yakusho.launch.process import run
from yakusho.launch.say import Stop, line, step

RUN = ("postgresql", "postgresql-15-postgis-3", "fonts-noto-cjk", "fonts-ipamj-mincho")
TEST = ("chromium", "poppler-utils", "qpdf")
# without them tests of clocks and of spreadsheets are skipped, and those of pages take twice the processor's time
WELCOME = ("faketime", "libreoffice-calc-nogui", "chromium-headless-shell")


def wanted(*, dev: bool, checkout: bool = True) -> list[str]:
    """Names of the packages; python3-venv only where Python came without it."""
    venv = checkout and not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"))
    return [*RUN, *(TEST if dev else ()), *(["python3-venv"] if venv else [])]


def missing(names: Sequence[str]) -> list[str]:
    """Those that are not installed, or only half (an interrupted installation)."""
    if not shutil.which("dpkg-query"):
        raise Stop(
            "Debian 12 の環境が必要です。 / This needs Debian 12, or these of its packages: " + " ".join(names) + ".", 2
        )
    listed = run(["dpkg-query", "-W", "-f=${Package} ${Status}\n", *names], check=False, env={"LC_ALL": "C"}).stdout
    states = dict(text.split(" ", 1) for text in listed.splitlines() if " install ok " in text)
    return [name for name in names if states.get(name) != "install ok installed"]


def install_line(names: Sequence[str]) -> str:
    return "apt-get update && apt-get install -y --no-install-recommends " + " ".join(names)


def ensure(*, dev: bool, checkout: bool = True, root: bool | None = None) -> None:
    """Install what is missing. Without root: refuse with the line that an administrator must run."""
    may = os.geteuid() == 0 if root is None else root
    absent = missing(wanted(dev=dev, checkout=checkout))
    if absent and not may:
        raise Stop(
            "パッケージが足りません。管理者が次の一行を実行してください。 / "
            f"Packages are missing; an administrator must run this line:\n{install_line(absent)}",
            2,
        )
    if absent:
        with step(f"パッケージ Debian packages: {' '.join(absent)}"):
            _install(absent)
    if dev and may:
        _welcome(missing(WELCOME))


def _welcome(names: Sequence[str]) -> None:
    """What some tests are better with; a machine that cannot have it goes on without."""
    if not names:
        return
    with step(f"あるとよいパッケージ Debian packages for more tests: {' '.join(names)}"):
        try:
            _install(names)
        except Stop:
            line("  入りませんでした。その試験は飛ばします。 / Not installed; their tests are skipped.")


def _install(names: Sequence[str]) -> None:
    env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    patient = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::http::Timeout=30", "-o", "Acquire::https::Timeout=30"]
    run(["dpkg", "--configure", "-a"], env=env, check=False)  # heals an installation that was cut off
    if run(["apt-get", *patient, "update"], env=env, check=False).returncode:
        line("  apt-get update に失敗、手元の一覧で続けます。 / apt-get update failed; going on with the old lists.")
    run(["apt-get", *patient, "install", "-y", "--no-install-recommends", *names], env=env)
