"""Writes `docs/reference/asvs.md`: `python -m tests.asvs.write`."""

from tests.asvs import page

if __name__ == "__main__":
    page.items.cache_clear()
    page.PATH.write_text(page.text(), "utf-8")
