"""How easy a Spanish text is to read: the Szigriszt-Pazos index and the INFLESZ scale, with every count behind them.

Index: F. Szigriszt Pazos, «Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad» (1993).
Scale: I. M. Barrio-Cantalejo and others, «Validación de la Escala INFLESZ para evaluar la legibilidad de los textos
dirigidos a pacientes», An. Sist. Sanit. Navar. 31(2), 2008, pp. 135-152.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from calpulli_core.text.sentences import sentences
from calpulli_core.text.words import Word, words

BASE, PER_SYLLABLE = Fraction("206.835"), Fraction("62.3")
VERY_EASY, NO_TEXT = "muy fácil", "sin texto"
# Upper ends of the bands: the paper gives 0-40, 40-55, 55-65, 65-80 and 80-100. An end belongs to the easier band, but for 80.
NORMAL = 55
_BANDS = ((40, "muy difícil"), (NORMAL, "algo difícil"), (65, "normal"))
_TOP, _FAIRLY_EASY = 80, "bastante fácil"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, from ``start`` to ``end`` in the text, with its words."""

    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def syllables(self) -> int:
        """How many syllables its words have."""
        return sum(len(word.syllables) for word in self.words)


@dataclass(frozen=True, slots=True)
class Readability:
    """The counts of a text and what follows from them. Ratios and index are exact; None when there is no word."""

    sentences: tuple[Sentence, ...]

    @property
    def sentence_count(self) -> int:
        """F of the formula."""
        return len(self.sentences)

    @property
    def word_count(self) -> int:
        """P of the formula."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def syllable_count(self) -> int:
        """S of the formula."""
        return sum(sentence.syllables for sentence in self.sentences)

    @property
    def syllables_per_word(self) -> Fraction | None:
        """S/P."""
        return Fraction(self.syllable_count, self.word_count) if self.word_count else None

    @property
    def words_per_sentence(self) -> Fraction | None:
        """P/F."""
        return Fraction(self.word_count, self.sentence_count) if self.word_count else None

    @property
    def index(self) -> Fraction | None:
        """206.835 - 62.3 S/P - P/F; the easier, the higher. It may leave the range from 0 to 100."""
        if self.syllables_per_word is None or self.words_per_sentence is None:
            return None
        return BASE - PER_SYLLABLE * self.syllables_per_word - self.words_per_sentence

    @property
    def band(self) -> str:
        """Name of the band of the INFLESZ scale, or «sin texto»."""
        return NO_TEXT if self.index is None else band(self.index)


def band(index: Fraction) -> str:
    """The band of an exact index: nothing is rounded before it is compared."""
    for end, name in _BANDS:
        if index < end:
            return name
    return _FAIRLY_EASY if index <= _TOP else VERY_EASY


def measure(text: str) -> Readability:
    """Counts a text. Any text: the empty one has no sentences, and no index."""
    found = (Sentence(start, end, tuple(words(text, start=start, end=end))) for start, end in sentences(text))
    return Readability(tuple(sentence for sentence in found if sentence.words))


def decimals(value: Fraction, *, places: int = 2) -> str:
    """An exact number with so many decimals, halves away from zero, as one would write it by hand."""
    step = Decimal(1).scaleb(-places)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(step, rounding=ROUND_HALF_UP))
