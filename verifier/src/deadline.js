// The date by which the record was due (section 7): the rule that the manifest names, counted in natural days. And the days of its seal (section 4).

import { sealingFacts } from "./chain.js";
import { daysApart, daysOf, plusDays } from "./calendar.js";
import { FACTS, MANIFEST, RULES } from "./layout.js";

function validOn(rule, day) {
  return (rule.valid_from === null || rule.valid_from <= day) && (rule.valid_until === null || day <= rule.valid_until);
}

function problem({ deadline, period }, rules) {
  const { last } = daysOf(period);
  const named = rules.filter((rule) => rule.key === deadline.rule);
  const valid = named.filter((rule) => validOn(rule, last));
  if (named.length === 0) return `la regla «${deadline.rule}» no está entre las publicadas`;
  if (valid.length !== 1) return `la regla «${deadline.rule}» tiene ${valid.length} versiones vigentes el ${last}; debe tener una`;
  if (valid[0].unit !== "natural_days") return `la regla «${deadline.rule}» no cuenta días naturales`;
  const due = plusDays(last, valid[0].value);
  return due === deadline.due_on ? null : `${valid[0].value} días naturales después del ${last} no es el ${deadline.due_on}`;
}

export function checkDeadline(bundle) {
  const reason = problem(bundle.manifest, bundle.linesOf(RULES));
  if (reason) bundle.fault("deadline", MANIFEST, null, `El plazo no resulta de su regla: ${reason}.`);
}

/** Sealed after the period, published no earlier than sealed, and sealed the day that the fact says (local days differ from UTC by less than one). */
export function checkSeal(bundle) {
  const { period, seal: { published_on: publishedOn, sealed_on: sealedOn } } = bundle.manifest;
  const fault = (text) => bundle.fault("deadline", MANIFEST, null, text);
  const { last } = daysOf(period);
  if (sealedOn <= last) fault(`El día del sello (${sealedOn}) no es posterior al fin del periodo (${last}).`);
  if (publishedOn < sealedOn) fault(`El día de la publicación (${publishedOn}) es anterior al del sello (${sealedOn}).`);
  const sealing = bundle.sound(FACTS) ? sealingFacts(bundle) : [];
  if (sealing.length !== 1) return;
  const day = sealing[0].at.slice(0, 10);
  if (daysApart(day, sealedOn) > 1) fault(`El día del sello (${sealedOn}) no es el del hecho que selló (${day}).`);
}
