"""How the institute is asked: `[asking]` of its `institute.toml`, checked before the site starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Info

from .reading import current, section

WAYS = ("mail", "phone", "place", "hours")
FIELDS = (*WAYS, "note")


def asking_can_be_used(app_configs: object = None, **more: object) -> list[CheckMessage]:
    """Django's check, before every command: that whoever wants to ask is sent to somebody."""
    try:
        place = f"institutes/{current().slug}/institute.toml, [asking]"
        return [Error(f"{place}: {fault}", id="calpulli.asking") for fault in faults_of(section("asking"))]
    except FileNotFoundError as error:  # commands that need no institute work without one
        return [Info(f"No hay {error.filename}: sin él no se puede servir el sitio.", id="calpulli.institute")]


def faults_of(told: dict[str, Any]) -> Iterator[str]:
    """Every fault of the section, in words for whoever keeps the data."""
    areas, through = told.get("areas", {}), told.get("through", "")
    for name in sorted(told.keys() - {"through", "areas"}):
        yield f"no hay un ajuste «{name}». Use through y [asking.areas.CLAVE]."
    if through and through not in areas:
        yield f"through es «{through}» y esa área no dice cómo se le pregunta. Agregue [asking.areas.{through}] o quite through."
    for key, way in areas.items():
        yield from (f"areas.{key}: {fault}" for fault in _faults_of_way(way))


def _faults_of_way(way: dict[str, Any]) -> Iterator[str]:
    for name in sorted(way.keys() - set(FIELDS)):
        yield f"no hay un dato «{name}». Use solo: {', '.join(FIELDS)}."
    if not any(str(way.get(name, "")).strip() for name in WAYS):
        yield f"no dice por dónde se le pregunta. Escriba al menos uno de: {', '.join(WAYS)}."
    mail = str(way.get("mail", ""))
    if mail and (mail.count("@") != 1 or any(letter.isspace() for letter in mail)):
        yield f"mail es «{mail}», que no es una dirección de correo. Escríbala como nombre@dominio."
