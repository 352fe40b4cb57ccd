"""知らせる Telling somebody something, in the transaction of the act that it tells of."""

from collections.abc import Sequence

from django.template.loader import get_template

from yakusho.blocks.doors import Actor, about
from yakusho.blocks.doors.frames import in_action
from yakusho.blocks.messages import rules
from yakusho.blocks.messages.models import Contact, Delivery, Message


def tell(
    *,
    template: str,
    by: Actor,
    person: int | None = None,
    account: int | None = None,
    papers: Sequence[str] = (),
    office: str = "",
    case: str = "",
    drill: bool = False,
    once: str = "",
    **facts: object,
) -> int:
    """お知らせ Put a message into somebody's inbox, and a mail into the outbox if they gave an address; returns its number.

    Call it inside an action, whose rollback takes it back. ``template`` is ``room/name``: the file
    ``templates/room/messages/name.txt`` with ``[ja]``, ``[en]`` and ``[easy]``. Facts go into its braces; ``papers`` are
    numbers of papers to show with it. The same ``once`` is told once. TypeError for a missing fact, two receivers or none.
    """
    if not in_action():
        raise TypeError("tell() belongs inside an action")
    if (person is None) == (account is None):
        raise TypeError("tell() needs either person= or account=")
    if once and (known := Message.objects.filter(once=once).values_list("pk", flat=True).first()):
        return int(known)
    wordings = worded(template, **facts)
    row = Message.objects.create(
        person=person,
        account=account,
        wordings=(rules.marked(wordings) if drill else wordings).model_dump()["by_language"],
        template=template,
        papers=list(papers),
        office=office or next((grant.office for grant in sorted(by.grants, key=str)), ""),
        case=case or by.case,
        drill=drill,
        once=once or None,
    )
    about([person] if person is not None else [])
    _send_too(row)
    return row.pk


def worded(template: str, **facts: object) -> rules.Wordings:
    """文面 The wording of a template in all languages. ValueError for a template without one of them."""
    room, _, name = template.partition("/")
    file = f"{room}/messages/{name}.txt"
    source: str = get_template(file).template.source  # type: ignore[attr-defined]  # Django's own engine keeps it
    return rules.fill(file, rules.read_template(file, source), facts)


def _send_too(row: Message) -> None:
    contact = Contact.objects.filter(person=row.person, account=row.account).first()
    if contact is not None:
        Delivery.objects.create(
            message=row,
            drill=row.drill,
            channel="drill" if row.drill else "mail",
            address=contact.mail,
            language=contact.language,
        )
