"""`--after OLD`: whether the heads of the other chains went on from one seal to the next (docs/spec/bundle.md, section 10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calpulli_core.board import layout
from calpulli_core.verify.ledger import sealing_facts
from calpulli_core.verify.opening import Bundle
from calpulli_core.verify.report import Fault


def check_heads(bundle: Bundle, old: Bundle) -> Iterator[Fault]:
    """Of the two, the one sealed later has every chain of the other one, as far or farther."""
    ours, theirs = bundle.records.get(layout.HEADS), old.records.get(layout.HEADS)
    sealed, before = sealing_facts(bundle), sealing_facts(old)
    if ours is None or theirs is None or len(sealed) != 1 or len(before) != 1:
        return
    turned = before[0]["sequence"] > sealed[0]["sequence"]
    earlier, later = (ours, theirs) if turned else (theirs, ours)
    heads = {line["chain"]: line for line in later}
    numbers = {line["chain"]: number for number, line in enumerate(ours)}
    for line in earlier:
        if why := _difference(line, heads.get(line["chain"])):
            chain = line["chain"]
            yield Fault("after", layout.HEADS, numbers.get(chain), f"la cadena «{chain}» {why} del paquete que usted conserva")


def _difference(line: dict[str, Any], head: dict[str, Any] | None) -> str | None:
    if head is None:
        return "falta, y estaba en la cabeza"
    if head["sequence"] < line["sequence"]:
        return "se queda atrás de la cabeza"
    if head["sequence"] == line["sequence"] and head["digest"] != line["digest"]:
        return "es otra que la"
    return None
