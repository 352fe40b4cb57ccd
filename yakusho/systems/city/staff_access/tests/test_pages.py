"""職員の認証と権限: the desk's pages, as an administrator, an auditor and others see them."""

import pytest
from django.urls import reverse

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions, samples
from yakusho.blocks.identity.models import Account, Appointment
from yakusho.blocks.pages import clock

pytestmark = pytest.mark.django_db
SINCE = {"since": "2026-04-01", "reason": "見本"}


def signed_in(client, login):
    client.post(reverse("identity:sample_sign_in", args=[login]))
    return client


@pytest.fixture
def staff(db):
    """The sample staff, and one more whom nobody has appointed yet."""
    for sample in (one for one in samples.SAMPLES if one.role):
        made = actions.open_account(login=sample.login, name=sample.name, by=SYSTEM)
        granted = {"account": made.account, "role": sample.role, "office": sample.office} | SINCE
        actions.grant_role(appointment=granted, by=SYSTEM, at=clock.read())
    return actions.open_account(login="sato", name="佐藤 見本", by=SYSTEM).account


@pytest.fixture
def admin(client, staff):
    return signed_in(client, "admin1")


def text(answer):
    return answer.content.decode()


def post(client, page, *args, **given):
    return client.post(reverse(f"staff_access:{page}", args=args), given, follow=True)


GRANT = {"appointment-role": "resident_clerk", "appointment-office": "citizen_registration"}
GRANT |= {"appointment-since": "R8.4.1", "appointment-until": "", "appointment-reason": "異動"}


def test_the_list_shows_everybody_with_the_duties_of_today(admin, staff):
    shown = text(admin.get(reverse("staff_access:accounts")))
    assert "佐藤 見本" in shown
    assert "情報システム管理者" in shown
    assert "見つかりません" in text(admin.get(reverse("staff_access:accounts"), {"text": "いない人"}))


def test_an_account_is_opened_and_a_taken_name_is_refused_beside_its_field(admin):
    assert "鈴木 見本" in text(post(admin, "open", login="suzuki", name="鈴木 見本"))
    again = post(admin, "open", login="suzuki", name="鈴木 別人")
    assert again.status_code in (409, 422)
    assert "鈴木 別人" in text(again)


def test_a_duty_is_given_for_a_period_and_ends_at_once(admin, staff):
    assert "住民記録担当" in text(post(admin, "grant", staff, **GRANT))
    row = Appointment.objects.get(account=staff)
    assert post(admin, "account", staff, act="revoke", appointment=row.pk, reason="").status_code == 422
    post(admin, "account", staff, act="revoke", appointment=row.pk, reason="異動")
    row.refresh_from_db()
    assert row.revoke_reason == "異動"


def test_duties_that_exclude_each_other_are_refused_with_what_was_typed(admin, staff):
    post(admin, "grant", staff, **GRANT)
    refused = post(admin, "grant", staff, **GRANT | {"appointment-role": "auditor", "appointment-office": "audit"})
    assert refused.status_code in (409, 422)
    assert "異動" in text(refused)
    assert Appointment.objects.filter(account=staff).count() == 1


def test_an_invitation_is_shown_once_on_the_answer_and_opens_the_registration(admin, staff):
    answer = post(admin, "account", staff, act="invite")
    address = text(answer).split('<code class="code">')[1].split("</code>")[0]
    assert "職員の初回登録" in text(admin.get(address))
    assert "/enrol/" not in text(admin.get(reverse("staff_access:account", args=[staff])))


def test_an_account_ends_with_its_sessions(admin, staff):
    assert "終了しています" in text(post(admin, "account", staff, act="end"))
    assert Account.objects.get(pk=staff).ended_at is not None


@pytest.mark.parametrize("said", ["", "x", "1x", "-1", "999999"])
def test_a_number_that_is_nobodys_finds_nothing(admin, staff, said):
    assert post(admin, "account", staff, act="revoke", appointment=said, reason="異動").status_code == 404
    assert post(admin, "matches", match=said).status_code == 404


def test_nobody_appoints_or_ends_themselves(admin):
    own = Account.objects.get(login="admin1").pk
    assert "ほかの管理者" in text(admin.get(reverse("staff_access:account", args=[own])))
    assert post(admin, "grant", own, **GRANT).status_code == 403
    assert post(admin, "account", own, act="end").status_code == 403
    mine = Appointment.objects.get(account=own)
    assert post(admin, "account", own, act="revoke", appointment=mine.pk, reason="異動").status_code == 403
    mine.refresh_from_db()
    assert (mine.revoked_on, Account.objects.get(pk=own).ended_at) == (None, None)


def test_an_auditor_looks_and_changes_nothing(client, staff):
    auditor = signed_in(client, "auditor1")
    assert "アカウントを開く" not in text(auditor.get(reverse("staff_access:accounts")))
    shown = text(auditor.get(reverse("staff_access:account", args=[staff])))
    assert "任命する" not in shown
    assert post(auditor, "account", staff, act="end").status_code == 403
    assert post(auditor, "grant", staff, **GRANT).status_code == 403


@pytest.mark.parametrize("name", ["accounts", "open", "matches"])
def test_a_clerk_has_no_business_here(client, staff, name):
    assert signed_in(client, "clerk1").get(reverse(f"staff_access:{name}")).status_code == 403


def test_a_resident_account_is_no_staff_account(admin):
    other = actions.open_account(login="r", name="住民", kind="resident", person=7, by=SYSTEM).account
    assert admin.get(reverse("staff_access:account", args=[other])).status_code == 404
    assert admin.get(reverse("staff_access:account", args=[10**9])).status_code == 404


def test_no_card_waits(admin):
    assert "待っているカードはありません" in text(admin.get(reverse("staff_access:matches")))
