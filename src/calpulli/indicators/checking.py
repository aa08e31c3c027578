"""What is wrong with sheets that are proposed, in words of whoever plans, all at once; nothing is read but what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as made
from fractions import Fraction
from functools import cached_property

from calpulli.commons import clock
from calpulli.commons.act import Problem
from calpulli.commons.registries.measures import MEASURES, Measure
from calpulli.people.doors import AreaCard, area_cards
from calpulli.planning.doors import PlanCard, find_card
from calpulli_core.formats.plain_text import text_fault
from calpulli_core.indicators.checking import check
from calpulli_core.indicators.moments import FIRST_YEAR, Grain, Moment
from calpulli_core.indicators.needs import weight
from calpulli_core.indicators.order import Cycle, in_order
from calpulli_core.indicators.parsing import parse
from calpulli_core.indicators.refusals import FormulaErrors
from calpulli_core.indicators.tree import Formula
from calpulli_core.indicators.units import ONE, Unit, UnitError

from .inputs import SheetDraft
from .models import Sheet
from .models.sheets import Dimension, Frequency, Kind, Mark, Sense
from .queries.sheets import Binding, SheetView
from .queries.weighing import weigh

KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
VALUE = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|-?[1-9][0-9]*/[1-9][0-9]*")
CRITERIA = ("claro", "relevante", "economico", "monitoreable", "adecuado", "aportacion")
BANDS = ("met", "risk", "over")
LONGEST = {
    "key": 80, "name": 200, "baseline_source": 300, "verification": 300, "source": 300, "awaits": 200, "unit": 60,
    "definition": 2_000, "formula": 2_000, "formula_words": 2_000, "reason": 2_000, "invented": 300,
}  # fmt: skip
LONG = ("definition", "formula", "formula_words", "reason")  # those that may have several lines
# Under what a bundle may ask (200,000), so that what is approved can be sealed; and what fits on a sheet of paper.
MOST_STEPS_IN_ALL, MOST_STEPS = 150_000, 1_000
MOST_VARIABLES, LONGEST_BINDING = 100, 300
LISTED = {"frequency": Frequency, "dimension": Dimension, "kind": Kind, "mark": Mark, "sense": Sense}
NEEDED = ("name", "definition", "formula", "unit", "source")
CALLED = {
    "key": "clave", "name": "nombre", "definition": "definición", "formula": "fórmula", "unit": "unidad de medida",
    "source": "fuente de información", "frequency": "frecuencia", "dimension": "dimensión", "kind": "tipo", "mark": "marca",
    "sense": "sentido", "baseline_source": "fuente de la línea base", "verification": "medios de verificación",
    "awaits": "lo que falta para medirlo", "formula_words": "la fórmula en palabras", "reason": "el motivo",
    "invented": "la advertencia",
}  # fmt: skip
GRAINS = {Grain.MONTH: "cada mes", Grain.QUARTER: "cada trimestre", Grain.YEAR: "cada año"}


@dataclass(frozen=True)
class Known:
    """What a proposal is looked at beside: the sheets in force, and of the rest what it names, each read once."""

    sheets: Mapping[str, SheetView]
    _plans: dict[str, PlanCard | None] = made(default_factory=dict)
    _values: dict[tuple[str, str], Mapping[str, str]] = made(default_factory=dict)

    @cached_property
    def areas(self) -> Mapping[str, AreaCard]:
        """The areas in force, by key."""
        return {area.key: area for area in area_cards()}

    def plan(self, key: str) -> PlanCard | None:
        """The plan of that key."""
        if key not in self._plans:
            self._plans[key] = find_card(key)
        return self._plans[key]

    def values(self, measure: Measure, dimension: str) -> Mapping[str, str]:
        """The values of a dimension of a measure, with their words."""
        place = (measure.key, dimension)
        if place not in self._values:
            self._values[place] = measure.dimension(dimension).values()
        return self._values[place]


def problems_of(drafts: Iterable[SheetDraft], known: Known) -> list[Problem]:
    """Everything that is wrong with sheets that are proposed together."""
    drafts = list(drafts)
    found = [problem for draft in drafts for problem in _of_one(draft, drafts, known)]
    twice = sorted({one.key for one in drafts if sum(other.key == one.key for other in drafts) > 1})
    found += [Problem("key", f"Dos fichas de la propuesta tienen la clave «{key}»: deje una.") for key in twice]
    return found or list(_cycles(drafts, known)) or list(_weights(drafts, known))


def _of_one(draft: SheetDraft, drafts: list[SheetDraft], known: Known) -> Iterator[Problem]:
    yield from _texts(draft)
    yield from _place(draft, known)
    yield from _numbers(draft)
    yield from _cremaa(draft)
    yield from _bound_texts(draft)
    yield from _formula(draft, drafts, known)


def _texts(draft: SheetDraft) -> Iterator[Problem]:
    if not KEY.fullmatch(draft.key):
        yield Problem("key", f"La clave «{draft.key}» va en minúsculas sin acentos, con guiones o puntos: linea-1.3-en-termino.")
    for field in NEEDED:
        if not str(getattr(draft, field)).strip():
            yield Problem(field, f"Falta {CALLED[field]} de «{draft.name or draft.key}»: escríbala.")
    for field, most in LONGEST.items():
        length = len(getattr(draft, field))
        if length > most:
            yield Problem(field, f"En {CALLED[field]} caben {most} letras y tiene {length}: acórtela.")
    for field in LONGEST:
        told = getattr(draft, field).replace("\r\n", "\n")
        if told.strip() and (fault := text_fault(told, breaks=field in LONG)):
            yield Problem(field, f"En {CALLED[field]}: {fault[0].lower()}{fault[1:]}")
    for field, choices in LISTED.items():
        if getattr(draft, field) not in choices.values:
            yield Problem(
                field,
                f"«{getattr(draft, field)}» no es una {CALLED[field]} de la lista: elija una de {', '.join(choices.values)}.",
            )


def _place(draft: SheetDraft, known: Known) -> Iterator[Problem]:
    plan = known.plan(draft.plan_key)
    if plan is None:
        yield Problem("plan_key", f"No hay un plan «{draft.plan_key}»: elija uno de los que hay.")
        return
    line = plan.line(draft.line)
    if draft.line and line is None:
        yield Problem("line", f"El plan {plan.key} no tiene la línea «{draft.line}»: elija una de las suyas.")
    elif line and line.objective != draft.objective:
        yield Problem("objective", f"La línea {line.number} es del objetivo {line.objective}, no del {draft.objective}.")
    elif draft.objective not in {one.objective for one in plan.lines}:
        yield Problem("objective", f"El plan {plan.key} no tiene el objetivo {draft.objective}.")
    areas = known.areas
    if draft.area not in areas:
        yield Problem("area", f"No hay un área «{draft.area}» en el instituto: elija una que esté en funciones.")
    elif draft.post and draft.post not in {key for key, _ in areas[draft.area].posts}:
        yield Problem("post", f"El puesto «{draft.post}» no es de {areas[draft.area].name}: elija uno de los suyos.")


def _numbers(draft: SheetDraft) -> Iterator[Problem]:
    if draft.baseline and not is_value(draft.baseline):
        yield Problem(
            "baseline", f"La línea base «{draft.baseline}» no es un número: escriba 72.5, sin comas ni signos, o déjela vacía."
        )
    if draft.baseline and not draft.baseline_source.strip():
        yield Problem("baseline_source", "La línea base necesita su fuente: de dónde salió ese número.")
    strange = sorted(set(draft.bands) - set(BANDS))
    if strange or any(not isinstance(value, int) or not 1 <= value <= 1000 for value in draft.bands.values()):
        yield Problem("bands", "Las bandas son porcentajes enteros de la meta, de 1 a 1000.")
        return
    met, risk, over = (draft.bands.get(band) for band in BANDS)
    if (met is None) != (risk is None):
        yield Problem("bands", "Diga las dos bandas, la de cumplido y la de en riesgo, o ninguna.")
    is_up = draft.sense != Sense.DOWN
    if met is not None and risk is not None and (risk >= met if is_up else risk <= met):
        side = "menor" if is_up else "mayor"
        yield Problem(
            "bands", f"Con sentido {draft.sense}, la banda en riesgo ({risk} %) debe ser {side} que la de cumplido ({met} %)."
        )
    if met is not None and over is not None and (over <= met if is_up else over >= met):
        yield Problem("bands", f"Lo que pasa por mucho de la meta ({over} %) debe quedar más allá de lo cumplido ({met} %).")


def is_value(text: str) -> bool:
    """Whether it is an exact number: whole, with a point, or a fraction."""
    return len(text) <= 60 and VALUE.fullmatch(text) is not None and "/0" not in text and Fraction(text) is not None


def _cremaa(draft: SheetDraft) -> Iterator[Problem]:
    for criterion, told in draft.cremaa.items():
        score = told.get("score")
        if criterion not in CRITERIA or not isinstance(score, int) or not 1 <= score <= 5:
            yield Problem("cremaa", f"CREMAA: «{criterion}» se califica de 1 a 5; déjelo vacío si nadie lo ha evaluado.")
        elif not str(told.get("reason", "")).strip():
            yield Problem("cremaa", f"CREMAA: diga por qué «{criterion}» tiene {score}.")


def _formula(draft: SheetDraft, drafts: list[SheetDraft], known: Known) -> Iterator[Problem]:
    if not draft.formula.strip() or draft.frequency not in Frequency.values:
        return
    try:
        declared = Unit.parse(draft.unit)
    except UnitError as error:
        yield Problem("unit", str(error))
        declared = None
    try:
        formula = parse(draft.formula)
    except FormulaErrors as errors:
        yield from (Problem("formula", str(defect)) for defect in errors.defects)
        return
    bound = list(_variables(draft, formula, drafts, known))
    yield from bound
    if bound:
        return
    try:
        check(
            formula,
            {name: unit_of(Binding.of(told), draft, drafts, known) for name, told in draft.variables.items()},
            declared=declared,
        )
    except FormulaErrors as errors:
        yield from (Problem("formula", str(defect)) for defect in errors.defects)


def _bound_texts(draft: SheetDraft) -> Iterator[Problem]:
    """The words that variables and criteria carry: short, and without what nobody can see."""
    if len(draft.variables) > MOST_VARIABLES:
        yield Problem("variables", f"Caben {MOST_VARIABLES} variables y hay {len(draft.variables)}: quite las que no se usan.")
    told = [("variables", text) for text in _words_of(draft.variables.values())]
    told += [("cremaa", text) for text in _words_of(draft.cremaa.values())]
    for field, text in told:
        if len(text) > LONGEST_BINDING:
            yield Problem(field, f"«{text[:40]}…» tiene {len(text)} letras y caben {LONGEST_BINDING}: acórtelo.")
        elif text.strip() and (fault := text_fault(text)):
            yield Problem(field, fault)


def _words_of(told: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Every text in them, also of the dimensions that they name."""
    for one in told:
        for value in one.values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, Mapping):
                yield from (str(text) for text in value.values())


