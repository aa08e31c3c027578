"""The forms with which sheets and targets are proposed and decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Sheet
from ..models.sheets import Dimension, Frequency, Kind, Mark, Sense
from . import SheetDraft
from .variables import VariableError, read_variables, written_variables

CRITERIA = ("claro", "relevante", "economico", "monitoreable", "adecuado", "aportacion")
BANDS = ("met", "risk", "over")
# Where a field of the act is asked for under another name.
ASKED_AS = {"plan_key": "place", "line": "place", "objective": "place", "bands": "met", "cremaa": "cremaa"}
SAME = (
    *("key", "name", "definition", "formula", "formula_words", "unit", "frequency", "dimension", "kind", "mark", "sense"),
    *("baseline", "baseline_source", "verification", "source", "area", "awaits", "reason"),
)


def _text(label: Any, help_text: Any = "", *, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, **more)


class SheetForm(forms.Form):
    """A sheet. Its variables are written one on each line; its criteria, one on each line with score and reason."""

    place = forms.ChoiceField(label=_("De qué línea u objetivo"), choices=())
    key = _text(
        _("Clave"), _("En minúsculas, con guiones o puntos: linea-1.3-entregas. Va en la dirección de su página."), max_length=80
    )
    name = _text(_("Nombre"), max_length=200)
    definition = _text(_("Definición"), _("Qué dice el número, en frases que cualquiera entienda."), widget=forms.Textarea)
    formula = _text(_("Fórmula"), _("Con los nombres de las variables: 100 * cumplidas / programadas"), widget=forms.Textarea)
    formula_words = _text(_("La fórmula en palabras"), required=False, widget=forms.Textarea)
    variables = _text(
        _("Variables"),
        _(
            "Una por renglón. cumplidas = medida annual.activities_fulfilled, line = linea-1.3 · "
            "otro = indicador linea-1.3-entregas · fijada = meta · actas = falta [actas] Actas computadas"
        ),
        widget=forms.Textarea,
    )
    unit = _text(_("Unidad de medida"), _("Como sale de la fórmula: %, personas, pesos/actividades"), max_length=60)
    frequency = forms.ChoiceField(label=_("Frecuencia"), choices=Frequency.choices)
    dimension = forms.ChoiceField(label=_("Dimensión"), choices=Dimension.choices)
    kind = forms.ChoiceField(label=_("Tipo"), choices=Kind.choices)
    mark = forms.ChoiceField(label=_("Qué muestra"), choices=Mark.choices)
    sense = forms.ChoiceField(label=_("Sentido"), choices=Sense.choices)
    met = forms.IntegerField(label=_("Cumple desde este porcentaje de su meta"), required=False)
    risk = forms.IntegerField(label=_("Está en riesgo desde este porcentaje"), required=False)
    over = forms.IntegerField(label=_("Más allá de este porcentaje, la meta estaba mal puesta"), required=False)
    baseline = _text(_("Línea base"), _("Un número, o vacío si nadie la sabe."), required=False, max_length=60)
    baseline_source = _text(_("Fuente de la línea base"), required=False, max_length=300)
    verification = _text(_("Medios de verificación"), required=False, max_length=300)
    source = _text(_("Fuente de información"), max_length=300)
    area = forms.ChoiceField(label=_("Área que responde"), choices=())
    cremaa = _text(
        _("CREMAA"),
        _("Un criterio por renglón, con su calificación de 1 a 5 y por qué: claro = 4 Se entiende sin explicación"),
        required=False,
        widget=forms.Textarea,
    )
    awaits = _text(_("Qué falta para medirlo"), _("Solo si alguna variable dice «falta»."), required=False, max_length=200)
    reason = _text(_("Por qué se cambia"), _("Solo de la segunda versión en adelante."), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        cast(forms.ChoiceField, self.fields["place"]).choices = [*places]
        cast(forms.ChoiceField, self.fields["area"]).choices = [*areas]

    def clean_variables(self) -> dict[str, dict[str, Any]]:
        """The bindings that the lines say."""
        try:
            return read_variables(self.cleaned_data["variables"])
        except VariableError as error:
            raise forms.ValidationError(error.told) from error

    def clean_cremaa(self) -> dict[str, dict[str, Any]]:
        """The scores that the lines say; what they are worth, the act checks."""
        found: dict[str, dict[str, Any]] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["cremaa"].splitlines())):
            name, sign, rest = line.partition("=")
            score, _gap, reason = rest.strip().partition(" ")
            if not sign or not score.isdecimal():
                raise forms.ValidationError(
                    _("El renglón «%(line)s» no se entiende: escriba claro = 4 y la razón.") % {"line": line}
                )
            found[name.strip()] = {"score": int(score[:4]), "reason": reason.strip()}
        return found

    def draft(self, plan_key: str) -> SheetDraft:
        """What was proposed; `place` is `line/objective`."""
        told = self.cleaned_data
        line, _slash, objective = told["place"].partition("/")
        bands = {band: told[band] for band in BANDS if told[band] is not None}
        given = {name: told[name] for name in SAME} | {"variables": told["variables"], "cremaa": told["cremaa"]}
        return SheetDraft(plan_key=plan_key, line=line, objective=int(objective), bands=bands, **given)

    def refuse(self, problems: Iterable[tuple[str | None, str]]) -> None:
        """Puts what the act refused beside the field that it is of."""
        for field, message in problems:
            asked = ASKED_AS.get(field or "", field)
            self.add_error(asked if asked in self.fields else None, message)


def initial_of(row: Sheet) -> Mapping[str, Any]:
    """What a form begins with when a sheet is changed: all that it says, but the reason."""
    told = {name: getattr(row, name) for name in SAME if name != "reason"}
    graded = "\n".join(f"{name} = {one['score']} {one['reason']}" for name, one in row.cremaa.items())
    place = f"{row.line}/{row.objective}"
    return {**told, **row.bands, "place": place, "variables": written_variables(row.variables), "cremaa": graded}


class TargetForm(forms.Form):
    """What the institute sets for a period of an indicator."""

    indicator = forms.ChoiceField(label=_("Indicador"), choices=())
    period = _text(_("Periodo"), _("2026-Q3 un trimestre, 2026-M07 un mes, 2026 un año."), max_length=8)
    value = _text(_("Meta"), _("En la unidad del indicador, sin comas ni signos: 90 o 72.5"), max_length=60)
    source = _text(_("De dónde sale"), _("El acuerdo o documento que la fija."), max_length=300)
    reason = _text(_("Por qué se ajusta"), _("Solo si el periodo ya tenía meta."), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, indicators: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        cast(forms.ChoiceField, self.fields["indicator"]).choices = [("", _("Elija…")), *indicators]

    def refuse(self, problems: Iterable[tuple[str | None, str]]) -> None:
        """Puts what the act refused beside its field."""
        for field, message in problems:
            self.add_error(field if field in self.fields else None, message)
