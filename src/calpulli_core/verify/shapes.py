"""What a JSON value must look like: each shape tells, in Spanish, where a value departs from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

# A shape takes a value and the place where it stands, and yields what is wrong with it.
Shape = Callable[[Any, str], Iterator[str]]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_PERIOD = re.compile(r"(19|2[01])[0-9]{2}(-Q[1-4])?")


def problems(value: Any, shape: Shape) -> list[str]:
    """Everything wrong with the outermost `value`."""
    return list(shape(value, ""))


def text(value: Any, where: str) -> Iterator[str]:
    """Any string."""
    if not isinstance(value, str):
        yield f"{where} debe ser un texto"


def boolean(value: Any, where: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"{where} debe ser true o false"


def mapping(value: Any, where: str) -> Iterator[str]:
    """An object with any keys."""
    if not isinstance(value, dict):
        yield f"{where} debe ser un objeto"


def integer(minimum: int | None = None) -> Shape:
    """An integer, never a boolean, not below `minimum`."""

    def check(value: Any, where: str) -> Iterator[str]:
        if type(value) is not int:
            yield f"{where} debe ser un número entero"
        elif minimum is not None and value < minimum:
            yield f"{where} debe ser {minimum} o más"

    return check


def fixed(*allowed: str | None) -> Shape:
    """One of a few values."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not (value is None or isinstance(value, str)) or value not in allowed:
            yield f"{where} debe ser {' o '.join('null' if item is None else f'«{item}»' for item in allowed)}"

    return check


def hexadecimal(size: int) -> Shape:
    """Lower-case hexadecimal of `size` digits."""
    return _pattern(re.compile(f"[0-9a-f]{{{size}}}"), f"debe tener {size} dígitos hexadecimales en minúscula")


def day(value: Any, where: str) -> Iterator[str]:
    """A date that exists, YYYY-MM-DD, from 1900 to 2199."""
    if not isinstance(value, str) or not _DAY.fullmatch(value) or not _exists(value):
        yield f"{where} debe ser una fecha AAAA-MM-DD que exista, de 1900 a 2199"


def instant(value: Any, where: str) -> Iterator[str]:
    """An instant in UTC to the second."""
    found = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if not found or not _exists(found[1]):
        yield f"{where} debe ser un instante AAAA-MM-DDThh:mm:ssZ, de 1900 a 2199"


def period(value: Any, where: str) -> Iterator[str]:
    """A quarter or a year."""
    return _pattern(_PERIOD, "debe ser un periodo: AAAA-Q1 a AAAA-Q4, o AAAA (de 1900 a 2199)")(value, where)


def nullable(shape: Shape) -> Shape:
    """Null, or what `shape` says."""

    def check(value: Any, where: str) -> Iterator[str]:
        return iter(()) if value is None else shape(value, where)

    return check


def array(item: Shape, *, size: int | None = None) -> Shape:
    """An array of `item`, of `size` elements if told."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} debe ser una lista"
            return
        if size is not None and len(value) != size:
            yield f"{where} debe tener {size} elementos y tiene {len(value)}"
        for number, element in enumerate(value):
            yield from item(element, f"{where}[{number}]")

    return check


def row(*items: Shape) -> Shape:
    """An array with exactly these elements."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list) or len(value) != len(items):
            yield f"{where} debe ser una lista de {len(items)} elementos"
            return
        for number, (shape, element) in enumerate(zip(items, value, strict=True)):
            yield from shape(element, f"{where}[{number}]")

    return check


def structure(keys: dict[str, Shape], *, more: bool = False) -> Shape:
    """An object with exactly these keys; with `more`, others too, of any kind."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where or 'el valor'} debe ser un objeto"
            return
        for name in keys.keys() - value.keys():
            yield f"falta la clave {_at(where, name)}"
        for name in () if more else value.keys() - keys.keys():
            yield f"sobra la clave {_at(where, name[:40])}"
        for name in keys.keys() & value.keys():
            yield from keys[name](value[name], _at(where, name))

    return check


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _pattern(pattern: re.Pattern[str], rule: str) -> Shape:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield f"{where} {rule}"

    return check


def _exists(iso: str) -> bool:
    try:
        return FIRST_YEAR <= date.fromisoformat(iso).year <= LAST_YEAR
    except ValueError:
        return False
