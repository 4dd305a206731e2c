const AROUND = 48;
const LEAST_HEIGHT = 240;
const READABLE = 0.8;
const SHOWN = "mark-shown";
const TOO_NARROW = window.matchMedia("(width < 48rem)");

/**
 * Draws the BPMN file at `data-diagram-url`. `data-marks` is JSON: {"element id": "done" | "active" | "late" | …}.
 * Until the file is drawn, and when it cannot be, the picture inside the element stays.
 */
export async function diagram(element, Viewer) {
  if (TOO_NARROW.matches) {
    showWhereItIs(element);
    return;
  }
  const answer = await fetch(element.dataset.diagramUrl);
  if (!answer.ok) return;
  const canvasElement = document.createElement("div");
  canvasElement.className = "diagram-viewer";
  element.append(canvasElement);
  const viewer = new Viewer({ container: canvasElement, bpmnRenderer: coloursOf(canvasElement) });
  try {
    await viewer.importXML(await answer.text());
  } catch {
    canvasElement.remove();
    return;
  }
  element.classList.add("is-drawn"); // the picture stays for paper
  const canvas = viewer.get("canvas");
  fitHeight(canvasElement, canvas);
  canvas.zoom("fit-viewport", "auto");
  mark(viewer, JSON.parse(element.dataset.marks || "{}"));
  element.addEventListener("diagram:focus", (event) => focus(viewer, event.detail));
}

/** Ink and paper as the style sheet has them, in the light or in the dark. */
function coloursOf(element) {
  const { color, backgroundColor } = getComputedStyle(element);
  return { defaultStrokeColor: color, defaultLabelColor: color, defaultFillColor: backgroundColor };
}

/** As high as the whole diagram needs at this width; the style sheet says how high that may be. */
function fitHeight(element, canvas) {
  const { inner, outer } = canvas.viewbox();
  const needed = (inner.height / inner.width) * Math.min(outer.width, inner.width) + AROUND;
  element.style.height = `${Math.max(needed, LEAST_HEIGHT)}px`;
  canvas.resized();
}

/** On a phone the picture is scrolled by finger; begin where the case is. */
function showWhereItIs(element) {
  const picture = element.querySelector(".diagram");
  const here = picture?.querySelector(".tk-incident, .tk-late, .tk-at-risk, .tk-active");
  if (!here) return;
  const [place, frame] = [here.getBoundingClientRect(), picture.getBoundingClientRect()];
  picture.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
  picture.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
}

function mark(viewer, marks) {
  const registry = viewer.get("elementRegistry");
  for (const [id, kind] of Object.entries(marks)) {
    if (registry.get(id)) viewer.get("canvas").addMarker(id, `mark-${kind}`);
  }
}

function focus(viewer, id) {
  const registry = viewer.get("elementRegistry");
  const shape = registry.get(id);
  if (!shape) return;
  const canvas = viewer.get("canvas");
  for (const before of registry.filter((each) => canvas.hasMarker(each, SHOWN))) canvas.removeMarker(before, SHOWN);
  canvas.addMarker(shape, SHOWN);
  if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
  canvas.scrollToElement(shape, 120);
}
