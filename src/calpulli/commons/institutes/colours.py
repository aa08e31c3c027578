"""Colours as the screen mixes them, and how far apart two of them are to the eye.

Contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05), with relative luminances L of sRGB; from 1 to 21.
"""

from __future__ import annotations

import re

TEXT_RATIO = 4.5  # WCAG 1.4.3, text of any size
MARK_RATIO = 3.0  # WCAG 1.4.11, marks and edges that carry meaning
HEX = re.compile(r"#[0-9a-f]{6}")
# sRGB's own knee: below it a channel is linear.
KNEE = 0.04045


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, 0 to 255; ValueError for anything else."""
    if not HEX.fullmatch(colour):
        raise ValueError(colour)
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(value / 255) for value in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= KNEE else float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The ratio between two colours, whichever is the lighter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    parts = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in parts)
