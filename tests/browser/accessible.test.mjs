// axe finds nothing on any kind of page, in both languages and both schemes.
import { test } from "node:test";
import assert from "node:assert/strict";
import { findings } from "./axe.mjs";
import { pages, withBrowser } from "./browser.mjs";

const open = withBrowser();

for (const { edition, path, name } of pages) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name}, ${colorScheme}`, () =>
      open(edition, path, async (page) => {
        for (const details of await page.locator("details").all()) await details.evaluate((element) => (element.open = true));
        assert.deepEqual(await findings(page), []);
      }, { colorScheme, bypassCSP: true }));
  }
}
