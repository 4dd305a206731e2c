/** A form that is sent once: a second click while it travels does nothing. */
export function once(form) {
  let isTravelling = false;
  form.addEventListener("submit", (event) => {
    if (isTravelling) {
      event.preventDefault();
      return;
    }
    isTravelling = true;
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Coming back with the browser's arrow shows the page as it was left.
  window.addEventListener("pageshow", () => {
    isTravelling = false;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
}
