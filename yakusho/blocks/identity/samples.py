"""見本のアカウント The sample sign-ins of a sample city: a resident, a clerk, a manager, an auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.identity import actions
from yakusho.blocks.identity.models import Account, Appointment, CardLink
from yakusho.blocks.identity.values import CardData, GrantInput
from yakusho.blocks.identity.ways import cards
from yakusho.blocks.jpki.profile import FourItems, Kind
from yakusho.kit.refusal import NotAllowed

RESIDENT_LOGIN = "resident1"


@dataclass(frozen=True)
class SampleSignIn:
    """見本のサインイン One labelled button: name of sign-in, what it is, and the duty it holds."""

    login: str
    title: str | Promise
    name: str
    role: str = ""
    office: str = ""


SAMPLES = (
    SampleSignIn(RESIDENT_LOGIN, _("住民"), ""),
    SampleSignIn("clerk1", _("窓口の職員"), "受付 花", "resident_clerk", "citizen_registration"),
    SampleSignIn("manager1", _("決裁する人"), "窓口 誠", "resident_manager", "citizen_registration"),
    SampleSignIn("auditor1", _("監査担当"), "監査 明", "auditor", "audit"),
    SampleSignIn("admin1", _("情報システム管理者"), "情報 広", "system_administrator", "informatics"),
)


class NotASampleCity(NotAllowed):
    """見本のサインインは、見本の市にだけあります。 / Sample sign-ins exist only in a sample city."""


def sign_ins() -> tuple[SampleSignIn, ...]:
    """見本のサインイン Those of a sample city; none elsewhere."""
    return SAMPLES if settings.SAMPLE_CITY else ()


def ensure_sample_accounts(*, resident: int, items: FourItems, on: date, at: datetime) -> tuple[SampleSignIn, ...]:
    """見本のアカウント Make the sample accounts, their duties and the resident's soft card, once; harmless when repeated.

    `resident` is the person (宛名番号) who signs in as the sample resident, `items` what the register says of them.
    Refusals: NotASampleCity.
    """
    if not settings.SAMPLE_CITY:
        raise NotASampleCity
    for sample in SAMPLES:
        if sample.role:
            _staff(sample, on, at)
    account = _resident(resident, items)
    if not CardLink.objects.filter(account=account, ended_at=None).exists():
        _link(account, issue_sample_card(items, at=at), at)
    return SAMPLES


def issue_sample_card(items: FourItems, *, at: datetime) -> str:
    """見本のカード A soft card for an invented resident (not registered for sign-in yet); returns its number.

    Refusals: NotASampleCity.
    """
    if not settings.SAMPLE_CITY:
        raise NotASampleCity
    return cards.box().issue(items, at=at)


def _resident(person: int, items: FourItems) -> int:
    known = Account.objects.filter(person=person).first()
    if known:
        return known.pk
    opened = actions.open_account(login=RESIDENT_LOGIN, name=items.name, kind="resident", person=person, by=SYSTEM)
    return opened.account


def _staff(sample: SampleSignIn, on: date, at: datetime) -> None:
    account = Account.objects.filter(login=sample.login).first()
    number = account.pk if account else actions.open_account(login=sample.login, name=sample.name, by=SYSTEM).account
    if not Appointment.objects.filter(account=number, role=sample.role, revoked_on=None).exists():
        given = GrantInput(account=number, role=sample.role, office=sample.office, since=on, reason="見本")
        actions.grant_role(appointment=given, by=SYSTEM, at=at)


def _link(account: int, card: str, at: datetime) -> None:
    certificate = cards.box().certificate(card, Kind.AUTHENTICATION)
    issuer, serial = certificate.issuer.rfc4514_string(), f"{certificate.serial_number:x}"
    data = CardData(issuer=issuer, serial=serial, valid_until=certificate.not_valid_after_utc)
    actions.link_card(account=account, card=data, by=SYSTEM, at=at)
