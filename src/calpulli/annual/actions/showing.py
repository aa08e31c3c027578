"""The evidence of a report: files that people bring, and a question to the platform that it answers and keeps by itself."""

from __future__ import annotations

from calpulli.commons import files
from calpulli.commons.act import Problem, Work
from calpulli.ledger import doors as ledger
from calpulli_core.board import canonical
from calpulli_core.formats.plain_text import text_fault

from .. import tallies
from ..inputs import NewEvidence, SubmitReport
from ..models import Activity, Evidence, Report
from ..queries import WHOLE_UNIT, floor_of, months_of
from .ground import refuse_any

MOST_FILES = 10
LONGEST_TITLE = 120
QUERY_TITLE = "Entregas contadas por la plataforma"


def bring(work: Work, report: Report, command: SubmitReport, *, last: Report | None) -> None:
    """What goes with this version: files kept from the one before, new ones, and of counted deliveries, what was counted."""
    refuse_any(_faults(command, last))
    kept = _kept(command, last)
    for one in kept:
        work.add(_again(one, report))
    there = {one.sha256 for one in kept}
    for new in command.attach:
        if new.received.sha256 not in there:
            there.add(new.received.sha256)
            work.add(_file(new, report))
    if report.activity.counted:
        work.add(_answer(report))


def shows(activity: Activity, command: SubmitReport, last: Report | None) -> bool:
    """Whether any evidence goes with it."""
    return bool(activity.counted or command.attach or _kept(command, last))


def _kept(command: SubmitReport, last: Report | None) -> list[Evidence]:
    before = last.evidence.all() if last else Evidence.objects.none()
    return [one for one in before if one.pk in command.keep and one.kind == Evidence.Kind.FILE]


def _faults(command: SubmitReport, last: Report | None) -> list[Problem]:
    found = []
    for new in command.attach:
        if not new.title.strip() or len(new.title) > LONGEST_TITLE or text_fault(new.title):
            found.append(
                Problem("evidence_title", f"Diga qué muestra el archivo, en un renglón de hasta {LONGEST_TITLE} letras.")
            )
    there = set(last.evidence.values_list("pk", flat=True)) if last else set()
    if set(command.keep) - there:
        found.append(Problem(None, "Una evidencia que quería conservar no es de la versión anterior: vuelva a abrir el reporte."))
    if len(command.attach) + len(command.keep) > MOST_FILES:
        found.append(Problem("evidence_file", f"Un reporte lleva hasta {MOST_FILES} archivos: deje los que más muestren."))
    return found


def _file(new: NewEvidence, report: Report) -> Evidence:
    received = new.received
    return Evidence(
        report=report,
        kind=Evidence.Kind.FILE,
        title=new.title.strip(),
        sha256=files.keep(received.content),
        media_type=received.media_type,
        extension=received.extension,
        size=len(received.content),
    )


def _again(one: Evidence, report: Report) -> Evidence:
    told = {name: getattr(one, name) for name in ("kind", "title", "sha256", "media_type", "extension", "size")}
    return Evidence(report=report, **told)


def _answer(report: Report) -> Evidence:
    """What the platform counted, kept as it answered; where the unit is people, only what the report may tell."""
    told = people_answer(report) if report.activity.tells_people else answer(report.activity, report.quarter)
    content = canonical.encode(told)
    return Evidence(
        report=report,
        kind=Evidence.Kind.QUERY,
        title=QUERY_TITLE,
        sha256=files.keep(content),
        media_type="application/json",
        extension="json",
        size=len(content),
    )


def people_answer(report: Report) -> dict[str, object]:
    """Of a unit that counts people, what the report may tell and under how many it tells nothing: no months, no deliveries."""
    activity, quarter = report.activity, report.quarter
    return {
        "activity": activity.key,
        "floor": floor_of(activity, quarter),
        "head": ledger.head("annual").as_dict(),
        "people": report.done // WHOLE_UNIT,
        "quarter": f"{activity.exercise.year}-Q{quarter}",
        "question": "annual.units_of_people",
        "unit": activity.unit,
    }


def answer(activity: Activity, quarter: int) -> dict[str, object]:
    """Units and deliveries by month, how many districts, and where the chain of deliveries stood."""
    first = activity.exercise.year * 12 - 1
    months = {first + month: month for month in months_of(quarter)}
    sums: dict[int, tuple[int, int]] = {}
    found = tallies.now(activity.pk, months)
    for (number, _district), (times, units) in sorted(found.items()):
        before = sums.get(number, (0, 0))
        sums[number] = before[0] + times, before[1] + units
    told = [{"deliveries": times, "month": months[number], "units": units} for number, (times, units) in sums.items()]
    districts = {district for _number, district in found if district}
    head = ledger.head("annual")
    return {
        "activity": activity.key,
        "districts": len(districts),
        "head": head.as_dict(),
        "months": told,
        "quarter": f"{activity.exercise.year}-Q{quarter}",
        "question": "annual.deliveries_units",
        "unit": activity.unit,
    }
