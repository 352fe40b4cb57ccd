"""個人番号カード: what people can do."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.doors import Actor, PersonId, Value, action
from yakusho.blocks.identity.matching import FourItems
from yakusho.blocks.identity.samples import issue_sample_card
from yakusho.kit.refusal import Refusal
from yakusho.registers.people import queries as people
from yakusho.systems.citizen.resident_card.apps import CLERK

SEXES = {"男": "1", "女": "2"}


class NotResident(Refusal):
    """今は市内に住民登録がありません。 / This person is not a resident now."""

    field = "person"


class AddressWithheld(Refusal):
    """この方のカードは、見本では作れません。 / No sample card can be made for this person."""

    status = 403
    field = "person"


class CardMade(Value):
    """見本のカード A soft card: its number and whose it is."""

    card: str = Field(title=_("カードの番号"))
    person: PersonId = Field(title=_("宛名番号"))
    name: str = Field(title=_("氏名"))


@action(allowed=CLERK)
def make_sample_card(*, person: PersonId, by: Actor, on: date, at: datetime) -> CardMade:
    """見本のカードの作成 Make a soft card for an invented resident; only in a sample city.

    Refusals: NotFound, NotResident, AddressWithheld, NotASampleCity.
    """
    resident = people.person(person=person, on=on)
    if not resident.is_resident or resident.residence is None:
        raise NotResident
    if resident.residence.address is None:
        raise AddressWithheld
    city = settings.CITY["prefecture"] + settings.CITY["name"]
    items = FourItems(
        name=resident.names.name.replace("　", ""),
        born=resident.names.born,
        sex=SEXES.get(resident.names.sex.value, "3"),
        address=city + resident.residence.address.text.replace("　", ""),
    )
    return CardMade(card=issue_sample_card(items, at=at), person=person, name=resident.names.name)
