// What the page says, for people: faults, verdicts, periods, dates.

export const FAULTS = {
  unreadable: ["No se pudo leer", "Lo que eligió no tiene la forma de un paquete."],
  missing: ["Falta un archivo", "El paquete está incompleto: alguien lo quitó o no se copió entero."],
  undeclared: ["Hay un archivo de más", "No forma parte de lo que se publicó y firmó."],
  malformed: ["El archivo está mal escrito", "Lo que dice no se puede leer como manda la especificación."],
  changed: ["El contenido cambió", "No son los bytes que se publicaron: alguien lo editó o se dañó."],
  root: ["La suma del manifiesto no cuadra", "El resumen de todos los archivos no es el que resulta de la lista."],
  signature: ["La firma no es válida", "Nadie puede asegurar que el instituto firmó esto."],
  key: ["La clave no es la esperada", "Quien firmó no es quien usted esperaba, o la lista de claves no es regular."],
  after: ["No continúa el paquete anterior", "El paquete que usted guardó y este no pertenecen a la misma historia."],
  ledger: ["La bitácora no cuadra", "La cadena de hechos o de paquetes anteriores tiene un corte."],
  record: ["El registro no resulta del programa", "Las 15 columnas o sus tablas no dicen lo que el programa dice."],
  deadline: ["El plazo no resulta de la regla", "La fecha límite no es la que da la regla publicada."],
};

const QUARTERS = { 1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto" };

export function periodWords(period) {
  const [year, quarter] = period.split("-Q");
  return quarter ? `${QUARTERS[quarter]} trimestre de ${year} (${period})` : `año ${year}`;
}

export function dateWords(iso) {
  return iso.split("-").reverse().join("/");
}

/** 64 hexadecimals in groups of four, as receipts print them. */
export function grouped(hex) {
  return hex.match(/.{1,4}/g);
}

export function plural(count, one, many) {
  return `${count.toLocaleString("es-MX")} ${count === 1 ? one : many}`;
}

export function sizeWords(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const OUTSIDE = (fault) => fault.code === "after" || (fault.code === "key" && fault.file === "signature.json");

/** The verdict's kind: which of the page's five answers this report is. */
export function verdictKind({ ok, signature, faults }) {
  if (ok) return signature === "contrastada" ? "compared" : "sound";
  if (faults.some((fault) => fault.code === "unreadable")) return "unreadable";
  return faults.every(OUTSIDE) ? "stranger" : "altered";
}

export const VERDICTS = {
  compared: {
    tone: "good",
    title: "Íntegro, con firma contrastada",
    lead: "Nada ha cambiado desde que se firmó, y la firma viene de la clave o del paquete que usted ya tenía.",
  },
  sound: {
    tone: "good",
    title: "Íntegro; firma no contrastada",
    lead: "El paquete concuerda consigo mismo: nada ha cambiado desde que se firmó. Falta comprobar quién lo firmó.",
  },
  stranger: {
    tone: "bad",
    title: "No concuerda con lo que usted ya tenía",
    lead: "El paquete concuerda consigo mismo, pero no con la clave o el paquete anterior que usted dio. Puede haberlo rehecho y firmado otra persona.",
  },
  altered: { tone: "bad", title: "Alterado", lead: "" },
  unreadable: { tone: "warn", title: "No se pudo leer el paquete", lead: "" },
};

export const ADVICE = {
  compared: "Puede citar este paquete como lo que el instituto publicó. Guarde una copia: servirá para contrastar los que sigan.",
  stranger: "Revise primero que haya copiado bien la clave o elegido el paquete correcto. Si está seguro, guarde los dos, no use este como prueba y avise al instituto por otro medio.",
  altered: "No lo use como prueba de lo publicado. Descárguelo otra vez: si vuelve a salir alterado, guarde las dos copias y avise al instituto.",
  unreadable: "Elija el .zip tal como se descargó, sin abrirlo ni volver a comprimirlo, o la carpeta completa con su archivo manifest.json.",
};
