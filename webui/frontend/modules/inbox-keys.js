// The keys of the list: j k move, Enter opens (as everywhere), c takes, x chooses, / searches, ? helps.

const OFF = "tatakerja_keys_off";

/** A single letter must not surprise those who speak to their computer: the keys can be switched off. */
const areOff = () => localStorage.getItem(OFF) === "1";

const rows = () => [...document.querySelectorAll("#inbox .row-line")];
const here = () => document.activeElement?.closest("#inbox .row-line");

function move(step) {
  const all = rows();
  const place = all.indexOf(here());
  const next = place < 0 ? all.at(step > 0 ? 0 : -1) : all[place + step];
  next?.querySelector(".row-title")?.focus();
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => here()?.querySelector(".row-acts [id^='take-']")?.click(),
  x: () => here()?.querySelector(".row-pick")?.click(),
  "/": () => document.getElementById("search")?.focus(),
  "?": () => {
    const help = document.getElementById("help-keys");
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};

const isTyping = (element) => element?.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  const act = ACTS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("inbox")) return;
  if (isTyping(event.target) || areOff()) return;
  event.preventDefault();
  act();
});

/** The list is not drawn anew while tasks are chosen in it: the choice would be lost. */
export function inboxKeys(list) {
  list.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === list && list.querySelector(".row-pick:checked")) event.preventDefault();
  });
}

/** The box that switches the keys off in this browser. */
export function keySwitch(label) {
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = !areOff();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "0" : "1"));
}
