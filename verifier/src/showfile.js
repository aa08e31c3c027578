// Drawing the answer about files that are no bundle, and what the address of this page brought.

import { byId, definitions, fingerprint, made, shortened, siteLink, verdict, wayBack } from "./drawing.js";
import { ANSWERS, HELD_BY_BUNDLE, HELD_BY_FACT, WORTH, judged, leadOf, together } from "./loose.js";
import { REPEATED, sizeWords } from "./words.js";

/** The hash of every file, by the name that it has in this device. */
function prints(found) {
  return made("dl", "facts prints", ...definitions(found.map(({ file, size, hash }) => [`${file} (${sizeWords(size)})`, fingerprint(hash)])));
}

/** What the hash is worth and who holds it, only where it was the site's own. */
function worth(visit) {
  const held = visit.fact ? HELD_BY_FACT : visit.bundle ? HELD_BY_BUNDLE : "";
  const link = visit.fact ? siteLink(visit.fact, "Ver el hecho del libro") : visit.bundle ? siteLink(visit.bundle, "Bajar el paquete firmado") : [];
  return [made("h3", "", "Qué prueba esto"), made("p", "", WORTH), ...(held ? [made("p", "", held)] : []), ...link];
}

/**
 * `hashes`: of each file its name, size and hash. `given`: the hash that a person wrote, whether this page had shown it, the visit, and whether the site
 * itself sent here.
 */
export function showFiles(hashes, { print, visit, known, repeated }) {
  const found = hashes.map(({ name, size, hash }) => ({ file: shortened(name), size, hash, ...judged(hash, { print, files: visit.files, known, file: name }) }));
  const kind = together(found.map((file) => file.kind));
  const { tone, title, advice } = ANSWERS[kind];
  byId("verdict").replaceChildren(verdict(tone, title[Number(found.length > 1)], leadOf(kind, found, visit)));
  const next = [...(advice ? [made("p", "advice", advice)] : []), ...(repeated ? [made("p", "quiet", REPEATED)] : [])];
  byId("details").replaceChildren(prints(found), ...next, ...(kind === "published" ? worth(visit) : []), ...wayBack(visit));
}

/** Which files the page that sent here publishes: what to choose, before anything is chosen. */
export function showVisit(visit, known) {
  byId("back").replaceChildren(...wayBack(visit));
  const from = known ? "La página de donde viene publica" : "El enlace con que abrió esta página trae las huellas de";
  const edition = visit.edition === null ? "" : ` (edición ${visit.edition})`;
  byId("expected").hidden = visit.files.length === 0;
  byId("expected-told").textContent = `${from}${edition}:`;
  byId("expected-names").replaceChildren(...visit.files.map(({ name }) => made("li", "", name)), ...(visit.manifest === null ? [] : [made("li", "", "el paquete firmado (.zip)")]));
}
