"""The proof in words: whole proofs typed by hand, and every day left out is named."""

import re
from collections import Counter
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from calpulli_core.calendars.book import Book
from calpulli_core.calendars.deadlines import Reckoning
from calpulli_core.calendars.proof import grounds, proof
from calpulli_core.calendars.stages import Extension, Stop
from tests.core.calendars.terms_made import at, books, day, due, rule

WEEKEND = "Regla inventada: sábados y domingos"


def texts(found: Reckoning) -> list[str]:
    return [step.text for step in proof(found)]


def test_working_days_word_by_word() -> None:
    of = {"confirmed": False, "source": "fuente por confirmar"}
    told = rule(10, "working_days", of=of, cut_off=time(15), takes_effect=1)
    assert texts(due(at("04-10T16:00"), told, book="demo")) == [
        "Empieza el viernes 10/04/2026 a las 16:00.",
        "Llegó después de las 15:00: se toma como del lunes 13/04/2026, el día hábil que sigue.",
        f"No son hábiles 2 días de descanso de la semana: 1 sábado y 1 domingo ({WEEKEND}).",
        "Surte efectos 1 día hábil después: el martes 14/04/2026.",
        "Día cero: 14/04/2026. No se cuenta.",
        "La cuenta empieza al día siguiente: miércoles 15/04/2026.",
        "Día 1: miércoles 15/04/2026.",
        "Abril de 2026: se cuentan los días 15 a 17 y 27 a 30, 7 días; van 7 días.",
        "No se cuentan del lunes 20/04/2026 al viernes 24/04/2026: los plazos están suspendidos (Acuerdo inventado 05/2026).",
        f"No se cuentan 4 días de descanso de la semana: 2 sábados y 2 domingos ({WEEKEND}).",
        "Mayo de 2026: se cuentan los días 4 a 6, 3 días; van 10 días.",
        "No se cuenta el viernes 01/05/2026: es descanso cada año (Ley Federal del Trabajo, artículo 74, fracción IV).",
        f"No se cuentan 2 días de descanso de la semana: 1 sábado y 1 domingo ({WEEKEND}).",
        "Día 10: miércoles 06/05/2026.",
        "Vence el miércoles 06/05/2026 a las 24:00.",
        "Con lo que se sabía el viernes 10/04/2026, el plazo vencía el martes 28/04/2026 a las 24:00; "
        "con lo que se decidió después, vence el miércoles 06/05/2026 a las 24:00.",
        "Lo movió lo decidido el 17/04/2026: los plazos están suspendidos (Acuerdo inventado 05/2026).",
        "Regla: 10 días hábiles (fuente por confirmar).",
        "Fundamento: Artículo inventado 3.",
        "Fuente: fuente por confirmar.",
        f"Calendario: {WEEKEND}. Fuente: fuente por confirmar.",
        "Calendario: Acuerdo inventado 05/2026. Fuente: Inventado para las pruebas (fuente por confirmar).",
        "Calendario: Ley Federal del Trabajo, artículo 74, fracción IV. Fuente: fuente por confirmar.",
    ]  # fmt: skip


def test_a_month_that_rolls_word_by_word() -> None:
    assert texts(due("01-31", rule(1, "months", roll="next"))) == [
        "Empieza el sábado 31/01/2026.",
        "1 mes después del 31/01/2026 es el sábado 28/02/2026 (ese mes no tiene día 31: se toma el último): 28 días.",
        "Día cero: 31/01/2026. No se cuenta.",
        "La cuenta empieza al día siguiente: domingo 01/02/2026.",
        "Día 1: domingo 01/02/2026.",
        "Febrero de 2026: se cuentan los días 1 a 28, 28 días; van 28 días.",
        "Se llega a 1 mes el sábado 28/02/2026.",
        f"No puede vencer en 2 días de descanso de la semana: 1 sábado y 1 domingo ({WEEKEND}).",
        "El plazo se recorre al lunes 02/03/2026.",
        "Vence el lunes 02/03/2026 a las 24:00.",
        "Regla: 1 mes.",
        "Fundamento: Artículo inventado 3.",
        "Fuente: Regla inventada.",
        f"Calendario: {WEEKEND}. Fuente: fuente por confirmar.",
    ]


