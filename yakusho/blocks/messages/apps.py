"""通知: messages over every channel."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import RESIDENT, STAFF, Menu, SystemConfig


class Messages(SystemConfig):
    """通知 An inbox for everybody, mail that says a message has come, and a strict line between live and drill."""

    label = "notices"  # Django's own one-time messages are called "messages"
    title = _("通知")
    offices = ["informatics"]
    menu = [
        Menu(_("お知らせ"), "messages:inbox", for_=RESIDENT, words=("通知", "メッセージ", "届いた")),
        Menu(_("お知らせ"), "messages:inbox", for_=STAFF, group=_("通知")),
        Menu(_("送付箱（見本）"), "messages:outbox", for_=STAFF, group=_("通知")),
    ]
