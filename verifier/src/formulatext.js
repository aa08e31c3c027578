// From the text of a formula to its tree (docs/spec/formulas.md, section 3). Every part has `is`, its kind, and the `place` of the sign that makes it.

import { MOST, Refused, signsOf } from "./formulasigns.js";
import { readUnit } from "./units.js";

const COMPARISONS = new Set(["<", "<=", ">", ">=", "=", "<>"]);
const LOGIC = new Set(["y", "o", "no"]);

/** The arguments of each function, read after its parenthesis opened. */
const FUNCTIONS = {
  min: extreme,
  max: extreme,
  redondear: (read) => ({ of: read.value(), digits: read.count(0, 9) }),
  si: choice,
  anterior: (read) => ({ of: read.value(), count: read.count(1, 40) }),
  ultimos: (read) => ({ of: read.value(), count: read.count(1, 40) }),
  acumulado: (read) => ({ of: read.value() }),
};
const isFunction = (text) => Object.hasOwn(FUNCTIONS, text);
const isSum = (text) => text === "ultimos" || text === "acumulado";

function extreme(read) {
  const parts = [read.value()];
  do {
    read.expect(",");
    parts.push(read.value());
  } while (read.sees(","));
  return { parts };
}

function choice(read) {
  const test = read.test();
  read.expect(",");
  const yes = read.value();
  read.expect(",");
  return { test, yes, no: read.value() };
}

function numberOf(text) {
  const [integer, decimals = ""] = text.split(".");
  return { above: BigInt(integer + decimals), below: 10n ** BigInt(decimals.length) };
}

class Reader {
  constructor(signs) {
    Object.assign(this, { signs, at: 0, depth: 0, summing: false, names: new Set() });
  }

  get next() {
    return this.signs[this.at];
  }

  sees(text) {
    return this.next.text === text && this.next.kind !== "end";
  }

  refuse(rule, { place, text } = this.next) {
    throw new Refused(place, text || "el final", rule);
  }

  take() {
    this.at += 1;
    return this.signs[this.at - 1];
  }

  expect(text) {
    if (!this.sees(text)) this.refuse(`aquí va «${text}»`);
    return this.take();
  }

  /** What `rule` reads, one level further inside. */
  deeper(sign, rule) {
    if (++this.depth > MOST.depth) this.refuse(`hay más de ${MOST.depth} niveles, uno dentro de otro; pase una parte a otro indicador`, sign);
    const found = rule();
    this.depth -= 1;
    return found;
  }

  parenthesis(rule) {
    return this.deeper(this.expect("("), () => {
      const found = rule();
      this.expect(")");
      return found;
    });
  }

  value() {
    return this.chain(() => this.chain(() => this.signed(), "*", "/"), "+", "-");
  }

  /** From the left, two by two: each operator takes all that was read before it. */
  chain(operand, ...operators) {
    const first = operand();
    const steps = [];
    while (operators.some((operator) => this.sees(operator))) {
      const { text, place } = this.take();
      steps.push({ operator: text, place, operand: operand() });
    }
    return steps.length ? { is: "chain", first, steps, place: steps[0].place } : first;
  }

  signed() {
    if (!this.sees("-")) return this.single();
    const sign = this.take();
    return this.deeper(sign, () => ({ is: "opposite", of: this.signed(), place: sign.place }));
  }

  single() {
    const { kind, text } = this.next;
    if (kind === "number") return this.number();
    if (text === "(") return this.parenthesis(() => this.value());
    if (isFunction(text)) return this.call();
    if (kind !== "word" || LOGIC.has(text)) this.refuse("aquí va un número, un nombre, una función o un paréntesis que abre");
    return this.name();
  }

  number() {
    const { text, place } = this.take();
    return { is: "number", value: numberOf(text), unit: this.next.kind === "unit" ? this.unit() : null, place };
  }

  unit() {
    const sign = this.take();
    return readUnit(sign.text.slice(1, -1)) ?? this.refuse("esto no es una unidad; se escribe como [pesos/actividad]", sign);
  }

  name() {
    const sign = this.take();
    this.names.add(sign.text);
    if (this.names.size > MOST.names) this.refuse(`una fórmula tiene ${MOST.names} nombres distintos o menos; pase una parte a otro indicador`, sign);
    return { is: "name", name: sign.text, place: sign.place };
  }

  call() {
    const sign = this.take();
    if (isSum(sign.text)) {
      if (this.summing) this.refuse("no va dentro de otra suma de periodos; ponga la de adentro en otro indicador", sign);
      this.summing = true;
    }
    const inside = this.parenthesis(() => FUNCTIONS[sign.text](this));
    if (isSum(sign.text)) this.summing = false;
    return { is: sign.text, place: sign.place, ...inside };
  }

  /** A comma and a whole number between two bounds. */
  count(least, most) {
    this.expect(",");
    const { kind, text } = this.next;
    const number = /^[0-9]+$/.test(text) ? Number(text) : -1;
    if (kind !== "number" || number < least || number > most) this.refuse(`aquí va un número entero, de ${least} a ${most}`);
    this.take();
    return number;
  }

  test() {
    return this.joined(() => this.joined(() => this.fact(), "y"), "o");
  }

  joined(part, word) {
    const parts = [part()];
    while (this.sees(word)) {
      this.take();
      parts.push(part());
    }
    return parts.length > 1 ? { is: word, parts } : parts[0];
  }

  fact() {
    if (this.sees("no")) return this.deeper(this.take(), () => ({ is: "no", of: this.fact() }));
    if (this.sees("(") && this.testOpens()) return this.parenthesis(() => this.test());
    const left = this.value();
    if (!COMPARISONS.has(this.next.text)) this.refuse("aquí va una comparación: < <= > >= = <>");
    const { text, place } = this.take();
    return { is: "fact", operator: text, left, right: this.value(), place };
  }

  /** Whether a comparison or a word of logic stands inside the parenthesis that comes, and not inside those of a function. */
  testOpens() {
    const open = []; // for each parenthesis, whether it or one around it is a function's
    for (let at = this.at; at < this.signs.length; at += 1) {
      const { text } = this.signs[at];
      if (text === "(") open.push(open.length > 0 && (open.at(-1) || isFunction(this.signs[at - 1].text)));
      else if (text === ")") open.pop();
      else if (!open.at(-1) && (COMPARISONS.has(text) || LOGIC.has(text))) return true;
      if (open.length === 0) return false;
    }
    return false;
  }
}

/** The tree and the names of a formula; throws `Refused` where the text first departs from the language. */
export function parseFormula(text) {
  const reader = new Reader(signsOf(text));
  const tree = reader.value();
  if (reader.next.kind !== "end") reader.refuse("aquí la fórmula ya había terminado; falta un signo antes, o esto sobra");
  return { tree, names: [...reader.names] };
}
