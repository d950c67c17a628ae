// Real Chromium looking at the built sites. SITES is a build folder with `help` and `academy`.
import { after, before } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export const sites = process.env.SITES;

/** A page of every kind, with an edition that shows it. */
export const kinds = [
  ["help", "index.html", "the help centre's home"],
  ["help", "faq/index.html", "the list of topics"],
  ["help", "faq/payments.html", "a topic"],
  ["help", "about.html", "a plain page"],
  ["help", "search/index.html", "the search page"],
  ["help", "404.html", "the missing page"],
  ["academy", "index.html", "the academy's home"],
  ["academy", "platform/index.html", "a track"],
  ["academy", "platform/withdrawals.html", "a module with a quiz"],
  ["academy", "procedures/index.html", "the list of procedures"],
  ["academy", "procedures/complaint.html", "a procedure"],
  ["academy", "scenarios/index.html", "the list of scenarios"],
  ["academy", "scenarios/late-payout.html", "a scenario"],
  ["academy", "updates/index.html", "the timeline of updates"],
  ["academy", "updates/2026-11-payout-statuses.html", "an update"],
  ["academy", "search/index.html", "the academy's search page"],
];

/** Both languages of the pages above; the missing page has one. */
export const pages = kinds.flatMap(([edition, path, name]) => [
  { edition, path, name: `${name}, English`, language: "en" },
  ...(path === "404.html" ? [] : [{ edition, path: `ru/${path}`, name: `${name}, Russian`, language: "ru" }]),
]);

const options = {
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export const launch = () => chromium.launch(options);

/** One browser for the tests of a file. */
export function withBrowser() {
  let browser;
  const servers = {};
  before(async () => {
    browser = await launch();
    for (const edition of ["help", "academy"]) servers[edition] = await serve(join(sites, edition));
  });
  after(async () => {
    await browser?.close();
    for (const server of Object.values(servers)) server.close();
  });
  /**
   * Opens a page and hands it to `look`. What it complains of, apart from what is `expected`, and every request that leaves
   * the site, fails the test. `prepare` sees the page before it goes anywhere.
   */
  return async function open(edition, path, look, { prepare = () => {}, expected, ...context } = {}) {
    const server = servers[edition];
    const own = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context });
    const page = await own.newPage();
    const complaints = [];
    const complain = (text) => expected?.test(text) || complaints.push(text);
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(message.text()));
    page.on("pageerror", (error) => complain(String(error)));
    page.on("request", (request) => request.url().startsWith(server.address) || complaints.push(`asks ${request.url()}`));
    try {
      await prepare(page, edition);
      await page.goto(server.address + path);
      await look(page, server.address);
      assert.deepEqual(complaints, []);
    } finally {
      await own.close();
    }
  };
}
