"""The sealed content of an edition: the files that nobody changes any more."""

from __future__ import annotations

from dataclasses import dataclass

from calpulli.commons import files
from calpulli_core.board import bundle, canonical
from calpulli_core.formats.record import Record, differences, to_csv, to_json
from calpulli_core.formats.tables import lines_table, objectives_table, swot_table

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
    return contents | _differences(edition, record)


def _rule(edition: Edition) -> dict[str, str | int | bool | None]:
    return deadline_of(edition.period.plan, edition.period.span).rule.as_json()


def _differences(edition: Edition, record: Record) -> dict[str, bytes]:
    if edition.number == 1:
        return {}
    earlier = Edition.objects.get(period_id=edition.period_id, number=edition.number - 1)
    found = differences(record_of(earlier), record)
    return {"data/differences.jsonl": b"".join(canonical.encode(one.as_json()) + b"\n" for one in found)}
