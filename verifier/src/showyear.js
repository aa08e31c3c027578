// Drawing what was computed again of a bundle of version 2: how many indicators, from what, and each value in words.

import { canonicalText } from "./canonical.js";
import { made, shortened } from "./drawing.js";
import { INDICATORS, MEASURES } from "./layout.js";
import { REASONS, RECOUNTED, momentWords, numberWords, plural } from "./words.js";

const MOST = 300;

/** Of each indicator by key: whether all the cells that it may read, through others too, were counted again from the tables. */
function fromTables(bundle) {
  const cells = new Map();
  for (const [number, { measure, where }] of bundle.linesOf(MEASURES).entries()) {
    const name = canonicalText([measure, where]);
    cells.set(name, (cells.get(name) ?? true) && bundle.year.recounted.has(number));
  }
  const sheets = new Map(bundle.linesOf(INDICATORS).map((line) => [line.key, line]));
  const attested = new Set();
  let before = -1;
  while (before !== attested.size) {
    before = attested.size;
    for (const [key, { variables }] of sheets) {
      const words = Object.values(variables).some((one) =>
        one.measure !== undefined ? !(cells.get(canonicalText([one.measure, one.where])) ?? true) : attested.has(one.indicator));
      if (words) attested.add(key);
    }
  }
  return new Set([...sheets.keys()].filter((key) => !attested.has(key)));
}

function valueWords({ value, reason }, unit) {
  if (reason !== null) return `sin datos: ${REASONS[reason]}`;
  const told = numberWords(value);
  return unit.trim() === "1" ? told : `${told} ${shortened(unit)}`;
}

function item(line, isCounted) {
  const values = line.values.map((one) => `${momentWords(one.period)}: ${valueWords(one, line.unit)}`).join("; ");
  const name = made("b", "", shortened(line.name));
  return made("li", "", name, ` (${line.mark}). ${values || "Sin valor en este periodo"}. `, made("span", "quiet", isCounted ? RECOUNTED.tables : RECOUNTED.words));
}

/** Nothing of a bundle of version 1, nor where something was not so. */
export function yearParts(bundle) {
  if (bundle.year === null || !bundle.year.recomputed) return [];
  const [indicators, cells, again] = [bundle.linesOf(INDICATORS), bundle.linesOf(MEASURES).length, bundle.year.recounted.size];
  if (indicators.length === 0) return [];
  const counted = fromTables(bundle);
  const one = indicators.length === 1;
  const lead = `${plural(indicators.length, "indicador recalculado", "indicadores recalculados")}: ${one ? "da" : "todos dan"} lo que el paquete dice.`;
  const told = `De las ${plural(cells, "celda", "celdas")} que trae, ${again.toLocaleString("es-MX")} se contaron otra vez en sus tablas; las otras ${(cells - again).toLocaleString("es-MX")} son palabra del instituto, que las firma.`;
  const list = made("ul", "indicators", ...indicators.slice(0, MOST).map((line) => item(line, counted.has(line.key))));
  const rest = indicators.length > MOST ? [made("p", "quiet", `Se muestran ${MOST} de ${indicators.length}.`)] : [];
  return [made("h3", "", "Los indicadores"), made("p", "", lead), made("p", "quiet", told), made("details", "", made("summary", "", "Ver cada indicador y su valor"), list, ...rest)];
}
