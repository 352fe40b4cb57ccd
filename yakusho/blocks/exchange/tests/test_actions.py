"""Endpoints and keys: who may, what is refused, and that the record knows."""

import pytest

from yakusho.blocks.doors import SYSTEM, InvalidInput, registry
from yakusho.blocks.exchange import actions, queries, rules
from yakusho.blocks.exchange.models import Dispatch, Endpoint
from yakusho.blocks.exchange.values import NewEndpoint
from yakusho.kit.refusal import NotAllowed, NotFound


def test_an_endpoint_is_registered_with_its_first_key(endpoint, clerk):
    (view,) = queries.endpoints(by=clerk)
    assert (view.title, view.events, view.active, view.keys) == ("見本の受け手", ["toy.*"], True, 1)
    assert (view.waiting, view.dead) == (0, 0)


@pytest.mark.django_db
def test_an_endpoint_inside_our_networks_is_refused(clerk):
    with pytest.raises(rules.BadAddress) as caught:
        actions.register_endpoint(endpoint=NewEndpoint(title="内側", url="https://127.0.0.1/"), by=clerk)
    assert caught.value.problem()["field"] == "url"
    assert not Endpoint.objects.exists()


@pytest.mark.django_db
def test_a_wrong_event_is_refused_at_its_field(clerk, inside):
    with pytest.raises(rules.BadName) as caught:
        actions.register_endpoint(
            endpoint=NewEndpoint(title="x", url="https://127.0.0.1/", events="toy.* Bad"), by=clerk
        )
    assert caught.value.problem()["field"] == "events"


@pytest.mark.django_db
def test_a_nameless_endpoint_is_refused(clerk):
    with pytest.raises(InvalidInput):
        actions.register_endpoint(endpoint={"title": "", "url": "https://example.jp/"}, by=clerk)


def test_the_last_key_stays(endpoint, clerk):
    with pytest.raises(actions.LastKey):
        actions.retire_key(endpoint=endpoint.pk, version=1, by=clerk)
    assert len(queries.signing_keys(endpoint=endpoint.pk, by=clerk)) == 1


def test_a_retired_version_never_comes_back(endpoint, clerk):
    first = queries.signing_keys(endpoint=endpoint.pk, by=clerk)[0].secret
    assert actions.add_key(endpoint=endpoint.pk, by=clerk) == 2
    actions.retire_key(endpoint=endpoint.pk, version=1, by=clerk)
    assert actions.add_key(endpoint=endpoint.pk, by=clerk) == 3
    assert first not in [key.secret for key in queries.signing_keys(endpoint=endpoint.pk, by=clerk)]


@pytest.mark.parametrize("version", [0, 9])
def test_a_key_that_is_not_there_is_not_found(endpoint, clerk, version):
    with pytest.raises(NotFound):
        actions.retire_key(endpoint=endpoint.pk, version=version, by=clerk)


@pytest.mark.django_db
def test_what_is_not_there_is_not_found(clerk, clock):
    for knock in (
        lambda: actions.add_key(endpoint=404, by=clerk),
        lambda: actions.pause_endpoint(endpoint=404, active=True, by=clerk),
        lambda: actions.replay(dispatch=404, by=clerk, at=clock()),
        lambda: queries.signing_keys(endpoint=404, by=clerk),
    ):
        with pytest.raises(NotFound):
            knock()


def test_what_still_waits_is_not_replayed(endpoint, toll, clerk, clock):
    toll()
    with pytest.raises(actions.NothingToReplay):
        actions.replay(dispatch=Dispatch.objects.get().pk, by=clerk, at=clock())


def test_waiting_and_dead_are_counted_for_each_endpoint(endpoint, toll, clerk):
    for _ in range(3):
        toll()
    Dispatch.objects.filter(pk=Dispatch.objects.first().pk).update(state="dead", due=None)
    (view,) = queries.endpoints(by=clerk)
    assert (view.waiting, view.dead) == (2, 1)


@pytest.mark.django_db
def test_only_the_exchange_clerk_may(somebody, clock):
    for knock in (
        lambda: actions.register_endpoint(endpoint=NewEndpoint(title="x", url="https://e.jp/"), by=somebody),
        lambda: queries.endpoints(by=somebody),
        lambda: queries.signing_keys(endpoint=1, by=somebody),
        lambda: queries.dead_letters(by=somebody),
        lambda: actions.claim(by=somebody, at=clock()),
    ):
        with pytest.raises(NotAllowed):
            knock()


@pytest.mark.django_db
def test_only_the_house_carries(clerk, clock):
    with pytest.raises(NotAllowed):
        actions.claim(by=clerk, at=clock())
    assert actions.claim(by=SYSTEM, at=clock()) == []


def test_the_doors_are_known_by_name():
    assert {"exchange.register_endpoint", "exchange.replay", "exchange.claim"} <= registry.actions.keys()
    assert {"exchange.endpoints", "exchange.dead_letters"} <= registry.queries.keys()
