"""The sealed content of an edition: the files that nobody changes any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calpulli.commons import files
from calpulli.commons.act import Problem, Refused
from calpulli.commons.registries.sealing import SEALING
from calpulli.ledger import doors as ledger
from calpulli_core.board import bundle, canonical, year
from calpulli_core.board.layout import HEADS
from calpulli_core.formats.record import Record, differences, to_csv, to_json
from calpulli_core.formats.tables import lines_table, objectives_table, swot_table
from calpulli_core.verify.report import Fault
from calpulli_core.verify.year.checking import check_sealed

from ..models import Edition
from ..queries import deadline_of, load_plan, record_of


@dataclass(frozen=True)
class Frozen:
    """Where each sealed file is kept (path -> SHA-256) and the root over all of them."""

    files: dict[str, str]
    content_root: str


def freeze(edition: Edition) -> Frozen:
    """Writes the sealed files of an edition about to be sealed and keeps them."""
    contents = sealed_contents(edition)
    kept = {path: files.keep(content) for path, content in contents.items()}
    return Frozen(kept, bundle.content_root(contents))


def sealed_contents(edition: Edition) -> dict[str, bytes]:
    """Path and bytes of every sealed file (docs/spec/bundle.md, section 2)."""
    record = record_of(edition)
    plan = load_plan(edition.period.plan_id)
    contents = {
        "data/record.json": to_json(record),
        "data/record.csv": to_csv(record),
        "data/objectives.csv": objectives_table((one.identifier, one.number, one.text) for one in plan.objectives),
        "data/lines.csv": lines_table(
            (line.identifier, one.number, line.number, line.text) for one in plan.objectives for line in one.lines
        ),
        "data/swot.csv": swot_table(
            (item.identifier, group.key, item.number, item.text) for group in plan.swot for item in group.items
        ),
        "data/rules.jsonl": canonical.encode(_rule(edition)) + b"\n",
    }
    contents |= _differences(edition, record)
    return contents | of_the_year(edition, contents)


CHAIN = "planning"


def of_the_year(edition: Edition, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """What other packages seal with the period (docs/spec/bundle.md, section 10): all seven files, or none if nobody has any.

    Refused, with what is wrong, where the bundle would not verify.
    """
    span, given = edition.period.span, dict[str, bytes]()
    for sealed in SEALING:
        found = sealed.files(edition.period.plan_id, span)
        if twice := given.keys() & found.keys():
            raise ValueError(f"two packages seal {min(twice)}")
        given |= found
    if not given:
        return {}
    made = year.whole({**given, HEADS: year.heads(head.as_dict() for head in _heads())})
    faults = check_sealed({**contents, **made}, period=str(span), chain=CHAIN)
    if faults:
        raise Refused(Problem(None, _told(faults)))
    return made


def _heads() -> list[ledger.Head]:
    """Of every chain whose acts can change what is sealed, that has any fact."""
    chains = sorted({chain for sealed in SEALING for chain in sealed.chains} - {CHAIN})
    return [head for head in map(ledger.head, chains) if head.sequence]


def _told(faults: Sequence[Fault]) -> str:
    found = " ".join(fault.message for fault in faults[:3])
    more = f" Y {len(faults) - 3} cosas más." if len(faults) > 3 else ""
    return (
        f"Lo que se sellaría del programa anual no pasa su propia comprobación, y no se sella. {found}{more} Avise al operador."
    )


def _rule(edition: Edition) -> dict[str, str | int | bool | None]:
    return deadline_of(edition.period.plan, edition.period.span).rule.as_json()


def _differences(edition: Edition, record: Record) -> dict[str, bytes]:
    if edition.number == 1:
        return {}
    earlier = Edition.objects.get(period_id=edition.period_id, number=edition.number - 1)
    found = differences(record_of(earlier), record)
    return {"data/differences.jsonl": b"".join(canonical.encode(one.as_json()) + b"\n" for one in found)}
