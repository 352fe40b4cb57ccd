"""Telling somebody something: with the act, once, to the right one, in three languages."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.template import TemplateDoesNotExist

from yakusho.blocks.audit.record import subject_key
from yakusho.blocks.messages import actions, queries
from yakusho.blocks.messages.models import Delivery, Message
from yakusho.blocks.messages.tell import tell, worded
from yakusho.blocks.messages.tests import toy
from yakusho.blocks.messages.values import ContactInput


def test_a_message_lies_in_the_inbox_in_three_languages(toll, mother):
    toll(name="見本 母")
    assert queries.inbox(by=mother)[0].title == "見本 母さんの鐘が鳴りました"
    assert (
        queries.inbox(language="en", by=mother)[0].body == "Dear 見本 母,\n\nthe bell rang 1,200 times on 2026-11-23."
    )
    assert queries.inbox(language="ja-easy", by=mother)[0].title == "鐘(かね)が 鳴(な)りました"


def test_it_knows_its_office_its_case_and_its_papers(toll, mother):
    toll(papers=["R-1", "R-2"])
    (view,) = queries.inbox(by=mother)
    assert (view.office, view.case, view.papers) == ("citizen_registration", "C-1", ["R-1", "R-2"])
    assert view.read_at is None


def test_a_colleague_is_told_too(toll, clerk):
    toll(person=None, account=clerk.account)
    assert len(queries.inbox(by=clerk)) == 1


def test_an_act_that_fails_tells_nothing(toll, with_mail):
    with pytest.raises(toy.Stuck):
        toll(stuck=True)
    assert not Message.objects.exists()
    assert not Delivery.objects.exists()


def test_the_same_once_is_told_once(toll, mother):
    assert toll(once="reminder:1") == toll(once="reminder:1")
    toll(once="reminder:2")
    assert len(queries.inbox(by=mother)) == 2


def test_outside_an_act_nobody_is_told(clerk):
    with pytest.raises(TypeError, match="inside an action"):
        tell(template="toy/tolled", by=clerk, person=1, name="x", times=1, day=date(2026, 1, 1))


@pytest.mark.parametrize("who", [{"person": None}, {"person": 1, "account": 2}])
def test_a_message_has_one_receiver(toll, who):
    with pytest.raises(TypeError, match="either"):
        toll(**who)


def test_a_template_that_is_not_there_is_a_mistake_of_the_room():
    with pytest.raises(TemplateDoesNotExist):
        worded("toy/no_such")


def test_a_missing_fact_is_a_mistake_of_the_room():
    with pytest.raises(TypeError, match=r"toy/messages/tolled\.txt needs the facts day, name, times"):
        worded("toy/tolled")


def test_without_an_address_nothing_is_sent(toll):
    toll()
    assert not Delivery.objects.exists()


def test_with_an_address_a_mail_waits(toll, with_mail):
    toll()
    row = Delivery.objects.get()
    assert (row.channel, row.address, row.state, row.language) == ("mail", "mother@example.jp", "queued", "ja")


def test_the_record_knows_who_was_told(toll):
    toll()
    with connection.cursor() as cursor:
        cursor.execute("select subjects, body from audit_entry where door = 'toy.toll_for'")
        subjects, body = cursor.fetchone()
    assert [bytes(one) for one in subjects] == [subject_key(501)]
    assert "見本" not in (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False))


@pytest.mark.parametrize("statement", ["update notices_message set wordings = '{}'", "delete from notices_message"])
def test_what_was_told_cannot_be_rewritten(toll, statement):
    toll()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [{}, {"person": 1, "account": 2}])
def test_the_database_wants_one_receiver(who):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(wordings={}, template="x", **who)


def test_telling_costs_the_same_few_statements(toll, with_mail, django_assert_max_num_queries):
    toll()
    with django_assert_max_num_queries(7):
        toll()
    assert Delivery.objects.count() == 2


def test_an_address_can_be_changed_and_ended(toll, with_mail, mother):
    actions.set_contact(contact=ContactInput(mail="new@example.jp", language="en"), by=mother)
    toll()
    assert Delivery.objects.get().address == "new@example.jp"
    actions.set_contact(contact=ContactInput(), by=mother)
    toll()
    assert Delivery.objects.count() == 1
    assert queries.contact(by=mother) == ContactInput()
