"""Sample sign-ins of a sample city: one resident with a soft card, and the staff of the desk."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import connection

from yakusho.blocks.identity.matching import FourItems
from yakusho.blocks.identity.samples import ensure_sample_accounts

SEX = {"男": "1", "女": "2"}

# A mother who lives with husband and child, is not protected, and has lived at one address: the first of them.
RESIDENT = """
select n.person_id, n.family || n.given, n.born, n.sex, r.town_name || r.block || r.building
from people_residence r join people_naming n on n.person_id = r.person_id and upper(n.known) is null
where upper(r.known) is null and upper(r.valid) is null and r.relation = '妻'
  and n.born between %(on)s::date - interval '46 years' and %(on)s::date - interval '28 years'
  and exists (select from people_residence c where c.household_id = r.household_id and c.relation = '子' and upper(c.known) is null)
  and not exists (select from people_protection p where p.person_id = r.person_id and p.ended_on is null)
order by n.person_id limit 1
"""


def sample_resident(on: date) -> tuple[int, FourItems] | None:
    """The invented resident who can sign in, with the four items of her card; None in a city too small to have one."""
    with connection.cursor() as cursor:
        cursor.execute(RESIDENT, {"on": on})
        row = cursor.fetchone()
    if row is None:
        return None
    person, name, born, sex, address = row
    city = settings.CITY["prefecture"] + settings.CITY["name"]
    return person, FourItems(name=name, born=born, sex=SEX[sex], address=city + address)


def make_accounts(*, on: date, at: datetime) -> None:
    """Make the sample sign-ins; harmless to repeat."""
    found = sample_resident(on)
    if found is not None:
        ensure_sample_accounts(resident=found[0], items=found[1], on=on, at=at)
