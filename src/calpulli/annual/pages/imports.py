"""The annual programme from files: reviewed first, with every defect at once; then brought. Its templates, to fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from calpulli.commons import clock, files
from calpulli.commons.access import actor_of, staff
from calpulli.commons.act import Actor, Forbidden, Problem, Refused
from calpulli.commons.registries.bringing import bring
from calpulli.planning import doors as planning
from calpulli_core.formats.annual.reading import Brought
from calpulli_core.formats.annual.tables import TABLES
from calpulli_core.formats.defects import Defect, RecordErrors

from .. import exports, policies
from ..inputs import PoaFileForm
from ..models import Exercise

MOST_SHOWN = 200
NAMED_ROWS = 3
RECEIPT = "poa_brought"


@dataclass(frozen=True)
class Told:
    """A defect as the page tells it, with how often it comes: the same mistake down a column is told once."""

    place: str
    value: str
    rule: str
    remedy: str


@staff(policies.import_poa)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_poa(request: HttpRequest) -> HttpResponse:
    """Reads the files; with "check" nothing is kept, with "import" the programme is: what is chosen, or what was reviewed."""
    if request.method != "POST":
        return _page(request, PoaFileForm(plans=_plans()), brought=request.session.pop(RECEIPT, ()))
    if "reviewed" in request.POST and not request.FILES:
        return _confirm(request)
    form = PoaFileForm(request.POST, request.FILES, plans=_plans())
    if not form.is_valid():
        return _page(request, form, status=422)
    sources = [Brought(upload.name, upload.read()) for upload in form.cleaned_data["brought"]]
    return _read(request, form, sources, keep="check" not in request.POST)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Brings exactly what this person reviewed, if it still does what she was shown."""
    held = files.take(_owner(request), request.POST["reviewed"], now=clock.now())
    about = json.loads(held.about) if held else {"plan": "", "words": []}
    form = PoaFileForm({"plan": about["plan"]}, plans=_plans())
    form.errors.clear()
    if held is None:
        form.add_error(
            None, _("El archivo que revisó ya no está: se guarda una hora, y solo el último. Elíjalo y revíselo otra vez.")
        )
        return _page(request, form, status=422)
    sources = [Brought(name, content) for name, content in held.files]
    return _read(request, form, sources, plan=about["plan"], keep=True, expected=about["words"])


def _owner(request: HttpRequest) -> str:
    return f"poa:{actor_of(request).account}"


def _read(
    request: HttpRequest,
    form: PoaFileForm,
    sources: Sequence[Brought],
    *,
    keep: bool,
    plan: str = "",
    expected: Sequence[str] | None = None,
) -> HttpResponse:
    plan_key = plan or form.cleaned_data["plan"]
    try:
        reading = exports.read(sources, plan_key=plan_key)
        words = _done(reading, actor_of(request), keep=keep, expected=expected)
    except RecordErrors as errors:
        return _page(request, form, defects=errors.defects, status=422)
    except (Refused, Forbidden) as refused:
        for message in _why(refused):
            form.add_error(None, message)
        return _page(request, form, status=422)
    if keep:
        files.forget(_owner(request))
        request.session[RECEIPT] = words
        return redirect("import_poa")
    about = json.dumps({"plan": plan_key, "words": words})
    digest = files.hold(_owner(request), [(one.name, one.content) for one in sources], about=about, now=clock.now())
    told = {"words": words, "year": reading.arrival.file.year, "reviewed": digest, "reviewed_files": _digests(sources)}
    return _page(request, form, warnings=reading.warnings, told=told)


def _digests(sources: Sequence[Brought]) -> list[tuple[str, str]]:
    """Each file with the hash that its owner can compute; that of all of them together is only to confirm them."""
    return [(one.name, sha256(one.content).hexdigest()) for one in sources]


