"""What is in the house: every folder with an ``apps.py`` below blocks, registers and systems is an app."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
BLOCKS = ("audit", "history", "doors", "identity", "pages", "messages", "alarms", "documents", "exchange")


def _apps(pattern: str) -> list[str]:
    return sorted(".".join(path.parent.relative_to(HOUSE.parent).parts) for path in HOUSE.glob(pattern))


def _floor(app: str) -> int:
    name = app.rpartition(".")[2]
    return BLOCKS.index(name) if name in BLOCKS else len(BLOCKS)


def installed_apps() -> list[str]:
    """Django apps in the order of the floors: blocks, registers, systems, web.

    Blocks stand in their agreed order (a block may use only those before it); one that is not in the list comes last.
    """
    floors = ("registers/*/apps.py", "systems/*/*/apps.py", "web/*/apps.py")
    above = [app for pattern in floors for app in _apps(pattern)]
    return [*sorted(_apps("blocks/*/apps.py"), key=_floor), *above, "yakusho.web"]


def url_modules() -> list[tuple[str, str]]:
    """(prefix, module) of every block, register and system that has pages; the prefix is the app's own folder name."""
    rooms = [app for app in installed_apps() if not app.startswith("yakusho.web")]
    paged = [app for app in rooms if (HOUSE.parent / app.replace(".", "/") / "urls.py").exists()]
    return [(app.rpartition(".")[2], f"{app}.urls") for app in paged]


def public_modules() -> list[str]:
    """Addresses that an app mounts at the root of the house (what stands in a QR code must be short)."""
    apps = [app for app in installed_apps() if not app.startswith("yakusho.web")]
    return [f"{app}.public_urls" for app in apps if (HOUSE.parent / app.replace(".", "/") / "public_urls.py").exists()]
