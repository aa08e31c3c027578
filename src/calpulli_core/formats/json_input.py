"""Reads JSON that strangers hand in, with the restrictions of canonical JSON but in any layout."""

from __future__ import annotations

from codecs import BOM_UTF8

from calpulli_core.board.canonical import CanonicalError, parse
from calpulli_core.formats.defects import Defect, Findings, RecordErrors
from calpulli_core.formats.programme import Json

MOST_BYTES = 16 * 1024 * 1024


def load_json(data: bytes, *, findings: Findings) -> Json:
    """The JSON value in UTF-8 bytes (a byte order mark is let pass).

    Raises RecordErrors at once: nothing further can be told about a file that cannot be read.
    """
    if len(data) > MOST_BYTES:
        raise _error(findings, f"El archivo pesa más de {MOST_BYTES // 1024 // 1024} MiB.")
    try:
        value: Json = parse(data.removeprefix(BOM_UTF8))
    except CanonicalError as error:
        raise _error(findings, f"El archivo no se admite: {error}.") from error
    return value


def _error(findings: Findings, rule: str) -> RecordErrors:
    remedy = "Vuelva a exportar el archivo desde el sistema de origen y no lo edite a mano."
    return RecordErrors([Defect(findings.sheet, None, None, "", rule, remedy)])