def _done(reading: exports.Reading, actor: Actor, *, keep: bool, expected: Sequence[str] | None) -> list[str]:
    """What it does, in words; Refused, and nothing kept, where that is not what was expected."""
    with transaction.atomic():
        words = [word for one in bring(reading.arrival, by=actor, keep=keep) for word in one.words]
        if expected is not None and words != list(expected):
            raise Refused(
                Problem(None, _("El programa cambió desde que lo revisó: el archivo ya no haría lo mismo. Revíselo otra vez."))
            )
    return words


def _why(refused: Refused | Forbidden) -> list[str]:
    if isinstance(refused, Forbidden):
        return [_("Su cuenta no puede registrar algo de lo que trae el archivo. Pídalo al área que responde de eso.")]
    return [problem.message for problem in refused.problems]


def _plans() -> list[tuple[str, str]]:
    return [(card.key, planning.named(card.key)) for card in planning.own_plans()]


def _page(
    request: HttpRequest,
    form: PoaFileForm,
    *,
    defects: Sequence[Defect] = (),
    warnings: Sequence[Defect] = (),
    status: int = 200,
    brought: Sequence[str] = (),
    told: Mapping[str, object] | None = None,
) -> HttpResponse:
    found, looks = grouped(defects), grouped(warnings)
    context: dict[str, object] = {
        "form": form,
        "count": len(defects),
        "defects": found[:MOST_SHOWN],
        "more": max(0, len(found) - MOST_SHOWN),
        "warnings": looks[:MOST_SHOWN],
        "sheets": [(table.sheet, table.means, exports.file_name(table)) for table in TABLES],
        "exercises": Exercise.objects.order_by("-year", "plan_key"),
    }
    return render(
        request, "annual/import.jinja", context | {"brought": brought, "words": (), "reviewed": "", **(told or {})}, status=status
    )


def grouped(defects: Sequence[Defect]) -> list[Told]:
    """The same rule in the same column once, with its first rows: fifty thousand rows have a few mistakes."""
    groups: dict[tuple[str | None, str | None, str, str], list[Defect]] = {}
    for defect in defects:
        alike = (defect.rule, defect.remedy) if defect.row else (f"{defect.rule} {defect.value}", defect.remedy)
        groups.setdefault((defect.sheet, defect.column, *alike), []).append(defect)
    return [_told(found) for found in groups.values()]


def _told(found: list[Defect]) -> Told:
    first = found[0]
    if len(found) == 1:
        return Told(first.place, first.value, first.rule, first.remedy)
    rows = ", ".join(f"{defect.row:,}" for defect in found[:NAMED_ROWS] if defect.row)
    left = len(found) - NAMED_ROWS
    if left > 0:
        rows = _("%(rows)s y %(num)s más") % {"rows": rows, "num": f"{left:,}"}
    place = ", ".join(part for part in (first.sheet, _("filas %(rows)s") % {"rows": rows}, first.column) if part)
    return Told(place, first.value, first.rule, first.remedy)


@staff(policies.import_poa)
@require_safe
def poa_template(request: HttpRequest, book: str) -> HttpResponse:
    """A workbook to fill in: what goes where, what the catalogues admit, and an example."""
    return _file(exports.template(book), f"plantilla-{book}.xlsx", exports.XLSX)


@staff(policies.import_poa)
@require_safe
def poa_sheet(request: HttpRequest, sheet: str, example: str = "") -> HttpResponse:
    """One of its sheets as CSV: empty, or an example."""
    content = exports.csv_template(sheet, example=bool(example))
    return _file(content, f"{'ejemplo' if example else 'plantilla'}-{sheet}.csv", exports.CSV)


@staff(policies.import_poa)
@never_cache
@require_safe
def poa_file(request: HttpRequest, plan_key: str, year: int) -> HttpResponse:
    """What an exercise says, as the workbook that can be changed and brought again."""
    exercise = Exercise.objects.filter(plan_key=plan_key, year=year).first()
    name, book = ("presupuesto", exports.entries_xlsx) if "presupuesto" in request.GET else ("poa", exports.to_xlsx)
    return _file(book(exercise) if exercise else None, f"{plan_key}-{year}-{name}.xlsx", exports.XLSX)


def _file(content: bytes | None, name: str, media_type: str) -> HttpResponse:
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
