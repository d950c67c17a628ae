// Stands in for the search engine where a site has none: it finds titles that hold the words as typed.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sites } from "./browser.mjs";

const engine = `
export async function open(language, { base = new URL("..", import.meta.url).href } = {}) {
  const answer = await fetch(new URL("search/" + language + ".json", base));
  if (!answer.ok) throw new Error("the index is missing");
  const entries = await answer.json();
  const search = async (query, { limit = 10, kind } = {}) => {
    await (await fetch(new URL("search/texts.json", base))).json();
    const slips = { withdrawel: "withdrawal", yflj: "надо", "вывд": "вывод" };
    const words = query.toLowerCase().split(/[^\\p{L}\\p{N}]+/u).filter(Boolean);
    const meant = words.map((word) => slips[word] ?? word);
    const ranges = (text) => {
      const places = meant.map((word) => [text.toLowerCase().indexOf(word), word.length]).filter(([at]) => at >= 0);
      return places.sort((a, b) => a[0] - b[0]).slice(0, 1).map(([at, size]) => [at, at + size]);
    };
    const found = entries
      .map((entry) => ({ ...entry, score: meant.filter((word) => entry.title.toLowerCase().includes(word)).length }))
      .filter(({ score }) => score)
      .sort((a, b) => b.score - a.score)
      .slice(0, 50)
      .map((hit) => ({ ...hit, marks: { title: ranges(hit.title), snippet: ranges(hit.snippet) } }));
    const kinds = {};
    for (const hit of found) kinds[hit.kind] = (kinds[hit.kind] ?? 0) + 1;
    const hits = found.filter((hit) => !kind || hit.kind === kind).slice(0, limit);
    return { hits, corrected: meant.join() === words.join() ? null : meant.join(" "), kinds };
  };
  return { search };
}
`;

const text = (html) => html.replace(/<[^>]+>/g, "").replaceAll("&#x27;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");

/** The titles of a site's pages and questions, from the page that lists them. */
async function entries(edition, language) {
  const folder = language === "en" ? "" : `${language}/`;
  const html = await readFile(join(sites, edition, folder, "search/index.html"), "utf8");
  const kinds = { faq: "faq", platform: "module", communication: "module", updates: "update", procedures: "procedure", scenarios: "scenario" };
  const pages = new Map();
  const list = html.slice(html.indexOf('class="everything"'), html.indexOf("</search-page>"));
  return [...list.matchAll(/<li><a href="\.\.\/([^"]*)">(.*?)<\/a>/g)].map(([, path, title]) => {
    const url = folder + path;
    if (!url.includes("#")) pages.set(url, text(title));
    const page = url.split("#")[0];
    const snippet = `${text(title)} <b>${language === "en" ? "An answer in two or three lines, as long as those of a real engine are" : "Ответ в две-три строки, такой же длины, как у настоящего поиска, чтобы видеть переносы"}</b>`;
    return { url, title: text(title), snippet, kind: kinds[path.split("/")[0]] ?? "page", page: { url: page, title: pages.get(page) } };
  });
}

/** Answers for the engine where `edition` comes without one. */
export async function withEngine(page, edition) {
  if (existsSync(join(sites, edition, "search/search.js"))) return;
  const json = (body) => ({ contentType: "application/json", body: JSON.stringify(body) });
  await page.route("**/search/search.js*", (route) => route.fulfill({ contentType: "text/javascript", body: engine }));
  await page.route("**/search/texts.json", (route) => route.fulfill(json({})));
  for (const language of ["en", "ru"]) {
    await page.route(`**/search/${language}.json`, async (route) => route.fulfill(json(await entries(edition, language))));
  }
}
