"""Variables of a formula as people write them, one on each line, and as sheets keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

LINE = re.compile(r"(?P<name>[^=\s]+)\s*=\s*(?P<kind>medida|indicador|meta|falta)\b\s*(?P<rest>.*)")
AWAITED = re.compile(r"\[(?P<unit>[^\]]+)\]\s*(?P<awaits>.+)")


class VariableError(ValueError):
    """Lines that say no variable; `told` is one message for each."""

    def __init__(self, told: list[str]) -> None:
        self.told = told
        super().__init__("\n".join(told))


def read_variables(text: str) -> dict[str, dict[str, Any]]:
    """{name: binding} of the lines. Raises VariableError with every line that is none, and every name that comes twice."""
    found: dict[str, dict[str, Any]] = {}
    wrong: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        said = LINE.fullmatch(line)
        binding = _binding(said["kind"], said["rest"].strip()) if said else None
        if said is None or binding is None:
            wrong.append(
                _("El renglón «%(line)s» no se entiende: escriba nombre = medida, indicador, meta o falta, como en el ejemplo.")
                % {"line": line}
            )
        elif said["name"] in found:
            wrong.append(_("La variable «%(name)s» está dos veces: deje una.") % {"name": said["name"]})
        else:
            found[said["name"]] = binding
    if wrong:
        raise VariableError(wrong)
    return found


def _binding(kind: str, rest: str) -> dict[str, Any] | None:
    if kind == "meta":
        return None if rest else {"target": True}
    if kind == "indicador":
        return {"indicator": rest} if rest and " " not in rest else None
    if kind == "falta":
        awaited = AWAITED.fullmatch(rest)
        return awaited.groupdict() if awaited else None
    return _measure(rest)


def _measure(rest: str) -> dict[str, Any] | None:
    key, *parts = [part.strip() for part in rest.split(",")]
    pairs = [part.partition("=") for part in parts]
    if not key or " " in key or not all(sign and name.strip() and value.strip() for name, sign, value in pairs):
        return None
    where = {name.strip(): value.strip() for name, _sign, value in pairs}
    return {"measure": key} | ({"where": where} if where else {})


def written_variables(variables: Mapping[str, Mapping[str, Any]]) -> str:
    """The lines that say those bindings: what `read_variables` reads back."""
    return "\n".join(f"{name} = {_written(told)}" for name, told in variables.items())


def _written(told: Mapping[str, Any]) -> str:
    if "measure" in told:
        return ", ".join([f"medida {told['measure']}", *(f"{key} = {value}" for key, value in told.get("where", {}).items())])
    if "indicator" in told:
        return f"indicador {told['indicator']}"
    return f"falta [{told['unit']}] {told['awaits']}" if "awaits" in told else "meta"
