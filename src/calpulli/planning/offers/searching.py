"""The programme and its published records, to be searched: nothing here that the public pages do not show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calpulli.commons.registries.answerers import answerer_named
from calpulli.commons.registries.progress import Progress, progress_of
from calpulli.commons.registries.searchable import SEARCHABLES, AnswerFact, Document, Precedence, Searchable
from calpulli_core.formats.columns import Kind

from .. import queries
from ..queries import EditionView, LineView, ObjectiveView, PeriodView, PlanView


def _caption(plan: PlanView) -> str:
    if plan.is_own:
        return _("Programa %(year)s") % {"year": plan.generation}
    return _("%(name)s, %(year)s, de referencia") % {"name": plan.institution, "year": plan.generation}


def _precedence(plan: PlanView) -> Precedence:
    if plan.in_force:
        return Precedence.IN_FORCE
    return Precedence.EARLIER if plan.is_own else Precedence.REFERENCE


def _document(plan: PlanView, key: str, name: str, title: str, url: str, body: str = "") -> Document:
    return Document(
        f"{plan.key}/{key}",
        name,
        title,
        url,
        body,
        _caption(plan),
        _precedence(plan),
        twin=_nameless(plan, f"{name} {title} {body}"),
    )


def _nameless(plan: PlanView, text: str) -> str:
    """A text without the institute's name: two plans that differ in nothing else say the same."""
    return text.replace(plan.institution, "").replace(plan.acronym, "") if plan.acronym else text


def _of_each_plan(documents: Callable[[PlanView], Iterator[Document]]) -> Callable[[], Iterator[Document]]:
    return lambda: (one for plan in queries.plan_views() for one in documents(plan))


def _plans(plan: PlanView) -> Iterator[Document]:
    name = _("Programa institucional")
    yield _document(plan, "plan", name, _caption(plan), reverse("plan", args=[plan.key]), plan.programme.legal_basis)


def _statements(plan: PlanView) -> Iterator[Document]:
    url = reverse("plan", args=[plan.key])
    yield _document(plan, "mision", _("Misión"), plan.programme.mission, url)
    yield _document(plan, "vision", _("Visión"), plan.programme.vision, url)


def _objectives(plan: PlanView) -> Iterator[Document]:
    for one in plan.objectives:
        name = _("Objetivo %(number)s") % {"number": one.number}
        yield _document(plan, one.identifier, name, one.text, reverse("objective", args=[plan.key, one.number]))


def _lines(plan: PlanView) -> Iterator[Document]:
    for line in (line for objective in plan.objectives for line in objective.lines):
        name = _("Línea de acción %(number)s") % {"number": line.number}
        yield _document(plan, line.identifier, name, line.text, reverse("line", args=[plan.key, line.number]))


def _swot(plan: PlanView) -> Iterator[Document]:
    url = reverse("swot", args=[plan.key])
    for group in plan.swot:
        for item in group.items:
            name = _("Diagnóstico, %(group)s %(number)s") % {"group": group.heading.lower(), "number": item.number}
            yield _document(plan, item.identifier, name, item.text, f"{url}#{item.identifier}")


def _records() -> Iterator[Document]:
    """The newest published edition of each period; what is captured or sealed and not published stays out."""
    for plan in queries.plan_views():
        for period in queries.periods_of(plan.key):
            if edition := period.published:
                yield _record(plan, period, edition)


def _record(plan: PlanView, period: PeriodView, edition: EditionView) -> Document:
    typed = (cell for cell in edition.record.columns if cell.column.is_typed and cell.kind is not Kind.DAY)
    captured = "\n".join(cell.value for cell in typed)
    url = reverse("record", args=[plan.key, period.code])
    name, title = _("Registro"), period.span.label.capitalize()
    body = f"{captured}\n{edition.edition.reason}".strip()
    return Document(f"{plan.key}/{period.code}", name, title, url, body, _caption(plan), _precedence(plan))


def _about_line(key: str) -> tuple[AnswerFact, ...]:
    plan, identifier = _found(key)
    if plan is None:
        return ()
    objective = next((one for one in plan.objectives if any(line.identifier == identifier for line in one.lines)), None)
    return (*_objective_fact(plan, objective), *_line_goes(plan, identifier), *_standing(plan)) if objective else ()


