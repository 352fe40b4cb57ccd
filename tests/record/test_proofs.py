"""Any one entry of a long record is proved by a handful of hashes, read from the published tiles."""

import random
import statistics
import time
from hashlib import sha256

from tests.hostile.attackers import SEED
from tests.sizes import sized
from yakusho.blocks.audit._internal import merkle, tiles

LEAVES = sized(20_000, 100_000, 10_000_000)
STEP, PROOFS = 100_000, 300


def leaf(number):
    return merkle.leaf_hash(b"%d" % number)


def test_any_entry_is_proved(tmp_path, record_property):
    tree, begun = tiles.Tiles(tmp_path, 0), time.perf_counter()
    for start in range(0, LEAVES, STEP):
        tree = tree.grow([leaf(number) for number in range(start, min(start + STEP, LEAVES))])
    grown, root = time.perf_counter() - begun, tree.frontier().root()
    draw, took = random.Random(SEED), []
    for _ in range(PROOFS):
        number, begun = draw.randrange(LEAVES), time.perf_counter()
        proof = merkle.inclusion_proof(number, LEAVES, tiles.Tiles(tmp_path, LEAVES).node)
        took.append((time.perf_counter() - begun) * 1_000)
        one = {"leaf": number, "size": LEAVES, "proof": proof, "root": root}
        assert merkle.inclusion_holds(leaf_hash=leaf(number), **one)
        assert not merkle.inclusion_holds(leaf_hash=leaf(number + 1), **one)
        assert len(proof) <= LEAVES.bit_length()
    record_property("leaves", LEAVES)
    record_property("proof, median ms", round(statistics.median(took), 2))
    record_property("proof, slowest ms", round(max(took), 2))
    record_property("leaves a second", round(LEAVES / grown))


def test_the_tree_is_that_of_the_standard():
    def plain(hashes):
        if len(hashes) == 1:
            return hashes[0]
        half = 1 << (len(hashes) - 1).bit_length() - 1
        return sha256(b"\x01" + plain(hashes[:half]) + plain(hashes[half:])).digest()

    hashes = [sha256(b"\x00%d" % number).digest() for number in range(77)]
    tree = merkle.Frontier()
    for one in hashes:
        tree.append(one)
    assert tree.root() == plain(hashes)
