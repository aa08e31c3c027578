// The signs of a formula (docs/spec/formulas.md, section 3), and how one is refused.

export const MOST = { characters: 2000, signs: 400, digits: 18, decimals: 9, depth: 32, names: 64 };

/** Why a formula is refused: the character, from 1, what stands there, the rule with its remedy. */
export class Refused extends Error {
  constructor(place, found, rule) {
    super(`carácter ${place}, «${found}»: ${rule}`);
    Object.assign(this, { place, found, rule });
  }
}

const KINDS = [
  ["number", /[0-9]+(?:\.[0-9]+)?/y],
  ["word", /[a-z][a-z0-9_]*/y],
  ["unit", /\[[^[\]]*\]/y],
  ["mark", /<=|>=|<>|[-+*/(),<>=]/y],
];

function signAt(text, at, place) {
  for (const [kind, form] of KINDS) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match) return { kind, text: match[0], place };
  }
  throw new Refused(place, String.fromCodePoint(text.codePointAt(at)), "este signo no existe en las fórmulas; quítelo o escriba el que corresponde");
}

function checkDigits(sign) {
  const [integer, decimals = ""] = sign.text.split(".");
  if (integer.length + decimals.length > MOST.digits || decimals.length > MOST.decimals) {
    throw new Refused(sign.place, sign.text, `un número lleva hasta ${MOST.digits} cifras, ${MOST.decimals} de ellas después del punto; escríbalo más corto`);
  }
}

/** All the signs, and one of kind `end` behind them. */
export function signsOf(text) {
  const points = Array.from(text);
  if (points.length > MOST.characters) {
    throw new Refused(MOST.characters + 1, points[MOST.characters], `una fórmula tiene ${MOST.characters} caracteres o menos; pase una parte a otro indicador`);
  }
  const signs = [];
  let [at, place] = [0, 1]; // in units of the string, in code points
  while (at < text.length) {
    if (" \t\n\r".includes(text[at])) {
      at += 1;
      place += 1;
      continue;
    }
    const sign = signAt(text, at, place);
    if (sign.kind === "number") checkDigits(sign);
    signs.push(sign);
    at += sign.text.length;
    place += Array.from(sign.text).length;
  }
  if (signs.length > MOST.signs) {
    const { place: where, text: found } = signs[MOST.signs];
    throw new Refused(where, found, `una fórmula tiene ${MOST.signs} signos o menos; pase una parte a otro indicador`);
  }
  return [...signs, { kind: "end", text: "", place }];
}
