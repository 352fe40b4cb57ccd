import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import lottery
from yakusho.kit.lottery import BeaconMissing, CommitmentDiffers, Drbg, NotAnEntry, OrderDiffers, WeakSeed

SEED = bytes(range(32))
ENTRIES = [f"R8-{number:04}" for number in range(1, 21)]
RULE = "日経平均株価 2026-12-01 終値"
BEACON = "38123.45"
LIST = st.lists(st.text(alphabet="ABC0123456789-あ", min_size=1), unique=True, max_size=30)
SEEDS = st.binary(min_size=32, max_size=32)


def test_the_generator_gives_the_published_vector():
    """NIST CAVP, HMAC_DRBG SHA-256, no reseed, no prediction resistance, no personalisation, count 0."""
    entropy = "ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488"
    nonce = "659ba96c601dc69fc902940805ec0ca8"
    generator = Drbg(bytes.fromhex(entropy + nonce))
    generator.generate(128)
    assert generator.generate(128).hex() == (
        "e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89d54fbb978a15b5c443c9ec21036d2460"
        "b6f73ebad0dc2aba6e624abf07745bc107694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668"
        "961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8"
    )


def test_a_draw_is_the_same_for_everyone_who_replays_it():
    one = lottery.draw(SEED, ENTRIES, BEACON)
    assert one == lottery.draw(SEED, list(reversed(ENTRIES)), BEACON)
    assert one.order[:5] == lottery.draw(SEED, tuple(ENTRIES), BEACON).winners(5)
    assert one.winners(5) + one.waiting(5) == one.order


def test_the_order_of_this_release_never_changes():
    assert lottery.draw(SEED, ENTRIES, BEACON).winners(4) == GOLDEN
    assert lottery.commit(SEED, ENTRIES, RULE) == GOLDEN_COMMITMENT


GOLDEN = ("R8-0017", "R8-0012", "R8-0002", "R8-0006")
GOLDEN_COMMITMENT = "11a02761d638be4f02e41c271483fcbc8edccfd3fe5f8387d50c9f67200fb261"


def _outsider():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(# replay.*?)```", readme, re.DOTALL)
    space = {}
    exec(compile(code[1], "README.md", "exec"), space)
    return space["commitment"], space["replay"]


@given(SEEDS, LIST, st.text(alphabet="0123456789.あ", min_size=1))
def test_an_outsider_replays_it_with_the_lines_of_the_readme(seed, entries, beacon):
    commitment, replay = _outsider()
    assert tuple(replay(seed, entries, beacon)) == lottery.draw(seed, entries, beacon).order
    assert commitment(seed, entries, RULE) == lottery.commit(seed, entries, RULE)


@given(SEEDS, LIST)
def test_every_entry_is_drawn_exactly_once(seed, entries):
    assert sorted(lottery.draw(seed, entries, BEACON).order) == sorted(entries)


@given(SEEDS, st.integers(1, 2**40))
def test_numbers_stay_below_their_bound(seed, bound):
    generator = Drbg(seed)
    assert all(0 <= generator.below(bound) < bound for _ in range(5))


def test_a_number_beyond_the_last_whole_multiple_is_thrown_away():
    generator = Drbg(SEED)
    tries = iter([b"\xff" * 8, (7).to_bytes(8, "big")])
    generator.generate = lambda length: next(tries)
    assert generator.below(10) == 7


def test_every_order_of_four_comes_up_about_equally_often():
    """Chi-squared over 24 orders and 4,800 draws; 23 degrees of freedom, p = 0.0001 at 56.8."""
    orders = Counter(lottery.draw(hashlib.sha256(b"%d" % n).digest(), "ABCD", BEACON).order for n in range(4800))
    assert len(orders) == 24
    assert sum((count - 200) ** 2 / 200 for count in orders.values()) < 56.8


def test_seed_beacon_and_entries_each_decide():
    base = lottery.draw(SEED, ENTRIES, BEACON).order
    assert base != lottery.draw(bytes(32), ENTRIES, BEACON).order
    assert base != lottery.draw(SEED, ENTRIES, "38123.46").order
    assert [entry for entry in lottery.draw(SEED, [*ENTRIES, "R8-0021"], BEACON).order if entry != "R8-0021"] != list(
        base
    )


def test_the_commitment_is_the_sha256_of_lines():
    document = lottery.document(SEED, ["b", "a"], RULE)
    assert document.decode() == f"yakusho-lottery/1\n{RULE}\n{SEED.hex()}\na\nb\n"
    assert lottery.commit(SEED, ["a", "b"], RULE) == hashlib.sha256(document).hexdigest()


def published():
    return {
        "seed": SEED,
        "entries": ENTRIES,
        "rule": RULE,
        "beacon": BEACON,
        "order": lottery.draw(SEED, ENTRIES, BEACON).order,
    }


def test_a_right_draw_verifies():
    assert lottery.verify(lottery.commit(SEED, ENTRIES, RULE).upper() + "\n", **published()) is None


@pytest.mark.parametrize(
    "change",
    [{"seed": bytes(32)}, {"entries": ENTRIES[1:]}, {"entries": [*ENTRIES, "late"]}, {"rule": "TOPIX 2026-12-01 終値"}],
)
def test_what_was_committed_cannot_be_changed_afterwards(change):
    with pytest.raises(CommitmentDiffers):
        lottery.verify(lottery.commit(SEED, ENTRIES, RULE), **published() | change)


def test_an_order_that_was_touched_is_found_with_its_place():
    order = list(published()["order"])
    order[3], order[4] = order[4], order[3]
    with pytest.raises(OrderDiffers) as caught:
        lottery.verify(lottery.commit(SEED, ENTRIES, RULE), **published() | {"order": order})
    assert caught.value.facts["place"] == 4
    with pytest.raises(OrderDiffers) as caught:
        lottery.verify(lottery.commit(SEED, ENTRIES, RULE), **published() | {"order": published()["order"][:-1]})
    assert caught.value.facts["place"] == 20


@given(st.integers(0, 18), st.integers(0, 19))
def test_no_two_places_can_be_swapped_unseen(one, other):
    order = list(published()["order"])
    order[one], order[other] = order[other], order[one]
    if one != other:
        with pytest.raises(OrderDiffers):
            lottery.verify(lottery.commit(SEED, ENTRIES, RULE), **published() | {"order": order})


@pytest.mark.parametrize("entries", [["a", "a"], [""], [" "], ["a\nb"], ["a\r"], ["\ud800"]])
def test_entries_must_be_single_lines_and_different(entries):
    with pytest.raises(NotAnEntry):
        lottery.draw(SEED, entries, BEACON)
    with pytest.raises(NotAnEntry):
        lottery.commit(SEED, entries, RULE)


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
def test_a_short_seed_is_refused(seed):
    with pytest.raises(WeakSeed):
        lottery.draw(seed, ENTRIES, BEACON)
    with pytest.raises(WeakSeed):
        lottery.commit(seed, ENTRIES, RULE)


@pytest.mark.parametrize("text", ["", " ", "a\nb"])
def test_beacon_and_rule_are_one_line(text):
    with pytest.raises(BeaconMissing):
        lottery.draw(SEED, ENTRIES, text)
    with pytest.raises(BeaconMissing):
        lottery.commit(SEED, ENTRIES, text)


@pytest.mark.parametrize("entries", [[], ["only"]])
def test_none_or_one_entry_needs_no_luck(entries):
    assert lottery.draw(SEED, entries, BEACON).order == tuple(entries)
