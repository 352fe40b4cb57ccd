"""Everybody reads their own messages and nobody else's."""

import pytest

from yakusho.blocks.doors import NOBODY, Actor, InvalidInput
from yakusho.blocks.messages import actions, queries
from yakusho.blocks.messages.models import Message
from yakusho.blocks.messages.values import ContactInput
from yakusho.kit.refusal import NotAllowed, NotFound


def test_the_newest_stands_first(toll, mother):
    numbers = [toll(), toll(), toll()]
    assert [view.id for view in queries.inbox(by=mother)] == numbers[::-1]


def test_a_neighbour_sees_nothing_of_it(toll, neighbour, clock):
    number = toll()
    assert queries.inbox(by=neighbour) == []
    with pytest.raises(NotFound):
        actions.open_message(message=number, by=neighbour, at=clock())
    assert Message.objects.get().read_at is None


def test_the_clerk_who_told_does_not_read_it(toll, clerk, clock):
    number = toll()
    with pytest.raises(NotFound):
        actions.open_message(message=number, by=clerk, at=clock())
    assert queries.inbox(by=clerk) == []


def test_a_resident_who_is_also_a_colleague_keeps_them_apart(toll, clerk):
    toll(person=None, account=clerk.account)
    at_home = Actor(clerk.account, clerk.name, person=501)
    assert queries.inbox(by=at_home) == []


def test_the_first_opening_is_kept(toll, mother, clock):
    number = toll()
    first = actions.open_message(message=number, by=mother, at=clock())
    clock.pass_(days=1)
    again = actions.open_message(message=number, by=mother, at=clock())
    assert first.read_at == again.read_at is not None


def test_unread_counts_down(toll, mother, clock):
    numbers = [toll(), toll()]
    assert queries.unread(by=mother) == 2
    actions.open_message(message=numbers[0], by=mother, at=clock())
    assert queries.unread(by=mother) == 1


def test_unread_is_one_statement_and_none_for_nobody(toll, mother, django_assert_num_queries):
    toll()
    savepoint = 2
    with django_assert_num_queries(1 + savepoint):
        assert queries.unread(by=mother) == 1
    with django_assert_num_queries(savepoint):
        assert queries.unread(by=NOBODY) == 0


@pytest.mark.django_db
def test_nobody_has_no_inbox(clock):
    for knock in (
        lambda: queries.inbox(by=NOBODY),
        lambda: actions.open_message(message=1, by=NOBODY, at=clock()),
        lambda: actions.set_contact(contact=ContactInput(mail="a@b.jp"), by=NOBODY),
        lambda: queries.outbox(by=NOBODY),
    ):
        with pytest.raises(NotAllowed):
            knock()


@pytest.mark.django_db
@pytest.mark.parametrize("mail", ["mother", "mother@", "@example.jp", "a b@example.jp", "a@b@c.jp", "mother@example"])
def test_an_address_that_is_none_is_refused(mother, mail):
    with pytest.raises(InvalidInput) as caught:
        actions.set_contact(contact={"mail": mail, "language": "ja"}, by=mother)
    assert [error.path for error in caught.value.errors] == ["contact.mail"]


@pytest.mark.django_db
def test_contacts_of_a_resident_and_of_a_colleague_are_apart(mother, clerk):
    actions.set_contact(contact=ContactInput(mail="home@example.jp"), by=mother)
    actions.set_contact(contact=ContactInput(mail="desk@example.jp"), by=clerk)
    assert queries.contact(by=mother).mail == "home@example.jp"
    assert queries.contact(by=clerk).mail == "desk@example.jp"


def test_the_inbox_is_a_constant_number_of_statements(toll, mother, django_assert_num_queries):
    toll()
    with django_assert_num_queries(4):  # one of them its row in the record
        queries.inbox(by=mother)
    for _ in range(10):
        toll()
    with django_assert_num_queries(4):
        assert len(queries.inbox(by=mother)) == 11


def test_a_real_city_has_no_outbox_page(toll, clerk, real_city):
    with pytest.raises(NotAllowed):
        queries.outbox(by=clerk)


def test_the_outbox_shows_what_would_have_been_sent(toll, with_mail, clerk):
    toll(name="見本 母")
    (row,) = queries.outbox(by=clerk)
    assert (row.address, row.state, row.person) == ("mother@example.jp", "queued", 501)
    assert "見本 母さんの鐘が鳴りました" in row.body
    assert "1,200" not in row.body
