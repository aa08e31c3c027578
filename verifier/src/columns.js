// The formats of the record, by version (section 6): another format is one more entry of FORMATS.

/** The columns that every version begins with: a name, and the rule of what the column says. */
const FIRST = [
  ["Ejercicio", "year"],
  ["Fecha de inicio del periodo que se informa", "first"],
  ["Fecha de término del periodo que se informa", "last"],
  ["Hipervínculo al Programa Operativo Anual", "free"],
  ["Hipervínculo al Programa de Trabajo, en su caso", "free"],
  ["Misión", "mission"],
  ["Visión", "vision"],
  ["Diagnóstico general", "diagnosis"],
  ["Objetivos estratégicos", "objectives"],
  ["Líneas de acción", "lines"],
  ["Vinculación con el Programa General de Desarrollo del DF vigente", "note"],
  ["Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información", "area"],
  ["Fecha de actualización de la información", "updated"],
  ["Fecha de validación de la información", "validated"],
  ["Nota", "free"],
];

/** By version: the first year that is reported in it, and its columns. In the order of those years. */
export const FORMATS = new Map([
  ["121-XXII-b/1", { since: "1900", columns: FIRST }],
]);

/** The version in which a period is reported: the last that had begun in its year. */
export function formatOf(period) {
  return [...FORMATS.keys()].filter((version) => FORMATS.get(version).since <= period.slice(0, 4)).pop();
}
