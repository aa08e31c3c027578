// The ledger's facts and the earlier bundles (section 7): one unbroken row from the first fact to this bundle.

import { bytesOf, concatenated, hexOf } from "./bytes.js";
import { canonicalBytes } from "./canonical.js";
import { BUNDLES, FACTS } from "./layout.js";
import { sha256 } from "./sha.js";

const ZEROS = "0".repeat(64);
const SEALING = new Set(["planning.quarter_sealed", "planning.erratum_sealed"]);
const CAPTURING = new Set(["planning.edition_captured", "planning.edition_submitted"]);

function digestOf(fact) {
  const { digest, ...body } = fact;
  return hexOf(sha256(concatenated(bytesOf("calpulli-fact-v1\n"), canonicalBytes(body))));
}

const BEGINNING = { digest: ZEROS, sequence: 0 };

/**
 * The head that the first fact must follow; null where bundles.jsonl cannot tell. It need not be the last published one: this edition
 * may have been sealed before an earlier bundle was published.
 */
function startOf(bundle, [first]) {
  if (!bundle.sound(BUNDLES) || first === undefined) return null;
  const heads = bundle.linesOf(BUNDLES).map((line) => line.ledger);
  const before = heads.filter((head) => head.sequence === first.sequence - 1);
  if (before.length) return before[before.length - 1];
  return first.sequence === 1 || heads.length === 0 ? BEGINNING : heads[heads.length - 1];
}

function checkFact(bundle, fact, i, before) {
  const fault = (text) => bundle.fault("ledger", FACTS, i, text);
  if (fact.digest !== digestOf(fact)) fault("El resumen «digest» no es el de este hecho.");
  if (fact.chain !== bundle.manifest.ledger.chain) fault("El hecho es de otra cadena.");
  if (before === null) return;
  if (fact.sequence !== before.sequence + 1) fault("El hecho no sigue en número al anterior.");
  if (before.at !== undefined && fact.at < before.at) fault("El hecho dice ser de antes que el anterior.");
  if (fact.previous !== before.digest) fault("El hecho no está enlazado con el anterior.");
}

function checkHead(bundle, facts) {
  const last = facts[facts.length - 1];
  const { digest, sequence } = bundle.manifest.ledger;
  if (last.digest !== digest || last.sequence !== sequence) {
    bundle.fault("ledger", FACTS, facts.length - 1, "El último hecho no es el que nombra la lista firmada (manifest.json).");
  }
}

/** Whether a fact has one of these names and tells of this plan, period and edition. */
function isAbout({ plan, period, edition }, names) {
  return ({ name, details }) => names.has(name) && details.plan === plan && details.period === period && details.edition === edition.number;
}

/** The facts in a bundle that sealed the edition of this manifest: its own, unless another is given. */
export function sealingFacts(bundle, manifest = bundle.manifest) {
  return bundle.linesOf(FACTS).filter(isAbout(manifest, SEALING));
}

/** Somebody sealed, and nobody of those who captured or sent. */
function checkPeople(bundle, facts, i) {
  const { actor } = facts[i];
  const writers = facts.filter(isAbout(bundle.manifest, CAPTURING)).map((fact) => fact.actor);
  if (actor === null) bundle.fault("ledger", FACTS, i, "El hecho que selló no dice qué persona lo hizo.");
  else if (writers.includes(actor)) bundle.fault("ledger", FACTS, i, "Selló la misma persona que capturó o envió esta edición.");
}

function checkSealing(bundle, facts) {
  const isSeal = isAbout(bundle.manifest, SEALING);
  const sealing = Array.from(facts.keys()).filter((i) => isSeal(facts[i]));
  if (sealing.length !== 1) {
    bundle.fault("ledger", FACTS, null, `Un hecho, y solo uno, dice que se selló este periodo y edición; hay ${sealing.length}.`);
    return;
  }
  if (facts[sealing[0]].details.content_root !== bundle.manifest.content_root) {
    bundle.fault("ledger", FACTS, sealing[0], "El hecho selló otro contenido que el de la lista firmada (manifest.json).");
  }
  checkPeople(bundle, facts, sealing[0]);
}

