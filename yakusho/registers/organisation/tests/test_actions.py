"""Loading the organisation: harmless to repeat, and what was stays on record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from yakusho.blocks.doors import NOBODY, SYSTEM
from yakusho.blocks.doors.watch import watched
from yakusho.blocks.identity.models import Account
from yakusho.kit.refusal import NotAllowed, NotFound
from yakusho.registers.organisation import actions, queries
from yakusho.registers.organisation.models import Holding, Office, Post

LATER = date(2027, 4, 1)


def _named(post, on, **known):
    return queries.holder(post=post, by=NOBODY, on=on, **known).name


def test_the_first_loading_fills_everything(organisation):
    assert (organisation.offices, organisation.posts) == (Office.objects.count(), Post.objects.count())
    assert organisation.holdings == Post.objects.filter(holdings__isnull=False).distinct().count()
    assert Holding.objects.count() == 10


def test_the_second_loading_changes_nothing(organisation, load):
    again = load()
    assert (again.offices, again.posts, again.holdings) == (0, 0, 0)
    assert Holding.objects.count() == 10


def test_a_renamed_office_keeps_its_past(organisation, load, edit):
    edit("offices", lambda data: data["offices"][5].update(name="情報政策課"))
    assert load(LATER).offices == 1
    before = queries.office(code="informatics", by=NOBODY, on=LATER - timedelta(days=1))
    assert (before.name, queries.office(code="informatics", by=NOBODY, on=LATER).name) == ("情報企画課", "情報政策課")


def test_an_office_that_is_gone_ends(organisation, load, edit):
    edit("offices", lambda data: data["offices"].pop())
    edit("offices", lambda data: data.update(posts=[p for p in data["posts"] if p["office"] != "audit"]))
    edit("staff", lambda data: data.update(holders=[h for h in data["holders"] if h["post"] != "audit_head"]))
    load(LATER)
    with pytest.raises(NotFound):
        queries.office(code="audit", by=NOBODY, on=LATER)
    assert queries.office(code="audit", by=NOBODY, on=date(2020, 1, 1)).name == "監査委員事務局"


def test_a_change_of_the_same_day_leaves_no_trace(organisation, load, edit):
    for name in ("甲課", "乙課"):
        edit("offices", lambda data, name=name: data["offices"][5].update(name=name))
        load(LATER)
    names = list(Office.objects.filter(code="informatics").order_by("valid").values_list("name", flat=True))
    assert names == ["情報企画課", "乙課"]


def test_a_successor_takes_over_on_the_day(organisation):
    assert _named("registration_head", date(2025, 3, 31)) == "台帳 節子"
    assert _named("registration_head", date(2025, 4, 1)) == "窓口 誠"


def test_what_was_believed_of_a_post_stays_known(organisation, load, edit, on):
    with connection.cursor() as cursor:
        cursor.execute("select max(upper(known)), max(lower(known)) from organisation_holding")
        believed_at = cursor.fetchone()[1]
    edit("staff", lambda data: data["holders"][0].update(name="別 人"))
    assert load().holdings == 1
    assert _named("mayor", on) == "別 人"
    assert _named("mayor", on, known_at=believed_at) == "見本 太郎"


def test_a_holder_who_can_sign_in_is_known_by_account(organisation, load, on):
    assert queries.holder(post="registration_clerk", by=NOBODY, on=on).account is None
    account = Account.objects.create(kind=Account.Kind.values[0], login="clerk1", name="受付 花")
    assert load().holdings == 1
    assert queries.holder(post="registration_clerk", by=NOBODY, on=on).account == account.pk


def test_two_people_do_not_hold_one_post(db, city, edit, load):
    edit("staff", lambda data: data["holders"][3].update(until=date(2026, 1, 1)))
    assert load().holdings > 0
    assert _named("registration_head", date(2025, 6, 1)) == "台帳 節子"  # the later entry of the file is believed
    assert Holding.objects.filter(known__endswith__isnull=True, post__code="registration_head").count() == 2


def test_only_the_house_loads(db, city, on):
    with pytest.raises(NotAllowed):
        actions.load_organisation(by=NOBODY, on=on)
    assert not Office.objects.exists()


def test_a_broken_file_changes_nothing(organisation, load, edit):
    edit("staff", lambda data: data["holders"][0].update(post="emperor"))
    with pytest.raises(ValueError, match="emperor"):
        load(LATER)
    assert Holding.objects.filter(known__endswith__isnull=True).count() == 10


@pytest.mark.parametrize("change", [{"kind": "castle"}, {"valid": "empty"}, {"closes": "07:00"}, {"parent": "tax"}])
def test_the_database_refuses_what_cannot_be(organisation, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(code="tax").update(**change)


def test_only_one_post_signs(organisation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(code="deputy_mayor").update(signs=True)


def test_loading_again_is_few_statements(organisation, city, on, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        actions.load_organisation(by=SYSTEM, on=on)
    assert Office.objects.count() == organisation.offices


def test_nothing_is_written_outside_an_action(load):
    with watched():
        assert load().offices > 0
