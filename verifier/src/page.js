// The page's life: waiting, reading, checking in slices that let it breathe, answering.

import { Unreadable } from "./bytes.js";
import { byId } from "./drawing.js";
import { chosen, contentsOf, dropped, keyFrom, looseOf } from "./intake.js";
import { hashSteps } from "./loose.js";
import { clearAnswer, showBundle, showDetails, showVerdict } from "./show.js";
import { showFiles, showVisit } from "./showfile.js";
import { unreadable, verifySteps } from "./verify.js";
import { cameFrom, visitOf } from "./visit.js";
import { plural, sizeWords } from "./words.js";

const SLICE_MS = 24;
// `shown`: fingerprints that this page has displayed; `brought`: keys given before it did, so that they were not copied from it.
// `visit`: what the address brought; `known`: whether the site's own page wrote it.
const state = { items: null, run: 0, shown: new Set(), brought: new Set(), visit: visitOf(""), known: false };

const pause = () => new Promise((resolve) => { setTimeout(resolve, 0); });

/** Walks the check to its end without freezing the page; null where another run has taken its place. */
async function walked(steps, total, run) {
  let [done, until] = [0, Date.now() + SLICE_MS];
  for (let turn = steps.next(); ; turn = steps.next()) {
    if (turn.done) return turn.value;
    done += turn.value;
    if (Date.now() < until) continue;
    showProgress(done, total);
    await pause();
    if (run !== state.run) return null;
    until = Date.now() + SLICE_MS;
  }
}

function showProgress(done, total) {
  const percent = total ? Math.min(99, Math.floor((100 * done) / total)) : 0;
  byId("bar").value = percent;
  byId("percent").textContent = `${percent} %`;
}

function busy(on) {
  byId("progress").hidden = !on;
  byId("result").setAttribute("aria-busy", String(on));
  if (!on) return;
  clearAnswer();
  showProgress(0, 0);
  byId("verdict").textContent = "Revisando…";
}

const sizeOf = (contents) => (contents instanceof Map ? Array.from(contents.values()) : [contents]).reduce((sum, part) => sum + part.length, 0);

/** `{hashes}` of loose files, or the `{report, bundle}` of a bundle; null where another run has taken its place. */
async function answerFor(items, olderItems, key, run) {
  const loose = await looseOf(items);
  if (loose !== null) {
    const hashes = await walked(hashSteps(loose), loose.reduce((sum, { bytes }) => sum + bytes.length, 0), run);
    return hashes && { hashes };
  }
  const files = await contentsOf(items);
  const after = olderItems.length ? await contentsOf(olderItems) : null;
  const total = sizeOf(files) + (after ? sizeOf(after) : 0);
  return walked(verifySteps(files, { print: key, after }), total, run);
}

function unread(error) {
  if (!(error instanceof Unreadable)) console.error(error);
  const known = error instanceof Unreadable ? error : new Unreadable("El navegador no pudo leer lo que eligió. Vuelva a intentarlo.");
  return { report: unreadable(known), bundle: null };
}

/** Whether this key may have been copied from this very page. */
function isRepeated(key) {
  if (key && !state.shown.has(key)) state.brought.add(key);
  return state.shown.has(key) && !state.brought.has(key);
}

/** Checks what was chosen, with whatever stands in the fields for comparing. */
async function check() {
  const key = givenKey();
  if (key === undefined) {
    clearAnswer();
    return;
  }
  state.run += 1;
  const { run } = state;
  busy(true);
  await pause();
  const older = chosen(byId("older").files);
  const given = { print: key, older: older.length > 0, repeated: isRepeated(key), visit: state.visit, known: state.known };
  const answer = await answerFor(state.items, older, key, run).catch(unread);
  if (run !== state.run || answer === null) return;
  busy(false);
  show(answer, given);
}

