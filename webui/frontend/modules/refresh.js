/**
 * Looks for news every few seconds and puts it in place without stealing the cursor: rows that are the same stay
 * the same elements, so focus, selection and scroll position remain. Rows carry `data-key`.
 */
export function refresh(region, attach) {
  const seconds = Number(region.dataset.refreshSeconds || 20);
  let etag = region.dataset.etag;

  const look = async () => {
    if (document.visibilityState === "hidden") return;
    const headers = { "X-Fragment": region.id };
    if (etag) headers["If-None-Match"] = etag;
    const answer = await fetch(region.dataset.refreshUrl, { headers, cache: "no-store" }).catch(() => null);
    if (!answer || answer.status !== 200) return;
    etag = answer.headers.get("ETag");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
    if (fresh && !isBusy(region)) merge(region, fresh, attach);
  };

  setInterval(look, seconds * 1000);
  document.addEventListener("visibilitychange", look);
}

/** Someone is choosing in a menu or typing in the list: let her finish. */
function isBusy(region) {
  return region.querySelector("details[open]") !== null || region.querySelector("input:focus, textarea:focus") !== null;
}

function merge(old, fresh, attach) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.closest("[data-key]")?.dataset.key;
  const kept = new Map([...old.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, row]));
  for (const row of fresh.querySelectorAll("[data-key]")) {
    const before = kept.get(row.dataset.key);
    if (!before) row.classList.add("is-new");
    else if (sameText(before, row)) row.replaceWith(before);
  }
  old.replaceChildren(...fresh.childNodes);
  attach(old);
  // Moving an element takes the focus from it; when it is gone, its row's successor gets it.
  const heir = old.contains(focused) ? focused : key && old.querySelector(`[data-key="${key}"] a`);
  heir?.focus({ preventScroll: true });
}

// Each page has its own CSRF tokens; they do not make a row another.
function sameText(one, other) {
  return one.textContent.replace(/\s+/g, " ") === other.textContent.replace(/\s+/g, " ");
}
