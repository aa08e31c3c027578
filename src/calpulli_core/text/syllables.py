"""Division of a written Spanish word into syllables, by the published rules of spelling.

Source: Ortografía de la lengua española (Real Academia Española and ASALE, 2010), on sequences of vowels and on syllables.
`docs/spec/text.md` quotes each rule and says what was chosen where the source admits two divisions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

_CLUSTER = re.compile(r".[\u0300-\u036f\u00ad]*", re.DOTALL)
_DIGRAPHS = frozenset({"ch", "ll", "rr"})
# What may begin a syllable together: pr, br, tr … pl, bl … and tl, as in Mexico: a-tle-ta.
_INSEPARABLE = frozenset(stop + liquid for stop in "pbtdckgf" for liquid in "rl") - {"dl"}
_OPEN = frozenset("aeo")
_CLOSED = frozenset("iu")
_OTHERS = {"ø": "o", "æ": "e", "œ": "e", "ı": "i"}
_ACUTE, _DIAERESIS = "\u0301", "\u0308"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A letter, or letters that sound as one.

    ``base`` is bare and in lower case; ``strong`` is a vowel that always has a syllable of its own.
    """

    text: str
    base: str
    vowel: bool = False
    strong: bool = False
    accented: bool = False


def syllables(word: str) -> tuple[str, ...]:
    """The syllables of a word, as they are written; joined, they give the word again.

    A word without vowels is one piece; the empty word has none. Signs inside a word (hyphen, apostrophe, figures) stay at the
    end of the syllable before them and always separate: ``político-electoral`` is po-lí-ti-co- / e-lec-to-ral. Prefixes are
    not looked for: ``subrayar`` gives su-bra-yar where careful speech says sub-ra-yar, nearly always with as many syllables.
    """
    pieces: list[list[str]] = []
    leading: list[str] = []
    for run, is_word in _runs(word):
        divided = _divide(run) if is_word else ()
        if divided:
            pieces.extend([one] for one in divided)
        else:
            (pieces[-1] if pieces else leading).append(run)
    if not pieces:
        return ("".join(leading),) if leading else ()
    pieces[0][:0] = leading
    return tuple("".join(piece) for piece in pieces)


def stressed(word: str) -> int | None:
    """Index of the stressed syllable by the rules of the written accent; None if there is no vowel.

    For words by themselves: an adverb in -mente has a second stress that this does not tell.
    """
    divided = syllables(word)
    marked = [place for place, one in enumerate(divided) if _ACUTE in unicodedata.normalize("NFD", one)]
    if marked or not _has_vowel(word):
        return marked[-1] if marked else None
    last = [unit.base for unit in _units(word) if unit.base.isalpha()][-1:]
    return max(len(divided) - 2, 0) if last and last[0] in "aeiouns" else len(divided) - 1


def _runs(word: str) -> Iterator[tuple[str, bool]]:
    """Stretches of letters, and of what is not a letter."""
    for is_word, clusters in groupby(_CLUSTER.findall(word), key=lambda cluster: cluster[0].isalpha()):
        yield "".join(clusters), is_word


def _has_vowel(text: str) -> bool:
    return any(unit.vowel for run, is_word in _runs(text) if is_word for unit in _units(run))


def _divide(run: str) -> tuple[str, ...]:
    """The syllables of letters alone; none if there is no vowel."""
    units = _units(run)
    nuclei = [nucleus for group in _vowel_groups(units) for nucleus in _nuclei(units, group)]
    if not nuclei:
        return ()
    starts = [0]
    for (_, before), (after, _) in pairwise(nuclei):
        starts.append(after - _onset(units[before + 1 : after]))
    ends = [*starts[1:], len(units)]
    return tuple("".join(unit.text for unit in units[start:end]) for start, end in zip(starts, ends, strict=True))


def _onset(consonants: Sequence[_Unit]) -> int:
    """How many of the consonants between two vowels go with the second."""
    pair = "".join(unit.base for unit in consonants[-2:])
    return 2 if len(consonants) > 1 and pair in _INSEPARABLE else min(len(consonants), 1)


