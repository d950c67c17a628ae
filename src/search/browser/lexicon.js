/**
 * The files of an index, read. Their layout is told in `export.rs`, which writes them. Blocks that are not there yet are
 * noted in `missing`; who needs one loads all that are noted, and asks again.
 */

const VERSION = 1;
const HEADER = 9;

async function download(address, cache) {
  if (address.protocol === "file:") return (await import("node:fs/promises")).readFile(address);
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

/** FNV-1a, 32 bits. */
export const hash = (bytes) => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5) >>> 0;

/** A file's bytes, if they are what was written. */
async function load(name, base, cache) {
  const complain = (what, cause) => {
    throw new Error(`search/${name} ${what}`, { cause });
  };
  const file = await download(new URL(`search/${name}`, base), cache).catch((error) =>
    complain(`cannot be loaded: ${error.message}`, error),
  );
  const bytes = new Uint8Array(file);
  if (bytes.length < HEADER || String.fromCharCode(...bytes.subarray(0, 4)) !== "DSK1") complain("is damaged");
  if (bytes[4] !== VERSION) complain("is of another version");
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(5, true);
  const content = bytes.subarray(HEADER);
  if (hash(content) !== sum) complain("is damaged");
  return content;
}

/** Reads numbers and texts, one after the other. */
class Reader {
  at = 0;

  constructor(bytes, letters) {
    this.bytes = bytes;
    this.letters = letters;
  }

  number() {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++];
      number += (byte & 127) * factor;
      if (!(byte > 127)) return number;
    }
  }

  text() {
    let text = "";
    for (let byte; (byte = this.bytes[this.at++]); ) {
      text += byte === 127 ? String.fromCodePoint(this.number()) : this.letters[byte];
    }
    return text;
  }

  list(count, read) {
    return Array.from({ length: count }, read);
  }

  numbers(count) {
    return this.list(count, () => this.number());
  }

  texts(count) {
    return this.list(count, () => this.text());
  }

  textAfter(before) {
    return before.slice(0, this.number()) + this.text();
  }

  ordered(count) {
    let text = "";
    return this.numbers(count).map((common) => (text = text.slice(0, common) + this.text()));
  }

  rising(count) {
    let least = 0;
    return this.list(count, () => {
      const number = least + this.number();
      least = number + 1;
      return number;
    });
  }

  raw(count) {
    return this.bytes.subarray(this.at, (this.at += count));
  }
}

