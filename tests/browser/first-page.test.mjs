// The first pages of both editions in real Chromium. SITES is a build folder with `help` and `academy`.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const sites = process.env.SITES;
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser.close());

/** Opens `path` of an edition and hands the page to `look`; what the page complains of fails the test. */
async function open(edition, path, look, width = 1280) {
  const server = await serve(join(sites, edition));
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => request.url().startsWith(server.address) || complaints.push(`asks ${request.url()}`));
  try {
    await page.goto(server.address + path);
    await look(page);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
    server.close();
  }
}

for (const edition of ["help", "academy"]) {
  for (const [path, language] of [["", "en"], ["ru/", "ru"]]) {
    test(`${edition}/${path} has a title, one h1 and its language`, () =>
      open(edition, path, async (page) => {
        assert.ok((await page.title()).length > 3);
        assert.equal(await page.locator("h1").count(), 1);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
      }));

    test(`${edition}/${path} fits a phone of 320 pixels`, () =>
      open(edition, path, async (page) => {
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${wider} pixels too wide`);
      }, 320));

    test(`${edition}/${path}: every link of the page leads somewhere`, () =>
      open(edition, path, async (page) => {
        const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href));
        const inside = [...new Set(links)].filter((link) => link.startsWith(new URL(page.url()).origin));
        assert.ok(inside.length > 2);
        for (const link of inside) assert.equal((await page.request.get(link)).status(), 200, link);
      }));
  }

  test(`${edition}: the style sheet is used from disk too`, async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(sites, edition, "index.html")).href);
    assert.ok(await page.evaluate(() => [...document.styleSheets].length > 0));
    await page.close();
  });
}

test("only the help centre may be indexed by search engines", async () => {
  await open("help", "", async (page) => assert.equal(await page.locator("meta[name=robots]").count(), 0));
  await open("academy", "", async (page) => assert.match(await page.locator("meta[name=robots]").getAttribute("content"), /noindex/));
});
