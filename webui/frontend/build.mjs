// Builds the front end into webui/static/dist: one entry a page, names with a digest, and a manifest.
// `--watch` builds again whenever a source or a template changes.

import { createHash } from "node:crypto";
import { watch } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import { tablerWeUse } from "./tabler.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const DIST = join(HERE, "../static/dist");
const TARGETS = ["chrome123", "firefox128", "safari17.5"]; // the first that know light-dark()

async function build() {
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  const manifest = { ...(await bundles()), ...(await sprite()) };
  await writeFile(join(DIST, "manifest.json"), JSON.stringify(manifest, null, 2));
  await compressAll();
  return manifest;
}

async function bundles() {
  const entries = await readdir(join(HERE, "entries"));
  const result = await esbuild.build({
    entryPoints: entries.map((name) => join(HERE, "entries", name)),
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    assetNames: "[name]-[hash]",
    outdir: DIST,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    sourcemap: false,
    legalComments: "linked",
    target: TARGETS,
    metafile: true,
    absWorkingDir: ROOT,
    plugins: [tabler],
  });
  return Object.fromEntries(
    Object.entries(result.metafile.outputs)
      .filter(([, output]) => output.entryPoint)
      .map(([path, output]) => [basename(output.entryPoint), basename(path)]),
  );
}

/** `@import "tabler"` is Tabler without the rules that no template and no module of ours uses. */
const tabler = {
  name: "tabler",
  setup(bundler) {
    bundler.onResolve({ filter: /^tabler$/ }, () => ({ path: "tabler.css", namespace: "tabler" }));
    bundler.onLoad({ filter: /.*/, namespace: "tabler" }, async () => ({
      contents: await tablerWeUse(ROOT),
      loader: "css",
      resolveDir: ROOT,
    }));
  },
};

/** All icons in one file: `<use href="icons.svg#name">`. */
async function sprite() {
  const folder = join(HERE, "icons");
  const names = (await readdir(folder)).filter((name) => extname(name) === ".svg").sort();
  const symbols = await Promise.all(names.map(async (name) => symbol(name, await readFile(join(folder, name), "utf8"))));
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const file = `icons-${createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  await writeFile(join(DIST, file), text);
  return { "icons.svg": file };
}

function symbol(name, svg) {
  const drawing = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
  return `<symbol id="${basename(name, ".svg")}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

async function compressAll() {
  const names = (await readdir(DIST)).filter((name) => /\.(js|css|svg)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(DIST, name));
      await writeFile(join(DIST, `${name}.gz`), await promisify(gzip)(text, { level: 9 }));
      await writeFile(join(DIST, `${name}.br`), await promisify(brotliCompress)(text));
    }),
  );
}

async function buildAndTell() {
  const started = performance.now();
  const manifest = await build();
  console.log(`built ${Object.keys(manifest).length} files in ${Math.round(performance.now() - started)} ms`);
}

await buildAndTell();
if (process.argv.includes("--watch")) {
  let waiting;
  const again = (_event, name) => {
    if (name?.startsWith("static")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => buildAndTell().catch((fault) => console.error(fault.message)), 100);
  };
  watch(join(ROOT, "webui"), { recursive: true }, again);
}
