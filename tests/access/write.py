"""Writes `docs/reference/access.md`: `python -m tests.access.write`, with the settings of `bin/yakusho env`."""

import django

django.setup()

from tests.access import table

if __name__ == "__main__":
    table.PATH.parent.mkdir(exist_ok=True)
    table.PATH.write_text(table.text(), "utf-8")
