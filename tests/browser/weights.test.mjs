// Every page is light: bytes after gzip -9, and no file that its kind of page has no use for.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { pages, sites } from "./browser.mjs";

const weight = async (...path) => gzipSync(await readFile(join(sites, ...path)), { level: 9 }).length;

/** Scripts and what they import as they are loaded; not what they import when it is asked for. */
async function withImports(files) {
  const texts = await Promise.all(files.map((file) => readFile(join(sites, file), "utf8")));
  const imported = texts.flatMap((text, at) => [...text.matchAll(/from "(\.[^"]+)"/g)].map((match) => join(dirname(files[at]), match[1])));
  return imported.length ? [...files, ...(await withImports(imported))] : files;
}

for (const { edition, path, name } of pages) {
  test(`${name}: its weight`, async () => {
    const html = await readFile(join(sites, edition, path), "utf8");
    const found = (pattern) => [...html.matchAll(pattern)].map((match) => join(edition, dirname(path), match[1]));
    const sum = async (files) => (await Promise.all(files.map((file) => weight(file)))).reduce((a, b) => a + b, 0);
    const scripts = await sum(path === "404.html" ? [] : await withImports(found(/<script[^>]* src="([^"]+)"/g)));
    const styles = await sum(path === "404.html" ? [] : found(/<link rel="stylesheet" href="([^"]+)"/g));
    const page = await weight(edition, path);
    console.log(`${edition}/${path}: ${page} bytes of HTML, ${styles} of CSS, ${scripts} of scripts`);
    // a long page weighs what its words weigh; lists of everything grow with the book
    const text = html.replace(/<script.*?<\/script>/gs, "").replace(/.*?<main/s, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    const words = gzipSync(text, { level: 9 }).length;
    if (!path.includes("search/")) assert.ok(page <= Math.max(6 * 1024, words + 3.5 * 1024), `${page} bytes of HTML for ${words} of text`);
    assert.ok(styles <= 8 * 1024, `${styles} bytes of CSS`);
    assert.ok(scripts <= 8 * 1024, `${scripts} bytes of scripts`);
  });
}
