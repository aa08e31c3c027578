// Calls the functions of the page's modules, or reads their constants: one JSON request a line in, `[module, name, arguments]`; one JSON answer a line out.
// Bytes travel as {"bytes": base64}; what a function throws comes back as {"thrown": name of its class}.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];

function received(value) {
  if (Array.isArray(value)) return value.map(received);
  return value && typeof value === "object" && typeof value.bytes === "string" ? new Uint8Array(Buffer.from(value.bytes, "base64")) : value;
}

function sent(value) {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (typeof value === "bigint") return String(value);
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, item]) => [key, sent(item)]));
  return Array.isArray(value) ? value.map(sent) : value;
}

async function answer([module, name, args]) {
  const room = await import(pathToFileURL(`${folder}/${module}.js`));
  try {
    const found = room[name];
    return { value: sent(typeof found === "function" ? found(...received(args)) : found) };
  } catch (error) {
    return { thrown: error.constructor.name };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
