"""Any sequence of movements: one head a household and day, beliefs of the past untouched, a cancellation restores."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from yakusho.kit.refusal import Refusal
from yakusho.registers.people.terms import HEAD
from yakusho.systems.city.resident_records import values
from yakusho.systems.city.resident_records.tests.conftest import ADDRESS, ELSEWHERE, Desk, newcomer, relation

START = date(2026, 4, 6)
BELIEVED = """
select coalesce(string_agg(line, E'\\n' order by line), '') from (
  select concat_ws('|', 'residence', person_id, household_id, relation, town, block, valid) line from people_residence where {known}
  union all select concat_ws('|', 'closing', person_id, reason, planned, valid) from people_closing where {known}
  union all select concat_ws('|', 'naming', person_id, family, given, valid) from people_naming where {known}
) lines
"""
HEADLESS = """
select household_id from people_residence where upper(known) is null group by household_id
having range_agg(valid) <> coalesce(range_agg(valid) filter (where relation = '世帯主'), '{}'::datemultirange)
"""
DOUBLE = """
select a.id from people_residence a join people_residence b on a.household_id = b.household_id and a.id < b.id
where a.relation = '世帯主' and b.relation = '世帯主' and a.valid && b.valid and upper(a.known) is null and upper(b.known) is null
"""
OVERLAP = """
select a.id from people_residence a join people_residence b on a.person_id = b.person_id and a.id < b.id
where a.valid && b.valid and a.known && b.known
union all select r.id from people_residence r join people_closing c on c.person_id = r.person_id
where r.valid && c.valid and upper(r.known) is null and upper(c.known) is null
"""
pick = st.integers(0, 7)
late = st.integers(0, 20).map(lambda days: timedelta(days=days))


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


class City(RuleBasedStateMachine):
    """A small city: days pass, notices come in late or in advance, some are wrong, some are cancelled."""

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.desk, self.today = Desk(), START
        self.stack, self.beliefs = [], []

    def teardown(self):
        try:
            for instant, believed in self.beliefs:
                assert rows(BELIEVED.format(known="known @> %s::timestamptz"), *[instant] * 3)[0][0] == believed
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    def believed(self):
        return rows(BELIEVED.format(known="upper(known) is null"))[0][0]

    def households(self, day):
        found = {}
        sql = "select household_id, person_id, relation from people_residence where upper(known) is null and valid @> %s order by 1, 2"
        for household, person, word in rows(sql, day):
            found.setdefault(household, []).append((person, word))
        return sorted(found.items())

    def attempt(self, name, notice):
        """A knock that may be refused; a refusal leaves everything as it was."""
        before = self.believed()
        try:
            receipt = self.desk.do(name, notice, on=self.today)
        except Refusal:
            receipt = None
        if receipt is None:
            assert self.believed() == before
            return
        self.stack.append((receipt.movement, before))
        self.beliefs.append((rows("select clock_timestamp()")[0][0], self.believed()))

    def chosen(self, day, household, member):
        homes = self.households(day)
        if not homes:
            return None
        number, members = homes[household % len(homes)]
        return number, members, members[member % len(members)][0]

    def heirs(self, members, leaving):
        rest = [person for person, _ in members if person not in leaving]
        return [relation(person, HEAD if n == 0 else "同居人") for n, person in enumerate(rest)]

    @rule(days=st.integers(1, 10))
    def time_passes(self, days):
        self.today += timedelta(days=days)

    @rule(size=st.integers(1, 3), ago=late)
    def move_in(self, size, ago):
        people = [newcomer(f"人{n}", HEAD if n == 0 else "同居人") for n in range(size)]
        self.attempt(
            "move_in", values.MoveIn(event_on=self.today - ago, came_from="仙台市", address=ADDRESS, people=people)
        )

    @rule(household=pick, ago=late)
    def birth(self, household, ago):
        day = self.today - ago
        if chosen := self.chosen(day, household, 0):
            children = [newcomer("子", "同居人", born=day)]
            self.attempt("register_birth", values.Birth(event_on=day, household=chosen[0], children=children))

    @rule(household=pick, member=pick, ago=late, whole=st.booleans())
    def move(self, household, member, ago, whole):
        day = self.today - ago
        if chosen := self.chosen(day, household, member):
            _, members, person = chosen
            people = [relation(one, word) for one, word in members] if whole else [relation(person, HEAD)]
            notice = values.Move(
                event_on=day,
                people=people,
                address=ELSEWHERE,
                members=self.heirs(members, [one.person for one in people]),
            )
            self.attempt("move", notice)

    @rule(household=pick, member=pick, into=pick, ago=late)
    def join(self, household, member, into, ago):
        day = self.today - ago
        homes = self.households(day)
        if len(homes) > 1 and (chosen := self.chosen(day, household, member)):
            target = homes[into % len(homes)][0]
            people = [relation(chosen[2], "同居人")]
            self.attempt(
                "move",
                values.Move(event_on=day, people=people, household=target, members=self.heirs(chosen[1], [chosen[2]])),
            )

    @rule(household=pick, member=pick, ago=late)
    def split(self, household, member, ago):
        day = self.today - ago
        if chosen := self.chosen(day, household, member):
            notice = values.Split(
                event_on=day, people=[relation(chosen[2], HEAD)], members=self.heirs(chosen[1], [chosen[2]])
            )
            self.attempt("split", notice)

    @rule(household=pick, member=pick, ago=late)
    def new_head(self, household, member, ago):
        day = self.today - ago
        if chosen := self.chosen(day, household, member):
            others = [relation(person, "同居人") for person, _ in chosen[1] if person != chosen[2]]
            self.attempt(
                "change_head", values.NewHead(event_on=day, household=chosen[0], head=chosen[2], members=others)
            )

    @rule(household=pick, member=pick, ago=late)
    def death(self, household, member, ago):
        day = self.today - ago
        if chosen := self.chosen(day, household, member):
            notice = values.Death(event_on=day, person=chosen[2], members=self.heirs(chosen[1], [chosen[2]]))
            self.attempt("register_death", notice)

    @rule(household=pick, member=pick, ahead=st.integers(-10, 20))
    def move_out(self, household, member, ahead):
        day = self.today + timedelta(days=ahead)
        if chosen := self.chosen(day, household, member):
            notice = values.MoveOut(
                event_on=day, people=[chosen[2]], destination="仙台市", members=self.heirs(chosen[1], [chosen[2]])
            )
            self.attempt("move_out", notice)

    @precondition(lambda self: self.stack)
    @rule()
    def cancel_the_last_one(self):
        movement, before = self.stack.pop()
        self.desk.do("cancel", movement=movement, reason="誤り")
        assert self.believed() == before

    @precondition(lambda self: len(self.stack) > 1)
    @rule(which=pick)
    def cancel_an_earlier_one(self, which):
        movement, _ = self.stack[which % (len(self.stack) - 1)]
        before = self.believed()
        try:
            self.desk.do("cancel", movement=movement, reason="誤り")
        except Refusal:
            assert self.believed() == before
        else:
            self.stack.clear()

    @invariant()
    def one_head_and_one_truth(self):
        assert rows(HEADLESS) == []
        assert rows(DOUBLE) == []
        assert rows(OVERLAP) == []


@pytest.mark.slow
def test_any_sequence_of_movements(db):
    few = settings(max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(City, settings=few)
