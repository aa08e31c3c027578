"""From the text of a formula to its parts: docs/spec/formulas.md, section 3, one method for each rule."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from . import tree
from .refusals import Defect, FormulaErrors
from .signs import WORDS, Sign, signs
from .units import ONE, Unit, UnitError

MOST_DEPTH, MOST_NAMES, MOST_COUNT, MOST_ROUNDED = 32, 64, 40, 9
SUMS = ("ultimos", "acumulado")
COMPARISONS = ("<", "<=", ">", ">=", "=", "<>")
Found = TypeVar("Found", bound=tree.Part)


def parse(text: str) -> tree.Formula:
    """The formula that a text says. Raises FormulaErrors: everything that is no sign, or the first place that cannot go on."""
    reader = _Reader(signs(text))
    value = reader.value()
    reader.must_end()
    formula = tree.Formula(text, value)
    if len(formula.names) > MOST_NAMES:
        rule = f"Una fórmula lee {MOST_NAMES} variables a lo más; esta lee {len(formula.names)}."
        raise FormulaErrors(Defect(1, formula.names[MOST_NAMES], rule, "Divídala en dos indicadores."))
    return formula


class _Reader:
    """Where the reading stands."""

    def __init__(self, found: list[Sign]) -> None:
        self._signs, self._at, self._depth, self._summing = found, 0, 0, ""

    @property
    def _now(self) -> Sign:
        return self._signs[self._at]

    def _take(self) -> Sign:
        sign = self._now
        self._at += sign.kind != "end"
        return sign

    def _is(self, *texts: str) -> bool:
        return self._now.kind in ("mark", "word") and self._now.text in texts

    def _end(self) -> int:
        return self._signs[self._at - 1].end

    def _refuse(self, rule: str, remedy: str, sign: Sign | None = None) -> FormulaErrors:
        sign = sign or self._now
        return FormulaErrors(Defect(sign.start + 1, sign.text or "fin", rule, remedy))

    def _expect(self, text: str, rule: str) -> None:
        if not self._is(text):
            usual = rule, self._remedy(f"Escriba «{text}» aquí.")
            raise self._refuse(*(self._misplaced(*usual) if text == ")" or self._is(*COMPARISONS) else usual))
        self._take()

    def _remedy(self, usual: str) -> str:
        before = self._signs[self._at - 1] if self._at else None
        if self._is(",") and before and before.kind == "number":
            return "Los números van sin comas, y los decimales con punto: 1580325.45."
        return usual

    def must_end(self) -> None:
        """Nothing may follow."""
        if self._now.kind != "end":
            raise self._refuse(*self._misplaced("La fórmula ya terminaba antes de esto.", self._remedy("Quite lo que sobra.")))

    def _misplaced(self, rule: str, remedy: str) -> tuple[str, str]:
        """The rule that the next sign breaks after a whole value, and the remedy; those given where it is none of its own."""
        if self._is(*COMPARISONS, "y", "o", "no"):
            rule = "Las comparaciones y las palabras «y», «o», «no» solo van al principio de «si»."
            return rule, "Escríbalo así: si(comparación, valor si se cumple, valor si no)."
        if self._now.kind == "unit":
            return "Una unidad entre corchetes solo va detrás de un número.", "Quítela: lo demás ya tiene la suya."
        if self._now.kind in ("number", "word") or self._is("("):
            return "Aquí empieza otro valor, y antes falta una operación.", "Escriba + - * o / entre los dos."
        if self._is(")"):
            return "Este paréntesis cierra uno que no se abrió.", "Quítelo, o abra el suyo con «(» donde empieza."
        return rule, remedy

    # -- values ----------------------------------------------------------------------------------------------------

    def value(self) -> tree.Value:
        """`product { ("+" | "-") product }`."""
        return self._chain(("+", "-"), self._product)

    def _product(self) -> tree.Value:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, marks: tuple[str, ...], inner: Callable[[], tree.Value]) -> tree.Value:
        start, first, rest, places = self._now.start, inner(), [], []
        while self._is(*marks):
            mark = self._take()
            rest.append((mark.text, inner()))
            places.append(mark.start)
        return tree.Chain(start, self._end(), first, tuple(rest), tuple(places)) if rest else first

    def _signed(self) -> tree.Value:
        return self._negative() if self._is("-") else self._single()

    def _negative(self) -> tree.Value:
        start = self._now.start
        of = self._deeper(self._signed)
        return tree.Negative(start, self._end(), of)

    def _deeper(self, inner: Callable[[], Found]) -> Found:
        """What stands inside the sign that comes: a parenthesis, a minus or a `no`."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            rule = f"Hay más de {MOST_DEPTH} paréntesis o signos abiertos uno dentro de otro."
            raise self._refuse(rule, "Calcule la parte de dentro en otro indicador y aquí use su nombre.")
        self._take()
        found = inner()
        self._depth -= 1
        return found

    def _inside(self, inner: Callable[[], Found]) -> Found:
        """What stands between two parentheses, of which the first comes."""

        def closed() -> Found:
            found = inner()
            self._expect(")", "El paréntesis no se cierra.")
            return found

        return self._deeper(closed)

    def _single(self) -> tree.Value:
        sign = self._now
        if sign.kind == "number":
            return self._number()
        if sign.kind == "word":
            return self._word()
        if self._is("("):
            return self._inside(self.value)
        rule = "Aquí falta un número, una variable, una función o un paréntesis."
        raise self._refuse(rule, self._remedy("Escriba aquí lo que falta, o quite el signo de antes."))

    def _number(self) -> tree.Number:
        sign, unit = self._take(), ONE
        if self._now.kind == "unit":
            told = self._take()
            try:
                unit = Unit.parse(told.text)
            except UnitError as error:
                raise self._refuse(str(error), "Corrija lo que está entre corchetes.", told) from error
        return tree.Number(sign.start, self._end(), Fraction(sign.text), unit)

    def _word(self) -> tree.Value:
        sign = self._take()
        if self._is("("):
            return self._call(sign)
        if sign.text in WORDS:
            rule = f"«{sign.text}» es palabra de la fórmula y no el nombre de una variable."
            raise self._refuse(rule, f"Si es la función, escriba {sign.text}(…); si es una variable, llámela de otro modo.", sign)
        return tree.Name(sign.start, sign.end, sign.text)

    def _call(self, name: Sign) -> tree.Value:
        calls = {
            **dict.fromkeys(("min", "max"), self._extreme),
            **dict.fromkeys(("anterior", "ultimos", "acumulado"), self._in_time),
            "redondear": self._rounded,
            "si": self._choice,
        }
        if name.text not in calls:
            rule = f"No hay una función «{name.text}»."
            raise self._refuse(rule, f"Las que hay: {', '.join(sorted(calls))}.", name)
        if name.text in SUMS:
            return self._sum(name)
        return self._deeper(lambda: calls[name.text](name))

    def _sum(self, name: Sign) -> tree.Value:
        if self._summing:
            rule = f"«{name.text}» está dentro de otra suma de periodos, «{self._summing}»: contaría varias veces lo mismo."
            raise self._refuse(rule, "Calcule la de dentro en otro indicador y aquí use su nombre.", name)
        self._summing = name.text
        found = self._deeper(lambda: self._in_time(name))
        self._summing = ""
        return found

    def _close(self, name: Sign) -> int:
        self._expect(")", f"Aquí debe cerrarse el paréntesis de «{name.text}».")
        return self._end()

    def _comma(self, name: Sign, wanted: str) -> None:
        if name.text == "si" and self._is(*COMPARISONS):
            raise self._refuse("Antes de esto ya hay una comparación.", "Si quiere pedir dos, únalas con «y»: a < b y b < c.")
        self._expect(",", f"A «{name.text}» le falta {wanted}.")

    def _extreme(self, name: Sign) -> tree.Value:
        values = [self.value()]
        self._comma(name, "otro valor con que comparar")
        values.append(self.value())
        while self._is(","):
            self._take()
            values.append(self.value())
        return tree.Extreme(name.start, self._close(name), name.text, tuple(values))

    def _rounded(self, name: Sign) -> tree.Value:
        of = self.value()
        self._comma(name, "cuántos decimales")
        digits = self._count(name, 0, MOST_ROUNDED)
        return tree.Rounded(name.start, self._close(name), of, digits)

    def _in_time(self, name: Sign) -> tree.Value:
        of, count = self.value(), None
        if name.text != "acumulado":
            self._comma(name, "cuántos periodos")
            count = self._count(name, 1, MOST_COUNT)
        end = self._close(name)
        if name.text == "anterior" and count:
            return tree.Shifted(name.start, end, of, count)
        return tree.Summed(name.start, end, of, count)

    def _count(self, name: Sign, least: int, most: int) -> int:
        sign = self._now
        if sign.kind != "number" or "." in sign.text or not least <= int(sign.text) <= most:
            rule = f"Aquí «{name.text}» pide un número entero de {least} a {most}."
            raise self._refuse(rule, "Escríbalo con cifras.")
        return int(self._take().text)

    def _choice(self, name: Sign) -> tree.Value:
        test = self._test()
        self._comma(name, "el valor cuando se cumple")
        then = self.value()
        self._comma(name, "el valor cuando no se cumple")
        other = self.value()
        return tree.Choice(name.start, self._close(name), test, then, other)

    # -- tests -----------------------------------------------------------------------------------------------------

    def _test(self) -> tree.Test:
        return self._joined("o", lambda: self._joined("y", self._fact))

    def _joined(self, word: str, inner: Callable[[], tree.Test]) -> tree.Test:
        start, found = self._now.start, [inner()]
        while self._is(word):
            self._take()
            found.append(inner())
        return tree.Joined(start, self._end(), word, tuple(found)) if len(found) > 1 else found[0]

    def _fact(self) -> tree.Test:
        start = self._now.start
        if self._is("no"):
            of = self._deeper(self._fact)
            return tree.Not(start, self._end(), of)
        if self._is("(") and self._holds_a_test():
            return self._inside(self._test)
        left = self.value()
        if not self._is(*COMPARISONS):
            raise self._refuse("Aquí falta una comparación.", f"Use una de: {' '.join(COMPARISONS)}.")
        sign = self._take().text
        right = self.value()
        return tree.Comparison(start, self._end(), sign, left, right)

    def _holds_a_test(self) -> bool:
        """Whether the parenthesis that begins here holds a test: see the last sentence of the rules."""
        is_call: list[bool] = []
        for at in range(self._at, len(self._signs)):
            sign = self._signs[at]
            if sign.text == "(" and sign.kind == "mark":
                is_call.append(
                    bool(is_call) and self._signs[at - 1].kind == "word" and self._signs[at - 1].text not in ("y", "o", "no")
                )
            elif sign.text == ")" and sign.kind == "mark":
                is_call.pop()
                if not is_call:
                    return False
            elif not any(is_call) and sign.kind in ("mark", "word") and sign.text in (*COMPARISONS, "y", "o", "no"):
                return True
        return False
