"""What is not known of indicators: values that are not there, and people that were not told, each with who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons import institutes
from calpulli.commons.registries.measures import MEASURES
from calpulli.commons.registries.unknowns import UNKNOWNS, Mark, Unknown, UnknownSource
from calpulli.people import doors as people

from ..queries.board import board_of
from ..queries.cells import Cell, read
from ..queries.drilling import grain_of
from ..queries.sheets import SheetView, sheets_in_force
from ..queries.values import last_ended, recent, values_of

SERIES, LINKED = 8, 4  # periods of a series, and those that the page of an indicator leads to


def _values() -> Iterator[Unknown]:
    names = {card.key: card.name for card in people.area_cards()}
    sheets = sheets_in_force()
    moments = {moment for sheet in sheets.values() for moment in recent(sheet.grain, SERIES)}
    without = {key for (key, _), one in values_of(sheets, moments).items() if one.value is None}
    for key, sheet in sheets.items():
        if key in without:
            yield _of_sheet(sheet, names.get(sheet.row.area, sheet.row.area))


def _of_sheet(sheet: SheetView, owner: str) -> Unknown:
    pages = [reverse("indicator_value", args=[sheet.key, str(one)]) for one in recent(sheet.grain, LINKED)]
    awaits = sheet.row.awaits
    return Unknown(
        what=_("El valor de «%(name)s» en los periodos en que no lo hay") % {"name": sheet.row.name},
        mark=Mark.NO_DATA,
        url=reverse("indicator", args=[sheet.key]),
        place=_("Indicador"),
        owner=owner,
        remedy=_("Que exista lo que lo mide: %(awaits)s.") % {"awaits": awaits}
        if awaits
        else _("Que haya datos de esos periodos."),
        also=tuple(pages),
    )


def _board() -> Iterator[Unknown]:
    """The board and the pages of lines, where an indicator has no value in the quarter that they show."""
    found = board_of()
    lines = [line for one in found.objectives for line in one.lines] if found else []
    without = [line for line in lines if any(entry.now.value is None for entry in line.entries)]
    if found is None or not any(entry.now.value is None for entry in found.entries):
        return
    yield Unknown(
        what=_("Los indicadores que este trimestre no tienen valor"),
        mark=Mark.NO_DATA,
        url=reverse("board"),
        place=_("Tablero"),
        owner=institutes.open_data().areas.get("indicators") or institutes.current().name,
        remedy=_("Que haya datos de esos periodos."),
        also=tuple(reverse("line", args=[found.plan.key, line.line.number]) for line in without),
    )


def _people() -> Iterator[Unknown]:
    """Measures of people whose last period was not told, or is kept back."""
    for measure in MEASURES:
        cell = Cell(measure.key, (), last_ended(grain_of(measure)))
        if measure.table and read([cell])[cell].value is None:
            yield Unknown(
                what=_("«%(name)s» en el último periodo") % {"name": measure.name},
                mark=Mark.NO_DATA,
                url=reverse("measure", args=[measure.key]),
                place=_("Medida"),
                owner=institutes.open_data().areas.get(measure.owner) or institutes.current().name,
                remedy=_("Que se diga al terminar el trimestre, si no son tan pocas que se sabría quiénes son."),
            )


UNKNOWNS.add("indicators.values", UnknownSource("indicators.values", _values))
UNKNOWNS.add("indicators.board", UnknownSource("indicators.board", _board))
UNKNOWNS.add("indicators.people", UnknownSource("indicators.people", _people))
