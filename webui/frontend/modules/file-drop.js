/**
 * Files may be dropped on the form, and are sent at once when it says `data-send-at-once`.
 * Above `data-most` bytes they are not taken, and the element with `data-too-large` says so: on a slow line that is
 * known before anything travels.
 */
export function fileDrop(form) {
  const input = form.querySelector("input[type=file]");
  const warning = form.querySelector("[data-too-large]");
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
    const isTooLarge = sizeOf(input.files) > Number(form.dataset.most);
    if (warning) warning.hidden = !isTooLarge;
    if (isTooLarge) input.value = "";
    if ("sendAtOnce" in form.dataset && input.files.length) form.requestSubmit();
  });
}

function sizeOf(files) {
  return [...files].reduce((sum, file) => sum + file.size, 0);
}
