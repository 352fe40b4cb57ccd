"""Tiles: the layout of C2SP tlog-tiles, growth in any steps, and what a crash leaves behind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakusho.blocks.audit._internal import merkle
from yakusho.blocks.audit._internal.tiles import BadTile, Tiles, name, shape, write

LEAVES = [merkle.leaf_hash(b"%d" % number) for number in range(70_000)]


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        ((0, 0), "tile/0/000"),
        ((1, 67, 8), "tile/1/067.p/8"),
        ((0, 1_234_067), "tile/0/x001/x234/067"),
        (("entries", 1_000, 255), "tile/entries/x001/000.p/255"),
    ],
)
def test_paths_of_the_standard(tile, path):
    assert name(*tile) == path


def test_the_example_of_the_standard(tmp_path):
    """70 000 leaves: 273 full tiles and one of 112; one full and one of 17; one of 1."""
    tree = Tiles(tmp_path, 0).grow(LEAVES)
    found = files(tmp_path)
    assert len([path for path in found if path.startswith("tile/0/") and ".p" not in path]) == 273
    assert {path for path in found if ".p" in path} == {"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"}
    assert "tile/1/000" in found
    assert shape(70_000) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert tree.frontier().root() == merkle.root_of(LEAVES)


def test_a_full_tile_begins_the_next_level(tmp_path):
    Tiles(tmp_path, 0).grow(LEAVES[:256])
    assert files(tmp_path) == {"tile/0/000", "tile/1/000.p/1"}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_growth_in_any_steps_gives_the_same_tree(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("log")
    tree = Tiles(folder, 0)
    for step in steps:
        grown = tree.grow(LEAVES[tree.size : tree.size + step])
        grown.tidy(tree.size)
        tree = grown
        assert tree.frontier().root() == merkle.root_of(LEAVES[: tree.size])
    whole = folder / "whole"
    Tiles(whole, 0).grow(LEAVES[: tree.size])
    assert files(whole) <= {str(path) for path in files(folder)}
    assert all((folder / path).read_bytes() == (whole / path).read_bytes() for path in files(whole))


def test_proofs_come_from_tiles(tmp_path):
    tree = Tiles(tmp_path, 0).grow(LEAVES)
    root = tree.frontier().root()
    for leaf in (0, 255, 256, 65_535, 65_536, 69_999):
        proof = merkle.inclusion_proof(leaf, tree.size, tree.node)
        assert merkle.inclusion_holds(leaf=leaf, size=tree.size, leaf_hash=LEAVES[leaf], proof=proof, root=root)
    old = merkle.root_of(LEAVES[:65_537])
    growth = merkle.consistency_proof(65_537, tree.size, tree.node)
    assert merkle.consistency_holds(old=65_537, new=tree.size, old_root=old, new_root=root, proof=growth)


def test_an_older_tree_is_still_read_after_growth(tmp_path):
    old = Tiles(tmp_path, 0).grow(LEAVES[:300])
    old.grow(LEAVES[300:600]).tidy(300)
    assert "tile/0/001.p/44" not in files(tmp_path)
    assert old.frontier().root() == merkle.root_of(LEAVES[:300])


def test_growing_again_after_a_crash_gives_the_same_files(tmp_path):
    old = Tiles(tmp_path, 0).grow(LEAVES[:300])
    old.grow(LEAVES[300:700])  # written, but never signed
    again = old.grow(LEAVES[300:800])
    assert again.frontier().root() == merkle.root_of(LEAVES[:800])


def test_partial_tiles_stay_until_the_full_one_is_signed(tmp_path):
    first = Tiles(tmp_path, 0).grow(LEAVES[:10])
    second = first.grow(LEAVES[10:20])
    second.tidy(10)
    assert files(tmp_path) == {"tile/0/000.p/10", "tile/0/000.p/20"}
    second.grow(LEAVES[20:256]).tidy(20)
    assert files(tmp_path) == {"tile/0/000", "tile/1/000.p/1"}


@pytest.mark.parametrize("damage", ["remove", "shorten", "lengthen"])
def test_a_damaged_tile_is_named(tmp_path, damage):
    tree = Tiles(tmp_path, 0).grow(LEAVES[:10])
    path = tmp_path / "tile/0/000.p/10"
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] if damage == "shorten" else path.read_bytes() + b"x")
    with pytest.raises(BadTile, match=r"tile/0/000\.p/10"):
        tree.frontier()


def test_a_subtree_beyond_the_edge_is_refused(tmp_path):
    tree = Tiles(tmp_path, 0).grow(LEAVES[:10])
    with pytest.raises(BadTile):
        tree.node(3, 1)


def test_a_write_leaves_no_draft(tmp_path):
    write(tmp_path / "deep" / "file", b"one")
    write(tmp_path / "deep" / "file", b"two")
    assert (tmp_path / "deep" / "file").read_bytes() == b"two"
    assert files(tmp_path) == {"deep/file"}
