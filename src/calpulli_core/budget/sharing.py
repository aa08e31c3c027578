"""An amount shared by the largest remainder (docs/spec/budget.md, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Shared:
    """`parts` in the order of the weights; `tied`: places with the same remainder of which only some got a cent."""

    parts: tuple[int, ...]
    tied: tuple[int, ...] = ()


def shared(cents: int, weights: Sequence[int]) -> Shared:
    """`cents` in proportion to `weights`; the parts sum to it. Cents left over go to the largest remainders, earlier first.

    ValueError for weights below 0, or that sum to 0 with something to share.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or (cents and whole == 0):
        raise ValueError(f"an amount cannot be shared by {list(weights)}")
    if not cents:
        return Shared((0,) * len(weights))
    divided = [divmod(abs(cents) * weight, whole) for weight in weights]
    left = abs(cents) - sum(quotient for quotient, _ in divided)
    ranked = sorted(range(len(weights)), key=lambda place: -divided[place][1])
    given = frozenset(ranked[:left])
    sign = 1 if cents > 0 else -1
    parts = tuple(sign * (quotient + (place in given)) for place, (quotient, _) in enumerate(divided))
    return Shared(parts, _tied([rest for _, rest in divided], ranked, left))


def _tied(rests: list[int], ranked: list[int], left: int) -> tuple[int, ...]:
    """The places of the remainder at which the cents ran out, if some had it and got none."""
    if not 0 < left < len(ranked) or rests[ranked[left - 1]] != rests[ranked[left]]:
        return ()
    return tuple(place for place in sorted(ranked) if rests[place] == rests[ranked[left]])
