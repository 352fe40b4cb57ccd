"""What happens while papers are made: households move, people leave the city or are protected, the city gets a new seal."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from tests.stress.desk import Outcome, act, instant, serve, settled
from yakusho.blocks.documents._internal import city_seal
from yakusho.kit.refusal import Refusal

FILES = (city_seal.KEY, city_seal.CERTIFICATE, city_seal.ISSUER)
MOMENT, PATIENCE = 0.005, 60.0  # seconds between two looks at the counter; until nobody seems to ask any more
TAKEN = "select coalesce(sum(last), 0) from documents_counter"
Household = list[dict[str, Any]]


def taken() -> int:
    """How many papers have been begun, ever."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN)
        return int(cursor.fetchone()[0])


def wait_for(papers: int) -> None:
    """Until so many papers have been begun."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / MOMENT)):
        if taken() >= papers:
            return
        pause.wait(MOMENT)
    raise TimeoutError(f"{papers} papers were never begun")


class Rivals:
    """The households that things happen to, and the seal."""

    def __init__(self, order: dict[str, Any], at: datetime) -> None:
        self.dice, self.at = random.Random(order["seed"]), at
        self.towns: list[dict[str, str]] = order["towns"]
        self.homes: list[Household] = order["households"]
        self.open = list(self.homes)  # neither left nor protected yet
        self.secrets = Path(order["secrets"])
        self.first = taken()
        self.last = self.first + order["papers"]

    def move(self) -> Outcome:
        """転居 A household moves within the city, also a protected one."""
        home = self.dice.choice(self.homes)
        address = self.dice.choice(self.towns) | {
            "block": f"{self.dice.randrange(1, 99)}番{self.dice.randrange(1, 99)}号"
        }
        return self._notice("resident_records.move", people=home, address=address)

    def leave(self) -> Outcome:
        """転出 A member who is not the head, or the whole household, has left the city."""
        home = self._chosen()
        others = [one for one in home if one["relation"] != "世帯主"]
        leaving = [self.dice.choice(others)] if others and self.dice.random() < 0.5 else list(home)
        home[:] = [one for one in home if one not in leaving]
        if not home:
            self.homes.remove(home)
        people = [one["person"] for one in leaving]
        return self._notice("resident_records.move_out", people=people, destination="東京都杉並区見本一丁目2番地")

    def protect(self) -> Outcome:
        """支援措置 Somebody asks for protection, which holds for the whole household from that instant."""
        asked = {"person": self.dice.choice(self._chosen())["person"], "kind": "配偶者からの暴力"}
        request = asked | {"opponents": [{"name": "見本　相手"}]}
        act("resident_records.request_protection", at=self.at, request=request)
        return {}

    def seal(self) -> Outcome:
        """公印の更新 New files are laid over the old ones by hand, one after the other, each in two halves."""
        made = self.secrets / f"next_{taken()}"
        made.mkdir()
        city_seal.make(made, city="盛岡市", label="盛岡市長之印", at=self.at)
        for name in self.dice.sample(FILES, len(FILES)):
            new = (made / name).read_bytes()
            (self.secrets / name).write_bytes(new[: len(new) // 2])
            wait_for(min(taken() + 1, self.last))
            (self.secrets / name).write_bytes(new)
        return {"certificate": (made / city_seal.CERTIFICATE).read_text("ascii")}

    def _chosen(self) -> Household:
        return self.open.pop(self.dice.randrange(len(self.open)))

    def _notice(self, door: str, **given: Any) -> Outcome:
        act(door, at=self.at, notice={"event_on": self.at.date().isoformat()} | given)
        return {}


def done(what: str, step: Callable[[], Outcome]) -> Outcome:
    """One act, how it went, and between which instants."""
    said: Outcome = {"act": what, "begun": instant()}
    try:
        said |= step()
    except Refusal as refusal:
        said |= {"act": f"{what}: {refusal.code}"}
    finally:
        said |= {"ended": instant()}
    return said


def planned(acts: dict[str, int], dice: random.Random) -> list[str]:
    """So many acts of each kind in random order; seals at even distances, so that papers come out under each."""
    plan = [what for what, times in acts.items() if what != "seal" for _ in range(times)]
    dice.shuffle(plan)
    for place in range(acts["seal"], 0, -1):
        plan.insert(len(plan) * place // (acts["seal"] + 1), "seal")
    return plan


def rivals(order: dict[str, Any], at: datetime) -> Iterator[Outcome]:
    """These acts, spread over the time in which the papers are made."""
    town = Rivals(order, at)
    plan = planned(order["acts"], town.dice)
    for place, what in enumerate(plan):
        wait_for(town.first + order["papers"] * place // len(plan))
        yield settled(done, what, getattr(town, what))


if __name__ == "__main__":
    serve(rivals)
