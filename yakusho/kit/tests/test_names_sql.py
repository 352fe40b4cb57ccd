"""The folds in Python and in PostgreSQL come from one table; here they are compared on a real server."""

from collections.abc import Iterator
from unicodedata import category

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import house
from yakusho.kit import names

FOLDS = ("kana_fold", "kana_loose", "kanji_fold", "latin_fold", "address_fold")


@pytest.fixture(scope="module")
def server() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    try:
        connection = house.owner()
    except (OSError, psycopg.OperationalError):
        pytest.skip("no PostgreSQL is running")
    with connection:
        connection.execute(names.sql_fold_functions(schema="pg_temp"))
        yield connection


def _in_sql(server, fold, texts):
    rows = server.execute(
        f"select pg_temp.{fold}(t) from unnest(%s::text[]) with ordinality as u(t, n) order by n", (texts,)
    ).fetchall()
    return [row[0] for row in rows]


def _assigned():
    codes = (*range(0x20, 0x3400), *range(0x4E00, 0xA000), *range(0xF900, 0x10000), *range(0x1F100, 0x1F200), 0x20BB7)
    return [chr(c) for c in codes if category(chr(c)) not in {"Cn", "Cs", "Co"}]


@pytest.mark.parametrize("fold", FOLDS)
def test_every_character_folds_alike(server, fold):
    texts = _assigned()
    ours = [getattr(names, fold)(text) for text in texts]
    theirs = _in_sql(server, fold, texts)
    assert [(t, a, b) for t, a, b in zip(texts, ours, theirs, strict=True) if a != b] == []


@pytest.mark.parametrize("fold", FOLDS)
@given(
    texts=st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cn", "Cs", "Co"], exclude_characters="\0"))
        | st.text(
            alphabet="オオうーウ゛゜\u3099\u309aﾞﾟ´\u0301ゞｵｶﾞかがヶッつ大小字一二三十丁目番地号のノ-－123髙邉\U000e0101 \n"
        ),
        max_size=20,
    )
)
def test_every_text_folds_alike(server, fold, texts):
    assert _in_sql(server, fold, texts) == [getattr(names, fold)(text) for text in texts]
