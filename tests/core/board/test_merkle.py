"""Merkle trees: published vectors of Certificate Transparency, and the recursive definition of RFC 6962."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calpulli_core.board import merkle
from tests.core.verify import primitives

# Inputs and roots of sizes 1 to 8 of the reference tests of RFC 6962's authors.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_no_leaves() -> None:
    assert merkle.root([]) == sha256(b"").digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_as_the_recursive_definition(data: list[bytes]) -> None:
    assert merkle.root(iter(data)) == primitives.tree(data)
    assert merkle.root_of_leaves(map(merkle.leaf_hash, data)) == primitives.tree(data)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20), st.data())
def test_any_change_of_leaves_changes_the_root(data: list[bytes], choice: st.DataObject) -> None:
    place = choice.draw(st.integers(0, len(data) - 1))
    other = [*data]
    other[place] += b"\x00"
    assert merkle.root(other) != merkle.root(data)
    assert merkle.root([*data, b""]) != merkle.root(data)
    assert merkle.root(data[:-1]) != merkle.root(data)


def test_a_node_is_not_a_leaf() -> None:
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.node(left, right) != merkle.leaf_hash(left + right)
