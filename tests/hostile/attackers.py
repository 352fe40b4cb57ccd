"""Who attacks: the sample people of a small city, in process; whatever a request does is undone after it."""

from __future__ import annotations

import base64
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from weakref import WeakSet

from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, connection, connections, transaction
from django.test import Client

from tests import house
from yakusho.blocks.doors import Actor, Grant, registry
from yakusho.blocks.identity.samples import sign_ins

PEOPLE = ("", "resident1", "clerk1", "manager1", "auditor1", "admin1")
SEED = int(os.environ.get("YAKUSHO_SEED", "20261123"))


OPEN: WeakSet[Client] = WeakSet()


class Visitor(Client):
    """A browser at which one person is signed in; it sends the CSRF token only where it is told to."""

    def __init__(self, login: str = "", lang: str = "ja") -> None:
        super().__init__(enforce_csrf_checks=True, raise_request_exception=False)
        self.login_name = login
        self.cookies["lang"] = lang
        OPEN.add(self)
        if login:
            self.get("/identity/")
            done = self.post(f"/identity/sample/sign-in/{login}", {"csrfmiddlewaretoken": self.token})
            assert done.status_code == 302, f"{login} cannot sign in: {done.status_code}"

    @property
    def token(self) -> str:
        """The CSRF token that our own pages send."""
        if "csrftoken" not in self.cookies:
            self.get("/identity/")
        return str(self.cookies["csrftoken"].value)

    def send(self, address: str, data: dict[str, Any], **more: Any) -> Any:
        """POST as our own form does."""
        return self.post(address, {"csrfmiddlewaretoken": self.token, **data}, **more)

    def api(self, door: Any, body: Any, **headers: str) -> Any:
        """Knock at a door of the API as our own page does."""
        kind = "actions" if door.kind == "action" else "queries"
        more = {"X-CSRFToken": self.token, **({"Idempotency-Key": os.urandom(8).hex()} if kind == "actions" else {})}
        address = f"/api/{kind}/{door.name}"
        return self.post(address, body, content_type="application/json", headers=more | headers)

    def load(self, sheet: str | bytes) -> Any:
        """Import a file of people over the API."""
        data = sheet.encode() if isinstance(sheet, str) else sheet
        file = {"name": "people.csv", "content": base64.b64encode(data).decode()}
        return self.api(registry.actions["resident_exchange.import_people"], {"file": file, "namesakes_checked": True})


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """All connections of this process go to another database meanwhile."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        _point(dict.fromkeys(before, name))
        yield
    finally:
        _point(before)


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of what happens inside stays, no cookie either; what the database would refuse at the commit, it refuses now."""
    cookies = {visitor: {name: one.value for name, one in visitor.cookies.items()} for visitor in OPEN}
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("set constraints all immediate")
            transaction.set_rollback(True)
    finally:
        for visitor, kept in cookies.items():
            visitor.cookies = SimpleCookie(kept)
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


class Faults(list[str]):
    """Where the house itself failed while it answered: one line each, for the report."""

    def note(self, **told: Any) -> None:
        """Django's signal for an exception that became a 500."""
        kind, error, trace = sys.exc_info()
        last = traceback.extract_tb(trace)[-1] if trace else None
        where = f"{last.filename.removeprefix(str(house.ROOT))}:{last.lineno}" if last else "?"
        self.append(f"{kind.__name__ if kind else '?'} at {where}: {str(error)[:160]!r}")

    @contextmanager
    def watched(self) -> Iterator[Faults]:
        """Collect while the block runs."""
        got_request_exception.connect(self.note)
        try:
            yield self
        finally:
            got_request_exception.disconnect(self.note)


def fitting(door: Any) -> str:
    """Somebody of the sample people to whom a door is open; nobody when it is open to none of them."""
    for sample in sign_ins():
        grants = frozenset({Grant(sample.role, sample.office)} if sample.role else ())
        if door.allowed.granting(Actor(1, "", grants, person=None if grants else 1)):
            return sample.login
    return ""


def furnish() -> None:
    """An endpoint, an export and a file that waits, so that their pages are there to be attacked."""
    doors = registry.actions
    admin, clerk, manager = Visitor("admin1"), Visitor("clerk1"), Visitor("manager1")
    hook = {"title": "見本", "url": "https://8.8.8.8/hook"}
    csv = base64.b64encode("世帯番号,氏名\r\n1,髙﨑 花\r\n".encode()).decode()
    for visitor, door, given in (
        (admin, "exchange.register_endpoint", {"endpoint": hook}),
        (clerk, "resident_exchange.ask_export", {"wish": {"purpose": "試験のため"}}),
        (manager, "resident_exchange.receive_file", {"file": {"name": "a.csv", "content": csv}}),
    ):
        answer = visitor.api(doors[door], given)
        assert answer.status_code == 200, (door, answer.content)
