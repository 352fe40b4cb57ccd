"""氏名と文字 Names: characters that may be stored, kana, and the folds by which they are found."""

from yakusho.kit.names.characters import (
    LoneSelector,
    RadicalTyped,
    UnusableCharacter,
    clusters,
    compose,
    free_text,
    name_text,
    strip_selectors,
    unify,
)
from yakusho.kit.names.folds import (
    address_fold,
    kana_fold,
    kana_loose,
    kanji_fold,
    latin_fold,
    plain,
    sql_fold_functions,
)
from yakusho.kit.names.kana import (
    FuriganaMissing,
    NotFurigana,
    full_width,
    furigana,
    hiragana,
    join_marks,
    katakana,
)

__all__ = [
    "FuriganaMissing",
    "LoneSelector",
    "NotFurigana",
    "RadicalTyped",
    "UnusableCharacter",
    "address_fold",
    "clusters",
    "compose",
    "free_text",
    "full_width",
    "furigana",
    "hiragana",
    "join_marks",
    "kana_fold",
    "kana_loose",
    "kanji_fold",
    "katakana",
    "latin_fold",
    "name_text",
    "plain",
    "sql_fold_functions",
    "strip_selectors",
    "unify",
]
