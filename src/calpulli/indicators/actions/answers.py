"""The reason that whoever decides writes."""

from __future__ import annotations

from calpulli.commons.act import Problem, Refused
from calpulli_core.formats.plain_text import text_fault

LONGEST = 2_000


def require_answer(answer: str, missing: str, field: str = "answer") -> None:
    """Refused without one, with one that is too long, or with what nobody can see in it."""
    told = answer.strip().replace("\r\n", "\n")
    if not told:
        raise Refused(Problem(field, missing))
    if len(told) > LONGEST:
        raise Refused(Problem(field, f"En la razón caben {LONGEST} letras y tiene {len(told)}: acórtela."))
    if fault := text_fault(told, breaks=True):
        raise Refused(Problem(field, fault))
