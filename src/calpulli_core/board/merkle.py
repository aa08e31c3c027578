"""Merkle trees as in RFC 6962, section 2.1 (docs/spec/bundle.md, section 3)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """32 bytes: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """32 bytes: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def root(data: Iterable[bytes]) -> bytes:
    """32 bytes: root of the tree whose leaves are `data` in order."""
    return root_of_leaves(leaf_hash(item) for item in data)


def root_of_leaves(hashes: Iterable[bytes]) -> bytes:
    """32 bytes: root over leaf hashes already made.

    Merging neighbours of equal height as they come splits every tree at the largest power of two below its
    size, in one pass and with as many pending subtrees as the size has bits.
    """
    pending: list[tuple[int, bytes]] = []
    for digest in hashes:
        height = 0
        while pending and pending[-1][0] == height:
            digest = node(pending.pop()[1], digest)
            height += 1
        pending.append((height, digest))
    if not pending:
        return EMPTY_ROOT
    _, right = pending.pop()
    while pending:
        right = node(pending.pop()[1], right)
    return right
