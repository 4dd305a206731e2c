// Every page: htmx, and the behaviours that the markup asks for with data-module.

import htmx from "htmx.org/dist/htmx.esm.js";
import { attach } from "../modules/attach.js";
import { copy } from "../modules/copy.js";
import { draft } from "../modules/draft.js";
import { errorSummary } from "../modules/error-summary.js";
import { fileDrop } from "../modules/file-drop.js";
import { inboxKeys, keySwitch } from "../modules/inbox-keys.js";
import { keepTyping } from "../modules/keep-typing.js";
import { menu } from "../modules/menu.js";
import { once } from "../modules/once.js";
import { print } from "../modules/print.js";

const MODULES = {
  copy,
  draft,
  menu,
  once,
  print,
  "error-summary": errorSummary,
  "file-drop": fileDrop,
  "inbox-keys": inboxKeys,
  "keep-typing": keepTyping,
  "key-switch": keySwitch,
};

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  disableInheritance: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  responseHandling: [
    { code: "204", swap: false },
    { code: "304", swap: false },
    { code: "[23]..", swap: true },
    // A refusal is a sentence, and stands where sentences stand.
    { code: "...", swap: true, target: "#messages", swapOverride: "innerHTML", select: "unset" },
  ],
});

// Nobody looks at this tab: nothing is asked.
htmx.on("htmx:beforeRequest", (event) => {
  if (document.visibilityState === "hidden") event.preventDefault();
});

attach(document, MODULES);
htmx.onLoad((element) => attach(element, MODULES));
