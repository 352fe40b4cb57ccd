"""誤りの文 A sentence for each way in which a value does not fit its model."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from yakusho.blocks.pages.language import sentence
from yakusho.kit.refusal import Refusal

Place = tuple[str | int, ...]


def wrongs(error: ValidationError) -> Iterator[tuple[Place, str, dict[str, Any]]]:
    """Each wrong of a validation: where, the sentence with `%(label)s` open, and the figures of the limit."""
    for one in error.errors(include_url=False):
        context = dict(one.get("ctx") or {})
        refusal = context.get("error")
        if isinstance(refusal, Refusal):
            place = (*one["loc"], *filter(None, refusal.about.split(".")))
            yield place, sentence(refusal).replace("%", "%%"), {}
        else:
            yield one["loc"], open_sentence(one["type"]), context


def open_sentence(kind: str) -> str:
    """The sentence of one of pydantic's kinds of wrong, with the label and the limit open."""
    known = {
        "missing": _("%(label)sを入力してください"),
        "string_too_long": _("%(label)sは、%(max_length)s文字以内で入力してください"),
        "string_too_short": _("%(label)sは、%(min_length)s文字以上で入力してください"),
        "string_pattern_mismatch": _("%(label)sの書き方を確かめてください"),
        "greater_than_equal": _("%(label)sは、%(ge)s以上にしてください"),
        "greater_than": _("%(label)sは、%(gt)sより大きくしてください"),
        "less_than_equal": _("%(label)sは、%(le)s以下にしてください"),
        "less_than": _("%(label)sは、%(lt)sより小さくしてください"),
        "too_short": _("%(label)sを、%(min_length)sつ以上入れてください"),
        "too_long": _("%(label)sは、%(max_length)sつまでにしてください"),
        "enum": _("%(label)sを、選択肢から選んでください"),
    }
    return known.get(kind, _("%(label)sを確かめてください"))
