"""記録の行 One JSON object a line, in UTC: where something went wrong, never with whose data.

Messages of errors repeat what was typed (`Key (name)=(…) already exists`), and addresses of pages hold invitations, so an error
is told by its kind and places, a page by its route. With YAKUSHO_LOG_VALUES=1 a sample city tells everything.
"""

from __future__ import annotations

import json
import logging
import os
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.conf import settings

FRAMES = 12


class Line(logging.Formatter):
    """行 A record as one line that no text inside it can break."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name, "node": settings.NODE}
        told["message"] = _message(record)
        told |= _error(record.exc_info[1], record.exc_info[2]) if record.exc_info and record.exc_info[1] else {}
        return json.dumps(told, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    path, route = getattr(request, "path", ""), route_of(request)
    if not path or not isinstance(record.args, tuple) or is_open():
        return record.getMessage()
    hidden = tuple(route if isinstance(one, str) and path in one else one for one in record.args)
    return record.msg % hidden if hidden else str(record.msg)


def route_of(request: object) -> str:
    """経路 The pattern of an address, without what stands in its places; "?" for an address that we do not know."""
    return getattr(getattr(request, "resolver_match", None), "route", "?")


def is_open() -> bool:
    """Whether the data of this city are invented and may be told."""
    return settings.SAMPLE_CITY and os.environ.get("YAKUSHO_LOG_VALUES") == "1"


def _error(error: BaseException, trace: TracebackType | None) -> dict[str, Any]:
    cause = error.__cause__
    frames = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)[-FRAMES:]]
    told: dict[str, Any] = {"error": type(error).__qualname__, "frames": frames}
    told |= {"said": str(error)} if is_open() else {}
    told |= {"sqlstate": state} if (state := getattr(cause or error, "sqlstate", None)) else {}
    diagnosis = getattr(cause or error, "diag", None)
    named = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "table_name", None)
    return told | ({"about": named} if named else {}) | ({"cause": type(cause).__qualname__} if cause else {})
