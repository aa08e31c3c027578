"""Where the sentences of a text are: stops of abbreviations, initials, figures and lists do not end one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calpulli_core.text.spoken import ABBREVIATIONS, MAY_END

_LINE = r"(?:\r\n|\r(?!\n)|[\n\u2028\u2029])"
# What stands before an item of a list; years and other long figures do not.
_MARK = (
    r"[ \t]*(?:[-\u2013\u2014\u2022\u25aa\u00b7*#]+|\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]+-?|[0-9]{1,3}(?:\.[0-9]{1,3})+"
    r"|\(?[a-zñA-ZÑ]\)|[IVXLC]{1,6}[.)]-?)(?=[ \t])"
)
_BREAK = re.compile(rf"{_LINE}[ \t]*(?={_LINE})|{_LINE}(?={_MARK})")
_ITEM = re.compile(_MARK)
# Only where a run of stops begins: a page of dots takes no longer than a page of letters.
_STOP = re.compile(r"(?<![.!?\u2026])[.!?\u2026]+[\u00bb\u201d\"'\u2019)\]]*(?=\s|$)")
_OPENING = " \t\r\n\u2028\u2029\u00a0\u00bf\u00a1\u00ab\u201c\"'\u2018([\u2014\u2013-"
_BEFORE = re.compile(r"([^\W_]+)\Z")
_WORD_SIGN = re.compile(r"[^\W_]")
# After these a letter alone is a name, not an initial: «el inciso b. La ley…».
_NAMES_A_LETTER = frozenset(
    {"inciso", "apartado", "anexo", "grupo", "plan", "fase", "letra", "tabla", "figura", "base", "punto", "sección", "tipo"}
)
_LOOK_BACK = 40


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of each sentence that has at least one letter or figure, in order, without the spaces around it.

    A sentence ends with a full stop, ``!``, ``?`` or an ellipsis before a space, unless what follows begins in lower case or the
    stop is of an abbreviation (``art. 5``), an initial (``J. Pérez``) or the number of an item. An empty line and a new item of
    a list end one too; the mark of the item (``a)``, ``1.``, ``•``) is no part of it. Colon and semicolon do not end one.
    """
    return [place for block in _blocks(text) for place in _in_block(text, *block)]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs and items, without the marks of the items."""
    start = 0
    for match in _BREAK.finditer(text):
        yield _after_mark(text, start, match.start())
        start = match.end()
    yield _after_mark(text, start, len(text))


def _after_mark(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    mark = _ITEM.match(text, start, end)
    return (mark.end() if mark else start), end


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _STOP.finditer(text, start, end):
        if _ends(text, match, start, end):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if _WORD_SIGN.search(text, start, end):
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        yield start, end


def _ends(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    follows = _first_sign(text, stop.end(), end)
    if not follows:
        return True
    if follows.islower():
        return False
    return stop[0] != "." or not _is_short_form(text, stop.start(), start)


def _first_sign(text: str, start: int, end: int) -> str:
    while start < end and text[start] in _OPENING:
        start += 1
    return text[start] if start < end else ""


def _is_short_form(text: str, stop: int, start: int) -> bool:
    """Whether the full stop is of an abbreviation or an initial."""
    before = text[max(start, stop - _LOOK_BACK) : stop]
    match = _BEFORE.search(before)
    if match is None:
        return False
    word = match[1]
    if len(word) == 1 and word.isupper():
        earlier = before[: match.start()].split()
        return not (earlier and earlier[-1].lower() in _NAMES_A_LETTER)
    # «… que no. Se fue»: number is written No.
    return word.lower() in ABBREVIATIONS and word.lower() not in MAY_END and word not in ("no", "nos")
