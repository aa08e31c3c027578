"""What makes a Spanish text hard to read: where, by which rule, and what to write instead.

Only what can be told with few false alarms. A hint is advice; nothing is refused for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from calpulli_core.text.readability import NORMAL, Readability, decimals, measure

LONG_SENTENCE = 30
# What makes a whole text hard where no piece of it does: more words a sentence, or syllables a word, than these.
FAIR_SENTENCE, FAIR_WORD = 15, 2
_SHOWN = 60
_VOWELS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü"}
_TO_BE = r"(?:es|son|fue|fueron|era|eran|será|serán|sea|sean|fuera|fueran|sido|ser|siendo)"
_PARTICIPLE = (
    r"(?:\w{2,}(?:ad|id|íd)[oa]s?|(?:\w*(?:escrit|inscrit|dich|hech|puest|vist|abiert|cubiert|resuelt|devuelt|impres))[oa]s?)"
)
_PASSIVE = re.compile(rf"\b{_TO_BE}\s+{_PARTICIPLE}\s+por\b", re.IGNORECASE)
_DO = (
    r"(?:llev(?:ar|a|an|ó|aron|ará|arán|ando)\s+a\s+cabo|realiz(?:ar|a|an|ó|aron|ará|arán|ando)"
    r"|efectu(?:ar|ó|aron|ará|arán|ando)|efectúan?|proced(?:er|e|en|ió|ieron|erá|erán)\s+a)"
)
_NOMINAL = re.compile(rf"\b{_DO}\s+(?:la|el|una|un)\s+(\w{{3,}}(?:ción|sión|miento))\s+(?:del?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hint:
    """Advice on ``text[start:end]``; ``rule`` and ``remedy`` are sentences in Spanish for whoever writes."""

    start: int
    end: int
    kind: str
    rule: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A set phrase of offices, in each of its forms, and plain words for it; empty when it can simply go."""

    forms: tuple[str, ...]
    plain: str


class JargonError(ValueError):
    """A list of expressions that cannot be read: every defect, with its place."""


def read_jargon(text: str, *, file: str = "jargon.toml") -> tuple[Expression, ...]:
    """Reads a list of expressions (``[[expression]]`` with ``forms`` and ``plain``); JargonError with every defect."""
    try:
        rows = tomllib.loads(text).get("expression", [])
    except tomllib.TOMLDecodeError as error:
        raise JargonError(f"{file}: no se puede leer ({error}). Corrija la escritura del archivo.") from error
    defects = [f"{file}, expresión {at}: {fault}" for at, row in enumerate(rows, 1) for fault in _faults(row)]
    if defects:
        raise JargonError("\n".join(defects))
    return tuple(Expression(tuple(row["forms"]), row["plain"]) for row in rows)


def _faults(row: object) -> Iterator[str]:
    if not isinstance(row, dict):
        yield "no es una tabla. Escriba [[expression]] y debajo forms y plain."
        return
    forms = row.get("forms")
    if not (isinstance(forms, list) and forms and all(isinstance(one, str) and one.strip() for one in forms)):
        yield "«forms» debe ser una lista de textos, con al menos uno. Escriba las formas de la expresión."
    if not isinstance(row.get("plain"), str):
        yield 'falta «plain». Escriba la propuesta sencilla, o "" si la expresión se puede quitar.'


@cache
def own_jargon() -> tuple[Expression, ...]:
    """The list that comes with this package."""
    return read_jargon(files(__package__).joinpath("jargon.toml").read_text(encoding="utf-8"))


def hints(text: str, *, jargon: Iterable[Expression] | None = None, counted: Readability | None = None) -> list[Hint]:
    """The hints on a text, by place. ``counted`` spares counting it again; ``jargon`` replaces the list of this package."""
    reading = measure(text) if counted is None else counted
    expressions = own_jargon() if jargon is None else tuple(jargon)
    found = [*_long_sentences(text, reading), *_jargon(text, expressions), *_passives(text), *_nominals(text)]
    return sorted(found, key=lambda hint: (hint.start, -hint.end, hint.kind))


