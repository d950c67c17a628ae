//! An index → the files that the browser loads. `browser/lexicon.js` reads them.
//!
//! # Layout
//!
//! `LANG.bin` is loaded first. Four tables belong to it: *terms* (stems with their forms and postings), *endings* (forms
//! read backwards), *heads* (titles and addresses of units) and *snippets*. A table is cut into blocks of rows. A small
//! table is one block within `LANG.bin`; the blocks of a large one are files `LANG-0123abcd.bin`, named by the first four
//! bytes of the BLAKE3 hash of what they hold, in hex. Every file begins with
//!
//! | | |
//! | --- | --- |
//! | 4 bytes | `DSK1` |
//! | 1 byte | [`VERSION`] |
//! | 4 bytes | FNV-1a, 32 bits, of all that follows; the lowest byte first |
//!
//! The rest of the files is made of
//!
//! * *number*: seven bits a byte, the lowest first; the highest bit of a byte says that another follows.
//! * *text*: characters up to a zero byte. A byte 01–7E is that ASCII character; 80–FF is a letter of the alphabet of
//!   the index; 7F is followed by the code point as a number.
//! * *text after* another: how many UTF-16 units the two have in common at their beginning (a number), then the rest
//!   (a text).
//! * *ordered texts*: each after the one before, the first after none: all the numbers, then all the rests.
//! * *rising numbers*: the first as it is, each further less the one before less one.
//!
//! `LANG.bin`:
//!
//! | | |
//! | --- | --- |
//! | alphabet | its length; its code points, rising |
//! | units | how many there are |
//! | kinds | how many; their names; how many runs; for each run of units in a row the number of its kind, and its length |
//! | strays | how many; the texts, ordered; the numbers of their stems. These are forms that do not begin with the three characters (or fewer) that their stem begins with |
//! | phrases | how many; for each how many stems it has, these as texts, how many stems it means, the numbers of these, rising |
//! | directories | one for each table: *terms*, *endings*, *heads*, *snippets* |
//! | blocks | those within the file, one behind the other in the same order |
//!
//! A directory: how many blocks; the number of rows of each; for *terms* and *endings* texts (for the others empty ones), each
//! greater than all rows before its block, and no greater than its first row; the place of each: the length of a block within
//! the file, or 0 and the four bytes of its name. *Endings* is empty where *terms* is within the file: all forms are there.
//!
//! A block holds columns, each for all rows:
//!
//! | table | columns |
//! | --- | --- |
//! | terms | stems (ordered texts); how many forms each has; for each form how many UTF-16 units of the end of its stem it lacks; for each form what it adds (text); weights; how many stems are related; their numbers, rising for each stem; how many postings; their units, rising for each stem; for each posting a byte `impact`; then `share`; then `next` |
//! | endings | forms read backwards (ordered texts); the numbers of their stems |
//! | heads | row by row: the page's address, after that of the row before; the page's title, after that of the row before; the address, after the page's; the title, after the page's |
//! | snippets | texts of at most 320 characters |
//!
//! A stem's number is its row in *terms*; a unit's its row in *heads*.

mod bytes;
mod tables;

pub(super) use tables::snippet as kept;

use super::index::{Index, fnv1a};
use bytes::{Alphabet, Bytes};
use std::collections::BTreeMap;
pub use tables::Room;
use tables::{Table, Term};

/// To be raised with every change of the layout.
pub const VERSION: u8 = 1;

/// How large tables and their blocks may be.
#[derive(Clone, Copy)]
pub struct Rooms {
    pub terms: Room,
    pub endings: Room,
    pub heads: Room,
    pub snippets: Room,
}

/// Chosen so that a small book is searched after one request, and so that what a query loads of a large one, most of
/// it postings, grows little with the book. Hits lie here and there: blocks of what is shown of them are small.
pub const ROOMS: Rooms = Rooms {
    terms: Room { whole: 0x1_8000, block: 0x800 },
    endings: Room { whole: 0, block: 0x1800 },
    heads: Room { whole: 0x8000, block: 0x600 },
    snippets: Room { whole: 0x1000, block: 0x800 },
};

/// The files of an index by their names within `search/`: the main one first, then the blocks in no other order than that
/// of their names.
pub fn files(index: &Index) -> Vec<(String, Vec<u8>)> {
    cut(index, ROOMS)
}

