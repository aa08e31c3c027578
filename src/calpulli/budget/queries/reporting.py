"""What a year reports of its spending, in the columns of its formats (`calpulli_core.formats.egresos`)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max
from django.urls import reverse

from calpulli.commons import clock, institutes
from calpulli.ledger.doors import remembered
from calpulli_core.budget import Balance
from calpulli_core.formats.egresos import CHAPTERS, EGRESOS

from ..models import BudgetBatch, BudgetEntry
from .classifier import chapter_of, classifier, concept_of
from .sums import Purse, grouped, last_month, purses

MOMENTS = ("approved", "modified", "committed", "accrued", "exercised", "paid")
SPANISH = dict(zip(MOMENTS, ("aprobado", "modificado", "comprometido", "devengado", "ejercido", "pagado"), strict=True))
BY: dict[str, Callable[[Purse], str]] = {EGRESOS: lambda one: one.partida, CHAPTERS: lambda one: one.chapter}
NOTE = (
    "Aprobado y modificado son de todo el año; comprometido, con lo contratado para meses que vienen; lo demás, hasta la fecha "
    "de término. Sin fecha de validación: sale de los movimientos publicados y nadie ha validado este corte."
)
NOTHING_SPENT = "Todavía no hay gasto: la fecha de término es la del primer mes. "


def reported(key: str, year: int) -> Iterator[dict[str, Any]]:
    """A row for each partida or chapter: what each column of the format holds; money in cents."""
    same = _of_the_year(year)
    for code, balance in grouped(purses(year), BY[key]).items():
        yield same | _codes(key, code) | _money(balance) | {"justificacion": _reasons(year, key).get(code, "")}


def _of_the_year(year: int) -> dict[str, Any]:
    month, last = last_month(year), BudgetBatch.objects.filter(year=year).aggregate(last=Max("recorded_at"))["last"]
    note = NOTE if month else NOTHING_SPENT + NOTE
    invented = BudgetBatch.objects.filter(year=year, invented=True).exists()
    return {
        "ejercicio": year,
        "inicio": dt.date(year, 1, 1),
        "termino": dt.date(year, month or 1, calendar.monthrange(year, month or 1)[1]),
        "hipervinculo": reverse("budget_by", args=[year, "capitulo"]),
        "area": institutes.open_data().areas.get("budget") or institutes.current().name,
        "validacion": None,
        "actualizacion": clock.day_of(last),
        "nota": f"Montos inventados para la demostración. {note}" if invented else note,
    }


def _codes(key: str, code: str) -> dict[str, str]:
    told = classifier()
    if key == CHAPTERS:
        return {"clave_capitulo": code, "capitulo": told.chapter_name(code)}
    codes = {"clave_capitulo": chapter_of(code), "clave_concepto": concept_of(code), "clave_partida": code}
    return codes | {"denominacion": told.partidas.get(code, code)}


def _money(balance: Balance) -> dict[str, int]:
    return {f"gasto_{SPANISH[name]}": balance.at(name) for name in MOMENTS}


@remembered("budget")
def _reasons(year: int, key: str) -> dict[str, str]:
    """The documents of the adecuaciones of each partida or chapter, with their reasons where somebody wrote them here."""
    found: dict[str, dict[str, None]] = {}
    rows = BudgetEntry.objects.filter(year=year, moment="change").order_by("partida", "document").distinct()
    reasons = dict(BudgetBatch.objects.filter(year=year).exclude(reason="").values_list("document", "reason"))
    for partida, document in rows.values_list("partida", "document"):
        told = f"{document}: {reasons[document]}" if document in reasons else document
        found.setdefault(partida if key == EGRESOS else chapter_of(partida), {})[told] = None
    return {code: "; ".join(told) for code, told in found.items()}
