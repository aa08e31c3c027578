"""The proof of a due date: the sentences that a person follows with a calendar in hand (docs/spec/terms.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from calpulli_core.calendars.counting import Count, Passed, gave
from calpulli_core.calendars.days import DAY
from calpulli_core.calendars.deadlines import Reckoning
from calpulli_core.calendars.saying import (
    NO_WORK,
    NOT_DUE,
    UNCOUNTED,
    Lead,
    because,
    in_unit,
    left_out,
    let_in,
    moment,
    numbers,
    ran,
    unconfirmed,
)
from calpulli_core.calendars.stages import Roll, Stage, Term, Unit
from calpulli_core.calendars.terms import MONTHS, Step, ended, written
from calpulli_core.law.rules import UNCONFIRMED


def proof(reckoned: Reckoning) -> tuple[Step, ...]:
    """The count, what moved it and the grounds: all that a paper needs to stand alone."""
    return counting(reckoned) + grounds(reckoned)


def counting(reckoned: Reckoning) -> tuple[Step, ...]:
    """The count, step by step, each with the day that it reaches."""
    done, stage = reckoned.count, reckoned.stage
    return (
        *_beginning(done),
        *_version(reckoned),
        *_effect(done),
        *_stops(stage, done),
        *_extension(reckoned),
        *_zero(done),
        *_months(done),
        *_reached(done),
        *_rolled(done),
        *_due(reckoned),
        *_moved(reckoned),
    )


def grounds(reckoned: Reckoning) -> tuple[Step, ...]:
    """The rule, its article and source, and those of each entry of the book that acted."""
    rule = reckoned.rule
    mark = "" if rule.confirmed else f" ({UNCONFIRMED})"
    acted = dict.fromkeys(entry for _, entry in reckoned.count.acted())
    return (
        Step(f"Regla: {in_unit(rule.term.amount, rule.term.unit)}{mark}."),
        Step(ended(f"Fundamento: {rule.article}")),
        Step(ended(f"Fuente: {rule.source}")),
        *(Step(f"Calendario: {entry.article}. Fuente: {ended(unconfirmed(entry))}") for entry in acted),
    )


def _out(passed: Iterable[Passed], lead: Lead) -> Iterator[Step]:
    return (Step(text, on) for text, on in left_out(passed, lead))


def _in(passed: Iterable[Passed], term: Term) -> Iterator[Step]:
    """The days that count by agreement."""
    given = ((one.on, gave(one.reading, term)) for one in passed if one.ran)
    return (Step(text, on) for text, on in let_in((day, entry) for day, entry in given if entry))


def _beginning(done: Count) -> Iterator[Step]:
    began, at, cut_off = done.beginning.began, done.beginning.at, done.beginning.cut_off
    yield Step(f"Empieza el {moment(began)}.", began.on)
    if cut_off:
        yield Step(f"Llegó después de las {cut_off:%H:%M}: se toma como del {written(at.on)}, el día hábil que sigue.", at.on)
        yield from _out(done.beginning.late, NO_WORK)


def _version(reckoned: Reckoning) -> Iterator[Step]:
    if on := reckoned.recounted_on:
        yield Step(
            f"Desde el {written(on)} rige otra versión de la regla, que alcanza a los plazos en curso: se cuenta con ella.", on
        )


def _effect(done: Count) -> Iterator[Step]:
    if number := done.term.takes_effect:
        yield Step(f"Surte efectos {in_unit(number, Unit.WORKING_DAYS)} después: el {written(done.effect_on)}.", done.effect_on)
        yield from _out(done.effect, NO_WORK)


def _stops(stage: Stage, done: Count) -> Iterator[Step]:
    for stop in sorted(stage.stops, key=lambda stop: stop.made_on):
        made, answered = written(stop.made_on), stop.answered_on
        if done.due and done.due.on < stop.made_on:
            yield Step(f"Lo que se pidió el {made} llegó después del vencimiento: no cambia el plazo.", stop.made_on)
        elif answered is None:
            yield Step(f"El plazo está detenido desde el {made}, y no se ha reanudado.", stop.made_on)
        elif answered == stop.made_on:
            yield Step(f"Lo que se pidió el {made} se respondió el mismo día: nada se detiene.", answered)
        else:
            last = written(answered - DAY)
            yield Step(f"El plazo se detuvo del {made} al {last}, y se reanudó el {written(answered)}.", answered)


def _extension(reckoned: Reckoning) -> Iterator[Step]:
    extension, term = reckoned.extension, reckoned.count.term
    if extension:
        more, whole = in_unit(extension.amount, term.unit), in_unit(term.amount, term.unit)
        text = (
            f"Prórroga de {more}, decidida el {written(extension.decided_on)}: son {whole} en total. Motivo: {extension.reason}"
        )
        yield Step(ended(text), extension.decided_on)


def _zero(done: Count) -> Iterator[Step]:
    """Where the count begins, and for months where it leads by the number of the day."""
    term, first = done.term, written(done.first_on)
    if term.unit.in_minutes:
        yield Step(f"Las horas corren desde el {moment(done.start)}.", done.first_on)
        return
    if term.unit in (Unit.MONTHS, Unit.YEARS):
        yield from _target(done)
    if not done.run:
        return
    if not term.same_day:
        yield Step(f"Día cero: {done.effect_on:%d/%m/%Y}. No se cuenta.", done.effect_on)
    yield Step(f"La cuenta empieza {'ese mismo día' if term.same_day else 'al día siguiente'}: {first}.", done.first_on)
    if done.counted:
        yield Step(f"Día 1: {written(done.counted[0])}.", done.counted[0])


def _target(done: Count) -> Iterator[Step]:
    term, start = done.term, done.effect_on
    on = done.target_on
    short = "" if on.day == start.day else f" (ese mes no tiene día {start.day}: se toma el último)"
    days = ran((on - start).days, Unit.NATURAL_DAYS)
    yield Step(
        f"{in_unit(term.amount, term.unit).capitalize()} después del {start:%d/%m/%Y} es el {written(on)}{short}: {days}.", on
    )


def _months(done: Count) -> Iterator[Step]:
    """For each month crossed what counts and the running count, and then what does not count and why."""
    count = 0
    for (year, month), group in groupby(done.run, key=lambda passed: (passed.on.year, passed.on.month)):
        passed = list(group)
        days, amount = [one.on for one in passed if one.ran], sum(one.ran for one in passed)
        count += amount
        name = f"{MONTHS[month - 1].capitalize()} de {year}"
        yield Step(f"{name}: {_ran(days, amount, done.term.unit)}; van {ran(count, done.term.unit)}.", passed[-1].on)
        yield from _out(passed, UNCOUNTED)
        if done.term.unit.of_work:
            yield from _in(passed, done.term)


def _ran(days: list[date], amount: int, unit: Unit) -> str:
    if not days:
        return "no se cuenta ningún día"
    which = f"el día {numbers(days)}" if len(days) == 1 else f"los días {numbers(days)}"
    if unit.in_minutes:
        return f"en {which} corren {ran(amount, unit)}"
    return f"se {'cuenta' if len(days) == 1 else 'cuentan'} {which}, {ran(amount, unit)}"


def _reached(done: Count) -> Iterator[Step]:
    term, reached = done.term, done.reached
    if not reached:
        return
    if term.unit in (Unit.NATURAL_DAYS, Unit.WORKING_DAYS) and term.amount:
        yield Step(f"Día {term.amount}: {written(reached.on)}.", reached.on)
    else:
        yield Step(f"Se llega a {in_unit(term.amount, term.unit)} el {moment(reached)}.", reached.on)


def _rolled(done: Count) -> Iterator[Step]:
    """Where the day reached goes, and what kept it from staying."""
    if done.held_to:
        yield Step(f"Lo que se decidió después no adelanta el vencimiento a antes del {written(done.held_to)}.", done.held_to)
    yield from _out(done.rolled, NOT_DUE)
    start = done.held_to or (done.reached.on if done.reached else None)
    if done.due and start and done.due.on != start:
        yield Step(f"El plazo se recorre al {written(done.due.on)}.", done.due.on)
    elif done.due and done.rolled and not done.rolled[-1].reading.works and done.term.rolls == Roll.PREVIOUS:
        yield Step(_no_day_back(done), done.due.on)
    elif done.due and done.term.rolls == Roll.NONE and not done.term.unit.in_minutes:
        yield Step("El plazo no se recorre aunque venza en un día inhábil.")


def _no_day_back(done: Count) -> str:
    if done.back_to:
        before = f"Sin lo que se suspendió después vencía el {written(done.back_to)}"
        return f"{before}, y desde ese día no hay un día hábil: no se recorre."
    return "No hay un día hábil anterior dentro del plazo: no se recorre."


def _due(reckoned: Reckoning) -> Iterator[Step]:
    due, left = reckoned.due, reckoned.left
    if due:
        yield Step(f"Vence el {moment(due)}.", due.on)
        return
    unit = reckoned.count.term.unit
    missing = ran(left, unit) if unit.in_minutes else in_unit(left, Unit.WORKING_DAYS if unit.of_work else Unit.NATURAL_DAYS)
    yield Step(f"El plazo espera: cuando se reanude {'faltará' if left == 1 else 'faltarán'} {missing}.")


def _moved(reckoned: Reckoning) -> Iterator[Step]:
    move, began = reckoned.move, written(reckoned.stage.began.on)
    if not move:
        return
    former = f"vencía el {moment(move.former)}" if move.former else "esperaba"
    latter = f"vence el {moment(reckoned.due)}" if reckoned.due else "espera"
    yield Step(f"Con lo que se sabía el {began}, el plazo {former}; con lo que se decidió después, {latter}.")
    for entry in move.entries:
        yield Step(f"Lo movió lo decidido el {entry.decided_on:%d/%m/%Y}: {because(entry)}.")
