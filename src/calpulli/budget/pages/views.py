"""What the pages of a year show: groups of money with their words and addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.page_parts import spanish
from calpulli_core.budget import Balance, share_of

from .. import queries
from ..queries import Purse, YearProgramme
from ..queries.words import percent_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

NAMES = ("approved", "modified", "committed", "accrued", "exercised", "paid")


@dataclass(frozen=True)
class Row:
    """The money of a group: a chapter, an area, a line. `key`: what people know it by, empty where that is its name."""

    key: str
    name: str
    balance: Balance
    url: str = ""
    short: str = ""  # for drawings, where its name is a paragraph

    @property
    def drawn(self) -> str:
        """What stands beside its bar."""
        return self.short or self.label

    @property
    def label(self) -> str:
        """Its key and its name, which are data in Spanish."""
        return spanish(f"{self.key} · {self.name}" if self.key else self.name)

    @property
    def spent(self) -> str:
        """How much of what is modified is accrued."""
        return percent_words(share_of(self.balance.accrued, self.balance.modified))


@dataclass(frozen=True)
class YearMoney:
    """A year of the budget with what it pays for."""

    year: int
    programme: YearProgramme
    purses: tuple[Purse, ...]

    @property
    def total(self) -> Balance:
        """Of all of it."""
        return queries.total(self.purses)


@dataclass(frozen=True)
class Grouping:
    """A way to add the money up: its address, its name, and the rows that it gives."""

    slug: str
    name: Words
    title: Words
    rows: Callable[[YearMoney], list[Row]]


def the_year(year: int) -> YearMoney:
    """The budget of a year; 404 where there is none, or what it pays for is a draft."""
    programme = queries.published(year) if year in queries.years() else None
    if programme is None:
        raise Http404
    return YearMoney(year, programme, queries.purses(year))


def _named(money: YearMoney, by: Callable[[Purse], str], names: dict[str, str]) -> list[Row]:
    return [Row(key, names.get(key, key), balance) for key, balance in queries.grouped(money.purses, by).items()]


def by_chapter(money: YearMoney) -> list[Row]:
    """By chapter of spending, in their order."""
    return _named(money, lambda one: one.chapter, dict(queries.classifier().chapters))


def by_area(money: YearMoney) -> list[Row]:
    """By area, the largest first."""
    rows = [Row("", one.name, one.balance) for one in _named(money, lambda one: one.area, money.programme.areas)]
    return sorted(rows, key=lambda row: (-row.balance.modified, row.name))


def by_programme(money: YearMoney) -> list[Row]:
    """By programme of the year."""
    return _named(money, lambda one: one.programme, money.programme.programmes)


def by_source(money: YearMoney) -> list[Row]:
    """By where the money comes from."""
    rows = _named(money, lambda one: one.source, dict(queries.classifier().sources))
    return [Row("", one.name, one.balance) for one in rows]


def by_activity(money: YearMoney) -> list[Row]:
    """By activity, each with its page."""
    found = queries.grouped(money.purses, lambda one: one.activity)
    return [activity_row(money, key, balance) for key, balance in found.items()]


def activity_row(money: YearMoney, key: str, balance: Balance) -> Row:
    """An activity with its page."""
    activity = money.programme.activities.get(key)
    url = reverse("budget_activity", args=[money.year, key]) if activity else ""
    return Row(key, activity.name if activity else _("no está en el programa anual"), balance, url)


def by_line(money: YearMoney) -> list[Row]:
    """By line of action, in the programme's order."""
    activities = queries.grouped(money.purses, lambda one: one.activity)
    found = queries.line_balances(money.programme, activities)
    return [line_row(money.programme, identifier, balance) for identifier, balance in found.items()]


def line_row(programme: YearProgramme, identifier: str, balance: Balance) -> Row:
    """A line with its page; one that the programme no longer has, by its identifier."""
    line = programme.line(identifier)
    if line is None:
        return Row("", identifier, balance)
    url, short = reverse("line", args=[programme.plan_key, line.number]), _("Línea %(number)s") % {"number": line.number}
    return Row(line.number, line.text, balance, url, short)


GROUPINGS = {
    one.slug: one
    for one in (
        Grouping("capitulo", gettext_lazy("Capítulo"), gettext_lazy("Por capítulo de gasto"), by_chapter),
        Grouping("area", gettext_lazy("Área"), gettext_lazy("Por área"), by_area),
        Grouping("linea", gettext_lazy("Línea de acción"), gettext_lazy("Por línea de acción"), by_line),
        Grouping("programa", gettext_lazy("Programa"), gettext_lazy("Por programa del año"), by_programme),
        Grouping("actividad", gettext_lazy("Actividad"), gettext_lazy("Por actividad"), by_activity),
        Grouping("fuente", gettext_lazy("Fuente"), gettext_lazy("Por fuente del dinero"), by_source),
    )
}