def _variables(draft: SheetDraft, formula: Formula, drafts: list[SheetDraft], known: Known) -> Iterator[Problem]:
    for name in formula.names:
        if name not in draft.variables:
            yield Problem("variables", f"La fórmula usa «{name}» y la ficha no dice qué es: agréguela a las variables.")
    for name, told in draft.variables.items():
        if not NAME.fullmatch(name):
            yield Problem("variables", f"El nombre de variable «{name}» va en minúsculas, sin acentos ni espacios.")
        binding = Binding.of(told)
        if binding.measure:
            yield from (Problem("variables", f"«{name}»: {what}") for what in _of_measure(binding, Grain[draft.frequency], known))
        elif binding.indicator:
            yield from (Problem("variables", f"«{name}»: {what}") for what in _of_indicator(binding, draft, drafts, known))
        elif binding.awaits and not draft.awaits.strip():
            yield Problem("awaits", f"«{name}» no se cuenta todavía: diga qué falta para medirlo.")


def _of_measure(binding: Binding, grain: Grain, known: Known) -> Iterator[str]:
    measure = MEASURES.get(binding.measure)
    if measure is None:
        yield f"no hay una medida «{binding.measure}»: elija una de la lista de medidas."
        return
    if lacks := sorted({*measure.only_by} - {key for key, _ in binding.where}):
        yield f"«{measure.name}» no se suma sin decir cuál: agregue {' y '.join(f'{key} = …' for key in lacks)}."
    if grain.value > measure.grain.value:
        yield f"«{measure.name}» se cuenta {GRAINS[measure.grain]}; no se puede pedir {GRAINS[grain]}."
    this_year = Moment(grain, clock.today().year * grain.value)
    if not measure.may_sum(dict(binding.where), this_year):
        yield f"«{measure.name}»: los meses de esa actividad no se suman, cada uno dice el total; pídala cada mes."
    yield from (told for key, value in binding.where if (told := _of_dimension(measure, key, value, known)))


