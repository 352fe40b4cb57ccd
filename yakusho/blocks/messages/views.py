"""Pages of messages: inbox, one message, where to be told, and the sample city's outbox."""

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import RESIDENT, STAFF
from yakusho.blocks.messages import actions, queries
from yakusho.blocks.pages import language
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.further import after_number, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page

PAPER = "documents:paper"  # the page of a paper, served by the block of papers


def inbox(request: Request) -> HttpResponse:
    """お知らせ一覧 Messages to whoever is signed in."""
    enter(request, RESIDENT | STAFF)
    found = queries.inbox(language=language.current().code, after=after_number(request), by=request.actor)
    letters, more = cut(found, queries.SHOWN, lambda one: one.id)
    contact, unread = queries.contact(by=request.actor), queries.unread(by=request.actor)
    return page(request, "messages/inbox.html", letters=letters, more=more, contact=contact, unread=unread)


def message(request: Request, message: int) -> HttpResponse:
    """お知らせ One message; opening it is kept."""
    enter(request, RESIDENT | STAFF)
    code = language.current().code
    letter = actions.open_message(message=message, language=code, by=request.actor, at=request.now)
    papers = [(number, _address(number)) for number in letter.papers]
    return page(request, "messages/message.html", letter=letter, papers=papers, back=reverse("messages:inbox"))


def outbox(request: Request) -> HttpResponse:
    """送付箱（見本） What the sample city would have sent."""
    enter(request, STAFF)
    return page(request, "messages/outbox.html", deliveries=queries.outbox(by=request.actor), desk=True)


contact = ActionPage(
    actions.set_contact,
    done="messages:inbox",
    initial=lambda request: {"contact": queries.contact(by=request.actor)},
    title=_("メールでの連絡"),
    button=_("この内容で登録する"),
)


def _address(number: str) -> str:
    try:
        return reverse(PAPER, args=[number])
    except NoReverseMatch:
        return ""
