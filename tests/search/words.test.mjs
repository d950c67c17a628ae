// The browser cuts texts into words as the index does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { words } from "../../src/search/browser/words.js";

const { texts } = JSON.parse(readFileSync(new URL("words.json", import.meta.url), "utf8"));

for (const { why, text, words: expected } of texts) {
  test(`words: ${why}`, () => {
    const found = words(text).map(({ word, start, end }) => [word, start, end]);
    assert.deepEqual(found, expected);
  });
}
