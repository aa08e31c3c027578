// Drawing the answer about a bundle. Whatever comes from it enters the page as text nodes, never as markup.

import { glimpsed } from "./bundle.js";
import { byId, definitions, fingerprint, made, shortened, verdict, wayBack } from "./drawing.js";
import { recordForm } from "./forms.js";
import { RECORD } from "./layout.js";
import { yearParts } from "./showyear.js";
import {
  ADVICE, KEEP, LATER, ORIGIN, PRINTS, REPEATED, SHOWN, VERDICTS, dateWords, factGiven, faultWords, periodWords, plural, verdictKind,
} from "./words.js";

const MOST_FAULTS = 200;

function leadOf(kind, { faults }) {
  if (kind === "altered") {
    const files = new Set(faults.map((fault) => fault.file)).size;
    return `No está como se publicó, o no cumple las reglas que lo rigen: ${plural(faults.length, "falla", "fallas")} en ${plural(files, "archivo", "archivos")}.`;
  }
  return kind === "unreadable" ? faults[0].message : VERDICTS[kind].lead;
}

/** A whole bundle that is not the one of the page from which the person comes is another, whatever else holds. */
function kindOf(report, bundle, { manifest }) {
  if (report.ok && manifest !== null && bundle.manifestHash !== manifest) return "other";
  return verdictKind(report, bundle && bundle.outside ? bundle.outside.hash : null);
}

/** The verdict itself, inside the live region: with which bundle it is about. */
export function showVerdict(report, bundle, visit) {
  const kind = kindOf(report, bundle, visit);
  const { tone, title, signer } = VERDICTS[kind];
  const which = report.ok ? [identity(bundle, visit)] : [];
  byId("verdict").replaceChildren(verdict(tone, title, leadOf(kind, report), ...which, ...(signer ? [signer] : [])));
}

function identity(bundle, visit) {
  const { plan, period, edition } = bundle.manifest;
  const told = `${programmeWords(plan, glimpsed(bundle, RECORD, recordForm))}; ${periodWords(period)}, edición ${edition.number}`;
  return visit.manifest === bundle.manifestHash ? `Es el que anuncia el enlace por el que llegó: ${told}.` : `Lo que eligió: ${told}.`;
}

/** Both hashes, as the record's page names and orders them. */
const printsOf = (bundle) => [[PRINTS[0], fingerprint(bundle.manifestHash)], [PRINTS[1], fingerprint(bundle.manifest.key.fingerprint)]];

function prints(bundle) {
  return made("dl", "facts prints", ...definitions(printsOf(bundle)));
}

/** What a person may still want to know; nothing is missing without it. */
function nextStep() {
  return made(
    "details", "",
    made("summary", "", "Opcional: compruebe también quién lo firmó"),
    made("p", "", "Quien rehiciera el paquete completo también podría firmarlo de nuevo con otra llave. Para descartarlo hace falta algo que no venga de este sitio."),
    made("p", "", ORIGIN),
    made("p", "", "En el paso 2 pegue esa huella, o dé un paquete anterior que alguien haya guardado."),
  );
}

/** What a comparison showed and what it is worth; where this page itself had shown the fingerprint, what that changes. */
function comparison({ print: key, older, repeated }, hash) {
  const parts = [];
  if (hash !== null) parts.push(made("p", "advice", SHOWN.same));
  if (hash === null || older) parts.push(made("p", "advice", SHOWN[hash !== null ? "older" : key && older ? "both" : key ? "key" : "older"]));
  if (repeated) parts.push(made("p", "quiet", REPEATED));
  return [...parts, made("p", "", KEEP)];
}

/** Record 0 of a table is its header. */
function recordWords({ file, record }) {
  return record === 0 && file.endsWith(".csv") ? "el encabezado" : `renglón ${record}`;
}

function placeOf(fault) {
  const place = made("p", "place", "Archivo: ", made("code", "", shortened(fault.file)));
  if (fault.record !== null) place.append(` · ${recordWords(fault)}`);
  if (fault.key !== null) place.append(" · ", made("b", "", shortened(fault.key)));
  return place;
}

