"""How figures, Roman numerals, abbreviations and acronyms are read aloud: the syllables of a text are those of its reading.

Flesch (1948), whose formula Szigriszt adapted, counts a figure as one word with the syllables that are heard.
"""

from __future__ import annotations

import re
from functools import lru_cache

from calpulli_core.text.syllables import syllables

_UNITS = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
    "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
    "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_TENS = (
    "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
)  # fmt: skip
_HUNDREDS = (
    "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos",
    "novecientos",
)  # fmt: skip
_LETTERS = {
    "b": "be", "c": "ce", "d": "de", "f": "efe", "g": "ge", "h": "hache", "j": "jota", "k": "ca", "l": "ele", "m":
    "eme", "n": "ene", "ñ": "eñe", "p": "pe", "q": "cu", "r": "erre", "s": "ese", "t": "te", "v": "ve", "w": "doble ve",
    "x": "equis", "y": "ye", "z": "zeta",
}  # fmt: skip
_LARGEST = 10**12
# What is written with a full stop that does not end a sentence, and how it is read. Keys without the stop, in lower case.
ABBREVIATIONS = {
    "art": "artículo", "arts": "artículos", "frac": "fracción", "fracc": "fracción", "fr": "fracción", "fracs": "fracciones",
    "inc": "inciso", "incs": "incisos", "párr": "párrafo", "parr": "párrafo", "cap": "capítulo", "caps": "capítulos",
    "núm": "número", "num": "número", "núms": "números", "no": "número", "nos": "números", "pág": "página", "pag": "página",
    "págs": "páginas", "pp": "páginas", "vol": "volumen", "ed": "edición", "cfr": "confróntese", "vid": "véase", "ej": "ejemplo",
    "sr": "señor", "sra": "señora", "sres": "señores", "srta": "señorita", "dr": "doctor", "dra": "doctora",
    "lic": "licenciado", "lics": "licenciados", "ing": "ingeniero", "arq": "arquitecto", "mtro": "maestro", "mtra": "maestra",
    "profr": "profesor", "profra": "profesora", "prof": "profesor", "gral": "general", "cdmx": "Ciudad de México",
    "av": "avenida", "avda": "avenida", "col": "colonia", "deleg": "delegación", "alc": "alcaldía", "edo": "estado",
    "mpio": "municipio", "depto": "departamento", "dpto": "departamento", "tel": "teléfono", "ext": "extensión",
    "aprox": "aproximadamente", "máx": "máximo", "mín": "mínimo", "ref": "referencia", "vs": "contra", "dto": "distrito",
    "secc": "sección", "reg": "reglamento", "const": "constitución", "etc": "etcétera",
}  # fmt: skip
# These may end a sentence too.
MAY_END = frozenset({"etc"})
# As words of their own they are other words when no stop follows.
_ONLY_WITH_STOP = frozenset({"no", "nos", "vid", "ed", "ing", "col", "cap", "ext", "reg", "const", "num", "ref"})
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ROMAN = re.compile(r"(?=[IVXLC]{2})(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_PARTS = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^0-9.,]+")


def spoken_syllables(word: str, *, stop: bool = False) -> tuple[str, ...]:
    """The syllables of a word as it is read aloud; ``stop`` tells that a full stop follows it.

    A word of letters is divided as it is written; the rest, as it is read. At least one syllable for every word.
    """
    return _remembered(word, stop) if len(word) <= _LONG_WORD else _spoken(word, stop)


def _spoken(word: str, stop: bool) -> tuple[str, ...]:
    return tuple(part for one in reading(word, stop=stop).split() for part in syllables(one)) or (word,)


# Texts repeat their words; what is longer than any word is not worth the memory.
_LONG_WORD = 40
_remembered = lru_cache(maxsize=16384)(_spoken)


def reading(word: str, *, stop: bool = False) -> str:
    """How a word is read: ``2026`` is «dos mil veintiséis», ``XXII`` is «veintidós», ``PDF`` is «pe de efe».

    Abbreviations are read whole; acronyms with a vowel, as words.
    """
    lowered = word.lower()
    if lowered in ABBREVIATIONS and (stop or lowered not in _ONLY_WITH_STOP):
        return ABBREVIATIONS[lowered]
    if not word.isascii() or word.isalpha():
        return _of_letters(word)
    return " ".join(_of_figures(part) if part[0].isdigit() else _of_letters(part) for part in _PARTS.findall(word))


def _of_letters(word: str) -> str:
    if (value := roman(word)) is not None:
        return cardinal(value)
    spelled = len(word) > 1 and word.isupper() and all(letter in _LETTERS for letter in word.lower())
    return " ".join(_LETTERS[letter] for letter in word.lower()) if spelled else word


def roman(word: str) -> int | None:
    """Value of a Roman numeral of two letters or more, below 400; None for anything else."""
    match = _ROMAN.fullmatch(word)
    if match is None:
        return None
    values = dict(zip("IVXLC", (1, 5, 10, 50, 100), strict=True))
    worth = [values[letter] for letter in word]
    return sum(-one if one < after else one for one, after in zip(worth, [*worth[1:], 0], strict=True))


def _of_figures(figures: str) -> str:
    if _THOUSANDS.fullmatch(figures):
        figures = figures.replace(",", "")
    separators = {".": "punto", ",": "coma"}
    return " ".join(separators.get(part) or _whole(part) for part in re.split(r"([.,])", figures))


def _whole(digits: str) -> str:
    if len(digits) > len(str(_LARGEST)) - 1:
        return " ".join(_UNITS[int(digit)] for digit in digits)
    return cardinal(int(digits))


def cardinal(value: int) -> str:
    """A whole number in words, from 0 below a million million."""
    if not 0 <= value < _LARGEST:
        raise ValueError(f"{value} is not between 0 and {_LARGEST - 1}")
    for size, one, many in ((10**6, "un millón", "millones"), (10**3, "mil", "mil")):
        if value >= size:
            above, below = divmod(value, size)
            head = one if above == 1 else f"{_shortened(cardinal(above))} {many}"
            return f"{head} {cardinal(below)}" if below else head
    return _below_thousand(value)


def _shortened(words: str) -> str:
    """«veintiuno» and «uno» lose their o before mil and millones."""
    return re.sub(r"veintiuno$", "veintiún", re.sub(r"\buno$", "un", words))


def _below_thousand(value: int) -> str:
    if value < 30:
        return _UNITS[value]
    if value < 100:
        ten, unit = divmod(value, 10)
        return f"{_TENS[ten - 3]} y {_UNITS[unit]}" if unit else _TENS[ten - 3]
    if value == 100:
        return "cien"
    hundred, rest = divmod(value, 100)
    return f"{_HUNDREDS[hundred - 1]} {_below_thousand(rest)}" if rest else _HUNDREDS[hundred - 1]
