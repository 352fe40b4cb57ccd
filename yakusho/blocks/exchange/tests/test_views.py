"""Pages of the exchange: endpoints, keys, dead letters, by their clerk alone."""

import re

import pytest
from django.urls import reverse

from yakusho.blocks.exchange import queries
from yakusho.blocks.exchange.models import Dispatch, Endpoint


def _at(name, *args):
    return reverse(f"exchange:{name}", args=args)


def _words(answer):
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


def _hidden(answer):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()))


def _filled(answer, **values):
    names = re.findall(r'name="([^"_][^"]*)"', answer.content.decode())
    return _hidden(answer) | {name: values[last] for name in names if (last := re.split(r"\W|_", name)[-1]) in values}


@pytest.fixture
def desk(signed_in, clerk, db):
    return signed_in(clerk)


def test_a_city_without_endpoints_says_so(desk):
    assert "連携先はまだありません" in _words(desk.get(_at("endpoints")))


def test_endpoints_with_what_waits_and_is_dead(desk, endpoint, toll):
    toll()
    words = _words(desk.get(_at("endpoints")))
    assert "見本の受け手" in words
    assert "toy.* 1 1 0 有効" in words


def test_an_endpoint_is_registered_by_form(desk, inside):
    form = desk.get(_at("register"))
    answer = desk.post(_at("register"), _filled(form, title="外の仕組み", url="http://127.0.0.1:9/", events="toy.*"))
    row = Endpoint.objects.get()
    assert (answer.status_code, answer["location"]) == (303, _at("endpoint", row.pk))
    assert (row.title, row.events) == ("外の仕組み", ["toy.*"])


def test_an_inner_address_is_refused_and_what_was_typed_stays(desk):
    form = desk.get(_at("register"))
    answer = desk.post(_at("register"), _filled(form, title="内側", url="https://127.0.0.1/hook", events="*"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "内側のネットワーク" in html
    assert "https://127.0.0.1/hook" in html
    assert not Endpoint.objects.exists()


def test_an_endpoint_shows_its_keys_and_dispatches(desk, endpoint, toll, clerk):
    toll()
    words = _words(desk.get(_at("endpoint", endpoint.pk)))
    assert queries.signing_keys(endpoint=endpoint.pk, by=clerk)[0].secret in words
    assert "toy.tolled" in words


def test_keys_are_changed_by_pages(desk, endpoint, clerk):
    desk.post(_at("add_key", endpoint.pk), _hidden(desk.get(_at("add_key", endpoint.pk))))
    assert [key.version for key in queries.signing_keys(endpoint=endpoint.pk, by=clerk)] == [2, 1]
    answer = desk.post(_at("retire_key", endpoint.pk, 1), _hidden(desk.get(_at("retire_key", endpoint.pk, 1))))
    assert answer.status_code == 303
    assert [key.version for key in queries.signing_keys(endpoint=endpoint.pk, by=clerk)] == [2]


def test_the_last_key_is_not_retired_and_the_page_says_why(desk, endpoint):
    address = _at("retire_key", endpoint.pk, 1)
    answer = desk.post(address, _hidden(desk.get(address)))
    assert answer.status_code == 409
    assert "最後の署名鍵は外せません" in _words(answer)


def test_a_dead_letter_is_replayed_by_a_page(desk, endpoint, toll):
    toll()
    Dispatch.objects.update(state="dead", due=None, last_error="HTTP 503")
    row = Dispatch.objects.get()
    assert "HTTP 503" in _words(desk.get(_at("dead_letters")))
    answer = desk.post(_at("replay", row.pk), _hidden(desk.get(_at("replay", row.pk))))
    assert (answer.status_code, answer["location"]) == (303, _at("dead_letters"))
    assert Dispatch.objects.get().state == "queued"


def test_an_unknown_endpoint_is_not_found(desk):
    assert desk.get(_at("endpoint", 404)).status_code == 404


def test_the_pages_in_english(desk, endpoint):
    for address in (_at("endpoints"), _at("endpoint", endpoint.pk), _at("dead_letters"), _at("register")):
        words = _words(desk.get(address, {"lang": "en"})).replace("見本の受け手", "")
        assert not re.search(r"[\u3040-\u9fff]", words), (address, words)


def test_only_the_clerk_of_the_exchange_comes_in(signed_in, somebody, endpoint):
    browser = signed_in(somebody)
    for name, *args in (("endpoints",), ("endpoint", endpoint.pk), ("dead_letters",), ("register",), ("replay", 1)):
        assert browser.get(_at(name, *args)).status_code == 403, name