def test_hours_word_by_word() -> None:
    assert texts(due(at("03-27T16:30"), rule(4, "working_hours")))[:6] == [
        "Empieza el viernes 27/03/2026 a las 16:30.",
        "Las horas corren desde el viernes 27/03/2026 a las 16:30.",
        "Marzo de 2026: en los días 27 y 30 corren 4 horas; van 4 horas.",
        f"No se cuentan 2 días de descanso de la semana: 1 sábado y 1 domingo ({WEEKEND}).",
        "Se llega a 4 horas hábiles el lunes 30/03/2026 a las 12:30.",
        "Vence el lunes 30/03/2026 a las 12:30.",
    ]


def test_stops_and_an_extension_are_told() -> None:
    stops = (Stop(day("04-08"), day("04-10")), Stop(day("04-10"), day("04-10")), Stop(day("05-04"), day("05-06")))
    more = Extension(3, day("04-09"), "Hay muchas solicitudes")
    told = texts(due("04-06", rule(3, "working_days"), stops=stops, extension=more))
    assert told[1:5] == [
        "El plazo se detuvo del miércoles 08/04/2026 al jueves 09/04/2026, y se reanudó el viernes 10/04/2026.",
        "Lo que se pidió el viernes 10/04/2026 se respondió el mismo día: nada se detiene.",
        "Lo que se pidió el lunes 04/05/2026 llegó después del vencimiento: no cambia el plazo.",
        "Prórroga de 3 días hábiles, decidida el jueves 09/04/2026: son 6 días hábiles en total. Motivo: Hay muchas solicitudes.",
    ]
    assert "No se cuentan del miércoles 08/04/2026 al jueves 09/04/2026: el plazo está detenido." in told
    assert "Día 6: jueves 16/04/2026." in told


def test_a_term_that_waits_says_how_much_is_missing() -> None:
    told = texts(due("04-06", rule(10, "working_days"), stops=(Stop(day("04-08")),)))
    assert "El plazo está detenido desde el miércoles 08/04/2026, y no se ha reanudado." in told
    assert "El plazo espera: cuando se reanude faltarán 9 días hábiles." in told
    assert "El plazo espera: cuando se reanude faltará 1 día natural." in texts(
        due("04-06", rule(2, "natural_days"), stops=(Stop(day("04-08")),))
    )
    hours = texts(due(at("04-06T22:15"), rule(30, "hours"), stops=(Stop(day("04-07")),)))
    assert "El plazo espera: cuando se reanude faltarán 28 horas y 15 minutos." in hours


def test_a_saturday_that_counts_says_by_which_agreement() -> None:
    told = texts(due("05-18", rule(5, "working_days"), book="demo"))
    assert "Sí se cuenta el sábado 23/05/2026: es hábil por acuerdo (Acuerdo inventado 07/2026)." in told
    assert "Calendario: Acuerdo inventado 07/2026. Fuente: Inventado para las pruebas (fuente por confirmar)." in told


def test_a_due_day_that_stays_on_a_day_of_rest_says_so() -> None:
    assert "El plazo no se recorre aunque venza en un día inhábil." in texts(due("03-27", rule(8, "natural_days")))
    assert "No hay un día hábil anterior dentro del plazo: no se recorre." in texts(
        due("03-27", rule(1, "natural_days", roll="previous"))
    )


def test_a_roll_back_that_a_later_suspension_does_not_take_says_so() -> None:
    told = texts(due("04-15", rule(5, "natural_days", roll="previous"), book="demo"))
    assert (
        "Sin lo que se suspendió después vencía el lunes 20/04/2026, y desde ese día no hay un día hábil: no se recorre." in told
    )
    assert "Vence el sábado 25/04/2026 a las 24:00." in told


