// What the page says, for people: faults, verdicts, periods, dates.

import { readFraction } from "./fractions.js";

export const FAULTS = {
  unreadable: ["No se pudo leer", "Lo que eligió no tiene la forma de un paquete."],
  missing: ["Falta un archivo", "El paquete está incompleto: alguien lo quitó o no se copió entero."],
  undeclared: ["Hay un archivo de más", "No forma parte de lo que se publicó y firmó."],
  malformed: ["El archivo está mal escrito", "Lo que dice no se puede leer como manda la especificación."],
  changed: ["El contenido cambió", "No son los bytes que se publicaron: alguien lo editó o se dañó."],
  root: ["La suma de la lista firmada no cuadra", "El resumen de todos los archivos no es el que resulta de la lista (manifest.json)."],
  signature: ["La firma no es válida", "Nadie puede asegurar que el instituto firmó esto."],
  key: ["La llave no es la esperada", "Firmó otra llave que la que usted dio, o la lista de llaves tiene algún error."],
  hash: ["Es otro paquete", "Su huella no es la que usted dio."],
  after: ["No continúa el paquete anterior", "El paquete que usted guardó y este no pertenecen a la misma historia."],
  ledger: ["La bitácora no cuadra", "La cadena de hechos o de paquetes anteriores tiene un corte."],
  record: ["El registro no resulta del programa", "Sus columnas o sus tablas no dicen lo que el programa dice."],
  indicator: ["Un indicador no resulta de sus datos", "De lo que el paquete trae sale otro número, o dos de sus tablas no concuerdan."],
  deadline: ["El plazo no resulta de la regla", "La fecha límite no es la que da la regla publicada."],
};

/** Why an indicator or a cell has no value. */
export const REASONS = {
  "no-data": "no hay datos", zero: "un divisor es cero", range: "el número no cabe", privacy: "se calla por privacidad",
};

