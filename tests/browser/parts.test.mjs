// The parts of a page that can be worked with.
import { test } from "node:test";
import assert from "node:assert/strict";
import { withBrowser } from "./browser.mjs";

const open = withBrowser();
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("light and dark: a switch, remembered from the first paint on", () =>
  open("help", "", async (page) => {
    const light = await ground(page);
    const button = page.getByRole("button", { name: "Dark colours" });
    await button.click();
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    const dark = await ground(page);
    assert.notEqual(dark, light);
    // known before the style sheet has an effect: the class is set by the script in the head
    await page.reload({ waitUntil: "commit" });
    await page.waitForSelector("body", { state: "attached" });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.equal(await ground(page), dark);
    await button.click();
    assert.equal(await ground(page), light);
  }));

test("a checklist is remembered on this device, by page and by line", () =>
  open("academy", "procedures/complaint.html", async (page) => {
    const list = page.locator("check-list").first();
    const boxes = list.getByRole("checkbox");
    await boxes.nth(1).check();
    assert.match(await list.locator("output").innerText(), /^1 of \d+ done/);
    await page.reload();
    assert.deepEqual([await boxes.nth(0).isChecked(), await boxes.nth(1).isChecked()], [false, true]);
    assert.equal(await page.locator("check-list").nth(1).getByRole("checkbox").nth(1).isChecked(), false);
    await list.getByRole("button", { name: "Start again" }).click();
    await page.reload();
    assert.equal(await boxes.nth(1).isChecked(), false);
  }));

test("a canned reply is filled in and copied as text", () =>
  open("academy", "procedures/complaint.html", async (page) => {
    const reply = page.locator("canned-reply").first();
    await reply.getByLabel("name", { exact: true }).fill("Daria");
    await reply.getByRole("button", { name: "Copy" }).click();
    await reply.getByRole("button", { name: "Copied" }).waitFor();
    const text = await copied(page);
    assert.ok(text.includes("Daria") && !text.includes("{name}") && !text.includes("Copy"), text);
    const others = await page.locator("canned-reply .slot.set").allInnerTexts();
    assert.ok(others.length > 1 && others.every((word) => word === "Daria"), "one value fills every reply of the page");
    await reply.getByLabel("name", { exact: true }).fill("");
    assert.equal(await page.locator(".slot.set").count(), 0);
  }, clipboard));

test("tabs work with the arrow keys", () =>
  open("academy", "platform/withdrawals.html", async (page) => {
    const tabs = page.getByRole("tab");
    assert.equal(await page.getByRole("tabpanel").count(), 1);
    await tabs.first().focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await tabs.nth(1).getAttribute("aria-selected"), "true");
    assert.equal(await page.getByRole("tabpanel").getAttribute("aria-labelledby"), await tabs.nth(1).getAttribute("id"));
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    assert.equal(await tabs.first().getAttribute("aria-selected"), "true");
  }));

test("code has a button that copies it", () =>
  open("academy", "procedures/complaint.html", async (page) => {
    await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    const code = page.locator("copy-code").first();
    await code.hover();
    await code.getByRole("button").click();
    await code.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await copied(page), await code.locator("code").textContent());
  }, clipboard));

test("the contents mark the part that is read", () =>
  open("help", "faq/payments.html", async (page) => {
    const current = () => page.locator(".toc [aria-current]").innerText();
    const first = await current();
    await page.locator(".toc a").last().click();
    await page.waitForFunction((first) => document.querySelector(".toc [aria-current]").innerText !== first, first);
    assert.equal(await page.locator(".toc [aria-current]").count(), 1);
  }));

test("a page whose review is overdue says so to staff only", async () => {
  await open("academy", "platform/withdrawals.html", async (page) => {
    const notice = page.locator("stale-notice");
    assert.equal(await notice.isVisible(), false);
    await page.clock.setFixedTime(new Date("2031-01-01T12:00:00Z"));
    await page.reload();
    assert.equal(await notice.isVisible(), true);
  });
  await open("help", "faq/payments.html", async (page) => assert.equal(await page.locator("stale-notice").count(), 0));
});