def _of_dimension(measure: Measure, key: str, value: str, known: Known) -> str:
    has = {one.key: one for one in measure.dimensions}
    if key not in has:
        return f"«{measure.name}» no se parte por «{key}»: se parte por {', '.join(sorted(has)) or 'nada'}."
    values = known.values(measure, key)
    return f"«{has[key].name}» no tiene el valor «{value}»." if values and value not in values else ""


def _of_indicator(binding: Binding, draft: SheetDraft, drafts: list[SheetDraft], known: Known) -> Iterator[str]:
    found = _frequency_of(binding.indicator, drafts, known)
    if found is None:
        yield f"no hay un indicador «{binding.indicator}» en vigor ni en esta propuesta."
    elif found != draft.frequency:
        mine = GRAINS[Grain[draft.frequency]]
        yield f"«{binding.indicator}» se calcula {GRAINS[Grain[found]]} y este {mine}: deben ser iguales."


def _frequency_of(key: str, drafts: list[SheetDraft], known: Known) -> str | None:
    proposed = next((one.frequency for one in drafts if one.key == key), None)
    return proposed or (known.sheets[key].row.frequency if key in known.sheets else None)


def unit_of(binding: Binding, draft: SheetDraft, drafts: list[SheetDraft], known: Known) -> Unit:
    """The unit of what a name stands for; where it cannot be known, that is told elsewhere, and it counts as 1."""
    measure = MEASURES.get(binding.measure)
    told = measure.unit if measure else draft.unit if binding.is_target else binding.unit
    if binding.indicator:
        proposed = next((one.unit for one in drafts if one.key == binding.indicator), None)
        told = proposed or known.sheets[binding.indicator].row.unit
    try:
        return Unit.parse(told)
    except UnitError:
        return ONE


