/**
 * The server may draw these fields anew while she goes on filling them in:
 * what she changed since it was asked stands again after the swap.
 */
export function keepTyping(fields) {
  let asked = new Map();
  let meanwhile = new Map();

  fields.addEventListener("htmx:beforeRequest", () => {
    asked = valuesOf(fields);
  });
  fields.addEventListener("htmx:beforeSwap", () => {
    meanwhile = new Map([...valuesOf(fields)].filter(([name, values]) => asked.get(name) !== values));
  });
  fields.addEventListener("htmx:afterSwap", () => {
    for (const [name, values] of meanwhile) fillIn(fields, name, JSON.parse(values));
  });
}

function valuesOf(fields) {
  const data = new FormData(fields.closest("form"));
  const names = new Set([...fields.querySelectorAll("[name]")].map((control) => control.name));
  return new Map([...names].map((name) => [name, JSON.stringify(data.getAll(name))]));
}

function fillIn(fields, name, values) {
  for (const control of fields.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else if (control.type !== "hidden") {
      control.value = values[0] ?? "";
    }
  }
}
