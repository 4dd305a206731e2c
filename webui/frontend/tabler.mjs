// Tabler, cut down to the rules that the pages use.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";

const SOURCE = "node_modules/@tabler/core/dist/css/tabler.min.css";
const USERS = ["webui/templates/**/*.html", "webui/**/*.py", "webui/frontend/**/*.js", "engine/forms/*.py"];

export async function tablerWeUse(root) {
  const [{ css }] = await new PurgeCSS().purge({
    content: USERS.map((pattern) => join(root, pattern)),
    css: [{ raw: await readFile(join(root, SOURCE), "utf8") }],
    keyframes: true,
    variables: true,
    safelist: { standard: ["html", "body"], greedy: [/data-bs-theme/] },
  });
  return css;
}
