"""The forms of the budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .acts import EntryRow, Movement
from .fields import PercentField, PesosField, clean_line

Options = Sequence[tuple[str, str]]
CHOOSE = ("", _("Elija"))
UP, DOWN = "ampliacion", "reduccion"


def _select(label: Any, options: Options, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[CHOOSE, *options], **more)


class SpendingForm(forms.Form):
    """One movement. `activities`: key to (name, area, programme), those that the person may record."""

    def __init__(self, *given: Any, purses: PurseOptions, months: Options, moments: Options, **more: Any) -> None:
        super().__init__(*given, **more)
        self._purses = purses
        self.fields["moment"] = _select(_("Momento"), moments)
        self.fields["activity"] = _select(_("Actividad"), purses.activities)
        self.fields["source"] = _select(_("Fuente"), purses.sources)
        self.fields["partida"] = _select(_("Partida"), purses.partidas)
        self.fields["month"] = _select(_("Mes"), months)
        self.fields["amount"] = PesosField(label=_("Importe, en pesos"), signed=True)
        self.fields["document"] = forms.CharField(max_length=80, label=_("Documento que lo respalda"))
        self.fields["warned"] = forms.BooleanField(label=_("Ya lo revisé y es correcto"), required=False)

    def row(self, year: int) -> EntryRow:
        """The entry that it asks for."""
        told = self.cleaned_data
        area, programme = self._purses.owner(told["activity"])
        document = clean_line(told["document"])
        purse = (area, programme, told["activity"], told["source"], told["partida"])
        return EntryRow(year, *purse, int(told["month"]), told["moment"], told["amount"], document)


class PurseOptions:
    """What a purse can be of, for whoever fills a form in."""

    def __init__(self, owners: dict[str, tuple[str, str, str]], sources: Options, partidas: Options) -> None:
        """`owners`: the name, area and programme of each activity by its key."""
        self._owners = owners
        self.activities = [(key, f"{key} · {name}") for key, (name, _area, _programme) in owners.items()]
        self.sources, self.partidas = sources, partidas

    def owner(self, activity: str) -> tuple[str, str]:
        """Its area and its programme."""
        _name, area, programme = self._owners[activity]
        return area, programme


class AdecuacionForm(forms.Form):
    """A document, a reason and some movements; rows left empty do not count."""

    document = forms.CharField(max_length=80, label=_("Documento que lo respalda"))
    reason = forms.CharField(
        label=_("Por qué"),
        widget=forms.Textarea,
        max_length=4_000,
        error_messages={"required": _("Diga por qué hace falta: será público cuando se apruebe.")},
    )

    def __init__(self, *given: Any, purses: PurseOptions, months: Options, rows: int = 4, **more: Any) -> None:
        super().__init__(*given, **more)
        self._purses, self.rows = purses, rows
        for place in range(1, rows + 1):
            self._add_row(place, months)

    def _add_row(self, place: int, months: Options) -> None:
        kinds = [(UP, gettext("Ampliación: recibe dinero")), (DOWN, gettext("Reducción: se le quita"))]
        asked: dict[str, forms.Field] = {
            "activity": _select(_("Actividad"), self._purses.activities, required=False),
            "kind": _select(_("Qué le pasa"), kinds, required=False),
            "amount": PesosField(label=_("Importe, en pesos"), required=False),
            "source": _select(_("Fuente"), self._purses.sources, required=False),
            "partida": _select(_("Partida"), self._purses.partidas, required=False),
            "month": _select(_("Mes"), months, required=False),
        }
        self.fields |= {f"{name}_{place}": field for name, field in asked.items()}

    def groups(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The fields of each movement, by its number."""
        for place in range(1, self.rows + 1):
            yield place, [self[f"{name}_{place}"] for name in ("activity", "kind", "amount", "source", "partida", "month")]

    def chosen(self, place: int) -> tuple[str, str, str]:
        """The activity, the source and the partida of a movement as they stand in the form; empty what nobody chose."""
        activity, source, partida = (str(self[f"{name}_{place}"].value() or "") for name in ("activity", "source", "partida"))
        return activity, source, partida

    def clean(self) -> dict[str, Any]:
        """A row that was begun is finished."""
        told: dict[str, Any] = super().clean() or {}
        for place in range(1, self.rows + 1):
            names = [f"{name}_{place}" for name in ("activity", "kind", "amount", "source", "partida", "month")]
            if any(told.get(name) for name in names) or any(name in self.errors for name in names):
                self._finish(told, names)
        return told

    def _finish(self, told: dict[str, Any], names: list[str]) -> None:
        for name in names:
            if not told.get(name) and name not in self.errors:
                self.add_error(name, gettext("Falta este dato del movimiento %(number)s.") % {"number": name.rpartition("_")[2]})

    def movements(self) -> tuple[Movement, ...]:
        """Those that were filled in."""
        told = self.cleaned_data
        return tuple(self._movement(told, place) for place in range(1, self.rows + 1) if told.get(f"activity_{place}"))

    def _movement(self, told: dict[str, Any], place: int) -> Movement:
        activity, cents = told[f"activity_{place}"], told[f"amount_{place}"]
        area, programme = self._purses.owner(activity)
        sign = 1 if told[f"kind_{place}"] == UP else -1
        purse = (area, programme, activity, told[f"source_{place}"], told[f"partida_{place}"])
        return Movement(*purse, int(told[f"month_{place}"]), sign * cents)


class AnswerForm(forms.Form):
    """Why an adecuación is not approved."""

    answer = forms.CharField(
        label=_("Por qué no se aprueba"),
        widget=forms.Textarea,
        max_length=2_000,
        error_messages={"required": _("Diga por qué no se aprueba: lo leerá quien la propuso y será público.")},
    )


class CutForm(forms.Form):
    """A percentage and where to cut, asked by the address."""

    porcentaje = PercentField(label=_("Cuánto menos, en por ciento"), max_length=8)

    def __init__(self, *given: Any, places: Options, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["donde"] = forms.ChoiceField(label=_("De dónde"), choices=list(places))