/** Orders texts by code points: JavaScript's own order has those beyond U+FFFF before those from U+E000 on. */
function compare(one, other) {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  const rank = (unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  return at < one.length && at < other.length
    ? rank(one.charCodeAt(at)) - rank(other.charCodeAt(at))
    : one.length - other.length;
}

/** The place of the last block that fits, where all that fit come first. */
function last(blocks, fits) {
  let low = 0;
  for (let high = blocks.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if (fits(blocks[middle])) low = middle;
    else high = middle;
  }
  return low;
}

const letters = (text) => [...text];
const firstThree = (text) => letters(text).slice(0, 3).join("");
const reversed = (text) => letters(text).reverse().join("");

function add(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

class Lexicon {
  /** Blocks that somebody asked for in vain. */
  missing = new Set();
  /** Stems by their text, and by the three characters they begin with: those of the blocks that are there. */
  stems = new Map();
  beginnings = new Map();
  /** `{form, stem}` by the character that a form ends with; the stem as its number. */
  ends = new Map();

  constructor(language, base, bytes) {
    this.language = language;
    this.base = base;
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const reader = new Reader(bytes, ascii);
    this.letters = [...ascii, ...reader.rising(reader.number()).map((code) => String.fromCodePoint(code))];
    reader.letters = this.letters;
    this.units = reader.number();
    this.readKinds(reader);
    this.readStrays(reader);
    this.readPhrases(reader);
    this.tables = [readTerms, readEndings, readHeads, readSnippets].map((read) => this.readDirectory(reader, read));
    [this.terms, this.endings, this.heads, this.snippets] = this.tables;
    for (const block of this.tables.flat()) if (block.size) block.bytes = reader.raw(block.size);
  }

  readKinds(reader) {
    const names = reader.texts(reader.number());
    this.kinds = [];
    for (let runs = reader.number(); runs--; ) {
      const name = names[reader.number()];
      for (let length = reader.number(); length--; ) this.kinds.push(name);
    }
  }

  readStrays(reader) {
    this.strays = new Map();
    const forms = reader.ordered(reader.number());
    for (const form of forms) add(this.strays, firstThree(form), { form, stem: reader.number() });
  }

  readPhrases(reader) {
    this.phrases = new Map();
    for (let count = reader.number(); count--; ) {
      const stems = reader.texts(reader.number());
      add(this.phrases, stems[0], { stems, means: reader.rising(reader.number()) });
    }
  }

  readDirectory(reader, read) {
    const counts = reader.numbers(reader.number());
    const froms = reader.texts(counts.length);
    let first = 0;
    return counts.map((count, at) => {
      const block = { read, first, count, from: froms[at], size: reader.number() };
      if (!block.size) {
        const name = Array.from(reader.raw(4), (byte) => byte.toString(16).padStart(2, "0")).join("");
        block.name = `${this.language}-${name}.bin`;
      }
      first += count;
      return block;
    });
  }

  /** The rows of a block, unless it is missing. */
  rows(block) {
    if (block.bytes) {
      block.rows = block.read(new Reader(block.bytes, this.letters), block, this);
      block.bytes = undefined;
    }
    if (!block.rows) this.missing.add(block);
    return block.rows;
  }

  row(table, number) {
    const block = table[last(table, ({ first }) => first <= number)];
    return this.rows(block)?.[number - block.first];
  }

  /** Loads blocks. Those that fail may be asked for again: none is under way any more when this rejects. */
  async load(blocks) {
    const loads = await Promise.allSettled(Array.from(blocks, (block) => this.loadBlock(block)));
    const failed = loads.find(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
  }

  async loadBlock(block) {
    block.loading ??= load(block.name, this.base);
    try {
      const bytes = await block.loading;
      if (!block.rows) block.bytes = bytes;
    } finally {
      block.loading = undefined;
    }
  }

  /** A stem by its text: `null` if there is none, `undefined` if its block is missing. */
  stem(text) {
    if (!this.terms.length) return null;
    const at = last(this.terms, ({ from }) => compare(from, text) <= 0);
    return this.rows(this.terms[at]) && (this.stems.get(text) ?? null);
  }

  stemNumber(number) {
    return this.row(this.terms, number);
  }

  /** Sees to it that all rows of a table are there that begin with something. */
  reach(table, beginning) {
    let at = last(table, ({ from }) => compare(from, beginning) <= 0);
    do if (table[at]) this.rows(table[at]);
    while (table[++at]?.from.startsWith(beginning));
  }

  /** The stems that begin with three characters or more. */
  stemsFrom(beginning) {
    this.reach(this.terms, beginning);
    const stems = this.beginnings.get(firstThree(beginning)) ?? [];
    return stems.filter(({ text }) => text.startsWith(beginning));
  }

  /** The forms that have the three first characters of a word, or all if it has fewer: `{form, stem}`. */
  formsLike(word) {
    const beginning = firstThree(word);
    const short = letters(beginning).length < 3;
    const stems = short ? [this.stem(beginning)] : this.stemsFrom(beginning);
    const forms = stems.flatMap((stem) => stem?.forms.map((form) => ({ form, stem: stem.number })) ?? []);
    return [...forms.filter(({ form }) => firstThree(form) === beginning), ...(this.strays.get(beginning) ?? [])];
  }

  /** The forms that have the two last characters of a word, or the last one of a word of five or fewer. */
  formsEnding(word) {
    const backwards = letters(word).reverse();
    const end = backwards.slice(0, backwards.length > 5 ? 2 : 1);
    if (this.endings.length) this.reach(this.endings, end.join(""));
    else if (!this.ends.size) this.findEnds();
    const ending = end.reverse().join("");
    return (this.ends.get(backwards[0]) ?? []).filter(({ form }) => form.endsWith(ending));
  }

  findEnds() {
    for (const { forms, number: stem } of this.terms.flatMap((block) => this.rows(block) ?? [])) {
      for (const form of forms) add(this.ends, letters(form).at(-1), { form, stem });
    }
  }

  /** What is shown of a unit first. */
  head(unit) {
    return this.row(this.heads, unit);
  }

  snippet(unit) {
    return this.row(this.snippets, unit);
  }
}

function readTerms(reader, { first, count }, lexicon) {
  const stems = reader.ordered(count).map((text, at) => ({ number: first + at, text }));
  const counts = reader.numbers(count);
  const lacks = counts.map((count) => reader.numbers(count));
  stems.forEach((stem, at) => {
    stem.forms = lacks[at].map((lack) => stem.text.slice(0, stem.text.length - lack) + reader.text());
  });
  for (const stem of stems) stem.weight = reader.number();
  const related = reader.numbers(count);
  stems.forEach((stem, at) => (stem.related = reader.rising(related[at])));
  const postings = reader.numbers(count);
  stems.forEach((stem, at) => (stem.units = reader.rising(postings[at])));
  for (const column of ["impacts", "shares", "nexts"]) {
    stems.forEach((stem, at) => (stem[column] = reader.raw(postings[at])));
  }
  for (const stem of stems) {
    lexicon.stems.set(stem.text, stem);
    add(lexicon.beginnings, firstThree(stem.text), stem);
  }
  return stems;
}

function readEndings(reader, { count }, lexicon) {
  return reader.ordered(count).map((text) => {
    const row = { form: reversed(text), stem: reader.number() };
    add(lexicon.ends, letters(text)[0], row);
    return row;
  });
}

function readHeads(reader, { count }) {
  let page = { url: "", title: "" };
  return reader.list(count, () => {
    page = { url: reader.textAfter(page.url), title: reader.textAfter(page.title) };
    return { page, url: reader.textAfter(page.url), title: reader.textAfter(page.title) };
  });
}

const readSnippets = (reader, { count }) => reader.texts(count);

export async function openLexicon(language, base) {
  return new Lexicon(language, base, await load(`${language}.bin`, base, "no-cache"));
}
export { compare };
