"""比較 How two files differ, page by page, without saying what stands on them."""

from yakusho.blocks.documents._internal.readers import Unreadable, read_glyphs


def differing_pages(one: bytes, other: bytes) -> list[str]:
    """違い "bytes equal", or which pages have another text, or that only the form differs."""
    if one == other:
        return ["bytes equal"]
    try:
        first, second = read_glyphs(one).pages, read_glyphs(other).pages
    except Unreadable:
        return ["one of the files cannot be read"]
    return differences(first, second) or ["same text, other bytes"]


def differences(one: list[str], other: list[str]) -> list[str]:
    """違い Pages that read differently, and how many there are."""
    pages = [f"page {number}" for number in different_pages(one, other)]
    return pages + ([f"{len(one)} pages, not {len(other)}"] if len(one) != len(other) else [])


def different_pages(one: list[str], other: list[str]) -> list[int]:
    """違うページ Numbers of the pages that both have and that read differently."""
    return [number for number, (a, b) in enumerate(zip(one, other, strict=False), 1) if a.split() != b.split()]
