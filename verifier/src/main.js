// Where the page begins. Without a document (Node, another page's tests) only the check and the computing of indicators are offered.

import { recompute } from "./formulas.js";
import { start } from "./page.js";
import { verify, verifySteps } from "./verify.js";

globalThis.verificador = { recompute, verify, verifySteps };
if (typeof document !== "undefined") start();
