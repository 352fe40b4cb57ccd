"""The tree against the definitions of RFC 9162, written a second time here, and against known answers."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakusho.blocks.audit._internal import merkle

# The eight inputs and roots with which Certificate Transparency implementations are checked.
KNOWN_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
sizes = st.integers(1, 300)


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH(D) as the text of the standard says it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


def leaves_of(count: int) -> list[bytes]:
    return [merkle.leaf_hash(b"entry %d" % number) for number in range(count)]


def node_of(leaves: list[bytes]) -> merkle.Node:
    return lambda level, index: by_definition(leaves[index << level : index + 1 << level])


@pytest.mark.parametrize("count", range(1, 9))
def test_known_roots(count):
    hashes = [merkle.leaf_hash(bytes.fromhex(data)) for data in KNOWN_LEAVES[:count]]
    assert merkle.root_of(hashes).hex() == KNOWN_ROOTS[count - 1]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert merkle.root_of([]) == sha256(b"").digest()


@settings(deadline=None)
@given(sizes)
def test_root_and_frontier_agree_with_the_definition(size):
    leaves = leaves_of(size)
    assert merkle.root_of(leaves) == by_definition(leaves)
    assert merkle.frontier(size, node_of(leaves)).root() == by_definition(leaves)


@settings(deadline=None)
@given(sizes, st.integers(0, 60))
def test_a_frontier_goes_on_where_it_stopped(size, more):
    leaves = leaves_of(size + more)
    tree = merkle.frontier(size, node_of(leaves))
    for leaf in leaves[size:]:
        tree.append(leaf)
    assert (tree.size, tree.root()) == (size + more, by_definition(leaves))


def test_a_frontier_needs_one_hash_for_each_complete_subtree():
    with pytest.raises(ValueError, match="3 leaves has 2"):
        merkle.Frontier(3, [merkle.EMPTY_ROOT])


@settings(deadline=None)
@given(sizes.flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_each_leaf_is_proved_and_no_other_is(case):
    size, leaf = case
    leaves = leaves_of(size)
    proof = merkle.inclusion_proof(leaf, size, node_of(leaves))
    claim = {"size": size, "proof": proof, "root": by_definition(leaves)}
    assert merkle.inclusion_holds(leaf=leaf, leaf_hash=leaves[leaf], **claim)
    assert not merkle.inclusion_holds(leaf=leaf, leaf_hash=merkle.leaf_hash(b"forged"), **claim)
    assert not merkle.inclusion_holds(leaf=leaf + 1, leaf_hash=leaves[leaf], **claim)
    assert not merkle.inclusion_holds(leaf=leaf, leaf_hash=leaves[leaf], **claim | {"proof": [*proof, leaves[0]]})
    if proof:
        assert not merkle.inclusion_holds(leaf=leaf, leaf_hash=leaves[leaf], **claim | {"proof": proof[:-1]})


@settings(deadline=None)
@given(sizes.flatmap(lambda size: st.tuples(st.just(size), st.integers(1, size))))
def test_growth_is_proved_and_a_rewritten_past_is_not(case):
    new, old = case
    leaves = leaves_of(new)
    proof = merkle.consistency_proof(old, new, node_of(leaves))
    claim = {"old": old, "new": new, "proof": proof, "new_root": by_definition(leaves)}
    rewritten = by_definition([merkle.leaf_hash(b"forged"), *leaves[1:old]])
    assert merkle.consistency_holds(old_root=by_definition(leaves[:old]), **claim)
    assert not merkle.consistency_holds(old_root=rewritten, **claim)
    assert not merkle.consistency_holds(old_root=by_definition(leaves[:old]), **claim | {"proof": [*proof, leaves[0]]})


@pytest.mark.parametrize(("leaf", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_for_a_leaf_outside(leaf, size):
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(leaf, size, node_of([]))


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_no_proof_of_growth_backwards(old, new):
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_proof(old, new, node_of([]))
    assert not merkle.consistency_holds(old=old, new=new, old_root=b"", new_root=b"", proof=[])
