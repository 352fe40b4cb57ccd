"""What is in the house: every folder with an ``apps.py`` below blocks, registers and systems is an app."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
BLOCKS = ("audit", "history", "doors", "identity", "pages", "messages", "documents", "exchange")


def _apps(pattern: str) -> list[str]:
    return sorted(".".join(path.parent.relative_to(HOUSE.parent).parts) for path in HOUSE.glob(pattern))


def installed_apps() -> list[str]:
    """Django apps in the order of the floors: blocks, registers, systems, web.

    Blocks stand in their agreed order (a block may use only those before it); a block that is not in the list comes last.
    """
    blocks = _apps("blocks/*/apps.py")
    blocks.sort(key=lambda app: (BLOCKS.index(name) if (name := app.rpartition(".")[2]) in BLOCKS else len(BLOCKS), app))
    return blocks + _apps("registers/*/apps.py") + _apps("systems/*/*/apps.py") + _apps("web/*/apps.py") + ["yakusho.web"]


def url_modules() -> list[tuple[str, str]]:
    """(prefix, module) of every app that has pages; the prefix is the app's own folder name."""
    apps = [app for app in installed_apps() if not app.startswith("yakusho.web") and (HOUSE.parent / app.replace(".", "/") / "urls.py").exists()]
    return [(app.rpartition(".")[2], f"{app}.urls") for app in apps]
