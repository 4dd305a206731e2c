/** The summary takes the focus when the page opens, so that nobody searches for what is wrong. */
export function errorSummary(summary) {
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    const input = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
    (input ?? field).focus({ preventScroll: true });
  });
}