def _line_goes(plan: PlanView, identifier: str) -> tuple[AnswerFact, ...]:
    """Each thing that is counted of the line; that nothing is, where nothing is."""
    unsaid = _("No se informa todavía el avance de cada línea; lo que hay son registros de todo el programa.")
    found = _told_of(plan, identifier)
    told = tuple(AnswerFact(_("Cómo va"), f"{one.label}: {one.value or one.mark}, {one.when}", one.url) for one in found)
    return told or (AnswerFact(_("Cómo va"), unsaid),)


def _told_of(plan: PlanView, identifier: str) -> tuple[Progress, ...]:
    """How a line goes itself; what stands under a heading (its money) says something else."""
    return tuple(one for group in progress_of(plan.key, identifier) if not group.heading for one in group.counted)


def _about_objective(key: str) -> tuple[AnswerFact, ...]:
    plan, identifier = _found(key)
    objective = next((one for one in plan.objectives if one.identifier == identifier), None) if plan else None
    if plan is None or objective is None:
        return ()
    first, last = objective.lines[0], objective.lines[-1]
    count = _("%(count)s: de la %(first)s a la %(last)s") % _ends(objective.lines, first, last)
    by_line = any(_told_of(plan, line.identifier) for line in objective.lines)
    unsaid = _("No se informa todavía el avance de cada objetivo; lo que hay son registros de todo el programa.")
    words = _("Se informa línea por línea: abra la que le importe.") if by_line else unsaid
    url = reverse("objective", args=[plan.key, objective.number])
    goes = AnswerFact(_("Cómo va"), words, url if by_line else "")
    return (AnswerFact(_("Líneas de acción"), count, url), goes, *_standing(plan))


def _ends(lines: tuple[LineView, ...], first: LineView, last: LineView) -> dict[str, object]:
    return {"count": len(lines), "first": first.number, "last": last.number}


def _about_plan(key: str) -> tuple[AnswerFact, ...]:
    plan, _identifier = _found(key)
    return _standing(plan) if plan else ()


def _found(key: str) -> tuple[PlanView | None, str]:
    plan_key, _slash, identifier = key.partition("/")
    return queries.find_plan(plan_key) if plan_key else None, identifier


def _objective_fact(plan: PlanView, objective: ObjectiveView) -> tuple[AnswerFact, ...]:
    url = reverse("objective", args=[plan.key, objective.number])
    return (AnswerFact(_("Objetivo al que sirve"), f"{objective.number}. {objective.text}", url),)


def _standing(plan: PlanView) -> tuple[AnswerFact, ...]:
    """How the plan is doing, as far as its records tell, and which area answers for it."""
    facts = [_kept(plan)]
    if plan.programme.responsible_area:
        facts.append(_responsible(plan))
    return tuple(facts)


def _responsible(plan: PlanView) -> AnswerFact:
    """Of a plan of another institute, its name alone: it is not an area of this one."""
    area = plan.programme.responsible_area
    found = answerer_named(area) if plan.is_own else None
    return AnswerFact(_("Quién responde"), area, found.url if found else "")


def _kept(plan: PlanView) -> AnswerFact:
    kept = queries.kept_of(plan)
    words = f"{kept.words} {kept.overdue_words}".strip()
    return AnswerFact(_("Registros del programa"), words, f"{reverse('records')}#{plan.key}")


def _about_record(key: str) -> tuple[AnswerFact, ...]:
    plan, code = _found(key)
    period = queries.find_period(plan.key, code) if plan else None
    if plan is None or period is None or period.published is None:
        return ()
    edition = period.published
    facts = [
        AnswerFact(_("Publicado"), f"{edition.published_on:%d/%m/%Y}"),
        AnswerFact(_("Situación"), edition.standing.capitalize()),
        AnswerFact(_("Plazo"), f"{period.deadline.due_on:%d/%m/%Y}", reverse("deadline", args=[plan.key, code])),
    ]
    if plan.programme.responsible_area:
        facts.append(_responsible(plan))
    return tuple(facts)


for kind in (
    Searchable("planning.plan", gettext_lazy("Programas"), _of_each_plan(_plans), _about_plan),
    Searchable("planning.statement", gettext_lazy("Misión y visión"), _of_each_plan(_statements), _about_plan),
    Searchable("planning.objective", gettext_lazy("Objetivos"), _of_each_plan(_objectives), _about_objective),
    Searchable("planning.line", gettext_lazy("Líneas de acción"), _of_each_plan(_lines), _about_line),
    Searchable("planning.swot", gettext_lazy("Diagnóstico"), _of_each_plan(_swot)),
    Searchable("planning.record", gettext_lazy("Registros publicados"), _records, _about_record),
):
    SEARCHABLES.add(kind.key, kind)
