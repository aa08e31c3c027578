// What came in the address, after its `#`: the files that a page of the site publishes, with their hashes, and the way back to it. Anyone can write
// an address: of this one only what has the expected form is let in, and what it says is the site's own only where that page was the one left.

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
const HASH = /^[0-9a-f]{64}$/;
const EDITION = /^[1-9][0-9]{0,5}$/;
// Parts that begin with neither a dot nor a slash: no `..`, no `//host`, no backslash, no scheme, no query.
const PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;
const LONGEST_PATH = 300;
const LONGEST = 16000;
const MOST_FILES = 60;

const NOTHING = { files: [], edition: null, back: null, fact: null, bundle: null, manifest: null };

/** The only value of that name if it has the form; of two, none is believed. */
function only(told, name, form) {
  const values = told.getAll(name);
  return values.length === 1 && values[0].length <= LONGEST_PATH && form.test(values[0]) ? values[0] : null;
}

/** Names and hashes in pairs; all of them are right, or there are none. */
function pairs(told) {
  const [names, hashes] = [told.getAll("archivo"), told.getAll("huella")];
  const right = names.length === hashes.length && names.length <= MOST_FILES && new Set(names).size === names.length
    && names.every((name) => NAME.test(name)) && hashes.every((hash) => HASH.test(hash));
  return right ? names.map((name, i) => ({ name, hash: hashes[i] })) : [];
}

/**
 * `#archivo=NAME&huella=HEX` (in pairs, as many as there are files), `edicion`, `vuelta` (the page's path), `hecho` (the path of the ledger's fact)
 * and `paquete` (the path of the bundle that lists them, whose own hash is `manifiesto`): each null or empty where it is missing or not of its form.
 */
export function visitOf(fragment) {
  if (fragment.length > LONGEST) return NOTHING;
  const told = new URLSearchParams(fragment.replace(/^#/, ""));
  return {
    files: pairs(told),
    edition: only(told, "edicion", EDITION),
    back: only(told, "vuelta", PATH),
    fact: only(told, "hecho", PATH),
    bundle: only(told, "paquete", PATH),
    manifest: only(told, "manifiesto", HASH),
  };
}

/** Whether the page that published the files is the one from which this was opened, as the browser tells it. */
export function cameFrom(visit, referrer, origin) {
  if (visit.back === null || !/^https?:/.test(origin)) return false;
  return referrer.split(/[?#]/)[0] === origin + visit.back;
}
