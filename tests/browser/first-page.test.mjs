// What every page is: titled, in its language, narrow enough, and whole without a server.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, pages, sites, withBrowser } from "./browser.mjs";

const open = withBrowser();

for (const { edition, path, name, language } of pages) {
  test(`${name}: a title, one h1, its language`, () =>
    open(edition, path, async (page) => {
      assert.ok((await page.title()).length > 3);
      assert.equal(await page.locator("h1").count(), 1);
      assert.equal(await page.locator("html").getAttribute("lang"), language);
    }));

  test(`${name}: fits a phone of 320 pixels, and 1280 pixels at 400 %`, () =>
    open(edition, path, async (page) => {
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${wider} pixels too wide`);
    }, { viewport: { width: 320, height: 640 } }));
}

test("right to left, a page is as wide as the window", () =>
  open("academy", "platform/withdrawals.html", async (page) => {
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    const [wider, side, text] = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.querySelector(".side").getBoundingClientRect().left,
      document.querySelector("h1").getBoundingClientRect().left,
    ]);
    assert.ok(wider <= 0 && side > text, `${wider} pixels too wide; side bar at ${side}, text at ${text}`);
  }));

test("the style sheet is used from disk too", async () => {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(sites, "help/index.html")).href);
  assert.ok(await page.evaluate(() => document.styleSheets.length > 0));
  await browser.close();
});

test("only the help centre may be indexed by search engines", async () => {
  await open("help", "", async (page) => assert.equal(await page.locator("meta[name=robots]").count(), 0));
  await open("academy", "", async (page) => assert.match(await page.locator("meta[name=robots]").getAttribute("content"), /noindex/));
});
