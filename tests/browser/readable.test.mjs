// Everything can be read and reached without scripts, and by keyboard alone.
import { test } from "node:test";
import assert from "node:assert/strict";
import { pages, withBrowser } from "./browser.mjs";

const open = withBrowser();

for (const { edition, path, name } of pages) {
  test(`${name}: without scripts the text is there and nothing useless is shown`, () =>
    open(edition, path, async (page) => {
      assert.ok((await page.locator("main").innerText()).length > 40);
      const dead = "button:not(form button):visible, .slots:visible, output:visible";
      assert.equal(await page.locator(dead).count(), 0);
    }, { javaScriptEnabled: false }));
}

for (const [edition, start, goals] of [
  ["help", "index.html", ["faq/payments.html", "about.html", "search/"]],
  ["academy", "index.html", ["platform/", "procedures/", "updates/"]],
]) {
  test(`${edition}: every page is reached by Tab and Enter, and the focus is always seen`, () =>
    open(edition, start, async (page, address) => {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the skip link comes first");
      await page.keyboard.press("Enter");
      const seen = new Set();
      for (let presses = 0; presses < 300; presses++) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(() => {
          const { activeElement: element } = document;
          if (element === document.body) return null;
          const box = element.getBoundingClientRect();
          const marked = [element, element.closest("form"), element.closest(".card")]
            .filter(Boolean)
            .some((part) => [null, "::after"].some((pseudo) => getComputedStyle(part, pseudo).outlineStyle === "solid"));
          return { href: element.href, marked, inside: box.bottom > 0 && box.top < innerHeight, html: element.outerHTML.slice(0, 120) };
        });
        if (!focus) break;
        assert.ok(focus.marked, `the focus is not marked on ${focus.html}`);
        assert.ok(focus.inside, `the focus is out of sight on ${focus.html}`);
        if (focus.href) seen.add(focus.href.replace(address, ""));
      }
      for (const goal of goals) assert.ok([...seen].some((href) => href.startsWith(goal)), `${goal} is not among ${[...seen]}`);
    }, { reducedMotion: "reduce" }));
}

test("academy: from the home to the end of a module with Enter alone", () =>
  open("academy", "index.html", async (page) => {
    await page.locator(".go .btn").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/platform\/.*\.html/);
    await page.locator(".toc a").last().focus();
    await page.keyboard.press("Enter");
    assert.match(page.url(), /#/);
    const first = page.url().split("#")[0];
    await page.locator("a[rel=next]").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.href.startsWith(first));
  }));

test("every link of a page of each edition leads somewhere", async () => {
  for (const { edition, path } of pages.filter(({ path }) => /index\.html$/.test(path))) {
    await open(edition, path, async (page, address) => {
      const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href));
      const inside = [...new Set(links)].filter((link) => link.startsWith(address));
      assert.ok(inside.length > 2);
      for (const link of inside) assert.equal((await page.request.get(link)).status(), 200, link);
    });
  }
});
