"""Formulas worked by hand: what each comes to, its unit, and what is said of each that is wrong."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from calpulli_core.indicators.checking import check
from calpulli_core.indicators.computing import Computed, Missing, Reason, evaluate
from calpulli_core.indicators.moments import Moment
from calpulli_core.indicators.order import Cycle, in_order
from calpulli_core.indicators.parsing import parse
from calpulli_core.indicators.refusals import FormulaErrors
from calpulli_core.indicators.units import ONE, Unit, UnitError

# Quarter by quarter: 2025-Q3 is not known, and 2026-Q2 has no programmed activity.
DONE = {"2025-Q1": 2, "2025-Q2": 3, "2025-Q4": 5, "2026-Q1": 7, "2026-Q2": 0, "2026-Q3": 12}
PLANNED = {"2025-Q1": 4, "2025-Q2": 3, "2025-Q3": 5, "2025-Q4": 10, "2026-Q1": 7, "2026-Q2": 0, "2026-Q3": 15}
DATA = {"hechas": DONE, "programadas": PLANNED}
UNITS = {"hechas": Unit.parse("actividades"), "programadas": Unit.parse("actividades"), "gasto": Unit.parse("pesos")}


def compute(text: str, period: str = "2026-Q3") -> Computed:
    def read(name: str, moment: Moment) -> Fraction | None:
        value = DATA.get(name, {}).get(str(moment))
        return None if value is None else Fraction(value)

    return evaluate(parse(text), Moment.parse(period), read)


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("100 * hechas / programadas", "2026-Q3", Fraction(80)),
        ("100 * hechas / programadas", "2025-Q4", Fraction(50)),
        ("redondear(100 * hechas / programadas, 1)", "2025-Q2", Fraction(100)),
        ("acumulado(hechas)", "2026-Q3", Fraction(19)),
        ("acumulado(hechas)", "2026-Q1", Fraction(7)),
        ("ultimos(hechas, 4)", "2026-Q3", Fraction(24)),
        ("hechas - anterior(hechas, 1)", "2026-Q3", Fraction(12)),
        ("100 * acumulado(hechas) / acumulado(programadas)", "2026-Q3", Fraction(1900, 22)),
        ("redondear(100 * acumulado(hechas) / acumulado(programadas), 2)", "2026-Q3", Fraction("86.36")),
        ("si(programadas = 0, 1, hechas / programadas)", "2026-Q2", Fraction(1)),
        ("si(programadas > 0 y hechas / programadas >= 0.8, 1, 0)", "2026-Q3", Fraction(1)),
        ("si(programadas > 0 y hechas / programadas >= 0.8, 1, 0)", "2026-Q2", Fraction(0)),
        ("si(no (hechas < programadas) o hechas = 12, 2, 3)", "2026-Q3", Fraction(2)),
        ("min(hechas, programadas, 9) + max(1, 2)", "2026-Q3", Fraction(11)),
        ("2 - 3 - 4", "2026-Q3", Fraction(-5)),
        ("24 / 4 / 3", "2026-Q3", Fraction(2)),
        ("-2 * -3", "2026-Q3", Fraction(6)),
        ("redondear(-2.5, 0)", "2026-Q3", Fraction(-3)),
        ("redondear(2.5, 0)", "2026-Q3", Fraction(3)),
        ("redondear(0.125, 2)", "2026-Q3", Fraction("0.13")),
        ("si((si(hechas > 1, 1, 2) + 3) > 3, 10, 20)", "2026-Q3", Fraction(10)),
        ("si(((hechas > 1)), 10, 20)", "2026-Q3", Fraction(10)),
        ("0.1 + 0.2", "2026-Q3", Fraction(3, 10)),
    ],
)
def test_it_comes_to(text: str, period: str, expected: Fraction) -> None:
    assert compute(text, period).outcome == expected


@pytest.mark.parametrize(
    ("text", "period", "reason", "part", "when"),
    [
        ("hechas / programadas", "2026-Q2", Reason.ZERO, "programadas", "2026-Q2"),
        ("hechas / (programadas - 15)", "2026-Q3", Reason.ZERO, "(programadas - 15)", "2026-Q3"),
        ("acumulado(hechas)", "2025-Q4", Reason.NO_DATA, "hechas", "2025-Q3"),
        ("ultimos(hechas, 8)", "2026-Q3", Reason.NO_DATA, "hechas", "2024-Q4"),
        ("anterior(hechas, 4)", "2026-Q3", Reason.NO_DATA, "hechas", "2025-Q3"),
        ("si(hechas > anterior(hechas, 4), 1, 2)", "2026-Q3", Reason.NO_DATA, "hechas", "2025-Q3"),
        ("nadie + 1 / 0", "2026-Q3", Reason.NO_DATA, "nadie", "2026-Q3"),
        ("anterior(hechas, 40)", "1905-Q1", Reason.NO_DATA, "hechas", "1895-Q1"),
    ],
)
def test_without_data_it_says_why(text: str, period: str, reason: Reason, part: str, when: str) -> None:
    missing = compute(text, period).outcome
    assert isinstance(missing, Missing)
    assert (missing.reason, missing.part.strip("()"), str(missing.moment)) == (reason, part.strip("()"), when)


def test_only_the_branch_that_holds_is_computed() -> None:
    found = compute("si(hechas > 0, 1, anterior(hechas, 40))")
    assert found.outcome == 1
    assert not any(step.outcome == Missing for step in found.steps)
    assert len(found.steps) == 5  # hechas, 0, the test, 1, the choice


def test_a_number_too_long_is_no_value() -> None:
    text = "999999999999999999"
    formula = "*".join([text] * 40)
    assert isinstance(found := compute(formula).outcome, Missing)
    assert found.reason is Reason.RANGE


def test_every_part_is_computed_once_in_a_period() -> None:
    found = evaluate(parse("ultimos(hechas * 2, 40)"), Moment.parse("2026-M12"), lambda name, moment: Fraction(1))
    assert found.outcome == 80
    assert len(found.steps) == 40 * 3 + 1


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("hechas / programadas", "1"),
        ("hechas + programadas", "actividades"),
        ("gasto / hechas", "pesos/actividades"),
        ("gasto * gasto / hechas", "pesos^2/actividades"),
        ("si(hechas > 0, gasto / hechas, 0)", "pesos/actividades"),
        ("hechas + 3 [actividades]", "actividades"),
        ("max(0, hechas - programadas)", "actividades"),
        ("acumulado(gasto) - anterior(gasto, 1)", "pesos"),
        ("redondear(100 * hechas / programadas, 2)", "1"),
        ("0", "1"),
    ],
)
def test_its_unit(text: str, unit: str) -> None:
    assert str(check(parse(text), UNITS)) == unit
    assert check(parse(text), UNITS, declared=Unit.parse(unit)) == Unit.parse(unit)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hechas + gasto", ["Lugar 10, «gasto»: «hechas» está en actividades y «gasto» está en pesos"]),
        ("hechas + 3", ["Escriba la unidad entre corchetes: 3 [actividades]."]),
        ("hechas > 3", []),
        ("si(gasto > hechas, 1, 2 [pesos])", ["Lugar 12", "Lugar 23"]),
        ("nadie + otra + nadie", ["«nadie»", "«otra»"]),
    ],
)
def test_units_that_clash_are_all_told(text: str, told: list[str]) -> None:
    with pytest.raises(FormulaErrors) as refused:
        check(parse(text), UNITS)
    if told:
        assert len(refused.value.defects) == len(told)
    for words, defect in zip(told, refused.value.defects, strict=False):
        assert words in str(defect)


def test_the_sheet_and_the_formula_must_agree() -> None:
    with pytest.raises(FormulaErrors, match="Lo que da la fórmula no tiene unidad, y la ficha declara pesos"):
        check(parse("hechas / programadas"), UNITS, declared=Unit.parse("pesos"))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", 1, "falta un número"),
        ("hechas +", 9, "falta un número"),
        ("(hechas", 8, "no se cierra"),
        ("hechas programadas", 8, "falta una operación"),
        ("1,580 + 2", 2, "sin comas"),
        ("Hechas / 2", 1, "minúsculas"),
        ("año + 1", 1, "sin acentos"),
        ("hechas ^ 2", 8, "no es de la fórmula"),
        ("raiz(hechas)", 1, "No hay una función «raiz»"),
        ("min(hechas)", 11, "otro valor"),
        ("redondear(hechas, 10)", 19, "de 0 a 9"),
        ("redondear(hechas, 1.5)", 19, "número entero"),
        ("anterior(hechas, 0)", 18, "de 1 a 40"),
        ("ultimos(hechas, 41)", 17, "de 1 a 40"),
        ("si(hechas, 1, 2)", 10, "falta una comparación"),
        ("hechas > 1", 8, "solo van al principio de «si»"),
        ("si + 1", 1, "palabra de la fórmula"),
        ("3 [personas", 3, "no se cierra"),
        ("3 [Personas]", 3, "no se entiende"),
        ("1234567890123456789", 1, "18 cifras"),
        ("0.1234567890", 1, "9 después del punto"),
        ("x\x00y", 2, "no es de la fórmula"),
        ("__import__", 1, "no es de la fórmula"),
        ("=SUMA(A1)", 2, "minúsculas"),
        ("1 / 2 ; 3", 7, "no es de la fórmula"),
        ("(" * 33 + "1" + ")" * 33, 33, "uno dentro de otro"),
        ("-" * 40 + "1", 33, "uno dentro de otro"),
        ("1+" * 250 + "1", 401, "400 signos"),
        ("1" + " " * 2_000, 2_001, "2,000 letras"),
    ],
)
def test_what_is_no_formula_is_refused_in_words(text: str, place: int, words: str) -> None:
    with pytest.raises(FormulaErrors) as refused:
        check(parse(text), UNITS)
    first = refused.value.defects[0]
    assert first.place == place, str(first)
    assert words in str(first)
    assert str(first).isprintable() or "\n" in text


def test_all_that_is_no_sign_is_told_at_once() -> None:
    with pytest.raises(FormulaErrors) as refused:
        parse("Hechas # 2 ^ programadas")
    assert [defect.place for defect in refused.value.defects] == [1, 8, 12]


def test_a_long_sum_is_not_a_deep_one() -> None:
    assert compute("+".join(["1"] * 200)).outcome == 200


def test_names_are_told_once_in_their_order() -> None:
    assert parse("b + a * b / si(c > a, 1, d)").names == ("b", "a", "c", "d")


# -- units ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["personas", "pesos/actividad", "1/mes", "pesos^2/actividad", "kg*metro/niña", "1"])
def test_a_unit_is_read_back(text: str) -> None:
    assert str(Unit.parse(text)) == text


def test_units_multiply_and_divide() -> None:
    pesos, activity = Unit.parse("pesos"), Unit.parse("actividad")
    assert pesos / activity * activity == pesos
    assert pesos / pesos == ONE == Unit.parse("%")


@pytest.mark.parametrize("text", ["", "Pesos", "a/b/c", "a/", "a^1", "a^10", "a**b", "3", "a^9*a"])
def test_what_is_no_unit(text: str) -> None:
    with pytest.raises(UnitError):
        Unit.parse(text)


# -- order ---------------------------------------------------------------------------------------------------------------


def test_each_comes_after_those_that_it_reads() -> None:
    assert in_order({"c": ["b", "a"], "b": ["a", "medida"], "a": []}) == ["a", "b", "c"]


def test_a_circle_is_named_whole() -> None:
    with pytest.raises(Cycle) as refused:
        in_order({"a": ["b"], "b": ["c"], "c": ["b"], "d": []})
    assert refused.value.keys == ("b", "c", "b")
    assert "b → c → b" in str(refused.value)


def test_an_indicator_that_reads_itself() -> None:
    with pytest.raises(Cycle, match="a → a"):
        in_order({"a": ["a"]})


def test_a_long_row_of_indicators() -> None:
    keys = [f"i{number:05}" for number in range(5_000)]
    reads = {key: [before] for before, key in pairwise(keys)} | {keys[0]: []}
    assert in_order(reads) == keys


# -- moments -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "back", "expected"),
    [
        ("2026-Q1", 1, "2025-Q4"),
        ("2026-Q1", 40, "2016-Q1"),
        ("2026-M01", 13, "2024-M12"),
        ("2026", 3, "2023"),
        ("2026-Q3", 0, "2026-Q3"),
    ],
)
def test_periods_before(text: str, back: int, expected: str) -> None:
    assert str(Moment.parse(text).before(back)) == expected


@pytest.mark.parametrize(
    "text", ["2026-Q0", "2026-Q5", "2026-M00", "2026-M13", "26", "2026-", "1899", "2200-Q1", "2026-Q1 ", "٢٠٢٦"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="no se entiende"):
        Moment.parse(text)
