"""What is wrong with entries before they are kept: every defect, with its row, rule and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from calpulli.commons import clock
from calpulli_core.budget import HAPPENED, MOST, Moment, pesos_words
from calpulli_core.formats.defects import Defect

from ..inputs import EntryRow
from .classifier import Classifier
from .programme import YearProgramme
from .sums import held_already

SHOWN = 500  # defects: more of them are the same mistake
Fault = tuple[str, object, str, str]  # column, value, rule, remedy


@dataclass
class Checked:
    """Looks at rows of a year. What many rows share is looked at once."""

    programme: YearProgramme
    classifier: Classifier

    def defects(self, rows: Sequence[EntryRow], places: Sequence[int], document: str = "") -> list[Defect]:
        """All of them, up to `SHOWN` and one more that says how many there are; then adecuaciones that do not balance.

        `document`: of the batch, for rows without their own.
        """
        come = months_come(self.programme.year)
        shared: dict[tuple[object, ...], tuple[Fault, ...]] = {}
        found: list[Defect] = []
        for place, row in zip(places or range(1, len(rows) + 1), rows, strict=True):
            key = row[:6]
            if key not in shared:
                shared[key] = tuple(self._of_purse(row))
            if shared[key] or not _is_plain(row, come):
                found += [_defect(place, *fault) for fault in (*shared[key], *_of_row(row, come))]
        found += unbalanced(rows, places)
        found += _held(rows, places, document)
        return found if len(found) <= SHOWN else [*found[:SHOWN], _more(len(found) - SHOWN)]

    def _of_purse(self, row: EntryRow) -> Iterator[Fault]:
        told = self.programme
        if row.year != told.year:
            yield _("Ejercicio"), row.year, _("No es del ejercicio %(year)s.") % {"year": told.year}, _("Corrija el año.")
        activity = told.activities.get(row.activity)
        if activity is None:
            yield (
                *(_("Actividad"), row.activity, _("No existe en el programa anual de ese año.")),
                _("Use la clave de una actividad del programa anual."),
            )
        elif activity.programme != row.programme:
            remedy = _("Es del programa %(key)s: corrija la clave.") % {"key": activity.programme}
            yield _("Programa"), row.programme, _("No es el programa de esa actividad."), remedy
        if row.area not in told.areas:
            yield _("Área"), row.area, _("No es un área del instituto."), _("Use la clave de un área de la organización.")
        yield from self._of_classifier(row)

    def _of_classifier(self, row: EntryRow) -> Iterator[Fault]:
        if row.partida not in self.classifier.partidas:
            remedy = _("Escriba sus cuatro cifras como texto, con los ceros del principio, o agréguela al clasificador.")
            yield _("Partida"), row.partida, _("No está en el clasificador."), remedy
        if row.source not in self.classifier.sources:
            known = ", ".join(self.classifier.sources)
            yield _("Fuente"), row.source, _("No es una fuente conocida."), _("Use una de estas: %(known)s.") % {"known": known}


def _held(rows: Sequence[EntryRow], places: Sequence[int], document: str) -> Iterator[Defect]:
    held = held_already(rows, document)
    remedy = _("Quítelo; si es otro, escriba el documento que lo distingue.")
    own = _("Ya hay un movimiento igual: mismo documento, bolsa, mes, momento e importe. Otra vez lo contaría doble.")
    none = _("Ya hay un movimiento igual, sin documento propio: misma bolsa, mes, momento e importe. Otra vez lo contaría doble.")
    for place, row in zip(places or range(1, len(rows) + 1), rows, strict=True) if held else ():
        if row in held:
            yield _defect(place, _("Documento"), row.document, own if row.document else none, remedy)


def months_come(year: int) -> int:
    """How many months of a year have come, the one that runs among them."""
    today = clock.today()
    return today.month if year == today.year else 12 * (year < today.year)


def _is_plain(row: EntryRow, come: int) -> bool:
    """Whether the row has nothing of its own to look at: most do not, and a million are looked at in a second or so."""
    if not (1 <= row.month <= 12 and 0 < abs(row.cents) <= MOST and row.moment in _MOMENTS):
        return False
    return (row.moment == "approved" or bool(row.document)) and (row.month <= come or row.moment not in HAPPENED)


_MOMENTS = frozenset(moment.value for moment in Moment)


def _of_row(row: EntryRow, come: int) -> Iterator[Fault]:
    if not 1 <= row.month <= 12:
        yield _("Mes"), row.month, _("No hay ese mes."), _("Escriba un número del 1 al 12.")
    elif row.month > come and row.moment in HAPPENED:
        rule = _("Ese mes todavía no llega: nada se ha devengado, ejercido ni pagado en él.")
        yield (
            _("Mes"),
            row.month,
            rule,
            _("Escriba el mes en que pasó. Lo contratado para meses que vienen va como comprometido."),
        )
    if row.moment not in _MOMENTS:
        yield _("Momento"), row.moment, _("No es un momento del gasto."), _("Use uno de estos: %(known)s.") % {"known": _known()}
    if row.cents == 0:
        yield _("Importe"), "0.00", _("Un movimiento de cero no dice nada."), _("Quite la fila o escriba su importe.")
    if abs(row.cents) > MOST:
        yield _("Importe"), row.cents, _("Es más de diez billones de pesos."), _("Revise los ceros y el punto.")
    if row.moment != "approved" and not row.document:
        remedy = _("Escriba el número del documento que lo respalda.")
        yield _("Documento"), "", _("Solo lo aprobado puede ir sin documento propio."), remedy


def _known() -> str:
    return ", ".join(moment.value for moment in Moment)


def unbalanced(rows: Sequence[EntryRow], places: Sequence[int]) -> list[Defect]:
    """Adecuaciones whose entries do not sum to zero, or have only one, at their first row."""
    sums: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.moment == "change":
            told = sums.setdefault(row.document, [0, 0, places[place] if places else place + 1])
            told[0] += row.cents
            told[1] += 1
    return [_unbalanced(document, *told) for document, told in sums.items() if told[0] or told[1] < 2]


def _unbalanced(document: str, cents: int, count: int, place: int) -> Defect:
    told = {"document": document, "cents": pesos_words(cents)}
    rule = _("Las ampliaciones y reducciones del documento «%(document)s» deben sumar cero, y suman %(cents)s.") % told
    if cents == 0:
        rule = _("La adecuación «%(document)s» tiene un solo movimiento.") % told
    remedy = _("Agregue de dónde sale o a dónde va el dinero, con el mismo documento.")
    return Defect(None, place, _("Documento"), document, rule, remedy)


def _defect(place: int, column: str, value: object, rule: str, remedy: str) -> Defect:
    return Defect(None, place, column, str(value), rule, remedy)


def _more(count: int) -> Defect:
    rule = _("Hay %(count)s defectos más.") % {"count": count}
    return Defect(None, None, None, "", rule, _("Corrija primero estos: suelen ser el mismo error repetido."))