@lru_cache(maxsize=4096)
def _letter(cluster: str) -> _Unit:
    """What a letter with its marks is, by itself."""
    marks = unicodedata.normalize("NFD", cluster)
    base = marks[0].lower()[:1]
    base = _OTHERS.get(base, base)
    accented = _ACUTE in marks
    vowel = base in _OPEN or base in _CLOSED
    keeps = "ü" if base == "u" and _DIAERESIS in marks else base
    return _Unit(cluster, keeps, vowel, base in _OPEN or (vowel and accented), accented)


def _units(run: str) -> list[_Unit]:
    letters = [_letter(cluster) for cluster in _CLUSTER.findall(run)]
    units: list[_Unit] = []
    place = 0
    while place < len(letters):
        taken = 2 if _sounds_as_one(letters, place) else 1
        units.append(_joined(letters[place : place + taken]) if taken == 2 else _as_written(letters, place))
        place += taken
    return units


def _sounds_as_one(letters: list[_Unit], place: int) -> bool:
    """Digraphs, and the u that is not heard in que, qui, gue, gui."""
    bases = [letter.base for letter in letters[place : place + 3]]
    if "".join(bases[:2]) in _DIGRAPHS:
        return True
    return len(bases) == 3 and bases[0] in "qg" and bases[1] == "u" and not letters[place + 1].accented and bases[2] in "ei"


def _joined(pair: list[_Unit]) -> _Unit:
    return _Unit(pair[0].text + pair[1].text, pair[0].base + pair[1].base)


def _as_written(letters: list[_Unit], place: int) -> _Unit:
    """The letter; ``y`` is the vowel i unless a vowel follows."""
    letter = letters[place]
    if letter.base != "y" or (place + 1 < len(letters) and letters[place + 1].vowel):
        return letter
    return _Unit(letter.text, "y", vowel=True, strong=letter.accented, accented=letter.accented)


def _vowel_groups(units: list[_Unit]) -> Iterator[list[int]]:
    """Places of vowels in contact; an h between them is not heard, unless it begins hia, hue and the like."""
    group: list[int] = []
    for place, unit in enumerate(units):
        if unit.vowel:
            if group and place - group[-1] > 1 and not _mute_h(units, group[-1] + 1, place):
                yield group
                group = []
            group.append(place)
    if group:
        yield group


def _mute_h(units: list[_Unit], first: int, vowel: int) -> bool:
    if vowel - first != 1 or units[first].base != "h":
        return False
    follows = units[vowel + 1 : vowel + 2]
    return units[vowel].strong or not (follows and follows[0].vowel)


def _nuclei(units: list[_Unit], group: list[int]) -> list[tuple[int, int]]:
    """First and last place of each syllable's vowels: every strong vowel, with the weak ones beside it."""
    nuclei: list[list[int]] = []
    for at, place in enumerate(group):
        follows = group[at + 1] if at + 1 < len(group) else None
        if nuclei and _joins(units, nuclei[-1], place, follows):
            nuclei[-1].append(place)
        else:
            nuclei.append([place])
    return [(nucleus[0], nucleus[-1]) for nucleus in nuclei]


def _joins(units: list[_Unit], nucleus: list[int], place: int, follows: int | None) -> bool:
    """Whether a vowel belongs with those before it."""
    strong = [units[one] for one in nucleus if units[one].strong]
    unit, last = units[place], units[nucleus[-1]]
    if not _diphthong(last, unit) or (strong and unit.strong):
        return False
    if unit.strong:
        # A strong vowel takes the weak one before it.
        return len(nucleus) == 1
    if strong:
        # After its strong vowel a nucleus takes one weak, unless that one has a strong vowel of its own to go with.
        return last.strong and not (follows is not None and units[follows].strong and _diphthong(unit, units[follows]))
    return len(nucleus) == 1 and not (follows is not None and units[follows].strong)


def _diphthong(one: _Unit, other: _Unit) -> bool:
    """Two vowels that go together: one closed without accent, and another that is not the same."""
    closed = [unit for unit in (one, other) if not unit.strong]
    if not closed:
        return False
    both_closed = {one.base, other.base} <= set("iuüy")
    return not both_closed or _sound(one) != _sound(other)


def _sound(unit: _Unit) -> str:
    return {"ü": "u", "y": "i"}.get(unit.base, unit.base)
