"""The sequencer against rivals that take their time: however late they commit, no row is passed over and no place is empty."""

import random
import threading
import time

import pytest

from tests.hostile.attackers import SEED
from tests.sizes import sized
from yakusho.blocks.audit import log
from yakusho.blocks.audit.models import Leaf
from yakusho.blocks.audit.tests.acts import FILL, settle

ROWS = sized(2_000, 100_000, 1_000_000)
RIVALS, MOST = 6, sized(20, 200)
pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.slow]


class Rival(threading.Thread):
    """Writes some rows a transaction until it has its share; now and then holds one open, or takes it back."""

    def __init__(self, made, seed, share, slow):
        super().__init__()
        self.made, self.draw, self.share, self.slow = made, random.Random(seed), share, slow
        self.written, self.late = [], 0

    def run(self):
        while len(self.written) < self.share:
            self.turn()
        self.made.close()

    def turn(self):
        many = min(self.draw.randrange(1, MOST), self.share - len(self.written))
        rows = self.made.execute(f"{FILL} returning id", [many]).fetchall()
        long = self.draw.random() < (0.3 if self.slow else 0.02)
        time.sleep(self.draw.uniform(0.05, 0.4) if long else self.draw.uniform(0, 0.01))
        if self.draw.random() < 0.1:
            self.made.rollback()
            return
        self.late += newest(self.made) > rows[-1][0]  # rows with larger numbers were committed before these
        self.made.commit()
        self.written += [number for (number,) in rows]


def newest(made):
    return made.execute("select max(id) from audit_entry").fetchone()[0]


def test_no_row_is_passed_over(another, record_property):
    rivals = [Rival(another(), SEED + place, ROWS // RIVALS, slow=place < 2) for place in range(RIVALS)]
    for rival in rivals:
        rival.start()
    rounds = 0
    while any(rival.is_alive() for rival in rivals):
        log.integrate()
        rounds += 1
        time.sleep(0.01)
    for rival in rivals:
        rival.join()
    written = sorted(number for rival in rivals for number in rival.written)
    settle(len(written), seconds=sized(150, 600))
    places = list(Leaf.objects.order_by("leaf").values_list("leaf", "entry").iterator())
    record_property("rows", len(written))
    record_property("rounds of the sequencer", rounds)
    record_property("transactions that committed late", sum(rival.late for rival in rivals))
    assert sum(rival.late for rival in rivals) > 0
    record_property("gaps", len(written) - len({entry for _, entry in places} & set(written)))
    assert [leaf for leaf, _ in places] == list(range(len(written)))
    assert sorted(entry for _, entry in places) == written
