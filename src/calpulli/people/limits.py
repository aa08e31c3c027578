"""What an institute may set of signing in: `[signing]` of its `institute.toml`, over the values that hold without it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from calpulli.commons import institutes

# The cookie of a session is kept no longer than this (SESSION_COOKIE_AGE).
LONGEST_SESSION_HOURS = 24


class WrongSetting(ValueError):  # noqa: N818 - the name says what it is
    """A setting of `[signing]` that cannot be: says which, its value, the rule and the remedy."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Durations by their unit; failures and requests are those let pass within `window_minutes`."""

    staff_second_factor: bool = False  # whether whoever has a role must have one
    window_minutes: int = 15
    failures_pair: int = 5  # of one name from one address
    failures_account: int = 50  # of one name
    failures_address: int = 40  # of one address
    failures_factor: int = 5  # of the second step, by account
    mails_mailbox: int = 5  # codes asked for by mail, of one mailbox; links to confirm another, by one account
    mails_address: int = 20  # codes asked for by mail, from one address
    session_hours: int = 8
    idle_minutes: int = 120
    paper_days: int = 30  # how long a password given on paper serves, if its owner does not set her own before
    proof_minutes: int = 10  # how long a password just given lets one change how one signs in


@cache
def current() -> Limits:
    """The limits of this installation; WrongSetting when the file says something else."""
    return read(institutes.section("signing"), place=f"institutes/{institutes.current().slug}/institute.toml")


def read(told: dict[str, Any], *, place: str) -> Limits:
    """The limits that a file tells; every fault of it at once."""
    plain = {name: value for name, value in told.items() if not isinstance(value, dict)}
    faults = [fault for name, value in plain.items() if (fault := _fault(name, value))]
    if faults:
        raise WrongSetting(f"{place}, [signing]: " + " ".join(faults))
    return Limits(**plain)


def _fault(name: str, value: object) -> str:
    kinds = {field.name: type(field.default) for field in fields(Limits)}
    if name not in kinds:
        return f"no hay un ajuste «{name}»; los que hay son {', '.join(kinds)}."
    if kinds[name] is bool:
        return "" if isinstance(value, bool) else f"«{name}» vale {value!r} y debe ser true o false."
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        return f"«{name}» vale {value!r} y debe ser un número entero de 1 en adelante."
    if name == "session_hours" and value > LONGEST_SESSION_HOURS:
        return f"«{name}» vale {value} y el máximo es {LONGEST_SESSION_HOURS}."
    return ""
