// axe finds nothing on any kind of page, in both languages and both schemes.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pages, withBrowser } from "./browser.mjs";

const open = withBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const { edition, path, name } of pages) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name}, ${colorScheme}`, () =>
      open(edition, path, async (page) => {
        for (const details of await page.locator("details").all()) await details.evaluate((element) => (element.open = true));
        // by way of the debugger: the page's own policy lets no script in
        const found = await page.evaluate(async ([source, values]) => {
          if (!window.axe) new Function(source)();
          const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values } });
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
        }, [axe, tags]);
        assert.deepEqual(found, []);
      }, { colorScheme, bypassCSP: true }));
  }
}
