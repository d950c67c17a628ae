// What becomes of a search when files are missing or damaged, and what is shown of hits. `INDEX` is an edition's folder
// with an index in Russian whose blocks are apart; the test in `search.rs` makes it.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";

const source = process.env.INDEX;
const skip = !source && "`INDEX` names no index";
const scratch = source ? mkdtempSync(join(tmpdir(), "search-")) : "";
const base = pathToFileURL(`${scratch}/`);
let open;

before(async () => {
  if (source) ({ open } = await import(pathToFileURL(join(source, "search/search.js"))));
});
beforeEach(() => source && cpSync(source, scratch, { recursive: true }));
after(() => source && rmSync(scratch, { recursive: true }));

const path = (name) => join(scratch, "search", name);
const blocks = () => readdirSync(path("")).filter((name) => /^ru-.*\.bin$/.test(name));
const change = (name, edit) => writeFileSync(path(name), edit(readFileSync(path(name))));
const flip = (at) => (bytes) => {
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return bytes;
};

test("a missing index is named", { skip }, async () => {
  await assert.rejects(open("de", { base }), /search\/de\.bin cannot be loaded/);
});

const damages = {
  empty: () => Buffer.alloc(0),
  "cut off": (bytes) => bytes.subarray(0, -1),
  "another file": () => Buffer.from("<!doctype html><title>404</title>"),
  "one bit at its end": flip(-1),
  "one bit of its sum": flip(6),
};
for (const [how, edit] of Object.entries(damages)) {
  test(`a damaged index is named: ${how}`, { skip }, async () => {
    change("ru.bin", edit);
    await assert.rejects(open("ru", { base }), /^Error: search\/ru\.bin is damaged$/);
  });
}

test("an index of another version is named", { skip }, async () => {
  change("ru.bin", flip(4));
  await assert.rejects(open("ru", { base }), /^Error: search\/ru\.bin is of another version$/);
});

test("a search fails with its blocks, and succeeds once they are there", { skip }, async () => {
  const expected = await (await open("ru", { base })).search("вывести деньги");
  assert.ok(expected.hits.length);
  const index = await open("ru", { base });
  for (const name of blocks()) renameSync(path(name), path(`${name}.away`));
  await assert.rejects(index.search("вывести деньги"), /search\/ru-[0-9a-f]{8}\.bin cannot be loaded/);
  for (const name of readdirSync(path("")).filter((name) => name.endsWith(".away"))) {
    renameSync(path(name), path(name.slice(0, -5)));
  }
  for (const name of blocks()) change(name, flip(-1));
  await assert.rejects(index.search("вывести деньги"), /search\/ru-[0-9a-f]{8}\.bin is damaged/);
  for (const name of blocks()) change(name, flip(-1));
  assert.deepEqual(await index.search("вывести деньги"), expected);
});

test("searches at the same time do not disturb each other", { skip }, async () => {
  const queries = ["вывести деньги", "сбросить пароль", "ghbdtn", "верифкация", "карт"];
  const one = await open("ru", { base });
  const together = await Promise.all(queries.map((query) => one.search(query)));
  for (const [at, query] of queries.entries()) {
    assert.deepEqual(together[at], await (await open("ru", { base })).search(query));
  }
});

test("what is shown of a hit", { skip }, async () => {
  const index = await open("ru", { base });
  const { hits, corrected } = await index.search("верифкация");
  assert.equal(corrected, "верификация");
  const { title, snippet, marks, page, url, kind } = hits[0];
  assert.ok(snippet.length <= 162, snippet);
  assert.ok(url.startsWith(page.url) && page.title && kind);
  for (const [text, ranges] of [[title, marks.title], [snippet, marks.snippet]]) {
    for (const [start, end] of ranges) assert.match(text.slice(start, end), /^верифи/i);
  }
  assert.ok(marks.title.length + marks.snippet.length);
  const titles = await index.search("верифкация", { snippets: false });
  assert.deepEqual(titles.hits.map((hit) => hit.url), hits.map((hit) => hit.url));
  assert.ok(titles.hits.every(({ snippet }) => snippet === ""));
});

test("nothing is found for nothing", { skip }, async () => {
  const index = await open("ru", { base });
  for (const query of ["", " ", "?!", "😀"]) {
    assert.deepEqual(await index.search(query), { hits: [], corrected: null, kinds: {} });
  }
});
