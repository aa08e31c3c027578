"""The day until which the record had to be published, and the days of its seal (docs/spec/bundle.md, section 7, rules)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from calpulli_core.board import layout
from calpulli_core.verify.ledger import sealing_facts
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.record import bounds
from calpulli_core.verify.report import Fault


def check_deadline(bundle: Bundle) -> Iterator[Fault]:
    """The manifest's term, recounted from the rule that it names; the days of its seal."""
    rules = bundle.records.get(layout.RULES)
    whys = [] if rules is None else [_fault(bundle.manifest["deadline"], bundle.manifest["period"], rules)]
    for why in (*whys, *_seal_faults(bundle)):
        if why:
            yield Fault("deadline", layout.MANIFEST, None, why)


def _seal_faults(bundle: Bundle) -> Iterator[str]:
    """The days of the seal, against the period and against the fact that sealed."""
    seal, last = bundle.manifest["seal"], bounds(bundle.manifest["period"])[1].isoformat()
    sealed_on, published_on = seal["sealed_on"], seal["published_on"]
    if sealed_on <= last:
        yield f"dice que se selló el {sealed_on}, y el periodo termina el {last}: solo se sella después"
    if published_on < sealed_on:
        yield f"dice que se publicó el {published_on}, antes de sellarse ({sealed_on})"
    sealing = sealing_facts(bundle)
    if len(sealing) == 1 and _days_apart(sealing[0]["at"][:10], sealed_on) > 1:
        yield f"dice que se selló el {sealed_on}, y el hecho del cierre es del {sealing[0]['at'][:10]} (UTC)"


def _days_apart(first: str, second: str) -> int:
    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days)


def _fault(deadline: dict[str, Any], period: str, rules: list[dict[str, Any]]) -> str | None:
    last = bounds(period)[1]
    day = last.isoformat()
    named = [rule for rule in rules if rule["key"] == deadline["rule"]]
    valid = [rule for rule in named if _covers(rule, day)]
    if len(valid) != 1:
        return f"data/rules.jsonl debe tener una sola regla «{deadline['rule']}» vigente el {day} y tiene {len(valid)}"
    rule = valid[0]
    if rule["unit"] != "natural_days":
        return f"la regla «{rule['key']}» no cuenta días naturales, sino «{rule['unit']}»"
    try:
        due = (last + timedelta(days=rule["value"])).isoformat()
    except OverflowError:
        return f"la regla «{rule['key']}» da un plazo de {rule['value']} días, que no cabe en el calendario"
    if due != deadline["due_on"]:
        return f"{rule['value']} días naturales después del {day} es el {due}, y dice {deadline['due_on']}"
    return None


def _covers(rule: dict[str, Any], day: str) -> bool:
    """ISO dates of four-digit years order as text."""
    return (rule["valid_from"] or day) <= day <= (rule["valid_until"] or day)
