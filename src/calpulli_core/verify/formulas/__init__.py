"""Formulas of indicators, computed a second time: from docs/spec/formulas.md, and never from `calpulli_core.indicators`."""

from calpulli_core.verify.formulas.evaluating import Reason, evaluate
from calpulli_core.verify.formulas.exact import read_value, write_value
from calpulli_core.verify.formulas.moments import Moment
from calpulli_core.verify.formulas.parsing import Formula, parse
from calpulli_core.verify.formulas.sets import Bound, Recomputed, Sheet, TooMuchError, recompute
from calpulli_core.verify.formulas.signs import RefusedError
from calpulli_core.verify.formulas.units import check_unit, read_unit, write_unit

__all__ = [
    "Bound",
    "Formula",
    "Moment",
    "Reason",
    "Recomputed",
    "RefusedError",
    "Sheet",
    "TooMuchError",
    "check_unit",
    "evaluate",
    "parse",
    "read_unit",
    "read_value",
    "recompute",
    "write_unit",
    "write_value",
]
