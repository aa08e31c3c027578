"""How the records of a plan kept to their due dates: the days between publication, or today, and the date it was due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calpulli.commons import clock

from .periods import PeriodView, has_rule
from .programmes import PlanView
from .reporting import calendar_of

MOST_NAMED = 3


@dataclass(frozen=True)
class Punctuality:
    """One period: when it was due, when its first edition was published, and the days between (negative: before)."""

    period: PeriodView
    due_on: dt.date
    published_on: dt.date | None

    @property
    def days(self) -> int | None:
        """Days from the due date to publication; None while it is not published."""
        return (self.published_on - self.due_on).days if self.published_on else None

    @property
    def is_due(self) -> bool:
        """Whether the due date is behind us, kept or not."""
        return self.due_on < clock.today()

    @property
    def overdue_days(self) -> int:
        """Days since the due date of what is still not published; 0 when it is, or while there is time."""
        return (clock.today() - self.due_on).days if self.is_due and not self.published_on else 0

    @property
    def overdue_words(self) -> str:
        """`hace 192 días`."""
        return ngettext("hace %(num)s día", "hace %(num)s días", self.overdue_days) % {"num": self.overdue_days}


@dataclass(frozen=True)
class Kept:
    """The records of a plan whose due date is behind us, the oldest first: those that kept it and those that did not.

    A correction does not move it: what counts is the first edition.
    """

    binds: bool  # False for a plan that owes nothing here
    due: tuple[Punctuality, ...]

    @property
    def on_time(self) -> int:
        """How many were published by their due date."""
        return sum(one.days is not None and one.days <= 0 for one in self.due)

    @property
    def late(self) -> int:
        """How many were published after it."""
        return sum((one.days or 0) > 0 for one in self.due)

    @property
    def overdue(self) -> tuple[Punctuality, ...]:
        """Those that are still not published."""
        return tuple(one for one in self.due if one.overdue_days)

    @property
    def words(self) -> str:
        """Of those due, how many came on time and how many did not, in a sentence."""
        if not self.binds:
            return _("Este programa es de referencia: aquí no se cuenta si sus registros llegaron a tiempo.")
        if not self.due:
            return _("Todavía no vence ningún registro de este programa.")
        due = len(self.due)
        said = ngettext("De %(num)s registro que ya venció", "De %(num)s registros que ya vencieron", due) % {"num": due}
        return f"{said}, {'; '.join(self._parts())}."

    def _parts(self) -> list[str]:
        on_time, late, missing = self.on_time, self.late, len(self.overdue)
        parts = [ngettext("%(num)s se publicó a tiempo", "%(num)s se publicaron a tiempo", on_time) % {"num": on_time}]
        if not on_time:
            parts = [_("ninguno se publicó a tiempo")]
        if late:
            parts.append(ngettext("%(num)s se publicó tarde", "%(num)s se publicaron tarde", late) % {"num": late})
        if missing:
            parts.append(ngettext("%(num)s sigue sin publicarse", "%(num)s siguen sin publicarse", missing) % {"num": missing})
        return parts

    @property
    def overdue_words(self) -> str:
        """Which are overdue and by how many days, the oldest first, in a sentence; empty when none is."""
        told = [f"{one.period.label}, {one.overdue_words}" for one in self.overdue[:MOST_NAMED]]
        more = len(self.overdue) - len(told)
        if more:
            told.append(ngettext("y %(num)s más", "y %(num)s más", more) % {"num": more})
        return _("Vencidos: %(list)s.") % {"list": "; ".join(told)} if told else ""


def punctuality_of(plan: PlanView, *, calendar: list[PeriodView] | None = None) -> list[Punctuality]:
    """The periods of an own plan that have ended, the oldest first; empty for a plan that owes nothing here.

    `calendar`: that of the plan, where it was read already.
    """
    if not plan.is_own:
        return []
    periods = calendar_of(plan) if calendar is None else calendar
    ended = [period for period in periods if period.span.ends_on < clock.today()]
    return [found for period in reversed(ended) if (found := _of(period))]


def _of(period: PeriodView) -> Punctuality | None:
    if not has_rule(period):
        return None
    first = period.editions[-1] if period.editions else None
    return Punctuality(period, period.deadline.due_on, first.published_on if first else None)


def kept_of(plan: PlanView, *, ended: list[Punctuality] | None = None) -> Kept:
    """How a plan keeps to its due dates: every period that is due, opened or not; `ended`: its punctuality, if it is known."""
    found = punctuality_of(plan) if ended is None else ended
    return Kept(plan.is_own, tuple(one for one in found if one.is_due))