const QUARTERS = { 1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto" };

export function periodWords(period) {
  const [year, quarter] = period.split("-Q");
  return quarter ? `${QUARTERS[quarter]} trimestre de ${year} (${period})` : `año ${year}`;
}

const MONTHS = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

/** A period of an indicator: a month, a quarter or a year. */
export function momentWords(period) {
  const [year, month] = period.split("-M");
  return month ? `${MONTHS[Number(month) - 1]} de ${year}` : periodWords(period).replace(/ \(.*\)$/, "");
}

/** A value of a bundle as people write it: whole, or with two decimals, cut towards zero, and dots where it goes on. */
export function numberWords(value) {
  const { above, below } = readFraction(value);
  const sign = above < 0n ? "−" : "";
  const hundredths = ((above < 0n ? -above : above) * 100n) / below;
  const goesOn = (above * 100n) % below === 0n ? "" : "…";
  const [whole, rest] = [String(hundredths / 100n).replace(/\B(?=(\d{3})+$)/g, ","), String(hundredths % 100n).padStart(2, "0")];
  const decimals = rest === "00" && goesOn === "" ? "" : `.${goesOn ? rest : rest.replace(/0$/, "")}`;
  return `${sign}${whole.length > 60 ? `${whole.slice(0, 60)}…` : whole}${decimals}${goesOn}`;
}

/** Where the cells of an indicator come from. */
export const RECOUNTED = {
  tables: "Sus datos se contaron otra vez en las tablas del paquete.",
  words: "Algunos de sus datos son palabra del instituto.",
};

export function dateWords(iso) {
  return iso.split("-").reverse().join("/");
}

/** 64 hexadecimals in groups of four, as paper prints them. */
export function grouped(hex) {
  return hex.match(/.{1,4}/g);
}

export function plural(count, one, many) {
  return `${count.toLocaleString("es-MX")} ${count === 1 ? one : many}`;
}

export function sizeWords(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const OUTSIDE = (fault) => fault.code === "after" || fault.code === "hash" || (fault.code === "key" && fault.file === "signature.json");

/** What stands over a fault: where what was given agrees with nothing here, that may have been either of two things. */
export function faultWords({ code, file }) {
  return code === "key" && file === "signature.json" ? GIVEN : FAULTS[code];
}

const GIVEN = ["La huella que usted dio no coincide", "No es la de este paquete, y tampoco la de una llave que lleve a quien lo firmó."];

/** The verdict's kind: which of the page's six answers this report is. `hash`: that of the bundle, where it was given. */
export function verdictKind({ ok, signature, faults }, hash = null) {
  if (ok && hash !== null) return "same";
  if (ok) return signature === "contrastada" ? "compared" : "sound";
  if (faults.some((fault) => fault.code === "unreadable")) return "unreadable";
  return faults.every(OUTSIDE) ? "stranger" : "altered";
}

export const VERDICTS = {
  compared: {
    tone: "good",
    title: "Está completo: nadie lo cambió desde que se selló",
    lead: "Y la firma viene de la llave o del paquete que usted dio.",
    signer: "Quién lo firmó: contrastado con lo que usted ya tenía.",
  },
  same: {
    tone: "good",
    title: "Está completo, y es el paquete de su huella",
    lead: "Lo que usted dio es la huella del paquete, y es la de este: ni una letra ha cambiado.",
  },
  sound: {
    tone: "good",
    title: "Está completo: nadie lo cambió desde que se selló",
    lead: "Todo lo que trae concuerda con su sello. Puede quedarse aquí.",
    signer: "Quién lo firmó: sin contrastar (opcional).",
  },
  other: {
    tone: "warn",
    title: "Está completo, pero es otro paquete",
    lead: "Nadie lo cambió desde que se selló, y no es el que anuncia el enlace por el que llegó.",
  },
  stranger: {
    tone: "bad",
    title: "No concuerda con lo que usted ya tenía",
    lead: "El paquete concuerda consigo mismo, pero no con lo que usted dio. Si fue una huella, no es la de este paquete ni la de una llave que lleve a quien lo firmó: puede ser de otro paquete o de otra llave, o puede que alguien lo haya rehecho. Lea abajo qué se encontró.",
  },
  altered: { tone: "bad", title: "Alterado", lead: "" },
  unreadable: { tone: "warn", title: "No se pudo leer lo que eligió", lead: "" },
};

/** Of a fact's hash, given in the place of one that contrasts. */
export const factGiven = (number) =>
  `Lo que usted dio es la huella del hecho ${number} del libro (un comprobante o una cabeza), y este paquete lo trae: concuerda con él. No dice quién lo firmó; eso lo dice la huella de un paquete o de una llave.`;

/** What a compared verdict showed, by what was given. */
export const SHOWN = {
  same: "Lo que se mostró: este paquete es, letra por letra, el de la huella que usted dio. Vale lo que valga el lugar de donde sacó la huella.",
  key: "Lo que usted dio es la huella de una llave. Lo que se mostró: este paquete lo firmó la llave que usted dio, o una que viene de ella. Vale lo que valga el lugar de donde sacó la huella.",
  older: "Lo que se mostró: este paquete continúa el que usted dio, y la firma viene de la misma llave. Vale lo que valga el paquete que usted dio.",
  both: "Lo que se mostró: este paquete lo firmó la llave que usted dio, o una que viene de ella, y continúa el paquete que usted dio. Vale lo que valga el lugar de donde sacó los dos.",
};
/** The two hashes of a bundle, by the names and in the order of the record's own page. */
export const PRINTS = ["Huella del paquete", "Huella de la llave"];
export const ORIGIN = "Sirve una huella, o un paquete, de antes o de otro lugar: lo que usted u otra persona guardó, un registro impreso, un acta o la copia de otro sitio. La huella que se lee hoy en el mismo sitio solo dice que el sitio concuerda consigo mismo.";
export const REPEATED = "Esta página ya mostraba esa huella: si la tomó de aquí, solo dice que la copió bien; si la tenía de antes o de otro lugar, sí cuenta.";
export const KEEP = "Guarde una copia del paquete: servirá para contrastar los que sigan.";
export const LATER = "Este paquete dice lo que se publicó ese día; puede haber una edición posterior: mire la página del registro.";

export const ADVICE = {
  other: "Mire abajo qué paquete es. Si buscaba el de la página de donde viene, bájelo de ella y elíjalo aquí.",
  stranger: "Revise primero que haya copiado bien la huella o elegido el paquete correcto. Si está seguro, guarde los dos, no use este como prueba y avise al instituto por otro medio.",
  altered: "No lo use como prueba de lo publicado. Descárguelo otra vez: si vuelve a salir alterado, guarde las dos copias y avise al instituto.",
  unreadable: "Elija el .zip tal como se descargó, sin abrirlo ni volver a comprimirlo, o la carpeta completa con su archivo manifest.json.",
};
