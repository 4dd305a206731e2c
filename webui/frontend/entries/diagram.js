// Pages that show a diagram: bpmn-js draws the file over the server's picture, with marks on its elements.

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { diagram } from "../modules/diagram.js";
import { showOnDiagram } from "../modules/shows.js";

for (const element of document.querySelectorAll("[data-diagram-url]")) diagram(element, NavigatedViewer);
showOnDiagram(document);
