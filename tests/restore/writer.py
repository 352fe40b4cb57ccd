"""Writes on and on with the code of whichever tree it is started in: `writer.py NOTES STOP`.

Families move in and receivers are registered until the file STOP appears. Each act has a key and is repeated until it is
answered; only then it is noted, with its longest wait. What came instead of an answer is noted as it came.
"""

import json
import os
import sys
import time
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import django

django.setup()

from django.db import Error, connections  # noqa: E402

from yakusho.blocks.doors import Actor, Grant, registry  # noqa: E402
from yakusho.kit.refusal import Refusal  # noqa: E402

ON, AT = date(2026, 11, 23), datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
CLERK = Actor(101, "見本 職員", frozenset({Grant("resident_clerk", "citizen_registration")}), purpose="更新の試験")
OPERATOR = Actor(106, "見本 職員", frozenset({Grant("exchange_clerk", "informatics")}), purpose="更新の試験")
NAMES = {"family": "見本", "given": "太郎", "family_kana": "ミホン", "given_kana": "タロウ", "sex": "男"}
ORIGIN = {"domicile": "東京都杉並区見本一丁目2番地", "head": "見本　太郎"}


def movement(key):
    """A household of one that moves in, as the resident office writes it down."""
    head = {"names": NAMES | {"born": "1990-04-02"}, "relation": "世帯主", "origin": ORIGIN}
    address = {"town": "0405000", "town_name": "若園町", "block": "2番18号"}
    notice = {"event_on": "2026-11-20", "came_from": key, "address": address, "people": [head]}
    return registry.actions["resident_records.move_in"], {"notice": notice}, CLERK, lambda result: result.movement


def endpoint(key):
    """A receiver of events, which no constraint keeps from standing there twice."""
    given = {"title": key, "url": "https://93.184.216.34/hook", "events": "sample.nothing"}
    return registry.actions["exchange.register_endpoint"], {"endpoint": given}, OPERATOR, lambda result: result


def acknowledged(make, key, troubles):
    """Knock until there is an answer; polite and other troubles on the way are told."""
    door, given, by, number = make(key)
    while True:
        try:
            return number(door.call(given, by=by, on=ON, at=AT, key=key))
        except Refusal as refusal:
            troubles.append(f"polite {refusal.code}")
        except Error as error:
            troubles.append(f"database {type(error).__name__} {str(error).splitlines()[0]}")
            connections.close_all()
        time.sleep(0.05)


def main(notes, stop):
    """Until told to stop; then one line about everything."""
    makers, count, longest, troubles = {"movement": movement, "endpoint": endpoint}, 0, 0.0, []
    with Path(notes).open("a", encoding="ascii", buffering=1) as book:
        while not Path(stop).exists():
            kind = list(makers)[count % 2]
            key, begun = str(uuid.uuid4()), time.monotonic()
            result = acknowledged(makers[kind], key, troubles)
            longest = max(longest, time.monotonic() - begun)
            book.write(f"{kind} {key} {result}\n")
            count += 1
    sys.stdout.write(json.dumps({"acts": count, "longest": longest, "troubles": troubles, "pid": os.getpid()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
