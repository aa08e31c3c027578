// All that section 10 asks of a bundle of version 2, and of its heads against those of an older one.

import { sealingFacts } from "./chain.js";
import { ACTIVITIES, FACTS, HEADS, INDICATORS, MEASURES, VERSIONS } from "./layout.js";
import { checkAgreement, lineIdentifiers } from "./yearagree.js";
import { checkRecount } from "./yearcount.js";
import { readTables } from "./yeartables.js";
import { checkValues } from "./yearvalues.js";

function checkLinesOfSheets(bundle, lines) {
  for (const [number, { line }] of bundle.linesOf(INDICATORS).entries()) {
    if (line !== null && !lines.has(line)) bundle.fault("indicator", INDICATORS, number, `Es de la línea «${line}», que data/lines.csv no tiene.`);
  }
}

/** `bundle.year`: which lines of measures were recounted and whether every indicator was recomputed; null of a bundle of version 1. */
export function* checkYear(bundle) {
  if (VERSIONS.get(bundle.manifest.spec) !== 2) return;
  const lines = lineIdentifiers(bundle);
  const tables = readTables(bundle);
  const known = tables.has(ACTIVITIES) ? new Map(tables.get(ACTIVITIES).map((row) => [row.activity, row])) : null;
  const year = { tables, known, lines };
  checkAgreement(bundle, year);
  yield 0;
  const recounted = bundle.sound(MEASURES) ? yield* checkRecount(bundle, year) : new Set();
  if (bundle.sound(INDICATORS) && lines) checkLinesOfSheets(bundle, lines);
  const recomputed = bundle.sound(INDICATORS) && bundle.sound(MEASURES) && !checkValues(bundle);
  bundle.year = { recounted, recomputed };
}

function problem(line, head) {
  if (head === undefined) return "falta, y el paquete que usted dio la tiene";
  if (head.sequence < line.sequence) return "se queda atrás";
  return head.sequence === line.sequence && head.digest !== line.digest ? "es otra" : null;
}

/** Of this bundle and an older one, the one that was sealed later has every chain of the other, as far or farther. */
export function checkHeads(bundle, old) {
  if (![bundle, old].every((one) => VERSIONS.get(one.manifest.spec) === 2 && one.sound(HEADS) && one.sound(FACTS))) return;
  const [ours, theirs] = [sealingFacts(bundle), sealingFacts(old)];
  if (ours.length !== 1 || theirs.length !== 1) return;
  const both = [old.linesOf(HEADS), bundle.linesOf(HEADS)];
  const [earlier, later] = theirs[0].sequence > ours[0].sequence ? [both[1], both[0]] : both;
  for (const line of earlier) {
    const wrong = problem(line, later.find(({ chain }) => chain === line.chain));
    const at = both[1].findIndex(({ chain }) => chain === line.chain);
    if (wrong) bundle.fault("after", HEADS, at < 0 ? null : at, `La cadena «${line.chain}» ${wrong}, entre el sello de este paquete y el del anterior que usted dio.`);
  }
}
