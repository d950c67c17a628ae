// Search as people meet it: suggestions below the field, and the page of results.
import { test } from "node:test";
import assert from "node:assert/strict";
import { findings } from "./axe.mjs";
import { withBrowser } from "./browser.mjs";

const open = withBrowser();
const editions = ["help", "academy"];
const languages = [
  { folder: "", language: "en", query: "withdrawal", half: "withdr", count: /\d+ results?/, none: "qqzzxx", nothing: /Nothing found/, broken: /does not work/ },
  { folder: "ru/", language: "ru", query: "вывод", half: "выво", count: /\d+ результат|результаты: 50/, none: "ъъыщщц", nothing: /ничего не нашлось/, broken: /не работает/ },
];
const each = (name, look) => {
  for (const edition of editions) for (const words of languages) test(`${edition}, ${words.language}: ${name}`, () => look(edition, words));
};
/** Where axe looks; everywhere else the policy of the page holds. */
const judged = { bypassCSP: true };
const failing = /Failed to load resource|ERR_|Failed to fetch/;
const pageOf = ({ folder }, query) => `${folder}search/index.html${query ? `?${new URLSearchParams({ q: query })}` : ""}`;
const field = (page) => page.locator("input[name=q]");
const options = (page) => page.getByRole("option");
const hits = (page) => page.locator(".hits [data-hit]");
const state = (page) => page.getByRole("status");
const focused = (page) => page.evaluate(() => document.activeElement.textContent || document.activeElement.name);
/** Nothing below the text as typed became markup. */
const harmless = async (page) => {
  assert.equal(await page.locator("search-page img, .hints img, search-page script").count(), 0);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
};

each("nothing of the search is loaded before somebody wants it", (edition, words) =>
  open(edition, `${words.folder}index.html`, async (page) => {
    const asked = [];
    page.on("request", (request) => new URL(request.url()).pathname.includes("/search/") && asked.push(request.url()));
    await page.reload({ waitUntil: "networkidle" });
    await page.mouse.wheel(0, 2000);
    assert.deepEqual(asked, []);
    const wanted = page.waitForRequest("**/search/search.js");
    await page.keyboard.press("/");
    await wanted;
  }));

each("typing shows suggestions, and the keyboard leads from start to end", (edition, words) =>
  open(edition, `${words.folder}index.html`, async (page) => {
    await page.keyboard.press("/");
    const input = field(page);
    assert.equal(await input.getAttribute("aria-expanded"), "false");
    await page.keyboard.type(words.half);
    await options(page).first().waitFor();
    assert.equal(await input.getAttribute("aria-expanded"), "true");
    assert.match(await page.locator("search-box [role=status]").innerText(), words.count);
    const number = await options(page).count();
    assert.ok(number > 1 && number <= 7);
    await page.keyboard.press("ArrowDown");
    assert.equal(await input.getAttribute("aria-activedescendant"), await options(page).first().getAttribute("id"));
    assert.equal(await options(page).first().getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowUp");
    assert.equal(await input.getAttribute("aria-activedescendant"), null, "above the first suggestion is the field");
    await page.keyboard.press("ArrowUp");
    assert.equal(await options(page).last().getAttribute("aria-selected"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await options(page).count(), 0);
    assert.deepEqual([await input.getAttribute("aria-expanded"), await input.inputValue()], ["false", words.half]);
    await page.keyboard.press("ArrowDown");
    await options(page).first().waitFor();
    const goal = await options(page).first().evaluate((option) => option.href);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(goal);
    assert.equal((await page.request.get(goal)).status(), 200);
  }));

each("`/` and Ctrl+K take the field in any layout, and leave those alone who write", (edition, words) =>
  open(edition, `${words.folder}about.html`, async (page) => {
    const press = (key, options) =>
      page.evaluate(([key, options]) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...options })), [key, options]);
    for (const [key, options] of [["/", {}], [".", { code: "Slash" }], ["k", { ctrlKey: true }], ["л", { ctrlKey: true }], ["k", { metaKey: true }]]) {
      await press(key, options);
      assert.equal(await focused(page), "q", key);
      await field(page).blur();
    }
    for (const [key, options] of [[".", { code: "Period" }], ["k", {}], ["/", { ctrlKey: true }]]) {
      await press(key, options);
      assert.notEqual(await focused(page), "q", key);
    }
    await field(page).focus();
    await page.keyboard.type("24/7");
    assert.equal(await field(page).inputValue(), "24/7");
  }));

each("Tab leaves the suggestions behind; Enter in the field leads to the results", (edition, words) =>
  open(edition, `${words.folder}index.html`, async (page) => {
    await field(page).fill(words.half);
    await options(page).first().waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await options(page).count(), 0);
    assert.notEqual(await focused(page), "q");
    await field(page).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\/.*\?q=/);
    await hits(page).first().waitFor();
    assert.equal(await field(page).inputValue(), words.half);
  }));

