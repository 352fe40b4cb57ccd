"""Goes everywhere in the house as everybody and reads all that comes out: answers, pages, files, logs, and the tables themselves."""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pypdf
from django.db import transaction
from django.test import Client

from tests.access import inputs
from tests.access.hidden import Hidden, Refuge, plain
from tests.access.places import places
from tests.access.scene import Scene, Who
from yakusho.blocks.doors import Actor
from yakusho.blocks.doors.registry import Registered
from yakusho.kit.refusal import Refusal

REGISTER = {"people_residence", "people_closing"}  # where the address is kept, and nowhere else
TABLES = """
select relname from pg_class where relkind in ('r', 'p', 'm') and relnamespace = 'public'::regnamespace
and relname <> 'spatial_ref_sys' order by 1
"""


@dataclass
class Result:
    """What was read, and where a word of a hidden address stood."""

    read: Counter[str] = field(default_factory=Counter)
    hits: list[str] = field(default_factory=list)

    def look(self, refuge: Refuge, kind: str, where: str, text: str) -> None:
        """Count what was read; keep where it says too much."""
        self.read[kind] += 1
        if found := refuge.pattern.search(plain(text)):
            self.hits.append(f"{kind}: {where}: {found[0]}")


class Undo(Exception):
    """Whatever was done is undone."""


def answer(door: Registered, asked: dict[str, Any], by: Actor, scene: Scene) -> str:
    """What a door says, as the API would; whatever it did is undone."""
    said = ""
    try:
        with transaction.atomic():
            try:
                result = door.call(asked, by=by, on=scene.stage.on, at=scene.stage.at)
                said = door.output.dump_json(result).decode()
            except Refusal as refusal:
                said = json.dumps(refusal.problem(), ensure_ascii=False, default=str)
            raise Undo
    except Undo:
        return said


def doors(result: Result, refuge: Refuge, scene: Scene, public: list[Registered], people: list[Who]) -> None:
    """Every door as everybody, about one hidden person after the other."""
    for door in filter(inputs.is_sampled, public):
        for turn, who in enumerate(people):
            for one in (refuge.hidden[(turn + len(door.name)) % len(refuge.hidden)], *refuge.near(who.name)):
                given = about(door, scene, who.actor, one)
                if given is not None:
                    where = f"{door.name} as {who.name} about one {one.how}"
                    result.look(refuge, "door", where, answer(door, given, who.actor, scene))


def about(door: Registered, scene: Scene, by: Actor, one: Hidden) -> dict[str, Any] | None:
    """The sample of a door about a hidden person; None where there is no such object."""
    scene.people["protected"] = one.person
    kind = {noun: "own" if noun in scene.personal else "protected" for noun in inputs.nouns(door)}
    places = {noun: _placed(scene, noun, kind[noun], by, one) for noun in kind}
    return (
        None if None in places.values() else inputs.about(door, inputs.template(door.name), lambda noun: places[noun])
    )


def _placed(scene: Scene, noun: str, kind: str, by: Actor, one: Hidden) -> Any:
    if kind == "own" or noun == "person":
        return scene.object(noun, kind, by)
    known = (noun, "hidden", one.person)
    if known not in scene.made:
        scene.made[known] = scene.makers[noun](scene, one.person, scene.stage.clerk)
    return scene.made[known]


def each(result: Result, refuge: Refuge, scene: Scene, asked: list[Registered], people: list[Who]) -> None:
    """Every hidden person through every question about a person, and their household's, as these."""
    for one in refuge.hidden:
        for door in asked:
            for who in people:
                given = about(door, scene, who.actor, one)
                if given is not None:
                    result.look(
                        refuge,
                        "question",
                        f"{door.name} as {who.name}, {one.how}",
                        answer(door, given, who.actor, scene),
                    )


def files_of(pdf: bytes) -> str:
    """All text of a PDF."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def pages(result: Result, refuge: Refuge, scene: Scene, people: list[Who], client: Client, sit: Any) -> None:
    """Every address as everybody, about one hidden person after the other, in the three ways of reading."""
    for number, place in enumerate(places()):
        for turn, who in enumerate(people):
            sit(who.actor)
            one = refuge.hidden[(turn + number) % len(refuge.hidden)]
            for about_whom in (one, *(refuge.near(who.name) if place.nouns() else ())):
                scene.people["protected"] = about_whom.person
                path = place.path(scene, who.actor, "protected")
                came = client.get(path, {"lang": ("ja", "en", "ja-easy")[turn % 3]})
                answers = [came] if came.status_code in (302, 403) else [came, client.post(path)]
                for came in answers:
                    where = f"{path} ({came.status_code}) as {who.name} about one {about_whom.how}"
                    result.look(refuge, "page", where, f"{body_of(came)} {came.headers}")


def body_of(came: Any) -> str:
    """What an answer says, read to its end."""
    body = b"".join(came.streaming_content) if came.streaming else came.content
    return files_of(body) if body.startswith(b"%PDF") else body.decode("utf-8", "replace")


def searches(result: Result, refuge: Refuge, scene: Scene, door: Registered, people: list[Who]) -> None:
    """Who looks for a hidden address finds what they find at an address where nobody lives."""
    empty = {"text": "若園町9999999番3号", "address": ""}
    for one in refuge.hidden:
        for who in people:
            nothing = answer(door, empty, who.actor, scene)
            probes = [{"text": word} for word in one.words] + [{"text": "見本", "address": word} for word in one.words]
            probes += [{"text": f"見本 {word}"} for word in one.words]
            probes += [{"text": one.address}, {"text": "見本", "address": one.address}] if one.address else []
            for probe in probes:
                said = answer(door, probe, who.actor, scene)
                result.read["search"] += 1
                if said != nothing:
                    result.hits.append(f"search: {probe} as {who.name}, {one.how}: {said[:200]}")


def tables(result: Result, refuge: Refuge, connection: Any) -> None:
    """The database itself, row by row: the words stand in the register alone."""
    words = "|".join(sorted({word for one in refuge.hidden for word in one.words}))
    for (table,) in connection.execute(TABLES).fetchall():
        query = f'select count(*), min(t::text) filter (where t::text ~ %s) from "{table}" t'
        rows, shown = connection.execute(query, [words]).fetchone()
        result.read["row"] += rows
        result.read["row with a hidden address in the register"] += bool(shown)
        if shown and table not in REGISTER:
            found = re.search(words, shown)
            result.hits.append(f"table: {table}: {shown[max(0, found.start() - 60) : found.end() + 20]}")


class Lines(logging.Handler):
    """Every line that any logger writes, however low."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as it would be written, faults with their traces."""
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))
