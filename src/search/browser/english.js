/**
 * The Snowball stemmer of English (Porter2), written from its published description,
 * https://snowballstem.org/algorithms/english/stemmer.html, with the additions of Snowball 3.1 and 3.2
 * to the two lists of exceptions. Words in lower case go in; equal stems come out for the forms of one word.
 *
 * R1 is what follows the first vowel and its consonant, R2 the same within R1; most endings go only when
 * they lie wholly in one of the two. A "y" that sounds as a consonant is written "Y" on the way.
 */

/** Words that the rules would spoil: stems of other words (ski, new, how), or plurals that are none. */
const EXCEPTIONS = new Map(
  (
    "skis:ski skies:sky idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl " +
    "sky news howe atlas cosmos bias andes"
  ).split(" ").map((pair) => {
    const [word, stem = word] = pair.split(":");
    return [word, stem];
  }),
);

/** Beginnings after which R1 starts at once, so that general ≠ generous, past ≠ paste, later ≠ lateral. */
const BEGINNING = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;

const VOWEL = /[aeiouy]/;
const VOWEL_THEN_Y = /([aeiouy])y/g;
const VOWEL_THEN_CONSONANT = /[aeiouy][^aeiouy]/gu;
const SHORT_SYLLABLE = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/u;

const POSSESSIVE = /'(?:s'?)?$/;
const VERBAL = /(?:e?ed|ing)(?:ly)?$/;
/** Not participles: to proceed is no form of "proc". */
const VERB_IN_EED = /^(?:succ|proc|exc)$/;
/** Nouns: an outing is more than "out", a herring has nothing to do with "her". */
const NOUN_IN_ING = /^(?:inn|out|cann|herr|earr|even)$/;
/** dying → die, lying → lie. */
const VERB_IN_IE = /^[^aeiouy]y$/u;
const LACKS_E = /(?:at|bl|iz)$/;
const DOUBLE = /([bdfgmnprt])\1$/;
/** Words that are double by nature: add, egg, off. */
const SHORT_DOUBLE = /^[aeo]..$/;
const CONSONANT_THEN_Y = /.[^aeiouy][yY]$/su;

/** Endings that go only behind one of these letters. */
const ONLY_AFTER = { ogi: "l", li: "cdeghkmnrt", ion: "st" };

/** A step that replaces the longest ending of its table, if that lies in the region. */
function step(table) {
  const replacement = new Map();
  for (const to in table) for (const ending of table[to].split(" ")) replacement.set(ending, to);
  const longest = new RegExp(`(?:${[...replacement.keys()].join("|")})$`);
  return (word, region) => {
    const at = word.search(longest);
    if (at < region) return word;
    const ending = word.slice(at);
    const letters = ONLY_AFTER[ending];
    return letters && !letters.includes(word[at - 1]) ? word : word.slice(0, at) + replacement.get(ending);
  };
}

const step2 = step({
  tion: "tional",
  ence: "enci",
  ance: "anci",
  able: "abli",
  ent: "entli",
  ize: "izer ization",
  ate: "ational ation ator",
  al: "alism aliti alli",
  ful: "fulness fulli",
  ous: "ousli ousness",
  ive: "iveness iviti",
  ble: "biliti bli",
  og: "ogist ogi",
  less: "lessli",
  "": "li",
});

const step3 = step({ tion: "tional", ate: "ational", al: "alize", ic: "icate iciti ical", "": "ful ness ative" });

const step4 = step({ "": "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion" });

function regionAfter(word, from) {
  VOWEL_THEN_CONSONANT.lastIndex = from;
  return VOWEL_THEN_CONSONANT.test(word) ? VOWEL_THEN_CONSONANT.lastIndex : word.length;
}

/** Plurals and the like: caresses → caress, cries → cri, ties → tie, gaps → gap; gas, class and bus stay. */
function step1a(word) {
  word = word.replace(POSSESSIVE, "");
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ies") || word.endsWith("ied")) return word.slice(0, hasTwo(word.slice(0, -3)) ? -2 : -1);
  if (!word.endsWith("s") || word.endsWith("us") || word.endsWith("ss")) return word;
  return VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

/** Past tenses and participles: agreed → agree, hopping → hop, hoping → hope. */
function step1b(word, r1) {
  const at = word.search(VERBAL);
  if (at < 0) return word;
  const rest = word.slice(0, at);
  const ending = word.slice(at);
  if (ending.startsWith("ee")) return at < r1 || VERB_IN_EED.test(rest) ? word : rest + "ee";
  if (ending === "ing") {
    if (VERB_IN_IE.test(rest)) return rest.slice(0, -1) + "ie";
    if (NOUN_IN_ING.test(rest)) return word;
  }
  if (!VOWEL.test(rest)) return word;
  if (LACKS_E.test(rest)) return rest + "e";
  if (DOUBLE.test(rest)) return SHORT_DOUBLE.test(rest) ? rest : rest.slice(0, -1);
  return at === r1 && SHORT_SYLLABLE.test(rest) ? rest + "e" : rest;
}

/** happy → happi, as in happiness; by, say and enjoy stay. */
function step1c(word) {
  return CONSONANT_THEN_Y.test(word) ? word.slice(0, -1) + "i" : word;
}

function step5(word, r1, r2) {
  const at = word.length - 1;
  const rest = word.slice(0, at);
  if (word.endsWith("e")) return at >= r2 || (at >= r1 && !SHORT_SYLLABLE.test(rest)) ? rest : word;
  return at >= r2 && word.endsWith("ll") ? rest : word;
}

/** Whether there are two letters or more; one beyond U+FFFF counts once. */
function hasTwo(text) {
  return text.length > 1 && text.length > String.fromCodePoint(text.codePointAt(0)).length;
}

export function stem(word) {
  const exception = EXCEPTIONS.get(word);
  if (exception) return exception;
  if (word.length < 5 && [...word].length < 3) return word;
  if (word.startsWith("'")) word = word.slice(1);
  if (word.startsWith("y")) word = "Y" + word.slice(1);
  word = word.replace(VOWEL_THEN_Y, "$1Y");
  const r1 = BEGINNING.exec(word)?.[0].length ?? regionAfter(word, 0);
  const r2 = regionAfter(word, r1);
  word = step1c(step1b(step1a(word), r1));
  word = step2(word, r1);
  word = step3(word, word.endsWith("ative") ? r2 : r1);
  word = step5(step4(word, r2), r1, r2);
  return word.replaceAll("Y", "y");
}