function show({ hashes, report, bundle }, given) {
  if (hashes) {
    showFiles(hashes, given);
    for (const { hash } of hashes) state.shown.add(hash);
  } else showReport(report, bundle, given);
  byId("questions-first").hidden = true;
  byId("result").scrollIntoView({ block: "start" });
}

function showReport(report, bundle, given) {
  showVerdict(report, bundle, given.visit);
  showDetails(report, bundle, given);
  showBundle(bundle);
  if (bundle !== null && bundle.manifest !== null) for (const hex of [bundle.manifest.key.fingerprint, bundle.manifestHash]) state.shown.add(hex);
}

function fieldError(field, text) {
  const place = byId(`${field}-error`);
  place.textContent = text;
  place.hidden = text === "";
  if (text) byId(field).setAttribute("aria-invalid", "true");
  else byId(field).removeAttribute("aria-invalid");
  if (text) byId(field).focus();
}

/** The key in its field; undefined (and the field says why) where it is not one. */
function givenKey() {
  const written = byId("key").value;
  const key = keyFrom(written);
  const length = written.replace(/[\s:.-]/g, "").length;
  fieldError("key", key === undefined
    ? `Esta no es una huella: hacen falta 64 caracteres del 0 al 9 y de la a a la f, y hay ${length}. Cópiela completa, con o sin espacios, de un comprobante o documento que no haya venido con el paquete.` : "");
  return key;
}

function describe(items) {
  const bytes = items.reduce((sum, { file }) => sum + file.size, 0);
  const what = items.length === 1 ? items[0].file.name : plural(items.length, "archivo", "archivos");
  byId("chosen").textContent = `Elegido: ${what} (${sizeWords(bytes)}).`;
}

/** `input`: the field that gave the items, or null after a drop; the other fields no longer tell what is being checked. */
function take(items, input) {
  state.items = items;
  for (const field of [byId("file"), byId("folder")]) {
    if (field !== input) field.value = "";
  }
  byId("missing-error").hidden = true;
  describe(items);
  check();
}

/** A field that still holds a file says nothing when the same one is chosen again: it is emptied as its window opens. */
function onOpen(event) {
  event.target.value = "";
}

function onChoice(event) {
  const { files } = event.target;
  if (files.length) take(chosen(files), event.target);
}

function onCompare(event) {
  event.preventDefault();
  byId("missing-error").hidden = state.items !== null;
  if (state.items) check();
  else byId("file").focus();
}

function onStop() {
  state.run += 1;
  busy(false);
  clearAnswer();
  byId("verdict").textContent = "Revisión detenida.";
  byId("file").focus();
}

function onDrop(event) {
  event.preventDefault();
  byId("zone").classList.remove("over");
  dropped(event.dataTransfer).then((items) => take(items, null)).catch((error) => show(unread(error), state));
}

function listenForDrops() {
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    byId("zone").classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) byId("zone").classList.remove("over");
  });
  document.addEventListener("drop", onDrop);
}

/** Reads the address. `arriving`: not for one that changed while the page was open, since nobody tells who changed it. */
function readAddress(arriving) {
  state.visit = visitOf(location.hash);
  state.known = arriving && cameFrom(state.visit, document.referrer, location.origin);
  showVisit(state.visit, state.known);
}

function onNewAddress() {
  readAddress(false);
  if (state.items) check();
}

/** Wires the page. Only then is the tool shown: a browser too old to read this script keeps the notice instead. */
export function start() {
  for (const id of ["file", "folder"]) {
    byId(id).addEventListener("click", onOpen);
    byId(id).addEventListener("change", onChoice);
  }
  byId("compare").addEventListener("submit", onCompare);
  byId("stop").addEventListener("click", onStop);
  byId("print").addEventListener("click", () => window.print());
  byId("folder-field").hidden = !("webkitdirectory" in byId("folder"));
  listenForDrops();
  window.addEventListener("hashchange", onNewAddress);
  readAddress(true);
  byId("notice").hidden = true;
  byId("tool").hidden = false;
}
