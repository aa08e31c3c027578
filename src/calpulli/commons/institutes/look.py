"""The institute's own marks: its colours and its logo, from `[look]` of `institute.toml`.

An institute gives two colours; the pale ones are mixed from them unless it gives those too. What it does not give is the
house's. Every pair in which the pages use them must be legible, or the site does not start: whoever keeps the data reads
which pair fails, by how much and what to do.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Info

from .colours import MARK_RATIO, TEXT_RATIO, contrast, mixed
from .logo import defect_of
from .reading import current, folder

WHITE, INK, INK_SOFT = "#ffffff", "#1b1b1f", "#55534e"
# The house's own colours, of whoever gives none.
HOUSE = {"brand": "#0b6b57", "deep": "#07382f", "ground": "#f8f4ec"}
# Mixed from the first when they are not given: how much white.
MIXED = {"tint": 0.9, "wash": 0.8, "pale": 0.84}
NAMES = (*HOUSE, *MIXED)
HOUSE_LOGO = Path(__file__).resolve().parents[1] / "static" / "commons" / "mark.svg"


@dataclass(frozen=True)
class Pair:
    """Two colours that some page puts one on the other, and the least ratio between them."""

    front: str
    back: str
    least: float
    where: str


PAIRS = (
    Pair("brand", "paper", TEXT_RATIO, "enlaces y botones"),
    Pair("brand", "ground", TEXT_RATIO, "enlaces del encabezado y de los recuadros"),
    Pair("brand", "tint", TEXT_RATIO, "títulos de la misión y la visión"),
    Pair("paper", "brand", TEXT_RATIO, "texto de los botones"),
    Pair("pale", "brand", TEXT_RATIO, "título sobre el color propio"),
    Pair("deep", "paper", TEXT_RATIO, "enlaces señalados"),
    Pair("deep", "ground", TEXT_RATIO, "enlaces señalados en los recuadros"),
    Pair("deep", "wash", TEXT_RATIO, "números de las líneas de acción"),
    Pair("paper", "deep", TEXT_RATIO, "títulos y enlaces del pie"),
    Pair("pale", "deep", TEXT_RATIO, "texto del pie"),
    Pair("ink", "ground", TEXT_RATIO, "texto del encabezado"),
    Pair("ink-soft", "ground", TEXT_RATIO, "texto menor del encabezado"),
    Pair("ink", "tint", TEXT_RATIO, "texto de la visión"),
    Pair("brand", "wash", MARK_RATIO, "barras de las gráficas"),
)


# Of the house's own colours, whatever the institute.
HOUSE_PAIRS = (
    *(Pair(name, "paper", TEXT_RATIO, "texto de la página") for name in ("ink", "ink-soft", "good", "warn", "fault")),
    *(Pair("paper", name, TEXT_RATIO, "marcas llenas") for name in ("ink", "good", "fault")),
    *(Pair(name, f"{name}-tint", TEXT_RATIO, "avisos") for name in ("good", "warn", "fault")),
    *(Pair("ink", f"{name}-tint", TEXT_RATIO, "texto de los avisos") for name in ("good", "warn", "fault")),
    Pair("ink", "good-wash", TEXT_RATIO, "lo que se agregó"),
    Pair("rule-strong", "paper", MARK_RATIO, "bordes de los campos"),
)
HOUSE_SHEET = HOUSE_LOGO.with_name("calpulli.css")


@dataclass(frozen=True)
class Look:
    """The marks of the institute, ready to be served."""

    colours: dict[str, str]  # by the names of NAMES, `#rrggbb`
    logo: bytes

    @property
    def sheet(self) -> str:
        """The style sheet that sets them: custom properties and nothing else."""
        lines = "".join(f"  --{_property(name)}: {self.colours[name]};\n" for name in NAMES)
        return f":root {{\n{lines}}}\n"

    @property
    def version(self) -> str:
        """Changes when any of the marks does: addresses carry it, so that they can be kept for a year."""
        return hashlib.sha256(self.sheet.encode() + self.logo).hexdigest()[:12]

    @property
    def ground(self) -> str:
        """The colour of the page's head, for the browser's own frame."""
        return self.colours["ground"]


def _property(name: str) -> str:
    return name if name in ("brand", "ground") else f"brand-{name}"


class LookError(ValueError):
    """What is wrong with the marks of an institute, all of it, in words for whoever keeps the data."""


@cache
def current_look() -> Look:
    """The marks of this installation's institute; LookError if they cannot be used."""
    return read_look(folder(current().slug))