def _cycles(drafts: list[SheetDraft], known: Known) -> Iterator[Problem]:
    reads: dict[str, Iterable[str]] = {key: sheet.reads for key, sheet in known.sheets.items()}
    for draft in drafts:
        used = (Binding.of(draft.variables[name]) for name in parse(draft.formula).names)
        reads[draft.key] = [binding.indicator for binding in used if binding.indicator]
    try:
        in_order(reads)
    except Cycle as cycle:
        yield Problem("variables", str(cycle))


def _weights(drafts: list[SheetDraft], known: Known) -> Iterator[Problem]:
    """A formula that a person can follow, and together what a bundle lets a stranger compute again (bundle.md, section 10)."""
    views = {draft.key: SheetView(Sheet(**asdict(draft))) for draft in drafts}
    for key, view in views.items():
        if (steps := weight(view.formula, Moment(view.grain, FIRST_YEAR * view.grain.value))) > MOST_STEPS:
            yield Problem("formula", f"La fórmula de «{key}» pide {steps:,} pasos y caben {MOST_STEPS:,}: súmela en partes.")
    together = weigh({**known.sheets, **views}, clock.today().year, most=MOST_STEPS_IN_ALL)
    if together > MOST_STEPS_IN_ALL:
        yield Problem(
            "formula",
            f"Con esta propuesta, los indicadores de un año piden más de {MOST_STEPS_IN_ALL:,} pasos, y así no se podría sellar: "
            "que sumen menos periodos hacia atrás, sobre todo los que leen otros indicadores.",
        )
