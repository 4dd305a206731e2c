/** A button that copies the text of a field; without a script it stays hidden, and one copies by hand. */
export function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  const state = document.getElementById(`${button.dataset.copies}-state`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // an office without https has no clipboard of the new kind
    }
    state.textContent = button.dataset.textCopied;
  });
}