export function* checkFacts(bundle) {
  const facts = bundle.linesOf(FACTS);
  let before = startOf(bundle, facts);
  for (const [i, fact] of facts.entries()) {
    checkFact(bundle, fact, i, before);
    before = fact;
    yield 0;
  }
  if (facts.length === 0) bundle.fault("ledger", FACTS, null, "No hay ningún hecho.");
  else checkHead(bundle, facts);
  if (facts.length) checkSealing(bundle, facts);
}

/** The lines of one plan and period among these, in their order: its editions. */
function editionsOf(lines, { plan, period }) {
  return lines.filter((line) => line.plan === plan && line.period === period);
}

function checkBundleLine(bundle, line, i, before) {
  const fault = (text) => bundle.fault("ledger", BUNDLES, i, text);
  if (i >= bundle.manifest.number - 1) fault("Este paquete no es anterior al que se revisa.");
  else if (line.number !== i + 1) fault(`Debería ser el paquete ${i + 1}.`);
  if (line.ledger.chain !== bundle.manifest.ledger.chain) fault("Es de otra cadena de hechos.");
  if (before && line.ledger.sequence <= before.ledger.sequence) fault("Su último hecho no es posterior al del paquete anterior.");
}

/** Editions count 1, 2, ... for each plan and period, up to this bundle's own. */
function checkEditions(bundle, lines) {
  const counts = new Map();
  const next = ({ plan, period }) => {
    const id = JSON.stringify([plan, period]);
    counts.set(id, (counts.get(id) || 0) + 1);
    return counts.get(id);
  };
  lines.forEach((line, i) => {
    const edition = next(line);
    if (line.edition !== edition) bundle.fault("ledger", BUNDLES, i, `Debería ser la edición ${edition} de su periodo.`);
  });
  const { edition } = bundle.manifest;
  const earlier = editionsOf(lines, bundle.manifest);
  const replaced = earlier.length ? earlier[earlier.length - 1].manifest_sha256 : null;
  if (edition.number !== next(bundle.manifest)) bundle.fault("ledger", BUNDLES, null, "Esta edición no es la que sigue a las anteriores del periodo.");
  if (edition.replaces !== replaced) bundle.fault("ledger", BUNDLES, null, "La edición que esta sustituye no es la última de su periodo.");
}

function checkPrevious(bundle, lines) {
  const { number, previous } = bundle.manifest;
  const last = lines[lines.length - 1];
  if (lines.length < number - 1) bundle.fault("ledger", BUNDLES, null, `Faltan paquetes anteriores: hay ${lines.length} de ${number - 1}.`);
  if (previous && last && (last.number !== previous.number || last.manifest_sha256 !== previous.manifest_sha256)) {
    bundle.fault("ledger", BUNDLES, lines.length - 1, "El último no es el anterior que nombra la lista firmada (manifest.json).");
  }
  if (last && last.ledger.sequence >= bundle.manifest.ledger.sequence) {
    bundle.fault("ledger", BUNDLES, lines.length - 1, "Su último hecho no es anterior al de este paquete.");
  }
}

/** A published head that stands among these facts must be the fact of that number. */
function checkHeads(bundle, lines) {
  const digests = new Map(bundle.linesOf(FACTS).map((fact) => [fact.sequence, fact.digest]));
  lines.forEach(({ ledger }, i) => {
    if (!digests.has(ledger.sequence) || digests.get(ledger.sequence) === ledger.digest) return;
    bundle.fault("ledger", BUNDLES, i, "El hecho que cerró este paquete no es el que está en la bitácora.");
  });
}

export function checkBundles(bundle) {
  const lines = bundle.linesOf(BUNDLES);
  lines.forEach((line, i) => checkBundleLine(bundle, line, i, lines[i - 1]));
  checkPrevious(bundle, lines);
  checkEditions(bundle, lines);
  if (bundle.sound(FACTS)) checkHeads(bundle, lines);
}
