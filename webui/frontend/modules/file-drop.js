/** Files may be dropped on the form, and are sent at once when it says `data-send-at-once`. */
export function fileDrop(form) {
  const input = form.querySelector("input[type=file]");
  const mark = (isOver) => (event) => {
    event.preventDefault();
    form.classList.toggle("is-over", isOver);
  };
  form.addEventListener("dragover", mark(true));
  form.addEventListener("dragleave", mark(false));
  form.addEventListener("drop", (event) => {
    mark(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    if ("sendAtOnce" in form.dataset && input.files.length) form.requestSubmit();
  });
}
