"""What annual takes of the files that people bring: its own tables, and deliveries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from calpulli.commons import files
from calpulli.commons.act import Actor, Problem, Refused
from calpulli.commons.registries.bringing import Arrival, Taken, Taker, take
from calpulli_core.formats.annual.tables import DELIVERIES, POA

from .. import actions
from ..actions import doubts
from ..inputs import DeliveryRow, ImportPoa, RecordDeliveries
from ..models import Activity


def _take_poa(arrival: Arrival, by: Actor) -> Taken:
    command = ImportPoa(arrival.plan_key, arrival.file, arrival.before, arrival.original)
    done = actions.import_poa(command, by=by)
    told = done.result
    words = (
        _("Programas: %(counts)s.") % {"counts": _counted(told.programmes.counts())},
        _("Actividades: %(counts)s.") % {"counts": _counted(told.activities.counts())},
    )
    return Taken(words, done.receipt)


def _counted(counts: Mapping[str, int]) -> str:
    """`se agregan 2, cambian 1`; what is none is not said."""
    return ", ".join(_phrases(counts)) or _("sin cambios")


def _phrases(counts: Mapping[str, int]) -> Iterator[str]:
    for name, words in (("added", _("se agregan")), ("changed", _("cambian")), ("dropped", _("se quitan"))):
        if counts[name]:
            yield f"{words} {counts[name]}"


def _take_deliveries(arrival: Arrival, by: Actor) -> Taken:
    rows = arrival.file.deliveries or ()
    keys = dict(
        Activity.objects.filter(exercise__plan_key=arrival.plan_key, exercise__year=arrival.file.year or 0).values_list(
            "key", "pk"
        )
    )
    if not keys:
        told = {"year": arrival.file.year, "plan": arrival.plan_key}
        raise Refused(Problem("files", _("No hay un programa anual %(year)s de «%(plan)s» con actividades.") % told))
    command = RecordDeliveries(
        rows=tuple(
            DeliveryRow(keys[row.activity], row.on, row.district, row.units, row.women, row.men, row.unsaid) for row in rows
        ),
        source_sha256=files.keep(arrival.original),
    )
    done = actions.record_deliveries(command, by=by)
    far = doubts.beyond(command, Activity.objects.in_bulk(set(keys.values())))
    return Taken((_("Entregas: %(count)s.") % {"count": len(rows)}, *far), done.receipt)


take(Taker("annual", 1, frozenset(table.key for table in POA), _take_poa))
take(Taker("annual.deliveries", 3, frozenset({DELIVERIES.key}), _take_deliveries))
