"""Drill and live: neither reaches the other's channels, by type, at run time, and in the database."""

import subprocess
import sys
import textwrap

import pytest
from django.db import IntegrityError, transaction

from yakusho.blocks.messages import actions, channels, courier, queries
from yakusho.blocks.messages.envelopes import DrillChannel, DrillMessage, LiveChannel, LiveMessage, WrongSide
from yakusho.blocks.messages.models import Delivery, Message

LIVE = LiveMessage(1, "a@example.jp", "ja", "避難してください")
DRILL = DrillMessage(1, "a@example.jp", "ja", "【訓練】避難してください")


class Speaker(LiveChannel):
    """A live channel that remembers."""

    def __init__(self):
        self.said = []

    def _send(self, message):
        self.said.append(message)


class Rehearsal(DrillChannel):
    """A drill channel that remembers."""

    def __init__(self):
        self.said = []

    def _send(self, message):
        self.said.append(message)


def test_each_side_speaks_to_its_own():
    live, drill = Speaker(), Rehearsal()
    live.send(LIVE)
    drill.send(DRILL)
    assert (live.said, drill.said) == ([LIVE], [DRILL])


def test_a_drill_message_is_refused_by_a_live_channel():
    live = Speaker()
    with pytest.raises(WrongSide):
        live.send(DRILL)
    assert live.said == []


def test_a_live_message_is_refused_by_a_drill_channel():
    drill = Rehearsal()
    with pytest.raises(WrongSide):
        drill.send(LIVE)
    assert drill.said == []


def test_a_drill_message_without_the_sign_does_not_exist():
    with pytest.raises(WrongSide):
        DrillMessage(1, "a@example.jp", "ja", "避難してください")


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [("channels.MailChannel().send(DRILL)", "DrillMessage"), ("channels.DrillOutbox().send(LIVE)", "LiveMessage")],
)
def test_the_type_checker_finds_the_mistake_before_it_runs(tmp_path, wrong, complaint):
    path = tmp_path / "mistake.py"
    path.write_text(
        textwrap.dedent(f"""\
            from yakusho.blocks.messages import channels
            from yakusho.blocks.messages.envelopes import DrillMessage, LiveMessage
            LIVE = LiveMessage(1, "a", "ja", "t")
            DRILL = DrillMessage(1, "a", "ja", "訓練")
            {wrong}
            """)
    )
    command = [sys.executable, "-m", "mypy", "--no-incremental", "--config-file=", "--follow-imports=silent",
               "--ignore-missing-imports", str(path)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert f'incompatible type "{complaint}"' in done.stdout


@pytest.mark.slow
def test_the_type_checker_accepts_the_right_way(tmp_path):
    path = tmp_path / "right.py"
    path.write_text(
        "from yakusho.blocks.messages import channels\n"
        "from yakusho.blocks.messages.envelopes import LiveMessage\n"
        'channels.MailChannel().send(LiveMessage(1, "a", "ja", "t"))\n'
    )
    command = [sys.executable, "-m", "mypy", "--no-incremental", "--config-file=", "--follow-imports=silent",
               "--ignore-missing-imports", str(path)]  # fmt: skip
    assert subprocess.run(command, capture_output=True, text=True).returncode == 0


def test_a_drill_goes_to_the_drill_channel_only(toll, with_mail, clock, real_city):
    live, drill = Speaker(), Rehearsal()
    toll(drill=True)
    courier.carry(clock=clock, live=live, drill=drill)
    assert (live.said, len(drill.said)) == ([], 1)
    assert drill.said[0].title.startswith("【訓練】")


def test_a_live_message_goes_to_the_live_channel_only(toll, with_mail, clock, real_city):
    live, drill = Speaker(), Rehearsal()
    toll()
    courier.carry(clock=clock, live=live, drill=drill)
    assert (len(live.said), drill.said) == (1, [])


def test_a_drill_in_the_inbox_says_so_in_every_language(toll, mother, clock):
    number = toll(drill=True)
    for language, sign in (("ja", "訓練"), ("en", "DRILL"), ("ja-easy", "訓練")):
        shown = actions.open_message(message=number, language=language, by=mother, at=clock())
        assert shown.drill
        assert sign in shown.title
        assert sign in shown.body


def test_the_database_does_not_let_a_delivery_change_sides(toll, with_mail):
    toll(drill=True)
    for change in ({"channel": "mail"}, {"drill": False}, {"channel": "mail", "drill": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.update(**change)
    assert Delivery.objects.get().channel == "drill"


def test_the_sample_city_never_mails(settings):
    settings.SAMPLE_CITY = True
    assert isinstance(channels.live_channel(), channels.SampleOutbox)
    settings.SAMPLE_CITY = False
    assert isinstance(channels.live_channel(), channels.MailChannel)


def test_the_outbox_shows_drills_as_drills(toll, with_mail, clerk):
    toll(drill=True)
    toll()
    assert [row.drill for row in queries.outbox(by=clerk)] == [False, True]
    assert Message.objects.filter(drill=True).count() == 1
