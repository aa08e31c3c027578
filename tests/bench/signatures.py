"""Ed25519 in plain Python, which a stranger can read, against libsodium, which the institute signs with."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from nacl.signing import SigningKey

from calpulli_core.crypto import ed25519
from tests.bench.measure import Figures, Measure, compared, here
from tests.bench.stage import Stage

EACH = 20


def _signed() -> list[tuple[SigningKey, bytes, bytes]]:
    """Keys, messages of very different sizes, signatures."""
    dice = random.Random(8032)
    made = []
    for number in range(EACH):
        key = SigningKey(dice.randbytes(32))
        message = dice.randbytes(0 if number == 0 else int(dice.paretovariate(0.5)) % 65_536)
        made.append((key, message, key.sign(message).signature))
    return made


def _ours(signed: list[tuple[SigningKey, bytes, bytes]]) -> None:
    for key, message, signature in signed:
        assert ed25519.verify(bytes(key.verify_key), message, signature)


def _peers(signed: list[tuple[SigningKey, bytes, bytes]]) -> None:
    for key, message, signature in signed:
        key.verify_key.verify(message, signature)


@cache
def _verification(stage: Stage) -> Figures:
    signed, times = _signed(), 20
    peer = here(lambda: _peers(signed), times=times)
    return compared(here(lambda: _ours(signed)), lambda: peer() / times, rounds=stage.rounds(7), units=EACH, scale=1e3)


MEASURES: list[Measure[Stage]] = [
    # A bundle has one signature and one more for each key: at 30 ms they stay below what starting Python costs.
    Measure(
        id="ed25519.verify",
        what="Comprobar una firma en Python puro",
        unit="ms CPU",
        limit=30.0,
        take=lambda stage: replace(_verification(stage), peer=None),
    ),
    # Plain integers against assembler: two orders of magnitude are expected, and the limit only tells that nothing
    # became absurd. It depends on the processor more than other ratios, hence three times what was seen.
    Measure(
        id="ed25519.peer",
        what="Comprobar una firma en Python puro; par: libsodium (PyNaCl)",
        unit="ms CPU",
        limit=100.0,
        take=_verification,
    ),
]
