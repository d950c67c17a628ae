/**
 * Searches an edition, in the browser and in Node:
 *
 *     const index = await open("ru");
 *     const { hits, corrected, kinds } = await index.search("как вывести деньги", { limit: 10 });
 */

import { openLexicon } from "./lexicon.js";
import { rank } from "./rank.js";
import { marks, snippet } from "./snippet.js";

const STEMMERS = { en: () => import("./english.js"), ru: () => import("./russian.js") };

/**
 * Gives a word's stem. Where no stemmer is sent for a language, forms that occur have their stems in the index, and any
 * other word is its own; `undefined` as long as that is not known.
 */
async function stemmer(language) {
  const own = STEMMERS[language.split(/[-_]/)[0]];
  if (own) {
    const { stem } = await own();
    return () => stem;
  }
  return (lexicon) => (word) => {
    const found = lexicon.formsLike(word).find(({ form }) => form === word);
    if (found) return lexicon.stemNumber(found.stem)?.text;
    return lexicon.missing.size ? undefined : word;
  };
}

/** Asks again until nothing is missing. Each time at least one block more is there. */
async function complete(lexicon, ask) {
  for (;;) {
    const answer = ask();
    const { missing } = lexicon;
    if (!missing.size) return answer;
    lexicon.missing = new Set();
    await lexicon.load(missing);
  }
}

function hit(lexicon, { unit, score }, matched, snippets) {
  const head = lexicon.head(unit);
  const text = snippets ? lexicon.snippet(unit) : "";
  if (!head || text === undefined) return undefined;
  const piece = snippet(text, matched);
  return {
    url: head.url,
    title: head.title,
    snippet: piece.snippet,
    kind: lexicon.kinds[unit],
    score,
    page: { ...head.page },
    marks: { title: marks(head.title, matched), snippet: piece.marks },
  };
}

/**
 * Opens the index of a language. `base` is the address of the edition's root; without it, the module is taken to lie in
 * `search/` there. Rejects with an Error that names the file if one is missing, damaged or of another version.
 */
export async function open(language, { base = new URL("..", import.meta.url) } = {}) {
  const [stemOf, lexicon] = await Promise.all([stemmer(language), openLexicon(language, base)]);
  return {
    /**
     * What answers a query best. `kind` chooses among the best fifty; `kinds` says how many of each there are.
     * Without `snippets` the texts are not loaded: titles are enough for suggestions.
     */
    async search(query, { limit = 10, kind, snippets = true } = {}) {
      const found = await complete(lexicon, () => rank(lexicon, stemOf(lexicon), query));
      const kinds = {};
      for (const { unit } of found.candidates) kinds[lexicon.kinds[unit]] = (kinds[lexicon.kinds[unit]] ?? 0) + 1;
      const wanted = found.candidates.filter(({ unit }) => !kind || lexicon.kinds[unit] === kind).slice(0, limit);
      const show = () => wanted.map((candidate) => hit(lexicon, candidate, found.matched, snippets));
      return { hits: await complete(lexicon, show), corrected: found.corrected, kinds };
    },
  };
}
