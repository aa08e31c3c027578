// Elements of the page, made one by one. Whatever comes from a file or from an address enters as text nodes, never as markup.

import { grouped } from "./words.js";

const LONGEST_TEXT = 20000;

export const byId = (id) => document.getElementById(id);

/** An element with its class and its children: elements or texts. */
export function made(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function shortened(text) {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (cortado en esta página)` : text;
}

/** An answer: its mark, its title and the sentences below, the last ones quieter. */
export function verdict(tone, title, lead, ...quiet) {
  const icon = made("span", "icon", byId(`icon-${tone}`).content.cloneNode(true));
  const words = made("div", "", made("h2", "", title), made("p", "", lead), ...quiet.map((text) => made("p", "quiet", text)));
  return made("div", `verdict ${tone}`, icon, words);
}

/** A hash in groups of four, as the site writes it. */
export function fingerprint(hex) {
  return made("code", "hash", ...grouped(hex).map((group) => made("span", "", `${group} `)));
}

export function definitions(pairs) {
  return pairs.map(([term, value]) => made("div", "", made("dt", "", term), made("dd", "", typeof value === "string" ? shortened(value) : value)));
}

/** A link within the site; nothing where this page was opened from one's own machine, which has no site. `path`: as `visitOf` lets it in. */
export function siteLink(path, text) {
  if (!location.protocol.startsWith("http")) return [];
  const link = made("a", "back", text);
  link.setAttribute("href", path);
  return [made("p", "", link)];
}

/** Back to the page that sent here, or else to the site. */
export function wayBack({ back }) {
  return back === null ? siteLink("./", "Volver al sitio") : siteLink(back, "Volver a la página de donde vino");
}
