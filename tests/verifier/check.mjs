// Runs the script of the published page, as it is published, over a batch of bundles: one JSON request a line in, one report a line out.
// A request is {"bundle", "key", "hash", "print", "after"}; a bundle is the base64 of a zip, or an object from path to the base64 of a file.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";

// What the page may not lean on: a browser opens it from file://, offline, on an old phone.
for (const name of ["crypto", "fetch", "structuredClone", "XMLHttpRequest", "WebSocket"]) delete globalThis[name];

const html = readFileSync(process.argv[2], "utf8");
const [, script] = /<script>(.*?)<\/script>/s.exec(html);
runInThisContext(script, { filename: "verificador.html" });

const bytes = (base64) => new Uint8Array(Buffer.from(base64, "base64"));

function input(bundle) {
  if (bundle === null || bundle === undefined) return null;
  if (typeof bundle === "string") return bytes(bundle);
  return new Map(Object.entries(bundle).map(([path, base64]) => [path, bytes(base64)]));
}

for await (const line of createInterface({ input: process.stdin })) {
  const { bundle, key, hash, print, after } = JSON.parse(line);
  const report = globalThis.verificador.verify(input(bundle), { key: key || null, hash: hash || null, print: print || null, after: input(after) });
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
