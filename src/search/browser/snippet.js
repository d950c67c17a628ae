/** What is shown of a text: the piece that tells most of a query, with the words that matched. */

import { words } from "./words.js";

const MOST = 160;

/** The words of a text that matched, as `[start, end]`. */
export function marks(text, matched) {
  return words(text).flatMap(({ word, start, end }) => (matched.has(word) ? [[start, end]] : []));
}

/** How much the forms among some words tell, each counted once. */
function telling(words, matched) {
  const forms = new Set(words.map(({ word }) => word));
  return [...forms].reduce((sum, form) => sum + (matched.get(form) ?? 0), 0);
}

/** The piece that begins with the word at a place: where it begins and ends, and what it tells. */
function piece(text, all, place, matched) {
  const start = place ? all[place].start : 0;
  let last = place;
  while (last + 1 < all.length && all[last + 1].end - start < MOST) last++;
  const next = all[last + 1];
  const end = next ? Math.min(all[last].end, start + MOST) : Math.min(text.length, start + MOST);
  return { start, end, value: telling(all.slice(place, last + 1), matched) };
}

/** The best piece of a text, at most so long, with `…` where something is left out. */
export function snippet(text, matched) {
  const all = words(text);
  let best = { start: 0, end: Math.min(text.length, MOST), value: -1 };
  for (let place = 0; place < all.length; place++) {
    const found = piece(text, all, place, matched);
    if (found.value > best.value) best = found;
    if (found.end === text.length) break;
  }
  const inside = text.slice(best.start, best.end).trimEnd();
  const more = best.start + inside.length < text.trimEnd().length;
  const shown = `${best.start ? "…" : ""}${inside}${more ? "…" : ""}`;
  return { snippet: shown, marks: marks(shown, matched) };
}
