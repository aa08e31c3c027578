"""What is being written of a report: kept when asked, or by itself while one writes, and never over something newer."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from calpulli.commons.access import actor_of

from .. import drafts
from ..models import ReportDraft
from ..queries import QuarterView, months_of

SAID = ("cause", "narrative", "correction", "evidence_title")
MARK = "mark"
LONGEST = 20_000  # letters of a field: more than any report takes, so that nothing is cut


class TooLong(Exception):  # noqa: N818 - what it is
    """More than a draft takes: nothing was kept."""


def mark_of(request: HttpRequest, view: QuarterView) -> drafts.Mark:
    """Where a window that opens now stands."""
    return drafts.stands(view.activity.pk, view.quarter, author=str(actor_of(request).account))


def require_newest(request: HttpRequest, view: QuarterView) -> None:
    """Raises Newer for a window that is behind; whoever sends no mark stands nowhere, and answers for what she sends."""
    told = drafts.read_mark(request.POST.get(MARK, ""))
    if told and told != mark_of(request, view):
        raise drafts.Newer(kept(request, view))


def keep(request: HttpRequest, view: QuarterView) -> ReportDraft:
    """Keeps what is written, as it is, for its author alone. Raises Newer, or TooLong."""
    names = [*(f"month_{month}" for month in months_of(view.quarter)), *SAID]
    # PostgreSQL keeps no NUL in JSON, and nobody types one.
    typed = {name: request.POST[name].replace("\x00", "") for name in names if name in request.POST}
    if any(len(text) > LONGEST for text in typed.values()):
        raise TooLong
    since = drafts.read_mark(request.POST.get(MARK, "")) or drafts.Mark(mark_of(request, view).after, 0)
    author, marked = str(actor_of(request).account), {"keep": [key for key in request.POST.getlist("keep") if key.isdecimal()]}
    return drafts.keep(view.activity.pk, view.quarter, typed | marked, author=author, since=since)


def kept(request: HttpRequest, view: QuarterView) -> ReportDraft | None:
    """What this person kept."""
    return drafts.kept(view.activity.pk, view.quarter, author=str(actor_of(request).account))


def answer(request: HttpRequest, view: QuarterView) -> JsonResponse:
    """The same for the script that saves while one writes: where it stands now, and what to say."""
    try:
        draft = keep(request, view)
    except drafts.Newer as newer:
        told = {"time": _time(newer.draft)} if newer.draft else {}
        behind = _("Hay algo más nuevo, guardado a las %(time)s en otra ventana. Esta dejó de guardarse sola: no se borra nada.")
        sent = _("Este reporte ya se envió desde otra ventana. Esta dejó de guardarse sola.")
        return JsonResponse({"says": behind % told if told else sent}, status=409)
    except TooLong:
        return JsonResponse({"says": _("Es demasiado largo para guardarse: acórtelo.")}, status=413)
    mark = drafts.Mark(draft.after, draft.number)
    return JsonResponse({"mark": str(mark), "says": _("Se guardó a las %(time)s.") % {"time": _time(draft)}})


def _time(draft: ReportDraft) -> str:
    return f"{timezone.localtime(draft.saved_at):%H:%M}"
