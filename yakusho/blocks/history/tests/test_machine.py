"""Any sequence of facts, ends and cancellations leaves one truth a day, and yesterday's belief untouched."""

from datetime import date, timedelta

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakusho.blocks.history import record
from yakusho.blocks.history.tests.conftest import Colour, Thing
from yakusho.kit.periods import Period

START = date(2026, 4, 1)
spans = st.tuples(st.integers(0, 20), st.integers(1, 10) | st.none())
steps = st.lists(st.tuples(st.sampled_from(["put", "end", "revert"]), spans), max_size=12)


def period(span):
    first = START + timedelta(days=span[0])
    return Period(first, first + timedelta(days=span[1]) if span[1] else None)


def seen(thing, known_at=None):
    rows = record.known(Colour.objects.filter(thing=thing), known_at=known_at).order_by("valid")
    days = [START + timedelta(days=n) for n in range(40)]
    return {day: row.name for row in rows for day in days if day in row.valid}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_sequence_keeps_one_truth_and_every_belief(toys, db, steps):
    thing = Thing.objects.create().pk
    model, beliefs = {}, []
    past = [({}, None)]
    for number, (step, span) in enumerate(steps, 1):
        at = record.instant(Thing.objects.all(), [thing])
        days = [START + timedelta(days=n) for n in range(40)]
        if step == "put":
            record.put(Colour, subject=thing, valid=period(span), at=at, cause=number, name=f"c{number}")
            model = model | {day: f"c{number}" for day in days if day in period(span)}
        elif step == "end":
            record.end(Colour, subject=thing, valid=period(span), at=at, cause=number)
            model = {day: name for day, name in model.items() if day not in period(span)}
        elif len(past) > 1:
            record.revert(Colour, subject=thing, cause=past[-1][1], at=at, by_cause=number)
            model = past.pop()[0]
        else:
            continue
        if step != "revert":
            past.append((beliefs[-1][1] if beliefs else {}, number))
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            beliefs.append((cursor.fetchone()[0], dict(model)))
        assert seen(thing) == model
    for instant, believed in beliefs:
        assert seen(thing, known_at=instant) == believed
