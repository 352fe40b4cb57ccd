"""An event is written with the act that it tells of, for those who asked for it, and holds no personal data."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from yakusho.blocks.exchange import actions, rules
from yakusho.blocks.exchange.models import Dispatch, Endpoint, Event
from yakusho.blocks.exchange.publish import publish
from yakusho.blocks.exchange.tests import toy
from yakusho.blocks.exchange.values import NewEndpoint


@pytest.mark.django_db
def test_an_event_is_kept_even_when_nobody_listens(toll):
    hook = toll(bell=3)
    row = Event.objects.get(hook=hook)
    assert (row.name, row.subject, row.data) == ("toy.tolled", "bell:3", {"note": "C4"})
    assert not Dispatch.objects.exists()


def test_each_listener_gets_one_dispatch(endpoint, toll):
    toll()
    row = Dispatch.objects.get()
    assert (row.endpoint, row.state, row.attempts) == (endpoint, "queued", 0)
    assert row.due is not None


def test_an_endpoint_gets_only_what_it_asked_for(endpoint, toll):
    toll(event="other.tolled")
    assert Event.objects.count() == 1
    assert not Dispatch.objects.exists()


def test_a_paused_endpoint_gets_nothing_new(endpoint, toll, clerk):
    actions.pause_endpoint(endpoint=endpoint.pk, active=False, by=clerk)
    toll()
    actions.pause_endpoint(endpoint=endpoint.pk, active=True, by=clerk)
    toll()
    assert Dispatch.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_act_tells_nothing(endpoint, toll):
    with pytest.raises(toy.Stuck):
        toll(stuck=True)
    assert not Event.objects.exists()
    assert not Dispatch.objects.exists()


@pytest.mark.django_db
def test_personal_data_stops_the_whole_act(toll):
    with pytest.raises(rules.PersonalData):
        toll(note_="見本 太郎")
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_outside_an_act_nothing_is_told():
    with pytest.raises(TypeError, match="inside an action"):
        publish("toy.tolled", subject="bell:1", data={})


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_listeners(inside, clerk, toll, django_assert_max_num_queries):
    for n in range(6):
        actions.register_endpoint(endpoint=NewEndpoint(title=f"{n}", url=f"http://127.0.0.1:{n + 1}/"), by=clerk)
    with django_assert_max_num_queries(8):
        toll()
    assert Dispatch.objects.count() == 6


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["update exchange_event set name = 'a.b'", "delete from exchange_event"])
def test_what_has_happened_cannot_be_rewritten(toll, statement):
    toll()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_database_refuses_a_second_dispatch_of_the_same(endpoint, toll):
    toll()
    row = Dispatch.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.create(event=row.event, endpoint=endpoint)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"state": "lost"}, {"state": "sent"}, {"due": None}])
def test_the_database_refuses_a_state_that_does_not_exist(endpoint, toll, change):
    toll()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"key_versions": []}, {"events": []}])
def test_an_endpoint_has_a_key_and_wants_something(endpoint, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Endpoint.objects.update(**change)
