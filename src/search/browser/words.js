/**
 * Text → the words that are looked up. The index is built with the same rule elsewhere, in Rust; both are held to
 * one list of examples. The rule:
 *
 * 1. A code point in LATER belongs to no word, whatever else it is.
 * 2. A word begins with an alphabetic or numeric code point (`\p{Alphabetic}`, `\p{N}`) that is no mark
 *    (`\p{M}`), and goes on as long as alphabetic or numeric code points, marks, soft hyphens (U+00AD) and zero
 *    width (non-)joiners (U+200C, U+200D) follow. Where it lies is told in the text as it was given.
 * 3. Such a run, by itself, is put in lower case (the full mapping of no language in particular), then in NFC;
 *    then all of SILENT is left out, NFC made again, ς becomes σ, and ё becomes е.
 *
 * Why so. Cutting comes first, in the original, so that marks in a snippet need no map back; and a run has its
 * marks with it, so й and ё are recognised however they were typed, and a stress mark does not tear a word in two
 * (за́мок is замок). NFC comes after lower case since J̌ composes only as ǰ. İ gives i and a dot above, which is
 * silent: i. ς goes since it depends on what follows. The second NFC matters where something silent stood between
 * two marks; with it a word is its own only word. A run begins with no mark, so no word is empty.
 */

/**
 * What later versions of Unicode than 15.0 fill with letters, digits and marks (as known from 18.0), with the empty
 * room around it. An old browser does not know them, a new one does; unless they are left alone the two would
 * cut one text differently. All else in the rule is the same in every version from 15.0 on.
 */
const LATER = (
  "557-558 58b-590 5c8-5cf 88f-897 b4e-b54 c5b-c5c cd7-cdc 1acf-1aff 1c89-1c8f 208f 209d-20cf " +
  "a7cb-a7cf a7d2 a7d4 a7da-a7f1 ab6c-ab6f 105bd-105ff 107bb-107ff 1093a-1097f 10d3a-10e5f 10eb2-10efc " +
  "11375-113ff 116ca-116ff 11af9-11bff 11daa-11edf 11f5a-11faf 1246f-1247f 12544-12f8f 13456-143ff " +
  "14647-167ff 16b90-16e3f 16e9b-16eff 16ff2-16fff 187f8-187ff 18cd6-18cff 18d09-1afef 1b123-1b131 " +
  "1b168-1b16f 1bca4-1ceff 1cf47-1d128 1d246-1d2bf 1d6a6-1d6a7 1df1f-1df24 1df2b-1dfff 1e4fa-1e7df " +
  "2b73a-2b73f 2b81e-2b81f 2cea2-2ceaf 2ebe1-2f7ff 323b0-e00ff"
).replace(/\w+/g, "\\u{$&}").replaceAll(" ", "");

/** Combining diacritics and variation selectors, soft hyphens and joiners. */
const SILENT =
  /[\xad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u{e0100}-\u{e01ef}]/gu;

const RUN = new RegExp(
  `(?![\\p{M}${LATER}])[\\p{Alphabetic}\\p{N}](?:(?![${LATER}])[\\p{Alphabetic}\\p{N}\\p{M}\\xad\\u200c\\u200d])*`,
  "gu",
);

const normal = (run) =>
  run.toLowerCase().normalize().replace(SILENT, "").normalize().replaceAll("ς", "σ").replaceAll("ё", "е");

/** The words of a text, each with its place there: `[{ word, start, end }]`, in UTF-16 units. */
export function words(text) {
  return Array.from(text.matchAll(RUN), ({ 0: run, index }) => ({
    word: normal(run),
    start: index,
    end: index + run.length,
  }));
}
