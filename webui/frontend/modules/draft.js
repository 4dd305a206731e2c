const PAUSE_MS = 1500;

/**
 * Keeps what is filled in while it is being filled in, and says so.
 * The form names the address (`data-draft-url`), the texts, and the element that shows them (`data-draft-state`).
 */
export function draft(form) {
  const state = document.getElementById(form.dataset.draftState);
  let waiting;
  let lastSent = contentOf(form);

  const save = async () => {
    const content = contentOf(form);
    if (content === lastSent) return;
    lastSent = content;
    say(form.dataset.textSaving);
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: new URLSearchParams(content),
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
        keepalive: content.length < 60_000,
      });
      const isSentence = answer.headers.get("Content-Type")?.startsWith("text/plain");
      say(isSentence ? await answer.text() : form.dataset.textFailed);
      if (!answer.ok) lastSent = undefined;
    } catch {
      lastSent = undefined;
      say(form.dataset.textFailed);
    }
  };

  const say = (text) => {
    if (state) state.textContent = text;
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE_MS);
  });
  // What is sent with the form is not saved once more while its answer is drawn, behind the back of the page that comes.
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    lastSent = contentOf(form);
  });
  // Before the page that comes is asked for: it shows what was typed up to now.
  window.addEventListener("beforeunload", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}

function contentOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(pairs).toString();
}
