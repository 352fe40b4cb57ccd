"""畳み込み Folds for searching names and addresses: many spellings, one key.

The tables are in `kit/data/folds.yaml`; Python and PostgreSQL run the same steps from there. A fold
finds records. It is never shown, printed or compared to identify a person: 斎 and 斉 are different characters.
"""

from importlib.resources import files
from typing import Any

import yaml

from yakusho.kit.names.characters import strip_selectors, unify
from yakusho.kit.names.steps import Step, Translate, read_steps


def _load() -> dict[str, tuple[Step, ...]]:
    text = (files("yakusho.kit") / "data" / "folds.yaml").read_text(encoding="utf-8")
    tables: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return {name: read_steps(steps) for name, steps in tables.items()}


_FOLDS = _load()
_FOLDS["kana_loose"] = _FOLDS["kana_fold"] + _FOLDS["kana_loose"]
_VARIANTS = {
    ord(variant): head
    for step in _FOLDS["kanji_fold"]
    if isinstance(step, Translate)
    for variant, head in step.table.items()
    if head is not None
}


def kana_fold(text: str) -> str:
    """かな検索キー Full-width katakana without small kana, ヂヅヰヱヲ, long marks, dots and spaces (しまづ -> シマズ)."""
    return _run("kana_fold", text)


def kana_loose(text: str) -> str:
    """長音を除いたかな検索キー kana_fold that also drops long ウ and オ (オオノ, オーノ, オノ); a second try only."""
    return _run("kana_loose", text)


def kanji_fold(text: str) -> str:
    """漢字検索キー Variants of a character as one (渡邉 -> 渡辺), without selectors and spaces."""
    return _run("kanji_fold", text)


def latin_fold(text: str) -> str:
    """ローマ字検索キー Capital letters without accents, spaces, hyphens and apostrophes (O'Brien -> OBRIEN)."""
    return _run("latin_fold", text)


def address_fold(text: str) -> str:
    """住所検索キー 大通３丁目５番１２号 and 大通三－５－１２ as 大通3-5-12; a prefix of it is a prefix of the address."""
    return _run("address_fold", text)


def plain(text: str) -> str:
    """縮退 A name in the common characters for systems without the rare ones: 髙 as 高, no selectors.

    Kana, width and spaces stay. Uses the table of kanji_fold, not the JIS tables of 行政事務標準文字.
    """
    return unify(strip_selectors(text)).translate(_VARIANTS)


def sql_fold_functions(*, schema: str = "") -> str:
    """畳み込みのSQL関数 `create or replace function` statements of all folds, for a migration.

    Each is `name(t text) returns text`, immutable, strict, parallel safe: fit for generated columns and
    indexes. Needs a UTF-8 database of PostgreSQL 14 or later. The schema is put before the names as it is.
    """
    return "\n".join(_function(name, f"{schema}." if schema else "") for name in _FOLDS)


def _run(name: str, text: str) -> str:
    for step in _FOLDS[name]:
        text = step.apply(text)
    return text


def _function(name: str, schema: str) -> str:
    expression = "t"
    for step in _FOLDS[name]:
        expression = step.sql(expression)
    return (
        f"create or replace function {schema}{name}(t text) returns text\n"
        f"  language sql immutable strict parallel safe return\n  {expression};"
    )
