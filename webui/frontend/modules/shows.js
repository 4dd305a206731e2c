/**
 * Links with `data-shows` lead to an element of the diagram: in the viewer when it has drawn the file,
 * else by their own address into the server's picture.
 */
export function showOnDiagram(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-shows]");
    const card = link && root.querySelector("[data-diagram-url]:has(.diagram-viewer)");
    if (!card) return;
    event.preventDefault();
    card.scrollIntoView({ block: "nearest" });
    card.dispatchEvent(new CustomEvent("diagram:focus", { detail: link.dataset.shows }));
  });
}
