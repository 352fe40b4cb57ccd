"""A committed city with a toy register, its people and actors."""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.conf import settings
from django.db import connection

from yakusho.blocks.documents import actions
from yakusho.blocks.documents.isolation import OneSubject
from yakusho.blocks.documents.tests import support
from yakusho.blocks.documents.tests.toy import papers as toy
from yakusho.blocks.documents.values import PaperOrder, RequestView
from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.doors.frames import opened

PEOPLE = count(1001)
SETTINGS = """
from {base} import *
INSTALLED_APPS = [*INSTALLED_APPS, "yakusho.blocks.documents.tests.toy"]
"""


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory):
    return support.secrets_with_seal(tmp_path_factory.mktemp("seal"))


@pytest.fixture(scope="module")
def papers_city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """A database with the toy register, in which everything is committed; the gatekeeper knows the register too."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "toy_house.py").write_text(SETTINGS.format(base=settings.SETTINGS_MODULE), "utf-8")
    gatekeeper = {"DJANGO_SETTINGS_MODULE": "toy_house", "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    with support.committed(django_db_blocker, folder, gatekeeper=gatekeeper) as name:
        with support.owner(name) as owner:
            owner.execute(toy.MAKE)
            owner.execute(OneSubject("toy_resident", "id").sql)
        yield name


@pytest.fixture
def clerk() -> Actor:
    return Actor(7, "見本 窓口", frozenset({Grant("toy_clerk", "desk")}), purpose="証明書の発行")


@pytest.fixture
def auditor() -> Actor:
    return Actor(8, "見本 検査", frozenset({Grant("auditor", "audit")}), purpose="書面の検査")


@pytest.fixture
def person(papers_city) -> Callable[..., int]:
    """Adds a toy resident and gives the number."""

    def add(
        name: str = "見本 太郎", kana: str = "ミホン タロウ", address: str = "内丸12番2号", remark: str = ""
    ) -> int:
        number = next(PEOPLE)
        with connection.cursor() as cursor:
            row = [number, name, kana, "平成5年9月28日", address, remark]
            cursor.execute(
                "insert into toy_resident (id, name, kana, born, address, remark) values (%s, %s, %s, %s, %s, %s)", row
            )
        return number

    return add


@pytest.fixture
def asked(papers_city, clerk) -> Callable[..., RequestView]:
    """Asks for a toy paper as a room would, from inside an action of its own."""

    def ask(subject: int, *members: int, by: Actor = clerk, fee: int = 300) -> RequestView:
        order = PaperOrder(kind="toy.copy", subject=subject, members=list(members), fee=fee)
        with opened("toy.ask", "action", by):
            return actions.request_paper(order=order, by=by, at=support.AT)

    return ask


@pytest.fixture
def change(papers_city) -> Callable[..., None]:
    """A movement in the toy register."""

    def move(person: int, **values: str) -> None:
        names = ", ".join(f"{name} = %s" for name in values)
        with connection.cursor() as cursor:
            cursor.execute(
                f"update toy_resident set {names}, version = version + 1 where id = %s", [*values.values(), person]
            )

    return move
