/**
 * The ranking: which units answer a query best. All numbers are whole and below 2^53, and what is found is what `rank.rs`
 * finds, which tells why it is done so.
 */

import { compare, hash } from "./lexicon.js";
import { read } from "./query.js";

const CANDIDATES = 50;
const SLIP = 95;
const FIRST_SLIP = 85;
const BEGINNING = 100;
const SAME = 40;
const PHRASE = 80;
const FAMILY = 70;
const NEIGHBOURS = 70;
const BASE = 2550;
const COVER = 7;
const SHOWN = 19200;

/** The stems that a token may stand for, each with how sure that is, in percent. */
class Alternatives {
  percents = new Map();

  constructor(lexicon) {
    this.lexicon = lexicon;
  }

  add(stem, percent) {
    if (stem) this.percents.set(stem, Math.max(percent, this.percents.get(stem) ?? 0));
  }

  addRelated(stem, percent) {
    for (const number of stem.related) this.add(this.lexicon.stemNumber(number), Math.floor((SAME * percent) / 100));
  }

  /** Stems of forms that an unfinished word begins, unless it is a form itself. */
  addCompletions({ word }) {
    if ([...word].length < 3) return;
    const begun = this.lexicon.formsLike(word).filter(({ form }) => form.startsWith(word));
    if (begun.some(({ form }) => form === word)) return;
    for (const { stem } of begun) this.add(this.lexicon.stemNumber(stem), BEGINNING);
  }

  /** Stems of forms at distance 1. The one that was meant most likely is kept. */
  addSlips({ word }) {
    const letters = [...word];
    if (letters.length < 4) return;
    const { lexicon } = this;
    const forms = new Map();
    for (const { form, stem } of [...lexicon.formsLike(word), ...lexicon.formsEnding(word)]) {
      if (Math.abs(form.length - word.length) < 3 && isSlip(letters, [...form])) forms.set(form, stem);
    }
    const slips = [...forms].map(([form, number]) => {
      const percent = form.codePointAt(0) === word.codePointAt(0) ? SLIP : FIRST_SLIP;
      return { form, percent, stem: lexicon.stemNumber(number) };
    });
    if (slips.some(({ stem }) => !stem)) return;
    for (const { stem, percent } of slips) {
      this.add(stem, percent);
      this.addRelated(stem, percent);
    }
    slips.sort(
      (a, b) => b.percent - a.percent || b.stem.units.length - a.stem.units.length || compare(a.form, b.form),
    );
    this.meant = slips[0]?.form;
  }

  /** Stems in use that share at least four first letters, and seven tenths of the longer one, with one of five or more. */
  addFamily({ stem }) {
    const letters = [...stem];
    if (letters.length < 5) return;
    for (const other of this.lexicon.stemsFrom(letters.slice(0, 4).join(""))) {
      const others = [...other.text];
      const shared = beginning(letters, others);
      const near = shared * 10 >= Math.max(letters.length, others.length) * 7;
      if (near && other.units.length && other.text !== stem) this.add(other, FAMILY);
    }
  }
}

