"""What can be asked of messages. Everybody sees their own; a foreign message is a missing one."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from yakusho.blocks.doors import EVERYONE, HOUSE, NOBODY, RESIDENT, STAFF, Actor, about, query
from yakusho.blocks.messages import rules
from yakusho.blocks.messages.models import Contact, Delivery, Message
from yakusho.blocks.messages.values import ContactInput, DeliveryView, LanguageCode, MessageView, Tongue
from yakusho.kit.refusal import NotAllowed

SHOWN = 100


def mine(by: Actor) -> QuerySet[Message]:
    """自分あて Messages to whoever asks: as a resident, else as a colleague."""
    if by.person is not None:
        return Message.objects.filter(person=by.person)
    return Message.objects.filter(account=by.account) if by.account else Message.objects.none()


@query(allowed=RESIDENT | STAFF)
def inbox(*, language: LanguageCode = "ja", after: int | None = None, by: Actor) -> list[MessageView]:
    """お知らせ一覧 Messages to whoever asks, newest first: a page and the first of the next, ``after`` a message."""
    about(person_of(by))
    rows = mine(by) if after is None else mine(by).filter(pk__lt=after)
    return [shown(row, language) for row in rows.order_by("-pk")[: SHOWN + 1]]


@query(allowed=EVERYONE)
def unread(*, by: Actor) -> int:
    """未読 How many messages whoever asks has not opened; none for nobody. For the header of every page."""
    return 0 if by == NOBODY else mine(by).filter(read_at__isnull=True).count()


@query(allowed=RESIDENT | STAFF)
def contact(*, by: Actor) -> ContactInput:
    """連絡先 Where whoever asks wants to be told by mail; an empty address where nowhere."""
    about(person_of(by))
    row = Contact.objects.filter(**owner(by)).first()
    return ContactInput(mail=row.mail, language=Tongue(row.language)) if row else ContactInput()


@query(allowed=STAFF)
def outbox(*, by: Actor) -> list[DeliveryView]:
    """送付箱（見本） What the sample city would have sent; a real city has no such page. Refusals: NotAllowed."""
    if not settings.SAMPLE_CITY:
        raise NotAllowed
    rows = Delivery.objects.select_related("message").order_by("-pk")[:SHOWN]
    return [_delivery(row) for row in rows]


@query(allowed=HOUSE)
def waiting(*, at: datetime, by: Actor) -> int:
    """送付待ち How many deliveries are due."""
    return Delivery.objects.filter(due__lte=at).count()


def person_of(by: Actor) -> list[int]:
    """本人 Whom a look at one's own inbox is about: a resident; of colleagues the record keeps the account anyway."""
    return [] if by.person is None else [by.person]


def owner(by: Actor) -> dict[str, int | None]:
    """Whose inbox and contact an actor has."""
    return {"person": by.person, "account": None if by.person is not None else by.account}


def shown(row: Message, language: str) -> MessageView:
    """A message in a language."""
    wording = rules.Wordings(by_language=row.wordings).in_language(language)
    return MessageView(
        id=row.pk,
        title=wording.title,
        body=wording.body,
        at=row.at,
        read_at=row.read_at,
        office=row.office,
        case=row.case,
        papers=row.papers,
        drill=row.drill,
    )


def title_of(row: Delivery) -> str:
    """The title of the delivery's message in its receiver's language."""
    return rules.Wordings(by_language=row.message.wordings).in_language(row.language).title


def _delivery(row: Delivery) -> DeliveryView:
    title = title_of(row)
    return DeliveryView(
        id=row.pk,
        person=row.message.person,
        address=row.address,
        language=row.language,
        title=title,
        body=rules.mail_body(title, language=row.language, city=city_name(row.language)),
        state=row.state,
        attempts=row.attempts,
        due=row.due,
        last_error=row.last_error,
        drill=row.drill,
        at=row.message.at,
    )


def city_name(language: str) -> str:
    """The city's name in a language of messages."""
    return str(settings.CITY["english"] if language == "en" else settings.CITY["name"])
