// Where the page begins. Without a document (Node, another page's tests) only the check is offered.

import { start } from "./page.js";
import { verify, verifySteps } from "./verify.js";

globalThis.verificador = { verify, verifySteps };
if (typeof document !== "undefined") start();
