"""ことば The languages of the pages: 日本語, English, やさしい日本語.

やさしい日本語 is its own catalogue (locale `ja_Easy`) and, for browsers and screen readers, Japanese.
"""

from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_request

from yakusho.kit.refusal import Refusal

EASY = "ja-easy"


@dataclass(frozen=True)
class Language:
    """ことば A language of the pages: our code, the BCP 47 tag, its own name, the word in the address."""

    code: str
    tag: str
    name: str
    word: str


LANGUAGES = (
    Language("ja", "ja", "日本語", "ja"),
    Language("en", "en", "English", "en"),
    Language(EASY, "ja", "やさしい日本語", "easy"),
)
_BY_WORD = {language.word: language for language in LANGUAGES}
_BY_CODE = {language.code: language for language in LANGUAGES}


def register_easy() -> None:
    """Tell Django about やさしい日本語, which has no code of its own in its list."""
    LANG_INFO.setdefault(EASY, {"bidi": False, "code": EASY, "name": "Plain Japanese", "name_local": "やさしい日本語"})


def current() -> Language:
    """いまのことば The language in force; Japanese when none is."""
    return _BY_CODE.get(get_language() or "ja", LANGUAGES[0])


def asked(request: HttpRequest) -> Language:
    """求められたことば By `?lang=`, then by cookie, then by the browser, then Japanese."""
    for word in (request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if word in _BY_WORD:
            return _BY_WORD[word]
    return _BY_CODE.get(get_language_from_request(request), LANGUAGES[0])


def sentence(refusal: Refusal) -> str:
    """拒否の文 The refusal in the language of the page."""
    return {"en": refusal.en, "easy": refusal.easy}.get(current().word, refusal.ja)
