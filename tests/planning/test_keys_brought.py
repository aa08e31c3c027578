"""The key of a plan that comes with a record: a family and a year, and never the family of the institute's own plan."""

from __future__ import annotations

from typing import Any

import pytest

from calpulli.commons.act import Actor, Refused
from calpulli.planning import actions, exports
from calpulli_core.calendars.periods import Period

SYSTEM = Actor.system("prueba")


def bring(key: str) -> Any:
    record = exports.export("iecm-2023", Period.parse("2023-Q1"), "json", edition=None)
    command = exports.read_record(record, name="r.json", plan_key=key, base_key="iecm-2023")
    return actions.import_record(command, by=SYSTEM)


def refused(key: str) -> str:
    with pytest.raises(Refused) as caught:
        bring(key)
    (problem,) = caught.value.problems
    assert problem.field == "plan_key"
    return problem.message


@pytest.mark.parametrize(
    "key", ["copia-1899", "copia-2200", "copia-23", "copia-02023", "2023", "a" * 41 + "-2023", "a-" * 28 + "b-2023"]
)
def test_a_key_that_is_not_a_family_and_a_year(db: None, key: str) -> None:
    assert "debe ser familia (hasta 40 letras" in refused(key)


@pytest.mark.parametrize("key", ["a" * 40 + "-2023", "copia-1900", "otra-copia-2023"])
def test_a_key_that_is_one(db: None, key: str) -> None:
    assert bring(key).result.period.plan_id == key


def test_nobody_takes_the_name_of_the_institutes_own_programme(db: None) -> None:
    for key in ("demo-2023", "demo-1999"):
        assert "la familia «demo» es de un plan del propio instituto" in refused(key)


def test_a_file_of_more_than_a_mebibyte_is_refused(db: None) -> None:
    from calpulli_core.formats.defects import RecordErrors

    with pytest.raises(RecordErrors, match="pesa más de 1 MiB"):
        exports.read_record(b" " * (1024 * 1024 + 1), name="r.json", plan_key="copia-2023", base_key="iecm-2023")
