"""時計 The one place of the pages that reads the clock; `settings.CLOCK` may name another (tests)."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.utils.module_loading import import_string


def read() -> datetime:
    """いま An aware instant."""
    named: str | Callable[[], datetime] = getattr(settings, "CLOCK", "")
    if not named:
        return datetime.now(UTC)
    return (import_string(named) if isinstance(named, str) else named)()
