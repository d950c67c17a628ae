// The browser's stemmers give the stems that Snowball's own do. With `SNOWBALL_DATA`, a folder with `english/voc.txt`,
// `english/output.txt` and so on as in github.com/snowballstem/snowball-data, all of its words are held to that.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const own = JSON.parse(readFileSync(new URL("stems.json", import.meta.url), "utf8"));
const lines = (path) => readFileSync(path, "utf8").split("\n");

for (const language of ["english", "russian"]) {
  const { stem } = await import(`../../src/search/browser/${language}.js`);

  test(`stems: ${language}`, () => {
    for (const [expected, forms] of Object.entries(own[language])) {
      for (const form of forms.split(" ")) assert.equal(stem(form), expected, form);
    }
  });

  const folder = process.env.SNOWBALL_DATA && `${process.env.SNOWBALL_DATA}/${language}`;
  test(`stems: ${language}, all of Snowball's words`, { skip: !folder }, () => {
    const expected = lines(`${folder}/output.txt`);
    const wrong = lines(`${folder}/voc.txt`).filter((word, at) => stem(word) !== expected[at]);
    assert.deepEqual(wrong, []);
  });
}
