"""Plans and records that come from outside: whole, or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from calpulli.commons import files
from calpulli.commons.act import Problem, Refused, Work, act
from calpulli_core.formats.programme import GROUPS, Programme
from calpulli_core.formats.record import Record

from .. import policies
from ..inputs import ImportPlan, ImportRecord
from ..models import Edition, Line, Objective, Period, Plan, SwotItem
from ..queries import programme_of

WORDS = {"strengths": "fortaleza", "opportunities": "oportunidad", "weaknesses": "debilidad", "threats": "amenaza"}
KEY = re.compile(r"(?P<family>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<generation>(?:19|20|21)[0-9]{2})")
# As the columns of a plan hold them.
LONGEST_KEY, LONGEST_FAMILY = 60, 40
STORED_APART = ("objectives", "swot")
PARTS = {
    "institution": "instituto",
    "legal_basis": "fundamento",
    "legal_basis_item": "inciso",
    "responsible_area": "área responsable",
    "note": "nota de la columna 11",
    "mission": "misión",
    "vision": "visión",
    "objectives": "objetivos o líneas",
    "swot": "diagnóstico",
    "swot_headings": "encabezados del diagnóstico",
    "period_reported": "periodo de la fuente",
    "dates": "fechas de la fuente",
    "update_period": "periodo de actualización",
}


@act("planning.plan_imported", policy=policies.import_plan)
def import_plan(work: Work, command: ImportPlan) -> Plan:
    """Adds a generation of a programme. A plan of that key, or of that family and generation, must not be there yet."""
    work.hold_chain()
    _refuse_known(command.key, command.family, command.generation)
    return _add_plan(work, command)


@act("planning.record_imported", policy=policies.import_record)
def import_record(work: Work, command: ImportRecord) -> Edition:
    """Adds the period that a record tells, open, with what it captured.

    For a plan that is already here its programme must say the same; for a new key, a reference plan is added with the
    programme of the record.
    """
    work.hold_chain()
    plan = Plan.objects.filter(key=command.plan_key).first()
    if plan is None:
        plan = _plan_of_record(work, command)
    elif programme_of(plan) != command.record.programme:
        raise Refused(Problem("plan_key", _other_programme(command, programme_of(plan))))
    code = str(command.record.period)
    if Period.objects.filter(plan=plan, code=code).exists():
        raise Refused(Problem("plan_key", f"El periodo {code} de «{plan.key}» ya está aquí: no se importa dos veces."))
    period = work.add(Period(plan=plan, code=code))
    work.details.update(plan=plan.key, period=code, format=command.format, records=1)
    work.details["source_sha256"] = files.keep(command.source)
    return work.add(_edition(period, command.record, work))


def _plan_of_record(work: Work, command: ImportRecord) -> Plan:
    family, generation = _family(command)
    _refuse_known(command.plan_key, family, generation)
    if generation > command.record.period.year:
        year = command.record.period.year
        message = f"La clave dice {generation} y el registro es de {year}: use la clave «{family}-{year}»."
        raise Refused(Problem("plan_key", message))
    plan = ImportPlan(
        key=command.plan_key,
        family=family,
        generation=generation,
        kind=Plan.Kind.REFERENCE,
        institute=command.institute,
        seal_notice=command.seal_notice,
        programme=command.record.programme,
        source=command.source,
        identifiers={},
        brought_with="record",
    )
    return _add_plan(work, plan)


def _other_programme(command: ImportRecord, kept: Programme) -> str:
    """Which columns differ, so that the person can tell a slip from another generation."""
    theirs, ours = command.record.programme.as_json(), kept.as_json()
    parts = ", ".join(word for key, word in PARTS.items() if ours[key] != theirs.get(key))
    return (
        f"El programa del archivo no es el de «{command.plan_key}» (difieren: {parts}) y un programa no se reemplaza. "
        "Corrija el archivo, o impórtelo con otra clave si es el programa de otros años."
    )


def _family(command: ImportRecord) -> tuple[str, int]:
    """What the key of a new plan says; refuses one that is not a family and a year, or that takes the institute's own name."""
    found = KEY.fullmatch(command.plan_key)
    if not found or len(command.plan_key) > LONGEST_KEY or len(found["family"]) > LONGEST_FAMILY:
        message = (
            f"Clave «{command.plan_key}»: debe ser familia (hasta {LONGEST_FAMILY} letras minúsculas, números y guiones) "
            "y un año de 1900 a 2199, por ejemplo «instituto-2023»."
        )
        raise Refused(Problem("plan_key", message))
    if Plan.objects.filter(family=found["family"], kind=Plan.Kind.OWN).exists():
        message = (
            f"Clave «{command.plan_key}»: la familia «{found['family']}» es de un plan del propio instituto, y sus "
            "generaciones no se agregan con un registro. Use otra clave."
        )
        raise Refused(Problem("plan_key", message))
    return found["family"], int(found["generation"])


def _refuse_known(key: str, family: str, generation: int) -> None:
    if Plan.objects.filter(key=key).exists():
        raise Refused(Problem("plan_key", f"Ya hay un plan «{key}», y un plan no se reemplaza. Use otra clave."))
    if Plan.objects.filter(family=family, generation=generation).exists():
        raise Refused(Problem("plan_key", f"Ya hay una generación {generation} de «{family}». Use otra clave."))


def _add_plan(work: Work, command: ImportPlan) -> Plan:
    plan = work.add(
        Plan(
            key=command.key,
            family=command.family,
            generation=command.generation,
            kind=command.kind,
            institute=command.institute,
            document=_document(command.programme),
            seal_notice=command.seal_notice,
            source_sha256=files.keep(command.source),
            brought_with=command.brought_with,
        )
    )
    rows = _add_objectives(work, plan, command) + _add_swot(work, plan, command)
    work.details.update(plan=plan.key, rows=rows + 1, source_sha256=hashlib.sha256(command.source).hexdigest())
    return plan


def _document(programme: Programme) -> dict[str, Any]:
    return {key: value for key, value in programme.as_json().items() if key not in STORED_APART}


def _add_objectives(work: Work, plan: Plan, command: ImportPlan) -> int:
    names, rows = command.identifiers, 0
    for one in command.programme.objectives:
        name = _identifier(names, str(one.number), "objetivo")
        objective = work.add(Objective(plan=plan, identifier=name, number=one.number, text=one.text))
        for place, line in enumerate(one.lines, start=1):
            name = _identifier(names, line.number, "linea")
            work.add(Line(objective=objective, identifier=name, position=place, number=line.number, text=line.text))
        rows += 1 + len(one.lines)
    return rows


def _add_swot(work: Work, plan: Plan, command: ImportPlan) -> int:
    rows = 0
    for group in GROUPS:
        for number, text in enumerate(command.programme.swot.group(group), start=1):
            name = _identifier(command.identifiers, f"{group}.{number}", WORDS[group])
            work.add(SwotItem(plan=plan, identifier=name, group=group, number=number, text=text))
            rows += 1
    return rows


def _identifier(names: Mapping[str, str], number: str, word: str) -> str:
    """The name that this number had in an earlier generation, if the list of plans says so."""
    return names.get(number, f"{word}-{number.rpartition('.')[2] if word in WORDS.values() else number}")


def _edition(period: Period, record: Record, work: Work) -> Edition:
    edition = Edition(period=period, number=1, author_id=work.by.account)
    edition.capture(record.captured)
    return edition
