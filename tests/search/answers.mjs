// Answers queries, one JSON line each: {base, language, query, limit, kind} → {hits: [[url, score]], corrected, kinds}.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const indexes = new Map();

async function index({ base, language }) {
  const key = `${base} ${language}`;
  if (!indexes.has(key)) {
    const root = pathToFileURL(`${base}/`);
    const { open } = await import(new URL("search/search.js", root));
    indexes.set(key, await open(language, { base: root }));
  }
  return indexes.get(key);
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const { hits, corrected, kinds } = await (await index(question)).search(question.query, question);
  console.log(JSON.stringify({ hits: hits.map(({ url, score }) => [url, score]), corrected, kinds }));
}
