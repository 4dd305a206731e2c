/** A button that prints the page; without a script it stays hidden, since the browser's own menu does it too. */
export function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
