const attached = new WeakSet();

/** Gives every `data-module` in `root` its behaviour, once; an element may ask for several. */
export function attach(root, modules) {
  const wanting = [...root.querySelectorAll("[data-module]")];
  if (root.matches?.("[data-module]")) wanting.unshift(root);
  for (const element of wanting) {
    if (attached.has(element)) continue;
    attached.add(element);
    for (const name of element.dataset.module.split(" ")) modules[name]?.(element);
  }
}
