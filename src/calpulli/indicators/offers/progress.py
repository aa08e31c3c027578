"""How each line goes, for its own page: its indicators in the last quarter that is over."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from calpulli.commons.registries.progress import Progress, ProgressSource, offer_progress
from calpulli_core.indicators.moments import Grain

from ..queries.board import now_of
from ..queries.sheets import sheets_in_force
from ..queries.values import Shown, last_ended, values_of


def _of(plan_key: str, line: str) -> Iterator[Progress]:
    sheets = [one for one in sheets_in_force().values() if (one.row.plan_key, one.row.line) == (plan_key, line)]
    moments = {sheet.key: now_of(sheet, last_ended(Grain.QUARTER)) for sheet in sheets}
    found = values_of(moments, moments.values())
    for key, moment in moments.items():
        yield _told(found[key, moment])


def _told(shown: Shown) -> Progress:
    row = shown.sheet.row
    unit = f" {shown.unit_words}" if shown.unit_words else ""
    goal = (
        _("meta %(target)s") % {"target": shown.target_words}
        if shown.target
        else _("sin meta")
        if shown.value is not None
        else ""
    )
    mark = "" if shown.value is not None else _("sin datos")
    return Progress(
        label=row.name,
        value=f"{shown.words}{unit}" if shown.value is not None else "",
        url=reverse("indicator_value", kwargs={"key": row.key, "period": str(shown.moment)}),
        when=", ".join(filter(None, (shown.period_words, goal, shown.why))),
        mark=mark,
        note=row.get_mark_display(),
    )


offer_progress(ProgressSource("indicators", _of))
