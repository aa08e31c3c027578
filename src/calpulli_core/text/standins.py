"""Texts and addresses that hold the place of others: what somebody typed to try, and hosts that lead nowhere in public.

Only what can be told with few false alarms, and never a reason to refuse: the words are data (`standins.toml`).
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from calpulli_core.text.folding import fold

# One letter again and again: "aaaa", "XXXX" (no Roman number has four alike but for M, of thousands); "xxx" in small letters.
_REPEATED = re.compile(r"\b(?:xxx+|([a-z])\1{3,}|(?!M)([A-Z])\2{3,})\b")
_WORDS = re.compile(r"\w+")


def stand_ins(text: str) -> list[str]:
    """The pieces of a text, as they stand in it, that look typed to try; the whole text, if it says nothing else."""
    told = _told()
    if _plain(text) in told["alone"]["phrases"]:
        return [text.strip()]
    if not text.strip():
        return []
    spared = [match.span() for match in _found(text, told["anywhere"]["meant"])]
    suspects = [*_found(text, told["anywhere"]["phrases"]), *_REPEATED.finditer(text)]
    spans = sorted({match.span() for match in suspects if not _within(match.span(), spared)})
    return [text[start:end] for start, end in spans if not _within((start, end), [one for one in spans if one != (start, end)])]


def leads_nowhere(host: str) -> bool:
    """Whether the host of a web address, in small letters, is reserved for examples or tests, or of no public network."""
    bare = host.rstrip(".")
    return bool(bare) and (_is_reserved(bare) or _is_private(bare))


def _is_reserved(host: str) -> bool:
    told = _told()["hosts"]
    if any(f".{host}".endswith(f".{ending}") for ending in told["endings"]):
        return True
    labels = host.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in told["between"]:
        labels.pop()
    return bool(labels) and labels[-1] in told["names"]


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text)))


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _found(text: str, phrases: Iterable[str]) -> Iterator[re.Match[str]]:
    return _pattern(tuple(phrases)).finditer(text)


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The longest first, whatever stands between their words but another sentence."""
    longest = sorted(phrases, key=lambda phrase: -len(phrase))
    return re.compile(rf"\b(?:{'|'.join(_loosely(phrase) for phrase in longest)})\b", re.IGNORECASE)


def _loosely(phrase: str) -> str:
    marked = {"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uúü]"}
    return r"\s+".join("".join(marked.get(letter, re.escape(letter)) for letter in word) for word in phrase.split())


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("standins.toml").read_text(encoding="utf-8"))
