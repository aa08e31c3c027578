"""What is not known, with whoever answers for it: a package offers each of the quiet marks that its pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from . import Registry


class Mark(StrEnum):
    """The words of a quiet mark, as pages write them."""

    NO_DATA = "sin datos"
    NOT_IN_SOURCE = "sin dato en la fuente"
    UNCONFIRMED = "fuente por confirmar"
    NOT_REPORTED = "no reportado"
    NOBODY = "nadie registrado en este sitio"
    NO_EVIDENCE = "sin evidencia"
    UNPUBLISHED = "sin edición publicada"
    NO_LICENCE = "sin licencia declarada"
    NO_AREA = "sin área registrada"


@dataclass(frozen=True)
class Unknown:
    """One datum that is missing or unconfirmed: what, where it shows, since when, who answers for it, what would settle it.

    `also`: further pages that show the same mark for the same reason.
    """

    what: str
    mark: Mark
    url: str
    place: str  # the page, in words
    owner: str  # an area or a post, never a person
    remedy: str
    since_on: dt.date | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnknownSource:
    """Where unknowns come from; read when they are asked for."""

    key: str
    unknowns: Callable[[], Iterable[Unknown]]


UNKNOWNS: Registry[UnknownSource] = Registry("sources of unknowns")
