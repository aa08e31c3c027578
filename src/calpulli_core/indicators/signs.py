"""The signs of a formula's text: numbers, words, units in brackets, and the marks between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .refusals import Defect, FormulaErrors

MOST_CHARACTERS, MOST_SIGNS = 2_000, 400
MOST_DIGITS, MOST_DECIMALS = 18, 9
WORDS = frozenset({"min", "max", "redondear", "si", "anterior", "ultimos", "acumulado", "y", "o", "no"})
_SIGN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>[a-z][a-z0-9_]*(?!\w))|\[(?P<unit>[^\[\]\n]*)\]|(?P<mark><=|>=|<>|[-+*/(),<>=])"
)
_SPACE = re.compile(r"[ \t\r\n]*")
# What people write, and what it is in a formula.
_MEANT = {
    **dict.fromkeys("×·•", "«*» para multiplicar"),
    **dict.fromkeys("÷:", "«/» para dividir"),
    **dict.fromkeys("−–—", "«-», el guion del teclado"),
    **{"≤": "«<=»", "≥": "«>=»", "≠": "«<>»", "!": "«<>» para «distinto de»", ";": "«,» entre los valores de una función"},
    **dict.fromkeys("{}", "paréntesis: «(» y «)»"),
    **{
        "^": "el valor multiplicado por sí mismo: a * a",
        "%": "el porcentaje como 100 * a / b",
        "$": "la cantidad sola: 3 [pesos]",
    },
}
_STRANGE = re.compile(r"[^\s\[\]()+*/,<>=-]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its kind (`number`, `word`, `unit`, `mark`, or `end`), its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def signs(text: str) -> list[Sign]:
    """The signs of a text, and an `end`. Raises FormulaErrors with everything that is no sign."""
    if len(text) > MOST_CHARACTERS:
        rule = f"Una fórmula tiene {MOST_CHARACTERS:,} letras a lo más; esta tiene {len(text):,}."
        raise FormulaErrors(Defect(MOST_CHARACTERS + 1, "…", rule, "Divídala: otro indicador puede calcular una parte."))
    found, defects, at = [], [], _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches nothing at least
    while at < len(text):
        sign = _SIGN.match(text, at)
        end = sign.end() if sign else _STRANGE.match(text, at).end()  # type: ignore[union-attr]  # it matches any character
        if sign:
            kind = str(sign.lastgroup)
            found.append(Sign(kind, sign[kind], at, end))
            defects += _of_number(found[-1])
        else:
            defects.append(_strange(text[at:end], at))
        at = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    if len(found) > MOST_SIGNS:
        rule = f"Una fórmula tiene {MOST_SIGNS} signos a lo más; esta tiene {len(found)}."
        defects.append(Defect(found[MOST_SIGNS].start + 1, found[MOST_SIGNS].text, rule, "Divídala en dos indicadores."))
    if defects:
        raise FormulaErrors(*defects)
    return [*found, Sign("end", "", len(text), len(text))]


def _of_number(sign: Sign) -> list[Defect]:
    if sign.kind != "number":
        return []
    whole, _, decimals = sign.text.partition(".")
    if len(whole) + len(decimals) <= MOST_DIGITS and len(decimals) <= MOST_DECIMALS:
        return []
    rule = f"Un número tiene {MOST_DIGITS} cifras a lo más, y {MOST_DECIMALS} después del punto."
    return [Defect(sign.start + 1, sign.text, rule, "Escríbalo más corto.")]


def _strange(text: str, at: int) -> Defect:
    shown = text[:20] if text.isprintable() else f"carácter U+{ord(text[0]):04X}"
    if any(letter.isupper() or not letter.isascii() for letter in text if letter.isalpha()):
        return Defect(at + 1, shown, "Un nombre va en minúsculas y sin acentos ni ñ.", "Escríbalo como en la lista de variables.")
    if text[0] in _MEANT:
        return Defect(at + 1, shown, "Ese signo no es de la fórmula.", f"Escriba {_MEANT[text[0]]}.")
    if text.startswith("["):
        return Defect(at + 1, shown, "La unidad no se cierra.", "Escriba el corchete que falta: 3 [personas].")
    return Defect(at + 1, shown, "Ese signo no es de la fórmula.", "Use números, nombres, + - * /, paréntesis y las funciones.")
