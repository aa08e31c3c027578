"""Records as files, out and in: the formats are the core's, the rows are ours."""

from __future__ import annotations

import dataclasses

from calpulli.commons import files, institutes
from calpulli_core.board import bundle
from calpulli_core.calendars.periods import Period as Span
from calpulli_core.formats.defects import Defect, RecordErrors
from calpulli_core.formats.limits import MOST_FILE_BYTES, TOO_HEAVY
from calpulli_core.formats.record import Plan as RecordPlan
from calpulli_core.formats.record import Record, captured_from_source, compose, to_csv, to_json
from calpulli_core.formats.record_input import read_csv, read_json
from calpulli_core.formats.record_pdf import Imprint, LedgerHead, to_pdf
from calpulli_core.formats.record_xlsx import read_xlsx, to_xlsx

from .inputs import ImportRecord
from .models import Plan
from .queries import EditionView, deadline_of, record_plan

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
UNSEALED = "Sin sellar: este registro se compuso del programa y nadie lo ha revisado ni publicado"


def unsealed_record(plan: RecordPlan, span: Span) -> Record:
    """What the programme alone says of a period: nothing that staff captured, only what the source itself carries."""
    captured = captured_from_source(plan.programme, period=span)
    return compose(plan=plan, period=span, captured=captured)


def export(plan_key: str, span: Span, form: str, *, edition: EditionView | None) -> bytes:
    """The record as `form` (csv, json, xlsx, pdf): the edition's, or unsealed without one. Same input, same bytes.

    Of a published edition, the very bytes that were signed.
    """
    if edition:
        return bundle.read_zip(files.read(edition.edition.bundle_sha256))[f"data/record.{form}"]
    plan = Plan.objects.get(key=plan_key)
    record = unsealed_record(record_plan(plan), span)
    match form:
        case "csv":
            return to_csv(record)
        case "json":
            return to_json(record)
        case "xlsx":
            return to_xlsx(record)
        case "pdf":
            deadline = deadline_of(plan, span)
            return to_pdf(record, imprint=Imprint(notices=(*notices(), UNSEALED), deadline=deadline))
    raise ValueError(f"no format {form}")


def sealed_imprint(edition: EditionView, *, fingerprint: str, ledger: LedgerHead) -> Imprint:
    """What is printed around a sealed record: what the seal is, and the key and head that hold us to it."""
    seal = (edition.seal_notice,) if edition.seal_notice else ()
    return Imprint(
        notices=notices() + seal,
        edition=edition.number,
        reason=edition.edition.reason or None,
        differences=edition.differences,
        deadline=edition.deadline,
        fingerprint=fingerprint,
        ledger=ledger,
        sealed_on=edition.sealed_on,
    )


def notices() -> tuple[str, ...]:
    """What every paper of this installation says first."""
    institute = institutes.current()
    return (institute.notice,) if institute.notice else ()


def read_record(content: bytes, *, name: str, plan_key: str, base_key: str) -> ImportRecord:
    """The record in an uploaded or named file, for the plan of that key.

    `base_key` names the plan that gives what CSV and XLSX do not carry; a JSON can do without.
    Raises RecordErrors with every defect.
    """
    form = name.rpartition(".")[2].lower()
    if form not in ("csv", "json", "xlsx"):
        raise RecordErrors(
            [_defect(name, "El archivo debe terminar en .csv, .json o .xlsx.", "Expórtelo en uno de esos formatos.")]
        )
    if len(content) > MOST_FILE_BYTES:
        raise RecordErrors([_defect(name, TOO_HEAVY, "Un registro pesa menos: revise que sea el archivo correcto.")])
    base = _base(base_key, form)
    record = _read(content, form, dataclasses.replace(record_plan(base), key=plan_key), name)
    return ImportRecord(plan_key, record, content, form, base.institute, base.seal_notice)


def _base(key: str, form: str) -> Plan:
    """The plan that gives what the file does not carry. A JSON carries its programme: for it any plan's norms will do."""
    base = Plan.objects.filter(key=key).first()
    if base is None and form == "json":
        base = Plan.objects.filter(kind=Plan.Kind.OWN).order_by("-generation").first()
    if base is None:
        remedy = "Indique un plan que ya esté aquí; desde la línea de órdenes, con --base."
        raise RecordErrors([_defect(key, "No hay un plan con esa clave.", remedy)])
    return base


def _read(content: bytes, form: str, plan: RecordPlan, name: str) -> Record:
    if form == "json":
        return dataclasses.replace(read_json(content, file=name), plan=plan.key)
    reader = read_csv if form == "csv" else read_xlsx
    return reader(content, plan=plan, file=name)


def _defect(value: str, rule: str, remedy: str) -> Defect:
    return Defect(None, None, None, value, rule, remedy)
