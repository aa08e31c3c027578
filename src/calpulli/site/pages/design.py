"""The page of the design itself: every part in its states, the colours with their contrast, and how we write."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from calpulli.commons import charts, institutes, prose
from calpulli.commons.access import public

from . import examples


class ExampleForm(forms.Form):
    """A form to try: it checks what it is given and keeps nothing."""

    ejemplo_nombre = forms.CharField(label=gettext_lazy("Nombre inventado"), max_length=80)
    ejemplo_fecha = forms.DateField(
        label=gettext_lazy("Una fecha"), input_formats=["%d/%m/%Y"], help_text=gettext_lazy("Día/mes/año, por ejemplo 15/05/2023")
    )
    ejemplo_nota = forms.CharField(label=gettext_lazy("Nota"), required=False)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def design(request: HttpRequest) -> HttpResponse:
    """Every part; a POST tries the example form, so that its errors and its success can be seen. Nothing is kept."""
    asked = bool(prose.asked_for(request))
    tried = request.method == "POST" and not asked
    form = ExampleForm(request.POST) if tried else prose.unsent(ExampleForm(), request) if asked else ExampleForm()
    refused = tried and not form.is_valid()
    context = {
        "form": form,
        "review": prose.reviewed(request).get("ejemplo_nota") or prose.review(examples.PROSE),
        "tried": tried and not refused,
        "pairs": _pairs(),
        "figures": examples.figures(),
        "spark": charts.spark((40, 55, None, 70, 65, 90), target=80, whole=100),
        "bullet": charts.bullet(64, target=80, whole=100),
        "columns": examples.COLUMNS,
        "objective": examples.OBJECTIVE,
        "digest": examples.DIGEST,
    }
    return render(request, "site/design.jinja", context, status=422 if refused else 200)


def _pairs() -> list[dict[str, object]]:
    """Every pair of colours that is used, of the institute and of the house, with its ratio."""
    found = institutes.ratios(institutes.current_look().colours) + institutes.house_ratios()
    known = institutes.all_colours()
    return [
        {
            "front": known[pair.front],
            "back": known[pair.back],
            "name": _("%(front)s sobre %(back)s") % {"front": pair.front, "back": pair.back},
            "where": pair.where,
            "ratio": round(ratio, 2),
            "least": pair.least,
        }
        for pair, ratio in found
    ]
