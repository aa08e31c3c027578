// Files that are no bundle: which one it is, by its SHA-256, and what that shows.

import { hexOf } from "./bytes.js";
import { sha256Steps } from "./sha.js";

/** The hash of each file; yields the bytes read since the last step. */
export function* hashSteps(files) {
  const found = [];
  for (const { name, bytes } of files) found.push({ name, size: bytes.length, hash: hexOf(yield* sha256Steps(bytes)) });
  return found;
}

/**
 * What the hash of a file shows. `print`: the hash that a person wrote, which goes before the link's; `files`: those of the link; `known`: the link
 * was on the page that publishes them. `name` is the published file's, null where it is none of them.
 */
export function judged(hash, { print, files, known, file = "" }) {
  const same = files.find((file) => file.hash === hash);
  const name = same ? same.name : null;
  if (print !== null) return { kind: hash === print ? "given" : "notGiven", name };
  if (files.length === 0) return { kind: "alone", name };
  if (!same && isSheet(file) && !files.some((one) => isSheet(one.name))) return { kind: "notOfKind", name };
  if (!known) return { kind: same ? "linked" : "notLinked", name };
  return { kind: same ? "published" : "notPublished", name };
}

/** Sheets of data sets are made anew for whoever asks, so that no hash of theirs is published. */
const isSheet = (name) => /\.xlsx$/i.test(name);

/** The kind of all of them together: one that fails is what is told. */
export function together(kinds) {
  return kinds.find((kind) => kind.startsWith("not")) || kinds[0];
}

const AGAIN = "Puede ser el archivo de otra edición, el que el sitio da «como está hoy», o una copia guardada de nuevo: una hoja de cálculo cambia el archivo al guardarlo. Bájelo otra vez de su página y elíjalo sin abrirlo. Si sigue sin coincidir, guarde las dos copias y avise al instituto.";
const ANYONE = "Usted no llegó desde la página que publica el archivo, y un enlace lo puede escribir cualquiera. Abra esa página y use ahí «Compruébelo en el verificador».";

/** The answers: tone, title for one and for several files, and what to do next. */
export const ANSWERS = {
  published: { tone: "good", title: ["Es, byte por byte, el archivo publicado", "Son, byte por byte, los archivos publicados"], advice: "" },
  notPublished: { tone: "bad", title: ["No es el archivo publicado", "No todos son los archivos publicados"], advice: AGAIN },
  linked: { tone: "warn", title: ["Coincide con la huella del enlace", "Coinciden con las huellas del enlace"], advice: ANYONE },
  notLinked: { tone: "warn", title: ["No coincide con la huella del enlace", "No todos coinciden con las huellas del enlace"], advice: ANYONE },
  given: { tone: "good", title: ["Es el archivo de la huella que usted dio", "Son el archivo de la huella que usted dio"], advice: "Vale lo que valga el lugar de donde sacó la huella." },
  notGiven: { tone: "bad", title: ["No es el archivo de la huella que usted dio", "No todos son el archivo de la huella que usted dio"], advice: "Revise que haya copiado la huella completa y elegido el archivo correcto, tal como se bajó. Si está seguro, guarde las dos copias y avise al instituto por otro medio." },
  notOfKind: { tone: "warn", title: ["De este tipo de archivo no hay huella publicada", "De algún tipo de archivo no hay huella publicada"], advice: "Una hoja de cálculo se hace de nuevo cada vez que se baja: sus bytes cambian aunque diga lo mismo. Para comprobar, baje uno de los archivos que la página anuncia y elíjalo aquí." },
  alone: { tone: "plain", title: ["Esta es la huella de su archivo", "Estas son las huellas de sus archivos"], advice: "Compárela con la que publica el sitio junto al archivo: si los 16 grupos coinciden, es el mismo, byte por byte. También puede pegar abajo la huella publicada, o entrar aquí desde la página del archivo, que ya la trae." },
};

const ofEdition = (edition) => (edition === null ? "" : `, de la edición ${edition}`);

function namesOf(files) {
  return files.length > 4 ? `ninguno de los ${files.length} archivos` : files.map(({ name }) => name).join(", ");
}

/** The sentence below the title. `found`: files with what was judged of each. */
export function leadOf(kind, found, { files, edition }) {
  const names = found.filter(({ name }) => name !== null).map(({ name }) => name).join(", ");
  const foreign = found.filter((file) => file.kind.startsWith("not")).map((file) => file.file).join(", ");
  if (kind === "published") return `Es ${names}${ofEdition(edition)}. Ni un byte es distinto.`;
  if (kind === "linked") return `La huella es la que el enlace da para ${names}${ofEdition(edition)}.`;
  if (kind === "notOfKind") return `La página anuncia ${files.map(({ name }) => name).join(", ")}; lo que eligió es ${foreign}.`;
  if (kind === "notPublished" || kind === "notLinked") return `La huella de ${foreign} es otra que la de ${namesOf(files)}${ofEdition(edition)}.`;
  if (kind === "alone") return "No es un paquete: no trae una firma que se pueda revisar aquí.";
  if (kind === "given") return "Ni un byte es distinto.";
  return `La huella de ${foreign} es otra.`;
}

/** What a coincidence with the site's own hash is worth, and what holds that hash. */
export const WORTH = "La huella con que se comparó la dio este mismo sitio. Prueba que a usted le llegó el archivo que el sitio publica; no prueba que el sitio no lo haya cambiado junto con su página.";
export const HELD_BY_FACT = "Para eso está el libro de hechos: guarda la huella desde el día en que se publicó, y quien haya guardado después una cabeza del libro descubre a quien la cambie.";
export const HELD_BY_BUNDLE = "Para eso está el paquete firmado: en su lista (manifest.json) va la huella de este archivo. Bájelo, elíjalo aquí y guárdelo: quien tenga una copia descubre a quien la cambie.";
