/**
 * Some answers decide which questions apply. When one changes, the server draws the questions anew (`data-redraw-url`),
 * and the cursor stays where it was.
 */
export function conditionalForm(form, attach) {
  const fields = form.querySelector("#form-fields");
  if (!fields?.querySelector("[data-affects-form]")) return;

  form.addEventListener("change", async (event) => {
    if (!event.target.closest("[data-affects-form]")) return;
    const content = new FormData(form);
    content.delete("files");
    const answer = await fetch(form.dataset.redrawUrl, {
      method: "POST",
      body: new URLSearchParams([...content]),
      headers: { "X-Requested-With": "fetch" },
    }).catch(() => null);
    if (!answer?.ok) return;
    const focused = document.activeElement?.id;
    fields.innerHTML = await answer.text();
    attach(fields);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  });
}