/** How many letters two lists have in common at their beginning. */
function beginning(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Whether two words differ by one letter more, less or other, or by two neighbours exchanged. */
function isSlip(a, b) {
  const least = Math.min(a.length, b.length);
  if (least < 3 || Math.abs(a.length - b.length) > 1) return false;
  const start = beginning(a, b);
  const both = start + beginning([...a].reverse(), [...b].reverse());
  if (a.length !== b.length) return both >= least;
  const exchanged = start + 1 < least && a[start] === b[start + 1] && a[start + 1] === b[start];
  return both + 1 >= least || (exchanged && both + 2 >= least);
}

function alternatives(lexicon, token, open) {
  const all = new Alternatives(lexicon);
  all.token = token;
  const before = lexicon.missing.size;
  if (open) all.addCompletions(token);
  const completed = all.percents.size;
  if (token.term) {
    all.add(token.term, 100);
    all.addRelated(token.term, 100);
  } else if (!completed && lexicon.missing.size === before) {
    all.addSlips(token);
  }
  all.addFamily(token);
  return all;
}

/** By stem the alternatives of the first token that has it. Tokens that are not known yet are left out. */
function allAlternatives(lexicon, { tokens, open }) {
  const all = new Map();
  tokens.forEach((token, place) => {
    const { stem, term } = token;
    const last = place === tokens.length - 1;
    if (term !== undefined && !all.has(stem)) all.set(stem, alternatives(lexicon, token, open && last));
  });
  tokens.forEach(({ stem }, place) => {
    for (const { stems, means } of lexicon.phrases.get(stem) ?? []) {
      if (!stems.every((stem, at) => tokens[place + at]?.stem === stem)) continue;
      for (const number of means) all.get(stem)?.add(lexicon.stemNumber(number), PHRASE);
    }
  });
  return [...all.values()];
}

/** By unit, the score, and the part of its question that is covered, of 255. */
function tally(lexicon, tokens, all) {
  const [scores, covers, score, cover] = Array.from({ length: 4 }, () => new Float64Array(lexicon.units));
  for (const { percents } of all) {
    for (const [{ weight, units, impacts, shares }, percent] of percents) {
      units.forEach((unit, at) => {
        score[unit] = Math.max(score[unit], percent * weight * impacts[at]);
        cover[unit] = Math.max(cover[unit], Math.floor((percent * shares[at]) / 100));
      });
    }
    for (const { units } of percents.keys()) {
      for (const unit of units) {
        scores[unit] += score[unit];
        covers[unit] += cover[unit];
        score[unit] = cover[unit] = 0;
      }
    }
  }
  addNeighbours(tokens, scores);
  return { scores, covers };
}

/** Two words that stand together in the query and in a unit tell more than both apart. */
function addNeighbours(tokens, scores) {
  const seen = new Set();
  tokens.slice(1).forEach(({ term: second }, at) => {
    const first = tokens[at].term;
    const pair = `${first?.number} ${second?.number}`;
    if (!first || !second || seen.has(pair)) return;
    seen.add(pair);
    const bit = 1 << hash(new TextEncoder().encode(second.text)) % 8;
    const units = new Set(second.units);
    first.units.forEach((unit, at) => {
      if (first.nexts[at] & bit && units.has(unit)) scores[unit] += NEIGHBOURS * (first.weight + second.weight);
    });
  });
}

/** The best units with their points, best first. */
function candidates({ scores, covers }) {
  const found = [];
  scores.forEach((score, unit) => {
    if (!score || score <= found[CANDIDATES - 1]?.score) return;
    let at = Math.min(found.length, CANDIDATES - 1);
    for (; at && found[at - 1].score < score; at--) found[at] = found[at - 1];
    found[at] = { unit, score };
  });
  const points = ({ unit, score }) => ({ unit, points: score * (BASE + COVER * Math.min(255, covers[unit])) });
  return found.map(points).sort((a, b) => b.points - a.points || a.unit - b.unit);
}

/** The query as it was understood, if that differs from what was typed. */
function corrected({ text, replaced }, all) {
  const slips = all.filter(({ meant }) => meant);
  for (const { meant, token } of slips.reverse()) text = text.slice(0, token.start) + meant + text.slice(token.end);
  return replaced || slips.length ? text : null;
}

/** By form, how much it tells in this query. */
function matched(all) {
  const forms = new Map();
  for (const [{ forms: own, weight }, percent] of all.flatMap(({ percents }) => [...percents])) {
    for (const form of own) forms.set(form, Math.max(percent * weight, forms.get(form) ?? 0));
  }
  return forms;
}

/**
 * What a query finds: `candidates` (`{unit, score}`, best first), the query as it was `corrected`, and the forms that
 * `matched`. Nothing, if blocks are missing.
 */
export function rank(lexicon, stemOf, typed) {
  const find = (word) => {
    const stem = stemOf(word);
    return { stem, term: stem === undefined ? undefined : lexicon.stem(stem) };
  };
  const query = read(typed, find);
  const all = allAlternatives(lexicon, query);
  if (lexicon.missing.size) return undefined;
  const shown = ({ unit, points }) => ({ unit, score: Math.round((points / BASE / SHOWN) * 1e5) / 1e5 });
  return {
    candidates: candidates(tally(lexicon, query.tokens, all)).map(shown),
    corrected: corrected(query, all),
    matched: matched(all),
  };
}
