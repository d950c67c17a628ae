/** A query as typed → its tokens, with words typed in the other keyboard layout put right. */

import { words } from "./words.js";

const LATIN = "\u0060qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю";
const OTHER = new Map([...CYRILLIC].flatMap((letter, at) => [[LATIN[at], letter], [letter, LATIN[at]]]));

const PLAIN = /[\p{Alphabetic}\p{N}]/u;
const NUMERIC = /^\p{N}$/u;

/** A text's letters from the first to the last that fits. */
function trimmed(letters, fits) {
  const end = letters.findLastIndex(fits) + 1;
  return letters.slice(Math.max(0, letters.findIndex(fits)), end);
}

/** The same keys in the other layout, where every letter has one. */
function swap(letters) {
  const swapped = letters.map((letter) => OTHER.get(letter) ?? (NUMERIC.test(letter) ? letter : undefined));
  return swapped.includes(undefined) ? "" : swapped.join("");
}

/** What a chunk of a query reads in the other layout, if only there all its words are known. */
function otherLayout(chunk, find) {
  const known = (text) => {
    const found = words(text).map(({ word }) => find(word).term);
    return found.includes(undefined) ? undefined : !found.includes(null);
  };
  if (known(chunk) !== false) return undefined;
  const typed = trimmed([...chunk.toLowerCase()], (letter) => PLAIN.test(letter) || LATIN.includes(letter));
  const bare = typed.slice(0, typed.findLastIndex((letter) => PLAIN.test(letter)) + 1);
  return [typed, bare].map(swap).find((reading) => words(reading).length && known(reading));
}

/**
 * Reads a query. `find` gives the stem of a word, and its term in the index: `null` if there is none, `undefined` if that
 * is not known yet. `replaced` says whether the layout of any word was wrong, `open` whether the last word may go on.
 */
export function read(typed, find) {
  let open = false;
  let replaced = false;
  const text = typed
    .split(/(\p{White_Space})/u)
    .map((chunk, at) => {
      if (!chunk || at % 2) {
        open = false;
        return chunk;
      }
      const other = otherLayout(chunk, find);
      open = other === undefined;
      replaced ||= !open;
      return other ?? chunk;
    })
    .join("");
  const tokens = words(text).map((token) => ({ ...token, ...find(token.word) }));
  return { text, tokens, open, replaced };
}
