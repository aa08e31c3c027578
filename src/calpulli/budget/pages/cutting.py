"""The scenario of a cut: a form that asks by the address, and what it would touch. A simulation, in no index."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calpulli.commons.access import public

from .. import queries
from ..inputs import CutForm
from ..queries.words import units_words
from .views import YearMoney, the_year

EXAMPLE = {"porcentaje": "12", "donde": queries.EVERYTHING}


@public
@require_safe
def budget_cut(request: HttpRequest, year: int) -> HttpResponse:
    """What a cut of so many percent would touch, without what is committed."""
    money = the_year(year)
    asked = "porcentaje" in request.GET
    form = CutForm(request.GET if asked else None, places=_places(money), initial=EXAMPLE)
    found = None
    if asked and form.is_valid():
        found = queries.scenario(money.programme, money.purses, form.cleaned_data["donde"], form.cleaned_data["porcentaje"])
    context: dict[str, object] = {"money": money, "form": form, "found": found, "percent": request.GET.get("porcentaje", "")}
    context["units_words"] = units_words
    context["places"] = [(key, name) if key == queries.EVERYTHING else (key, name, "es") for key, name in _places(money)]
    context["place"] = dict(_places(money)).get(request.GET.get("donde", ""), "")
    answer = render(request, "budget/cut.jinja", context, status=422 if asked and form.errors else 200)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _places(money: YearMoney) -> list[tuple[str, str]]:
    """Everything, each chapter, each area and each source that has money."""
    told = queries.classifier()
    chapters = [(f"capitulo:{key}", f"{key} · {told.chapter_name(key)}") for key in sorted({one.chapter for one in money.purses})]
    names = money.programme.areas
    areas = sorted(((f"area:{key}", names.get(key, key)) for key in {one.area for one in money.purses}), key=lambda one: one[1])
    sources = [(f"fuente:{key}", told.sources.get(key, key)) for key in sorted({one.source for one in money.purses})]
    return [(queries.EVERYTHING, _("Todo el presupuesto")), *chapters, *areas, *sources]
