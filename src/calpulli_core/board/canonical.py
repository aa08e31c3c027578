"""Canonical JSON: one sequence of bytes for each value (docs/spec/bundle.md, section 1; RFC 8785 restricted).

Only objects with ASCII keys, arrays, strings, booleans, null and integers up to 2^53 - 1 in size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64
# Sixteen digits and a sign; longer ones are refused before they cost a conversion.
_MAX_DIGITS = 17
# A string is one token, so that brackets inside of it do not count; possessive, so that hostile text stays linear.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)


class CanonicalError(ValueError):
    """The value or the bytes are not canonical JSON; the message says why, in Spanish."""


def encode(value: Any) -> bytes:
    """The canonical bytes of `value` (dict, list, tuple, str, bool, int, None), without a final LF.

    Raises CanonicalError for any other type, size, key or depth.
    """
    _check(value, 0)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalError("hay un medio carácter suelto (surrogate) en un texto") from error


def parse(data: bytes) -> Any:
    """The value of `data`, JSON of section 1 in any layout and order of keys.

    Raises CanonicalError for what is not such JSON: repeated keys, fractions, NaN, depth, encoding.
    """
    text = _text(data)
    _check_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise CanonicalError(f"no es JSON válido (carácter {error.pos + 1})") from error
    encode(value)
    return value


def parse_canonical(data: bytes) -> Any:
    """The value of `data`, which must be its canonical bytes exactly, without a final LF; else CanonicalError."""
    value = parse(data)
    if encode(value) != data:
        raise CanonicalError("es JSON, pero no está en su forma canónica")
    return value


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CanonicalError(f"no es texto UTF-8 (byte {error.start + 1})") from error


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise CanonicalError(f"tiene más de {MAX_DEPTH} niveles")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise CanonicalError(f"la clave {name[:40]!a} está repetida")
        made[name] = value
    return made


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise CanonicalError("un número entero es demasiado grande")
    return int(digits)


def _no_number(text: str) -> NoReturn:
    raise CanonicalError(f"el número {text[:40]!a} no es un entero")


def _check(value: Any, depth: int) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise CanonicalError("un número entero es demasiado grande")
        return
    if depth == MAX_DEPTH:
        raise CanonicalError(f"tiene más de {MAX_DEPTH} niveles")
    for item in _items(value):
        _check(item, depth + 1)


def _items(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name in value:
            if not isinstance(name, str) or not name.isascii():
                raise CanonicalError(f"la clave {str(name)[:40]!a} no es ASCII")
        return iter(value.values())
    if isinstance(value, list | tuple):
        return iter(value)
    raise CanonicalError(f"un valor de tipo {type(value).__name__} no cabe en JSON canónico")