each("the page of results: grouped, marked, counted, walked with the arrows", (edition, words) =>
  open(edition, pageOf(words, words.query), async (page, address) => {
    await hits(page).first().waitFor();
    assert.equal(await field(page).inputValue(), words.query);
    assert.match(await state(page).innerText(), words.count);
    assert.ok((await page.title()).startsWith(words.query));
    assert.equal(await page.locator(".everything").isVisible(), false);
    const heads = await page.locator(".hits h2 a").evaluateAll((all) => all.map((link) => link.href));
    assert.equal(new Set(heads).size, heads.length, "each page stands there once");
    assert.ok((await page.locator(".hits mark").count()) > 0);
    for (const link of await hits(page).evaluateAll((all) => all.map((link) => link.href))) {
      assert.ok(link.startsWith(address));
      assert.equal((await page.request.get(link)).status(), 200, link);
    }
    await field(page).focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), await hits(page).first().textContent());
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), "q");
    const goal = await hits(page).first().evaluate((link) => link.href);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(goal);
    await page.goBack();
    await hits(page).first().waitFor();
    assert.equal(await field(page).inputValue(), words.query, "the way back leads to the results");
  }));

each("the address and the title follow what is typed; an empty field brings the list back", (edition, words) =>
  open(edition, pageOf(words), async (page) => {
    const title = await page.title();
    assert.equal(await page.locator(".everything").isVisible(), true);
    const before = await page.evaluate(() => history.length);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(words.query);
    await page.waitForFunction((query) => new URLSearchParams(location.search).get("q") === query, words.query);
    assert.ok((await page.title()).startsWith(words.query));
    assert.equal(await page.evaluate(() => history.length), before);
    await field(page).fill("");
    await page.waitForFunction(() => location.search === "");
    assert.equal(await page.title(), title);
    assert.equal(await page.locator(".everything").isVisible(), true);
    assert.equal(await hits(page).count(), 0);
    assert.equal(await state(page).innerText(), "");
  }));

each("nothing found: popular questions and people", (edition, words) =>
  open(edition, pageOf(words, words.none), async (page) => {
    await page.locator(".none").waitFor();
    assert.match(await state(page).innerText(), words.nothing);
    assert.ok((await page.locator(".none li a").count()) > 2);
    assert.ok((await page.locator(".contact .btn").count()) > 0);
    await field(page).fill(words.query);
    await hits(page).first().waitFor();
    assert.equal(await page.locator(".none").isVisible(), false);
  }));

each("a hostile query stays text", (edition, words) => {
  const hostile = `<img src=x onerror=hacked=1> ${words.query} </title><script>hacked=1</script>`;
  return open(edition, pageOf(words, hostile), async (page) => {
    await page.locator(".hits li, .none").first().waitFor();
    assert.equal(await field(page).inputValue(), hostile);
    await harmless(page);
    await field(page).fill(`<img src=x onerror=hacked=1> ${words.none}`);
    await page.locator(".hits li, .none").first().waitFor();
    await harmless(page);
  });
});

each("hostile words in the field's suggestions stay text", (edition, words) =>
  open(edition, `${words.folder}index.html`, async (page) => {
    for (const tail of [words.query, words.none]) {
      await field(page).fill(`<img src=x onerror=hacked=1> ${tail}`);
      await page.locator(".hints").waitFor();
      await harmless(page);
    }
  }));

test("academy: results can be narrowed to a kind, and the address keeps it", () =>
  open("academy", pageOf(languages[0], "withdrawal"), async (page) => {
    const filter = page.locator(".kinds label:visible");
    await filter.first().waitFor();
    const labels = await filter.allInnerTexts();
    assert.ok(labels.length > 2 && labels.every((label) => /\d/.test(label)), labels.join());
    await filter.nth(1).click();
    await page.waitForURL(/kind=/);
    const number = Number(/\d+/.exec(labels[1])[0]);
    await page.waitForFunction((number) => document.querySelectorAll(".hits [data-hit]").length === Math.min(number, 10), number);
    await page.reload();
    await hits(page).first().waitFor();
    assert.equal(await filter.nth(1).locator("input").isChecked(), true);
    await page.keyboard.press("Tab");
    await filter.nth(1).locator("input").focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL((url) => !url.search.includes("kind="));
  }));

test("the help centre asks nobody about kinds of pages", () =>
  open("help", pageOf(languages[0], "withdrawal"), async (page) => {
    await hits(page).first().waitFor();
    assert.equal(await page.locator(".kinds").isVisible(), false);
  }));

test("more results on request, up to fifty, and the focus goes to the first new one", () =>
  open("academy", pageOf(languages[0], "the"), async (page) => {
    await hits(page).first().waitFor();
    const more = page.locator(".more");
    const sizes = [await hits(page).count()];
    while (await more.isVisible()) {
      await more.click();
      await page.waitForFunction((before) => document.querySelectorAll(".hits [data-hit]").length > before, sizes.at(-1));
      sizes.push(await hits(page).count());
      assert.equal(await page.evaluate(() => document.activeElement.matches("[data-hit]")), true);
    }
    assert.ok(sizes[0] === 10 && sizes.length > 1 && sizes.at(-1) <= 50, sizes.join());
  }));