def on_the_whole(counted: Readability) -> list[tuple[str, str]]:
    """Rule and remedy for a text that is hard to read as a whole, with the index that it would reach; none if it is not hard."""
    index, per_sentence, per_word = counted.index, counted.words_per_sentence, counted.syllables_per_word
    if index is None or per_sentence is None or per_word is None or index >= NORMAL:
        return []
    found = []
    if per_sentence > FAIR_SENTENCE:
        reached = decimals(index + per_sentence - FAIR_SENTENCE, places=0)
        told = f"Sus frases tienen {decimals(per_sentence, places=0)} palabras en promedio"
        rule = f"{told}: con {FAIR_SENTENCE} subiría a {reached} de 100."
        found.append((rule, "Parta las frases: una idea en cada una."))
    if per_word > FAIR_WORD:
        rule = f"Sus palabras tienen {decimals(per_word, places=1)} sílabas en promedio: por eso sale difícil."
        found.append(
            (rule, "Use palabras más cortas donde pueda. Los nombres oficiales no se cambian: si son ellos, déjelo así.")
        )
    return found


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(before), len(before[-1]) + 1


def _long_sentences(text: str, reading: Readability) -> Iterator[Hint]:
    for sentence in reading.sentences:
        count = len(sentence.words)
        if count > LONG_SENTENCE:
            beginning = _start_of(text[sentence.start : sentence.end])
            rule = f"Frase de {count} palabras, que empieza «{beginning}»: más de {LONG_SENTENCE}."
            remedy = "Divídala: una idea por frase. Si enumera, use una lista."
            yield Hint(sentence.start, sentence.end, "long_sentence", rule, remedy)


def _start_of(text: str) -> str:
    flat = " ".join(text[: _SHOWN * 4].split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN].rsplit(" ", 1)[0] + "…"


def _jargon(text: str, expressions: tuple[Expression, ...]) -> Iterator[Hint]:
    if not expressions:
        return
    pattern, plain = _pattern(expressions)
    for match in pattern.finditer(text):
        proposal = plain[int((match.lastgroup or "f0")[1:])]
        rule = f"«{' '.join(match[0].split())}» es una expresión de oficina."
        remedy = f"Escriba «{proposal}»." if proposal else "Quítela: la frase dice lo mismo sin ella."
        yield Hint(match.start(), match.end(), "jargon", rule, remedy)


@cache
def _pattern(expressions: tuple[Expression, ...]) -> tuple[re.Pattern[str], list[str]]:
    """One pattern for all forms, the longest first, and the proposal of each of its groups.

    Forms that begin with one word stand together, so that a word that begins none is passed over at once.
    """
    forms = [(form.split(), one.plain) for one in expressions for form in one.forms]
    forms.sort(key=lambda pair: -sum(map(len, pair[0])))
    beginnings: dict[str, list[str]] = {}
    for at, (words, _) in enumerate(forms):
        rest = "".join(rf"\s+{_loosely(word)}" for word in words[1:])
        beginnings.setdefault(_loosely(words[0]), []).append(f"(?P<f{at}>{rest}(?!\\w))")
    groups = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in beginnings.items())
    return re.compile(rf"(?<!\w)(?:{groups})", re.IGNORECASE), [plain for _, plain in forms]


def _loosely(word: str) -> str:
    """A word with or without its accents, composed or not."""
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    plain = next((base for base, marked in _VOWELS.items() if letter.lower() in base + marked), None)
    return rf"[{plain}{_VOWELS[plain]}][\u0301\u0308]?" if plain else re.escape(letter)


def _passives(text: str) -> Iterator[Hint]:
    for match in _PASSIVE.finditer(text):
        rule = f"«{' '.join(match[0].split())}» deja al final a quien actúa."
        yield Hint(match.start(), match.end(), "passive", rule, "Empiece por quien actúa: «el Consejo aprobó…».")


def _nominals(text: str) -> Iterator[Hint]:
    for match in _NOMINAL.finditer(text):
        rule = f"«{' '.join(match[0].split())}» esconde la acción en el sustantivo «{match[1]}»."
        remedy = "Use el verbo: «evaluar» y no «realizar la evaluación de»."
        yield Hint(match.start(), match.end(), "nominalisation", rule, remedy)