function faultItem(fault) {
  const [title, meaning] = faultWords(fault);
  return made("li", "", made("h4", "", title), placeOf(fault), made("p", "", shortened(fault.message)), made("p", "quiet", meaning));
}

function faultList(faults) {
  const list = made("ol", "faults", ...faults.slice(0, MOST_FAULTS).map(faultItem));
  const parts = [made("h3", "", "Qué se encontró"), list];
  if (faults.length > MOST_FAULTS) parts.push(made("p", "", `Se muestran ${MOST_FAULTS} de ${faults.length}.`));
  if (faults.some((fault) => fault.record !== null)) {
    parts.push(made("p", "quiet", "En una tabla (.csv), el renglón 1 es el que sigue al encabezado; en los demás archivos, los renglones se cuentan desde 0."));
  }
  return parts;
}

/** Advice, faults and what to do next, below the live region. `given`: the key, whether an older bundle was, and whether the key was this page's own. */
export function showDetails(report, bundle, given) {
  const kind = kindOf(report, bundle, given.visit);
  const parts = [];
  if (report.ok) parts.push(prints(bundle));
  if (report.ok && bundle.outside.fact !== null) parts.push(made("p", "", factGiven(bundle.outside.fact)));
  if (kind === "other") parts.push(made("p", "advice", ADVICE.other));
  else if (kind === "sound") parts.push(nextStep());
  else if (report.ok) parts.push(...comparison(given, bundle.outside.hash));
  else parts.push(made("p", "advice", ADVICE[kind]));
  if (report.ok) parts.push(...yearParts(bundle), made("p", "", LATER));
  if (kind === "altered" || kind === "stranger") parts.push(...faultList(report.faults));
  byId("details").replaceChildren(...parts, ...wayBack(given.visit));
}

function editionWords({ number, reason }) {
  return number === 1 ? "1 (original)" : `${number} (fe de erratas): ${reason}`;
}

function sentence(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}

/** The programme by its institute and year, as people know it, with the name that the bundle gives it. */
function programmeWords(plan, record) {
  const year = /-(\d{4})$/.exec(plan);
  return record ? `${record.programme.institution.name}${year ? `, ${year[1]}` : ""} (${plan})` : plan;
}

function factsOf(bundle, record) {
  const { manifest } = bundle;
  const { seal, installation, deadline } = manifest;
  return [
    ["Carácter", installation.demonstration ? "Demostración: no es un documento oficial" : ""],
    ["Programa", programmeWords(manifest.plan, record)],
    ["Periodo", periodWords(manifest.period)],
    ["Edición", editionWords(manifest.edition)],
    ["Paquete número", String(manifest.number)],
    ["Publicado por", installation.institute],
    ["Aviso", sentence(installation.notice)],
    ["Sobre el sello", sentence(seal.notice)],
    ["Sellado el", dateWords(seal.sealed_on)],
    ["Publicado el", dateWords(seal.published_on)],
    ["Fecha límite", dateWords(deadline.due_on)],
    ...printsOf(bundle),
  ].filter(([, value]) => value !== "");
}

function column({ number, name, value, mark }) {
  const said = value === "" ? made("span", "mark", mark || "vacía") : shortened(value);
  return [`${number}. ${name}`, said];
}

function caution(bundle, path) {
  return bundle.found.size && !(path && bundle.sound(path)) ? "Hay fallas: esto es lo que el archivo dice ahora, no necesariamente lo que se publicó." : "";
}

export function showBundle(bundle) {
  const known = bundle !== null && bundle.manifest !== null;
  const record = known ? glimpsed(bundle, RECORD, recordForm) : null;
  byId("about").hidden = !known;
  if (known) byId("about-list").replaceChildren(...definitions(factsOf(bundle, record)));
  byId("about-caution").textContent = known ? caution(bundle, null) : "";
  byId("record").hidden = record === null;
  if (record) byId("record-list").replaceChildren(...definitions(record.columns.map(column)));
  byId("record-caution").textContent = record ? caution(bundle, RECORD) : "";
}

export function clearAnswer() {
  byId("verdict").replaceChildren();
  byId("details").replaceChildren();
  showBundle(null);
}
