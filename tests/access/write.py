"""Writes `docs/reference/access.md`: `python -m tests.access.write`, with the settings of `bin/yakusho env`."""

from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    table = import_module("tests.access.table")
    table.PATH.parent.mkdir(exist_ok=True)
    table.PATH.write_text(table.text(), "utf-8")
