"""What a cell of the tables of the year may hold. A check answers why the cell is wrong, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from calpulli_core.verify.shapes import FIRST_YEAR, LAST_YEAR

Check = Callable[[str], str | None]

_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY = re.compile(r"[A-Za-z0-9._-]+")
_SHARE = re.compile(r"([^:;]+):([1-9][0-9]{0,4})")
_HASH = re.compile(r"[0-9a-f]{64}")
_PARTIDA = re.compile(r"[0-9]{4}")
MOST_LINES, WHOLE = 40, 10_000


def free(_: str) -> None:
    """Any text."""
    return


def filled(check: Check) -> Check:
    """As `check`, and not empty."""
    return lambda cell: check(cell) if cell else "está vacía"


def number(cell: str) -> str | None:
    """A whole number, or empty."""
    return None if not cell or _NUMBER.fullmatch(cell) else "no es un número entero"


def not_zero(cell: str) -> str | None:
    """A whole number other than 0."""
    return "es 0" if cell == "0" else number(cell)


def day(cell: str) -> str | None:
    """A day of the calendar, or empty."""
    if not cell:
        return None
    try:
        exists = _DAY.fullmatch(cell) and FIRST_YEAR <= date.fromisoformat(cell).year <= LAST_YEAR
    except ValueError:
        exists = False
    return None if exists else "no es una fecha AAAA-MM-DD que exista, de 1900 a 2199"


def key(cell: str) -> str | None:
    """The key of an activity."""
    return None if _KEY.fullmatch(cell) else "no es una clave de letras, dígitos, puntos y guiones"


def partida(cell: str) -> str | None:
    """Four digits."""
    return None if _PARTIDA.fullmatch(cell) else "no es de cuatro dígitos"


def one_of(*values: str) -> Check:
    """One of a few texts."""
    told = " o ".join(f"«{value}»" for value in values)
    return lambda cell: None if cell in values else f"debe ser {told}"


def month_of(year: str) -> Check:
    """A month of that year."""
    return one_of(*(f"{year}-{month:02}" for month in range(1, 13)))


def quarter_of(year: str) -> Check:
    """A quarter of that year."""
    return one_of(*(f"{year}-Q{quarter}" for quarter in range(1, 5)))


def shares(cell: str) -> str | None:
    """Lines with their shares, in order, that make the whole."""
    found = [_SHARE.fullmatch(part) for part in cell.split(";")]
    parts = [(match[1], int(match[2])) for match in found if match]
    if len(parts) < len(found) or len(parts) > MOST_LINES:
        return f"no son de una a {MOST_LINES} líneas, cada una con su parte"
    names = [name for name, _ in parts]
    if any(first >= second for first, second in pairwise(names)):
        return "sus líneas no van en orden, o se repiten"
    return None if sum(share for _, share in parts) == WHOLE else f"sus partes no suman {WHOLE}"


def lines_of(cell: str) -> list[str]:
    """The identifiers of a cell that `shares` accepts."""
    return [part.rpartition(":")[0] for part in cell.split(";")]


def hashes(cell: str) -> str | None:
    """Hashes in order, or nothing."""
    found = cell.split(" ") if cell else []
    sound = all(_HASH.fullmatch(one) for one in found) and all(a < b for a, b in pairwise(found))
    return None if sound else "no son huellas de 64 dígitos en orden"
