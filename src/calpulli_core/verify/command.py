"""The command line: exit 0 íntegro, 1 any fault, 2 the call itself is wrong.

Arguments are read by hand because argparse answers in English.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from calpulli_core.verify.checking import check

USAGE = """Uso: verificador PAQUETE [--key LLAVE] [--hash HUELLA] [--after ANTERIOR] [--json]

  PAQUETE           carpeta o zip que se comprueba
  --key LLAVE       llave pública o huella en la que usted confía: 64 dígitos hexadecimales, o un archivo que los tenga;
                    debe venir de fuera del paquete: copiada de él no prueba nada
  --hash HUELLA     huella del paquete que usted guardó, escrita igual: comprueba que este es aquel mismo
  --after ANTERIOR  paquete anterior que usted conserva: comprueba que este lo continúa
  --json            da el resultado como JSON

Termina con 0 si el paquete está íntegro, 1 si tiene alguna falla y 2 si la llamada está mal escrita."""
_HEX = re.compile(r"[0-9a-f]{64}")
_KEY_FILE_LIMIT = 4096


class CallError(ValueError):
    """The call is wrong; the message says how, in Spanish."""


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked."""

    bundle: Path
    key: str | None
    hash: str | None
    after: Path | None
    json: bool


def main(arguments: Sequence[str]) -> int:
    """Prints the verdict and returns the exit code."""
    _prepare_output()
    if {"-h", "--help"} & set(arguments):
        print(USAGE)
        return 0
    try:
        call = read_call(arguments)
    except CallError as error:
        print(f"{error}\n\n{USAGE}", file=sys.stderr)
        return 2
    if call.json:
        _prepare_output(encoding="utf-8")
    report = check(call.bundle, key=call.key, print_of_bundle=call.hash, after=call.after)
    return _print(report.as_json() if call.json else report.as_text(), 0 if report.ok else 1)


def _prepare_output(encoding: str | None = None) -> None:
    """A terminal that cannot write an accent gets an escape, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _print(text: str, code: int) -> int:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader left; the verdict is in the exit code. What is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def read_call(arguments: Sequence[str]) -> Call:
    """The call that the arguments make. Raises CallError."""
    options: dict[str, str] = {}
    bundles: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in ("--key", "--hash", "--after"):
            options[name] = _value(name, value if equals else None, rest, options)
        elif word == "--json":
            options[word] = ""
        elif word.startswith("-") and len(word) > 1:
            raise CallError(f"No existe la opción «{word}».")
        else:
            bundles.append(word)
    if len(bundles) != 1:
        raise CallError(f"Indique un paquete; se indicaron {len(bundles)}.")
    after = Path(options["--after"]) if "--after" in options else None
    key, told = (read_key(options[name]) if name in options else None for name in ("--key", "--hash"))
    return Call(Path(bundles[0]), key, told, after, "--json" in options)


def _value(name: str, value: str | None, rest: list[str], options: dict[str, str]) -> str:
    if name in options:
        raise CallError(f"La opción {name} está repetida.")
    if value is None:
        value = rest.pop(0) if rest else ""
    if not value:
        raise CallError(f"A la opción {name} le falta su valor.")
    return value


def read_key(given: str) -> str:
    """64 hex of a public key or fingerprint, given as such or as a file that holds them. Raises CallError."""
    if key := _as_key(given):
        return key
    try:
        with Path(given).open("rb") as file:
            text = file.read(_KEY_FILE_LIMIT).decode("ascii")
    except (OSError, ValueError) as error:
        raise CallError(f"«{given}» no son 64 dígitos hexadecimales ni un archivo que se pueda leer.") from error
    if key := _as_key(text):
        return key
    raise CallError(f"El archivo «{given}» no tiene una llave o huella de 64 dígitos hexadecimales.")


def _as_key(text: str) -> str | None:
    """As printed: in groups, perhaps in capitals."""
    joined = "".join(text.split()).lower()
    return joined if _HEX.fullmatch(joined) else None
