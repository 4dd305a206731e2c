// Every page: htmx, and the behaviours that the markup asks for with data-module.

import htmx from "htmx.org/dist/htmx.esm.js";
import { attach } from "../modules/attach.js";
import { conditionalForm } from "../modules/conditional-form.js";
import { draft } from "../modules/draft.js";
import { errorSummary } from "../modules/error-summary.js";
import { fileDrop } from "../modules/file-drop.js";
import { menu } from "../modules/menu.js";
import { once } from "../modules/once.js";
import { print } from "../modules/print.js";
import { refresh } from "../modules/refresh.js";

const MODULES = {
  draft,
  menu,
  once,
  print,
  refresh,
  "conditional-form": conditionalForm,
  "error-summary": errorSummary,
  "file-drop": fileDrop,
};

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "304", swap: false },
  { code: "...", swap: true }, // a refusal is a page too: what went wrong and what to do
];

attach(document, MODULES);
htmx.onLoad((element) => attach(element, MODULES));
