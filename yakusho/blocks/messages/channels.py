"""経路 The ways out: mail for live messages, the sample city's outbox, and the drill's own outbox."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from yakusho.blocks.messages import queries, rules
from yakusho.blocks.messages.envelopes import DrillChannel, DrillMessage, LiveChannel, LiveMessage
from yakusho.blocks.messages.values import Outcome, Parcel

SECONDS = 10  # for one mail; all of one round stay within the courier's lease


class MailChannel(LiveChannel):
    """電子メール SMTP by Django's backend. The message id follows from the delivery, so a repeat is recognised as one."""

    def _send(self, message: LiveMessage) -> None:
        sender = settings.DEFAULT_FROM_EMAIL
        body = rules.mail_body(message.title, language=message.language, city=queries.city_name(message.language))
        headers = {
            "Message-ID": f"<delivery-{message.delivery}@{parseaddr(sender)[1].partition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language[:2],
        }
        connection = get_connection(timeout=SECONDS)
        EmailMessage(message.title, body, sender, [message.address], connection=connection, headers=headers).send()


class SampleOutbox(LiveChannel):
    """見本の送付箱 A sample city sends nothing to anybody: the outbox page shows what would have gone."""

    def _send(self, message: LiveMessage) -> None:
        """The delivery's own row is all that is kept."""


class DrillOutbox(DrillChannel):
    """訓練の送付箱 A drill ends on the outbox page."""

    def _send(self, message: DrillMessage) -> None:
        """The delivery's own row is all that is kept."""


def live_channel() -> LiveChannel:
    """The way out for live messages: in a sample city never the mail."""
    return SampleOutbox() if settings.SAMPLE_CITY else MailChannel()


def send(parcel: Parcel, *, live: LiveChannel, drill: DrillChannel) -> Outcome:
    """送付 Hand one delivery to the channel of its own side; what went wrong, and whether it can help to try again."""
    try:
        if parcel.drill:
            drill.send(DrillMessage(parcel.delivery, parcel.address, parcel.language, parcel.title))
        else:
            live.send(LiveMessage(parcel.delivery, parcel.address, parcel.language, parcel.title))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Outcome(error=f"recipient refused {codes}", final=all(code >= 500 for code in codes))
    except smtplib.SMTPResponseException as error:
        return Outcome(error=f"SMTP {error.smtp_code}", final=error.smtp_code >= 500)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(error=type(error).__name__)
    return Outcome(sent=True)
