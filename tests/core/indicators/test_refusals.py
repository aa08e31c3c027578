"""What a planner is told, word by word: the place, what stands there, the rule and the remedy."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calpulli_core.indicators.checking import check
from calpulli_core.indicators.computing import Missing, evaluate
from calpulli_core.indicators.moments import Moment
from calpulli_core.indicators.order import Cycle, in_order
from calpulli_core.indicators.parsing import parse
from calpulli_core.indicators.refusals import FormulaErrors
from calpulli_core.indicators.saying import why
from calpulli_core.indicators.units import Unit

UNITS = {"hechas": Unit.parse("actividades"), "programadas": Unit.parse("actividades"), "gasto": Unit.parse("pesos")}

TOLD = [
    # Unknown variables.
    (
        "hecha / programadas",
        "Lugar 1, «hecha»: La ficha no tiene una variable con ese nombre. "
        "Si quiso decir «hechas», corríjalo; si no, agréguela a las variables de la ficha.",
    ),
    (
        "100 * w",
        "Lugar 7, «w»: La ficha no tiene una variable con ese nombre. "
        "Agréguela a las variables de la ficha, o use una de ellas: gasto, hechas, programadas.",
    ),
    # Units that clash.
    (
        "hechas + gasto",
        "Lugar 10, «gasto»: «hechas» está en actividades y «gasto» está en pesos: no se pueden sumar ni comparar. "
        "Use la misma unidad en los dos, o convierta uno.",
    ),
    (
        "hechas + 3",
        "Lugar 10, «3»: «hechas» está en actividades y «3» no tiene unidad: no se pueden sumar ni comparar. "
        "Escriba la unidad entre corchetes: 3 [actividades].",
    ),
    (
        "si(hechas / programadas > gasto, 1, 0)",
        "Lugar 27, «gasto»: «hechas / programadas» no tiene unidad y «gasto» está en pesos: no se pueden sumar ni comparar. "
        "Use la misma unidad en los dos, o convierta uno.",
    ),
    (
        "gasto / hechas",
        "Lugar 1, «gasto / hechas»: Lo que da la fórmula está en pesos/actividades, y la ficha no declara unidad, o declara %. "
        "Corrija la fórmula o la unidad de la ficha.",
    ),
    # Too long, too deep.
    (
        "1" + "0" * 18,
        "Lugar 1, «1000000000000000000»: Un número tiene 18 cifras a lo más, y 9 después del punto. Escríbalo más corto.",
    ),
    (
        "1" + " " * 2_000,
        "Lugar 2001, «…»: Una fórmula tiene 2,000 letras a lo más; esta tiene 2,001. "
        "Divídala: otro indicador puede calcular una parte.",
    ),
    ("1+" * 200 + "1", "Lugar 401, «1»: Una fórmula tiene 400 signos a lo más; esta tiene 401. Divídala en dos indicadores."),
    (
        "(" * 33 + "1" + ")" * 33,
        "Lugar 33, «(»: Hay más de 32 paréntesis o signos abiertos uno dentro de otro. "
        "Calcule la parte de dentro en otro indicador y aquí use su nombre.",
    ),
    (
        "acumulado(ultimos(hechas, 4))",
        "Lugar 11, «ultimos»: «ultimos» está dentro de otra suma de periodos, «acumulado»: contaría varias veces lo mismo. "
        "Calcule la de dentro en otro indicador y aquí use su nombre.",
    ),
    # What does not go on.
    (
        "hechas +",
        "Lugar 9, «fin»: Aquí falta un número, una variable, una función o un paréntesis. "
        "Escriba aquí lo que falta, o quite el signo de antes.",
    ),
    ("2 hechas", "Lugar 3, «hechas»: Aquí empieza otro valor, y antes falta una operación. Escriba + - * o / entre los dos."),
    ("hechas)", "Lugar 7, «)»: Este paréntesis cierra uno que no se abrió. Quítelo, o abra el suyo con «(» donde empieza."),
    ("(hechas", "Lugar 8, «fin»: El paréntesis no se cierra. Escriba «)» aquí."),
    (
        "hechas [pesos]",
        "Lugar 8, «pesos»: Una unidad entre corchetes solo va detrás de un número. Quítela: lo demás ya tiene la suya.",
    ),
    (
        "hechas > 1",
        "Lugar 8, «>»: Las comparaciones y las palabras «y», «o», «no» solo van al principio de «si». "
        "Escríbalo así: si(comparación, valor si se cumple, valor si no).",
    ),
    (
        "max(hechas > 1, 2)",
        "Lugar 12, «>»: Las comparaciones y las palabras «y», «o», «no» solo van al principio de «si». "
        "Escríbalo así: si(comparación, valor si se cumple, valor si no).",
    ),
    (
        "si(1 < hechas < 3, 1, 0)",
        "Lugar 15, «<»: Antes de esto ya hay una comparación. Si quiere pedir dos, únalas con «y»: a < b y b < c.",
    ),
    ("si(hechas, 1, 0)", "Lugar 10, «,»: Aquí falta una comparación. Use una de: < <= > >= = <>."),
    (
        "1,580 + 2",
        "Lugar 2, «,»: La fórmula ya terminaba antes de esto. Los números van sin comas, y los decimales con punto: 1580325.45.",
    ),
    ("anterior(hechas, 41)", "Lugar 18, «41»: Aquí «anterior» pide un número entero de 1 a 40. Escríbalo con cifras."),
    (
        "suma(hechas)",
        "Lugar 1, «suma»: No hay una función «suma». Las que hay: acumulado, anterior, max, min, redondear, si, ultimos.",
    ),
    # What people write.
    ("hechas × 2", "Lugar 8, «×»: Ese signo no es de la fórmula. Escriba «*» para multiplicar."),
    ("hechas − 2", "Lugar 8, «−»: Ese signo no es de la fórmula. Escriba «-», el guion del teclado."),
    ("si(hechas ≥ 2, 1, 0)", "Lugar 11, «≥»: Ese signo no es de la fórmula. Escriba «>=»."),
    ("hechas / programadas %", "Lugar 22, «%»: Ese signo no es de la fórmula. Escriba el porcentaje como 100 * a / b."),
    ("min(1; 2)", "Lugar 6, «;»: Ese signo no es de la fórmula. Escriba «,» entre los valores de una función."),
    ("Hechas", "Lugar 1, «Hechas»: Un nombre va en minúsculas y sin acentos ni ñ. Escríbalo como en la lista de variables."),
    ("hechas & 2", "Lugar 8, «&»: Ese signo no es de la fórmula. Use números, nombres, + - * /, paréntesis y las funciones."),
]


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text[:40] for text, _ in TOLD])
def test_a_refusal_in_words(text: str, told: str) -> None:
    with pytest.raises(FormulaErrors) as refused:
        check(parse(text), UNITS, declared=Unit.parse("%"))
    assert str(refused.value) == told


def test_a_circle_in_words() -> None:
    with pytest.raises(Cycle) as refused:
        in_order({"a": ["b"], "b": ["c"], "c": ["a"]})
    assert str(refused.value) == (
        "Estos indicadores se usan unos a otros en círculo, y ninguno se puede calcular: a → b → c → a. "
        "Cambie la fórmula de uno de ellos para que no use al siguiente."
    )


def test_an_indicator_that_uses_itself_in_words() -> None:
    with pytest.raises(Cycle) as refused:
        in_order({"a": ["a"]})
    assert str(refused.value) == (
        "El indicador «a» usa su propio valor (a → a), y así no se puede calcular. "
        "Cambie su fórmula para que no lo use, ni siquiera el de un periodo anterior."
    )


@pytest.mark.parametrize(
    ("text", "period", "told"),
    [
        (
            "anterior(hechas, 1)",
            "2026-Q1",
            "No hay dato de «hechas» en el cuarto trimestre de 2025. Se podrá calcular cuando lo haya.",
        ),
        (
            "hechas / (2 - 2)",
            "2026-M03",
            "En marzo de 2026 se divide entre «2 - 2», que vale 0. Si eso es normal, prevéalo con «si».",
        ),
        (
            "*".join(["999999999999999999"] * 35),
            "2026",
            "En 2026 «" + "999999999999999999*" * 3 + "99…» tiene más de 616 cifras. Revise las multiplicaciones y los datos.",
        ),
        (
            "anterior(1, 40)",
            "1930",
            "La fórmula pide 1890, y antes de 1900 no se calcula nada. Pida menos periodos hacia atrás.",
        ),
    ],
)
def test_why_there_is_no_value_in_words(text: str, period: str, told: str) -> None:
    now = Moment.parse(period)
    found = evaluate(parse(text), now, lambda name, moment: Fraction(5) if moment == now else None).outcome
    assert isinstance(found, Missing)
    assert why(found) == told


def test_the_reason_of_another_indicator_says_whose_it_is() -> None:
    found = evaluate(parse("1 / a"), Moment.parse("2026"), lambda name, moment: Fraction(0)).outcome
    assert isinstance(found, Missing)
    passed = Missing(found.reason, found.part, found.moment, found.place, "cobertura")
    again = evaluate(parse("b + 1"), Moment.parse("2026"), lambda name, moment: passed).outcome
    assert again is passed
    assert why(passed) == ("Indicador «cobertura»: En 2026 se divide entre «a», que vale 0. Si eso es normal, prevéalo con «si».")
