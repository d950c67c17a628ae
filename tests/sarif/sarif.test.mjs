// What `deskbook check --format sarif` prints, held to the schema of SARIF 2.1.0 that Microsoft's SARIF packages ship.
// DESKBOOK is the program.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Ajv from "ajv";

const require = createRequire(import.meta.url);
const ajv = new Ajv({ schemaId: "id", allErrors: true, meta: false });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const valid = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Checks a book of `{path: text}` from its own folder; returns the exit code and the log. */
function check(files) {
  const book = mkdtempSync(join(tmpdir(), "deskbook-sarif-"));
  folders.push(book);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(book, path)), { recursive: true });
    writeFileSync(join(book, path), text);
  }
  const run = spawnSync(process.env.DESKBOOK, ["check", "--format", "sarif", "--today", "2026-11-24"], { cwd: book });
  return { code: run.status, log: JSON.parse(run.stdout) };
}

function assertValid(log) {
  assert.ok(valid(log), ajv.errorsText(valid.errors, { separator: "\n" }));
}

const config = `[book]
audiences = ["public", "staff"]
[languages.ru]
[edition.help]
audience = "public"
[edition.academy]
audience = "staff"
`;

test("errors, warnings and notices in files of every kind of name", () => {
  const { code, log } = check({
    "book.toml": config,
    "content/index.md": "---\naudience: public\n---\n# Home\n\n[no](no.md) {{ brand }} ![](x.png)\n",
    "content/how to #1.md": "# How\n\n:::note\n",
    "content/платежи/возврат.md": "---\nreviewed: 2020-01-01\nreview-every: 1 year\n---\n# Возврат\n\nСм. [вывод](вывод.md)\n",
    "content/платежи/возврат.ru.md": "# Возврат\n",
    "content/bad.md": Buffer.from([0xff]),
  });
  assert.equal(code, 1);
  assertValid(log);
  const [{ results, tool }] = log.runs;
  assert.deepEqual([...new Set(results.map((result) => result.level))].sort(), ["error", "note", "warning"]);
  const rules = tool.driver.rules.map((rule) => rule.id);
  for (const { ruleId } of results) assert.ok(rules.includes(ruleId), ruleId);
  const places = results.map((result) => result.locations[0].physicalLocation);
  const place = places.find((place) => place.artifactLocation.uri.includes("%D0") && place.region.startLine === 7);
  assert.equal(decodeURIComponent(place.artifactLocation.uri), "content/платежи/возврат.md");
  assert.deepEqual(place.region, { startLine: 7, startColumn: 5, endLine: 7, endColumn: 22 });
  assert.ok(places.some((place) => place.artifactLocation.uri === "content/how%20to%20%231.md"));
});

test("a book whose configuration is wrong", () => {
  const { code, log } = check({ "book.toml": "[book\ntitel = 1\n", "content/a.md": "# A\n" });
  assert.equal(code, 2);
  assertValid(log);
  assert.ok(log.runs[0].results.length > 0);
});

test("a book without a mistake", () => {
  const { code, log } = check({ "a.md": "# A\n" });
  assert.equal(code, 0);
  assertValid(log);
  assert.deepEqual(log.runs[0].results, []);
});

test("the schema tells a log that is wrong", () => {
  const { log } = check({ "a.md": "# A\n\n[no](no.md)\n" });
  const broken = (change) => {
    const copy = structuredClone(log);
    change(copy.runs[0].results[0]);
    return !valid(copy);
  };
  assert.ok(broken((result) => (result.level = "fatal")));
  assert.ok(broken((result) => (result.locations[0].physicalLocation.region.startLine = 0)));
  assert.ok(broken((result) => delete result.message));
});