test("a word is corrected, and the page says so", () =>
  open("help", pageOf(languages[0], "withdrawel"), async (page) => {
    await hits(page).first().waitFor();
    assert.match(await state(page).innerText(), /Showing results for “withdrawal”/);
  }));

for (const [name, spoil] of [
  ["the engine is missing", (page) => page.route("**/search/search.js*", (route) => route.fulfill({ status: 404, body: "" }))],
  ["the engine is another file", (page) => page.route("**/search/search.js*", (route) => route.fulfill({ contentType: "text/html", body: "<p>" }))],
  ["the index is damaged", (page) => page.route(/\/search\/(?!search\.js|index\.html|\?|$)[^/]+/, (route) => route.fulfill({ body: "damaged" }))],
]) {
  const spoilt = { ...judged, prepare: spoil, expected: /./ };
  each(`${name}: a plain message and the list of all questions`, (edition, words) =>
    open(edition, pageOf(words, words.query), async (page) => {
      await page.locator(".notice").waitFor();
      assert.match(await state(page).innerText(), words.broken);
      assert.equal(await page.locator(".everything").isVisible(), true);
      assert.deepEqual(await findings(page), []);
    }, spoilt));

  each(`${name}: the field is a plain form`, (edition, words) =>
    open(edition, `${words.folder}index.html`, async (page) => {
      await field(page).fill(words.half);
      await page.waitForTimeout(500);
      assert.equal(await page.locator(".hints").isVisible(), false);
      assert.equal(await field(page).getAttribute("aria-expanded"), "false");
      await page.keyboard.press("Enter");
      await page.waitForURL(/search\/.*\?q=/);
    }, spoilt));
}

each("the network lost after the first search: what is here is found, else a message; back, it works again", (edition, words) =>
  open(edition, pageOf(words, words.query), async (page) => {
    await hits(page).first().waitFor();
    await page.context().setOffline(true);
    await field(page).fill(words.half);
    await page.locator(".hits li, .notice").first().waitFor();
    await page.waitForTimeout(300);
    assert.ok((await hits(page).count()) > 0 || (await page.locator(".everything").isVisible()));
    await page.context().setOffline(false);
    await hits(page).first().waitFor();
    assert.equal(await page.locator(".notice").count(), 0);
  }, { expected: failing }));

test("a slow network: the field waits quietly, and results come when they can", () =>
  open("help", "index.html", async (page) => {
    await field(page).fill("withdrawal");
    await page.locator(".hints .label").waitFor();
    assert.equal(await page.locator(".hints .label").innerText(), "Searching…");
    await options(page).first().waitFor();
  }, {
    prepare: async (page) => {
      await page.route("**/search/search.js", async (route) => {
        await new Promise((done) => setTimeout(done, 1200));
        await route.fallback();
      });
    },
  }));

each("on a phone of 320 pixels: the bar's link opens the field, nothing is too wide", (edition, words) =>
  open(edition, `${words.folder}about.html`, async (page) => {
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.locator(".find > a").click();
    assert.equal(await focused(page), "q");
    await page.keyboard.type(words.half);
    await options(page).first().waitFor();
    assert.ok((await wider()) <= 0);
    for (const option of await options(page).all()) assert.ok((await option.boundingBox()).height >= 24);
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    assert.equal(await field(page).isVisible(), false);
    await page.goto(new URL(pageOf({ folder: "" }, words.query), page.url()).href);
    await hits(page).first().waitFor();
    assert.ok((await wider()) <= 0);
  }, { ...judged, viewport: { width: 320, height: 640 } }));

for (const colorScheme of ["light", "dark"]) {
  each(`axe finds nothing, ${colorScheme}`, async (edition, words) => {
    const context = { ...judged, colorScheme };
    const see = async (page, part) => {
      await page.locator(part).first().waitFor();
      assert.deepEqual(await findings(page), [], part);
    };
    await open(edition, `${words.folder}index.html`, async (page) => {
      for (const text of [words.half, words.none]) {
        await field(page).fill(text);
        await see(page, ".hints");
        await page.keyboard.press("ArrowDown");
        await see(page, ".hints");
      }
    }, context);
    await open(edition, pageOf(words, words.query), (page) => see(page, ".hits li"), context);
    await open(edition, pageOf(words, words.none), (page) => see(page, ".none"), context);
  });
}

each("without scripts the field leads to the list of everything", (edition, words) =>
  open(edition, pageOf(words, words.query), async (page) => {
    assert.equal(await page.locator(".everything").isVisible(), true);
    await page.goto(new URL(`../about.html`, page.url()).href);
    assert.equal(await field(page).isVisible(), false);
    await page.locator(".find > a").click();
    await page.waitForURL(/search\/index\.html$/);
  }, { javaScriptEnabled: false }));
