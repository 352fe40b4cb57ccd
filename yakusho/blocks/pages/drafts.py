"""下書き Answers of a journey of several pages, in the session under the key of the form: back, refresh and two tabs work."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

DRAFTS, SENT = "pages.drafts", "pages.sent"
MOST = 10


def save(request: HttpRequest, key: str, answers: dict[str, list[str]]) -> None:
    """Keep the answers of one journey; the oldest of many is dropped."""
    _remember(request, DRAFTS, key, urlencode(answers, doseq=True))


def load(request: HttpRequest, key: str) -> QueryDict | None:
    """The answers so far, or None when there are none under this key."""
    kept = request.session.get(DRAFTS, {}).get(key)
    return None if kept is None else QueryDict(kept)


def finish(request: HttpRequest, key: str, address: str) -> None:
    """Drop the answers and remember where the journey ended, so that a second submit lands there too."""
    drafts = dict(request.session.get(DRAFTS, {}))
    drafts.pop(key, None)
    request.session[DRAFTS] = drafts
    _remember(request, SENT, key, address)


def sent(request: HttpRequest, key: str) -> str:
    """Where this journey ended, or ""."""
    return str(request.session.get(SENT, {}).get(key, ""))


def _remember(request: HttpRequest, shelf: str, key: str, value: str) -> None:
    kept = {name: text for name, text in request.session.get(shelf, {}).items() if name != key}
    kept[key] = value
    request.session[shelf] = dict(list(kept.items())[-MOST:])
