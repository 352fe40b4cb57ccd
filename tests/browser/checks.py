"""What every page must keep, measured in the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What passed is not described: a third of the time.
FOUND = "async (runOnly) => (await axe.run(document, {runOnly, resultTypes: ['violations']})).violations"
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const b = e.getBoundingClientRect();
  const s = getComputedStyle(e);
  const x = Math.min(Math.max(b.x + Math.min(b.width, innerWidth) / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(b.y + b.height / 2, 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  const near = top && (e.contains(top) || top.contains(e) || (e.labels && [...e.labels].some((l) => l.contains(top))));
  return {what: e.outerHTML.slice(0, 120), visible: Boolean(near), outlined: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2};
}"""
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((e) => e.checkVisibility() && !e.closest('p, .hidden, label, .skip') && !e.matches('.skip'))
  .map((e) => {
    const b = e.getBoundingClientRect();
    const a = getComputedStyle(e, '::after');
    const height = Math.max(b.height, a.content !== 'none' && a.position === 'absolute' ? parseFloat(a.height) : 0);
    return {what: e.outerHTML.slice(0, 100), width: b.width, height};
  }).filter((e) => e.width < 23.5 || e.height < 23.5)"""


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def axe(page: Page, *, best_practice: bool = True) -> None:
    """Nothing is found by axe, in the state that the page is in now."""
    tags = TAGS + (["best-practice"] if best_practice else [])
    page.evaluate(_axe())
    found = page.evaluate(FOUND, tags)
    wrong = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    assert wrong == [], f"{page.url}\n" + "\n".join(wrong)


def no_sideways_scroll(page: Page) -> None:
    """The page is not wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide at {page.viewport_size}"


def with_wide_spacing(page: Page) -> None:
    """Give the page the text spacing of WCAG 1.4.12."""
    page.evaluate(SPACING)


def no_small_targets(page: Page) -> None:
    """Everything that can be pressed, outside of running text, is 24 px or more (WCAG 2.5.8)."""
    small = page.evaluate(SMALL)
    assert small == [], f"{page.url}: {small}"


def keyboard(page: Page, stops: int = 60) -> list[str]:
    """Walk with Tab: each stop has an outline and is not covered; returns the stops."""
    seen: list[str] = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus: dict[str, Any] | None = page.evaluate(FOCUS)
        if focus is None:
            break
        assert focus["outlined"], f"{page.url}: no outline on {focus['what']}"
        assert focus["visible"], f"{page.url}: covered: {focus['what']}"
        seen.append(focus["what"])
    return seen


def focused(page: Page, what: str) -> None:
    """The focus comes to rest on what has this id (or this tag)."""
    page.wait_for_function(
        "what => what === (document.activeElement.id || document.activeElement.tagName.toLowerCase())", arg=what
    )
