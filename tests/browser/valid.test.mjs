// Every page of both sites is valid HTML.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { sites } from "./browser.mjs";

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // matters of taste, and what gzip makes free
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "long-title": "off",
    "require-sri": "off",
  },
});

for (const edition of ["help", "academy"]) {
  test(edition, async () => {
    const files = (await readdir(join(sites, edition), { recursive: true })).filter((file) => file.endsWith(".html"));
    assert.ok(files.length > 5);
    const found = [];
    for (const file of files) {
      const report = await validator.validateString(await readFile(join(sites, edition, file), "utf8"));
      for (const { messages } of report.results) {
        found.push(...messages.map(({ line, column, ruleId, message }) => `${file}:${line}:${column}: ${ruleId}: ${message}`));
      }
    }
    assert.deepEqual(found, []);
  });
}
