"""What can be done with messages: opening one, saying where to be told; and the two halves of sending."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from yakusho.blocks.doors import HOUSE, RESIDENT, STAFF, Actor, about, action, note
from yakusho.blocks.messages import queries, rules
from yakusho.blocks.messages.models import Contact, Delivery
from yakusho.blocks.messages.values import ContactInput, LanguageCode, MessageView, Outcome, Parcel
from yakusho.kit.refusal import NotFound

LEASE = timedelta(minutes=5)


@action(allowed=RESIDENT | STAFF)
def open_message(*, message: int, language: LanguageCode = "ja", by: Actor, at: datetime) -> MessageView:
    """開封 Read a message; the first opening is kept. Refusals: NotFound, also for somebody else's."""
    row = queries.mine(by).select_for_update(no_key=True).filter(pk=message).first()
    if row is None:
        raise NotFound
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    note(message=row.pk)
    about(queries.person_of(by))
    return queries.shown(row, language)


@action(allowed=RESIDENT | STAFF)
def set_contact(*, contact: ContactInput, by: Actor) -> None:
    """連絡先の登録 Say where to be told by mail that a message has come; an empty address ends it."""
    owner: dict[str, Any] = queries.owner(by)
    if contact.mail:
        told = {"mail": contact.mail, "language": contact.language.value}
        Contact.objects.update_or_create(defaults=told, **owner)
    else:
        Contact.objects.filter(**owner).delete()
    note(mail=bool(contact.mail), language=contact.language.value)
    about(queries.person_of(by))


@action(allowed=HOUSE)
def claim(*, limit: int = 20, by: Actor, at: datetime) -> list[Parcel]:
    """送付の引受 Take what is due and unclaimed; a sender that dies meanwhile loses it to the next after five minutes."""
    due = Delivery.objects.filter(due__lte=at).order_by("due", "pk")
    rows = list(due.select_related("message").select_for_update(skip_locked=True, of=("self",))[:limit])
    ids = [row.pk for row in rows]
    Delivery.objects.filter(pk__in=ids).update(state="sending", due=at + LEASE)
    note(deliveries=ids)
    return [
        Parcel(
            delivery=row.pk,
            attempts=row.attempts,
            address=row.address,
            language=row.language,
            title=queries.title_of(row),
            drill=row.drill,
        )
        for row in rows
    ]


@action(allowed=HOUSE)
def settle(*, parcel: Parcel, outcome: Outcome, by: Actor, at: datetime) -> str:
    """送付の結果 Record what became of an attempt; a result that comes after another sender's is dropped."""
    row = Delivery.objects.select_for_update(no_key=True).get(pk=parcel.delivery)
    if row.state != "sending" or row.attempts != parcel.attempts:
        return row.state
    row.attempts += 1
    row.last_error = outcome.error[:200]
    minutes = settings.CITY.get("messages", {}).get("retry_minutes", [1, 5, 30, 120, 480])
    again = None if outcome.sent or outcome.final else rules.next_attempt(attempts=row.attempts, at=at, minutes=minutes)
    row.state = "sent" if outcome.sent else "retry" if again else "failed"
    row.due = again
    row.done_at = None if again else at
    row.save()
    note(delivery=row.pk, state=row.state)
    return row.state
