"""The signs of a text (docs/spec/formulas.md, section 3), and how a text is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_CHARACTERS, MOST_SIGNS = 2_000, 400
MOST_DIGITS, MOST_DECIMALS = 18, 9

_SIGN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>[a-z][a-z0-9_]*)|(?P<unit>\[[^\[\]]*\])|(?P<mark><=|>=|<>|[-+*/(),<>=])"
)
_BLANK = re.compile(r"[ \t\n\r]*")


class RefusedError(ValueError):
    """Why a formula is refused: the character, what stands there, the rule with its remedy (Spanish)."""

    def __init__(self, place: int, found: str, rule: str) -> None:
        super().__init__(f"carácter {place}, «{found}»: {rule}")
        self.place, self.found, self.rule = place, found, rule


@dataclass(frozen=True, slots=True)
class Sign:
    """A piece of the text: its kind (`number`, `word`, `unit`, `mark`, `end`), and the character where it begins, from 1."""

    kind: str
    text: str
    place: int


def signs_of(text: str) -> list[Sign]:
    """All the signs, with one of kind `end` behind them."""
    if len(text) > MOST_CHARACTERS:
        rule = f"una fórmula tiene {MOST_CHARACTERS} caracteres o menos; pase una parte a otro indicador"
        raise RefusedError(MOST_CHARACTERS + 1, text[MOST_CHARACTERS], rule)
    found, at = [], _after_blank(text, 0)
    while at < len(text):
        found.append(_sign_at(text, at))
        at = _after_blank(text, at + len(found[-1].text))
    if len(found) > MOST_SIGNS:
        extra = found[MOST_SIGNS]
        rule = f"una fórmula tiene {MOST_SIGNS} signos o menos; pase una parte a otro indicador"
        raise RefusedError(extra.place, extra.text, rule)
    return [*found, Sign("end", "", len(text) + 1)]


def _after_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _sign_at(text: str, at: int) -> Sign:
    match = _SIGN.match(text, at)
    if match is None or match.lastgroup is None:
        raise RefusedError(at + 1, text[at], "este signo no existe en las fórmulas; quítelo o escriba el que corresponde")
    sign = Sign(match.lastgroup, match[0], at + 1)
    if sign.kind == "number":
        _check_digits(sign)
    return sign


def _check_digits(sign: Sign) -> None:
    whole, _, decimals = sign.text.partition(".")
    if len(whole) + len(decimals) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        rule = f"un número lleva hasta {MOST_DIGITS} cifras, {MOST_DECIMALS} de ellas después del punto; escríbalo más corto"
        raise RefusedError(sign.place, sign.text, rule)