def test_a_version_that_holds_the_day_says_so() -> None:
    old = rule(10, "working_days", of={"valid_until": day("03-31")})
    new = rule(2, "working_days", of={"valid_from": day("04-01"), "running": True})
    told = texts(due("03-27", [old, new]))
    assert (
        told[1]
        == "Desde el miércoles 01/04/2026 rige otra versión de la regla, que alcanza a los plazos en curso: se cuenta con ella."
    )
    assert "Día 2: martes 31/03/2026." in told
    assert "Lo que se decidió después no adelanta el vencimiento a antes del miércoles 01/04/2026." in told
    assert "El plazo se recorre al miércoles 01/04/2026." not in told
    assert "Vence el miércoles 01/04/2026 a las 24:00." in told


def test_the_grounds_name_no_entry_that_did_not_act() -> None:
    assert [step.text.partition(":")[0] for step in grounds(due("03-23", rule(4, "working_days"), book="demo"))] == [
        "Regla", "Fundamento", "Fuente",
    ]  # fmt: skip


_ONE = re.compile(r"^No se cuenta el \w+ (\d\d)/(\d\d)/(\d{4}): ")
_MANY = re.compile(r"^No se cuentan del \w+ (\d\d)/(\d\d)/(\d{4}) al \w+ (\d\d)/(\d\d)/(\d{4}): ")
_WEEK = re.compile(r"^No se cuentan? \d+ días? de descanso de la semana: (.*) \(")


def named(told: list[str]) -> tuple[Counter[date], int]:
    """The days that the sentences name as left out, and how many days of the week."""
    found: Counter[date] = Counter()
    week = 0
    for text in told:
        if one := _ONE.match(text):
            found[date(int(one[3]), int(one[2]), int(one[1]))] += 1
        elif many := _MANY.match(text):
            first, last = (date(int(many[n + 3]), int(many[n + 2]), int(many[n + 1])) for n in (0, 3))
            found.update(first + timedelta(days=number) for number in range((last - first).days + 1))
        elif weekly := _WEEK.match(text):
            week += sum(map(int, re.findall(r"\d+", weekly[1])))
    return found, week


@settings(deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 90),
    st.sampled_from(["working_days", "natural_days"]),
    st.integers(1, 30),
    st.integers(0, 20),
)
def test_every_day_left_out_is_named_once_and_the_sums_add_up(
    start: date, amount: int, unit: str, after: int, length: int
) -> None:
    made = start + timedelta(days=after)
    found = due(start, rule(amount, unit, roll="none"), book="demo", stops=(Stop(made, made + timedelta(days=length)),))
    told = texts(found)
    assert found.due_on is not None
    span = {start + timedelta(days=number) for number in range(1, (found.due_on - start).days + 1)}
    out, week = named(told)
    assert set(out.values()) <= {1}
    assert not set(out) & set(found.count.counted)
    rest = span - set(out) - set(found.count.counted)
    assert len(rest) == week
    assert all(on.weekday() > 4 for on in rest)
    assert [int(n) for text in told for n in re.findall(r"van (\d+) días?\.$", text)][-1] == amount


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 60), st.sampled_from(["working_days", "months", "hours"]))
def test_a_proof_ends_with_the_day_and_has_no_key(start: date, amount: int, unit: str) -> None:
    found = due(at(f"{start:%m-%d}T10:00"), rule(amount, unit), book=Book("b", books()["demo"].entries))
    told = texts(found)
    assert found.due_on is not None
    assert any(text.startswith("Vence el ") and f"{found.due_on:%d/%m/%Y}" in text for text in told)
    assert all(text.endswith(".") and "\n" not in text for text in told)
    assert not any(entry.key in text for entry in books()["demo"].entries if "-" in entry.key for text in told)
