/**
 * The Snowball stemmer of Russian, written from its published description,
 * https://snowballstem.org/algorithms/russian/stemmer.html. Words in lower case go in; equal stems come out for
 * the forms of one word. As Snowball itself does since 2018, ё is read as е.
 *
 * RV is what follows the first vowel; no letter before it is ever looked at. R2 is what follows the second pair
 * of a vowel and its consonant.
 */

const VOWEL = /[аеиоуыэюя]/;
const VOWEL_THEN_CONSONANT = /[аеиоуыэюя][^аеиоуыэюя]/gu;

/** Finds the longest of some endings; those of the second list count only behind а or я, which stays. */
function endings(list, afterA) {
  const either = (words) => words.replaceAll(" ", "|");
  return new RegExp(`(?:${either(list)}${afterA ? `|([ая])(?:${either(afterA)})` : ""})$`);
}

const GERUND = endings("ив ивши ившись ыв ывши ывшись", "в вши вшись");
const REFLEXIVE = endings("ся сь");
const ADJECTIVE = endings(
  "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею",
);
const PARTICIPLE = endings("ивш ывш ующ", "ем нн вш ющ щ");
const VERB = endings(
  "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю",
  "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
);
const NOUN = endings(
  "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я",
);
const DERIVATIONAL = endings("ост ость");
const SUPERLATIVE = endings("ейш ейше");

const cut = (text, ending) => text.replace(ending, "$1");
const cutPlain = (text, ending) => text.replace(ending, "");

function regionAfter(word, from) {
  VOWEL_THEN_CONSONANT.lastIndex = from;
  return VOWEL_THEN_CONSONANT.test(word) ? VOWEL_THEN_CONSONANT.lastIndex : word.length;
}

/** Cuts the ending of a form: a gerund's, or else, behind a reflexive's, an adjective's, a verb's or a noun's. */
function inflection(rv) {
  if (GERUND.test(rv)) return cut(rv, GERUND);
  rv = cutPlain(rv, REFLEXIVE);
  if (ADJECTIVE.test(rv)) return cut(cutPlain(rv, ADJECTIVE), PARTICIPLE);
  return VERB.test(rv) ? cut(rv, VERB) : cutPlain(rv, NOUN);
}

/** Cuts a soft sign, or a superlative; what then ends in нн keeps one. */
function tidy(rv) {
  return rv.endsWith("ь") ? rv.slice(0, -1) : cutPlain(rv, SUPERLATIVE).replace(/нн$/, "н");
}

export function stem(word) {
  word = word.replaceAll("ё", "е");
  const start = word.search(VOWEL) + 1;
  if (!start) return word;
  const r2 = regionAfter(word, regionAfter(word, 0));
  let rv = cutPlain(inflection(word.slice(start)), /и$/);
  if (start + rv.search(DERIVATIONAL) >= r2) rv = cutPlain(rv, DERIVATIONAL);
  return word.slice(0, start) + tidy(rv);
}
