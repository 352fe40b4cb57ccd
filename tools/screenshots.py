"""Pictures of the running city for the README: `python tools/screenshots.py` (needs the test parts)."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page  # noqa: E402 - the path above comes first

from tests import house  # noqa: E402
from tests.browser import running  # noqa: E402

IMAGES = ROOT / "docs" / "images"


def opened(browser: Browser, site: str, button: str, *, width: int, height: int) -> Page:
    """A page of somebody who signed in by the sample button of this name."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP").new_page()
    page.goto(f"{site}/identity/")
    page.get_by_role("button", name=button).click()
    return page


def desk(browser: Browser, site: str) -> None:
    """The clerk's search and a household."""
    page = opened(browser, site, "見本：窓口の職員", width=1280, height=860)
    page.goto(f"{site}/resident_records/desk/search?text=さとう")
    page.screenshot(path=IMAGES / "desk-search.png")
    page.locator("tbody a").first.click()
    page.screenshot(path=IMAGES / "desk-household.png")


def phone(browser: Browser, site: str) -> None:
    """A resident asks for a copy and receives it; its first page as the printer shows it."""
    page = opened(browser, site, "見本：住民", width=390, height=844)
    page.goto(f"{site}/certificates/")
    page.locator("ul.linklist a").first.click()
    for label in ("住民票の写し", "世帯全員の分", "世帯主と続柄を載せる"):
        page.get_by_label(label, exact=True).check()
    page.screenshot(path=IMAGES / "certificate-order.png", full_page=True)
    page.locator("main button").last.click()
    page.get_by_role("button", name="カードで確認する").click()
    page.locator("input[name=pin]").fill("1234")
    page.get_by_role("button", name="カードをかざす").click()
    page.locator("main button").last.click()
    address = page.get_by_role("link", name="PDF").first.get_attribute("href") or ""
    pdf = page.request.get(address if address.startswith("http") else site + address).body()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(pdf)
        target = str(IMAGES / "certificate-paper")
        subprocess.run(
            ["pdftoppm", "-r", "60", "-png", "-f", "1", "-singlefile", f"{folder}/paper.pdf", target], check=True
        )


def main() -> None:
    """Serve a city of 400 and take the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    name = house.served("screenshots")
    with house.open_city(name) as site, running.browser() as browser:
        desk(browser, site)
        phone(browser, site)
    house.drop(name)


if __name__ == "__main__":
    main()