def read_look(home: Path) -> Look:
    """The marks in an institute's folder; LookError with every defect."""
    place = f"institutes/{home.name}/institute.toml"
    data = tomllib.loads((home / "institute.toml").read_text(encoding="utf-8")).get("look", {})
    given = {str(name): str(value).lower() for name, value in data.get("colours", {}).items()}
    defects = _defects_of_colours(place, given)
    logo, told = _logo(home, data, place)
    if defects or told:
        raise LookError("\n".join(defects + told))
    return Look(_complete(given), logo)


def marks_can_be_used(app_configs: object = None, **more: object) -> list[CheckMessage]:
    """Django's check, before every command: that the institute's colours can be read and its logo served."""
    try:
        current_look()
    except LookError as error:
        return [Error(line, id="calpulli.look") for line in str(error).split("\n")]
    except FileNotFoundError as error:  # commands that need no institute work without one
        return [Info(f"No hay {error.filename}: sin él no se puede servir el sitio.", id="calpulli.institute")]
    return []


def _complete(given: dict[str, str]) -> dict[str, str]:
    base = HOUSE | {name: value for name, value in given.items() if name in HOUSE}
    pale = {name: mixed(base["brand"], WHITE, share) for name, share in MIXED.items()}
    return base | pale | given


def _defects_of_colours(place: str, given: dict[str, str]) -> list[str]:
    found = [
        f"{place}, [look.colours]: «{name}» no es un color de la página. Use solo: {', '.join(NAMES)}."
        for name in given
        if name not in NAMES
    ]
    found += [
        f"{place}, [look.colours], {name}: «{value}» no es un color. Escríbalo como #rrggbb, por ejemplo #0b6b57."
        for name, value in given.items()
        if not _is_colour(value)
    ]
    if ("brand" in given) != ("deep" in given):
        found.append(f"{place}, [look.colours]: van juntos brand y deep, y falta uno. Agréguelo o quite los dos.")
    return found or _illegible(place, _complete(given))


def _is_colour(value: str) -> bool:
    try:
        contrast(value, WHITE)
    except ValueError:
        return False
    return True


def ratios(colours: dict[str, str]) -> list[tuple[Pair, float]]:
    """Every pair that the pages use, with its ratio."""
    known = {"paper": WHITE, "ink": INK, "ink-soft": INK_SOFT} | colours
    return [(pair, contrast(known[pair.front], known[pair.back])) for pair in PAIRS]


def house_ratios() -> list[tuple[Pair, float]]:
    """Every pair of the house's colours, with its ratio, as the style sheet has them."""
    known = _house_tokens()
    return [(pair, contrast(known[pair.front], known[pair.back])) for pair in HOUSE_PAIRS]


def all_colours() -> dict[str, str]:
    """Every colour of the pages by its name: the house's and the institute's."""
    return _house_tokens() | current_look().colours


@cache
def _house_tokens() -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", HOUSE_SHEET.read_text(encoding="utf-8")))


def _illegible(place: str, colours: dict[str, str]) -> list[str]:
    return [
        f"{place}, [look.colours]: {pair.front} sobre {pair.back} ({pair.where}) contrasta {ratio:.2f} a 1 y hace falta "
        f"{pair.least:g} a 1 para que se lea. Oscurezca el más oscuro de los dos o aclare el otro."
        for pair, ratio in ratios(colours)
        if ratio < pair.least
    ]


def _logo(home: Path, data: dict[str, Any], place: str) -> tuple[bytes, list[str]]:
    """The logo's bytes, or what is wrong with it."""
    name = data.get("logo")
    if name is None:
        return HOUSE_LOGO.read_bytes(), []
    file = home / str(name)
    if file.parent != home or not file.is_file():
        return b"", [
            f"{place}, [look], logo: no hay un archivo «{name}» junto a institute.toml. Póngalo ahí, o quite el renglón."
        ]
    content = file.read_bytes()
    defect = defect_of(content)
    return content, [f"institutes/{home.name}/{name}: {defect}"] if defect else []