/// The same with other sizes: what is found does not depend on them.
pub fn cut(index: &Index, rooms: Rooms) -> Vec<(String, Vec<u8>)> {
    let alphabet = Alphabet::of(texts(index));
    let rows = tables::terms_of(index);
    let terms = tables::terms(&rows, &alphabet, rooms.terms);
    let endings = if terms.apart { tables::endings(index, &alphabet, rooms.endings) } else { none() };
    let heads = tables::heads(&index.units, &alphabet, rooms.heads);
    let snippets = tables::snippets(&index.units, &alphabet, rooms.snippets);

    let mut main = alphabet.bytes();
    main.count(alphabet.letters().len());
    main.rising(alphabet.letters().iter().map(|letter| u32::from(*letter)));
    main.count(index.units.len());
    write_kinds(&mut main, index);
    write_strays(&mut main, &rows);
    write_phrases(&mut main, index);
    let mut blocks = BTreeMap::new();
    let tables = [&terms, &endings, &heads, &snippets];
    tables.iter().for_each(|table| write_directory(&mut main, table, &mut blocks));
    let within = tables.iter().filter(|table| !table.apart).flat_map(|table| &table.blocks);
    within.for_each(|block| main.out.extend(&block.bytes));

    let name = |hash: u32| format!("{}-{hash:08x}.bin", index.language);
    let blocks = blocks.into_iter().map(|(hash, bytes)| (name(hash), bytes));
    std::iter::once((format!("{}.bin", index.language), sealed(&main.out))).chain(blocks).collect()
}

fn none() -> Table {
    Table { blocks: Vec::new(), apart: false }
}

/// All that is written with the alphabet.
fn texts(index: &Index) -> impl Iterator<Item = &str> {
    let units = index
        .units
        .iter()
        .flat_map(|unit| [&*unit.url, &*unit.title, &*unit.page_url, &*unit.page_title, tables::snippet(&unit.text)]);
    let words = index.words.iter().map(|word| &*word.text);
    units.chain(words).chain(index.stems.iter().map(|stem| &*stem.text))
}

fn write_kinds(main: &mut Bytes, index: &Index) {
    let runs: Vec<_> = index.units.chunk_by(|one, next| one.kind == next.kind).collect();
    let mut kinds: Vec<&str> = runs.iter().map(|run| run[0].kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    main.count(kinds.len());
    main.texts(kinds.iter().copied());
    main.count(runs.len());
    for run in runs {
        main.count(kinds.partition_point(|kind| *kind < run[0].kind));
        main.count(run.len());
    }
}

fn write_strays(main: &mut Bytes, rows: &[Term]) {
    let forms =
        rows.iter().zip(0..).flat_map(|(term, stem)| term.forms.iter().map(move |form| (*form, stem, term.stem)));
    let strays = forms.filter(|(form, _, stem)| !form.chars().take(3).eq(stem.text.chars().take(3)));
    let strays: BTreeMap<&str, u32> = strays.map(|(form, number, _)| (form, number)).collect();
    main.count(strays.len());
    main.ordered(strays.keys().copied());
    main.numbers(strays.values().copied());
}

fn write_phrases(main: &mut Bytes, index: &Index) {
    main.count(index.phrases.len());
    for phrase in &index.phrases {
        main.count(phrase.stems.len());
        main.texts(phrase.stems.iter().map(|stem| &**stem));
        main.count(phrase.means.len());
        main.rising(phrase.means.iter().copied());
    }
}

fn write_directory(main: &mut Bytes, table: &Table, files: &mut BTreeMap<u32, Vec<u8>>) {
    main.count(table.blocks.len());
    table.blocks.iter().for_each(|block| main.count(block.count));
    main.texts(table.blocks.iter().map(|block| &*block.from));
    for block in &table.blocks {
        if table.apart {
            let name = file(sealed(&block.bytes), files);
            main.out.push(0);
            main.out.extend(name.to_be_bytes());
        } else {
            main.count(block.bytes.len());
        }
    }
}

/// Adds a file under its hash, or the next number that no other file has, and gives that.
fn file(bytes: Vec<u8>, files: &mut BTreeMap<u32, Vec<u8>>) -> u32 {
    let [a, b, c, d, ..] = *blake3::hash(&bytes).as_bytes();
    let mut name = u32::from_be_bytes([a, b, c, d]);
    while files.get(&name).is_some_and(|other| *other != bytes) {
        name = name.wrapping_add(1);
    }
    files.insert(name, bytes);
    name
}

/// A file from what it holds.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    [b"DSK1", &[VERSION][..], &fnv1a(bytes).to_le_bytes(), bytes].concat()
}
