//! The four tables of an index, cut into blocks.

use super::super::Unit;
use super::super::index::{Index, Stem};
use super::super::words::utf16_len;
use super::bytes::{Alphabet, Bytes, beyond};
use std::collections::BTreeMap;

/// How the rows of one table are cut.
#[derive(Clone, Copy)]
pub struct Room {
    /// A table of at most so many bytes is one block, within the main file.
    pub whole: usize,
    /// Else a block is closed before it exceeds so many bytes; a single row may.
    pub block: usize,
}

pub struct Table {
    pub blocks: Vec<Block>,
    /// Whether the blocks are files of their own.
    pub apart: bool,
}

pub struct Block {
    /// How many rows.
    pub count: usize,
    /// The shortest text that is greater than all rows of the block before, if rows are looked up by text.
    pub from: String,
    pub bytes: Vec<u8>,
}

/// A stem with the forms of it.
pub struct Term<'a> {
    pub stem: &'a Stem,
    pub forms: Vec<&'a str>,
}

/// What a book shows of a unit when it is found.
pub const SNIPPET: usize = 320;

pub fn terms_of(index: &Index) -> Vec<Term<'_>> {
    let mut terms: Vec<Term> = index.stems.iter().map(|stem| Term { stem, forms: Vec::new() }).collect();
    for word in &index.words {
        terms[word.stem as usize].forms.push(&word.text);
    }
    terms
}

pub fn terms(terms: &[Term], alphabet: &Alphabet, room: Room) -> Table {
    let letters = |text: &str| text.chars().count();
    let size = |term: &Term| {
        let forms: usize = term.forms.iter().map(|form| letters(beyond(&term.stem.text, form).1) + 2).sum();
        letters(&term.stem.text) + forms + 4 * term.stem.postings.len() + 4
    };
    table(
        terms,
        size,
        |term| &term.stem.text,
        alphabet,
        room,
        |bytes, rows| {
            write_texts(bytes, rows);
            write_postings(bytes, rows);
        },
    )
}

fn write_texts(bytes: &mut Bytes, rows: &[Term]) {
    let forms = || rows.iter().flat_map(|term| term.forms.iter().map(|form| (&*term.stem.text, *form)));
    bytes.ordered(rows.iter().map(|term| &*term.stem.text));
    bytes.numbers(rows.iter().map(|term| term.forms.len() as u32));
    bytes.numbers(forms().map(|(stem, form)| (utf16_len(stem) - beyond(stem, form).0) as u32));
    bytes.texts(forms().map(|(stem, form)| beyond(stem, form).1));
    bytes.numbers(rows.iter().map(|term| term.stem.weight));
    bytes.numbers(rows.iter().map(|term| term.stem.related.len() as u32));
    rows.iter().for_each(|term| bytes.rising(term.stem.related.iter().copied()));
}

fn write_postings(bytes: &mut Bytes, rows: &[Term]) {
    let postings = || rows.iter().flat_map(|term| &term.stem.postings);
    bytes.numbers(rows.iter().map(|term| term.stem.postings.len() as u32));
    rows.iter().for_each(|term| bytes.rising(term.stem.postings.iter().map(|posting| posting.unit)));
    bytes.out.extend(postings().map(|posting| posting.impact));
    bytes.out.extend(postings().map(|posting| posting.share));
    bytes.out.extend(postings().map(|posting| posting.next));
}

/// The forms read from their end, each with the number of its stem.
pub fn endings(index: &Index, alphabet: &Alphabet, room: Room) -> Table {
    let reversed = index.words.iter().map(|word| (word.text.chars().rev().collect(), word.stem));
    let rows: Vec<(String, u32)> = reversed.collect::<BTreeMap<_, _>>().into_iter().collect();
    table(
        &rows,
        |(text, _)| text.chars().count() + 3,
        |(text, _)| text,
        alphabet,
        room,
        |bytes, rows| {
            bytes.ordered(rows.iter().map(|(text, _)| &**text));
            bytes.numbers(rows.iter().map(|(_, stem)| *stem));
        },
    )
}

/// What is shown of units first: address, title, and the page that they are on.
pub fn heads(units: &[Unit], alphabet: &Alphabet, room: Room) -> Table {
    let size = |unit: &Unit| unit.title.chars().count() + unit.url.len() / 2 + 4;
    table(
        units,
        size,
        |_| "",
        alphabet,
        room,
        |bytes, rows| {
            let mut page = ("", "");
            for unit in rows {
                let new = (&*unit.page_url, &*unit.page_title);
                bytes.text_after(page.0, new.0);
                bytes.text_after(page.1, new.1);
                bytes.text_after(new.0, &unit.url);
                bytes.text_after(new.1, &unit.title);
                page = new;
            }
        },
    )
}

pub fn snippets(units: &[Unit], alphabet: &Alphabet, room: Room) -> Table {
    let size = |unit: &Unit| snippet(&unit.text).chars().count() + 1;
    table(units, size, |_| "", alphabet, room, |bytes, rows| bytes.texts(rows.iter().map(|unit| snippet(&unit.text))))
}

/// The beginning of a text, at most [`SNIPPET`] characters, cut between words where there is a space.
pub fn snippet(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(SNIPPET) else { return text };
    let cut =
        if text[end..].starts_with(char::is_whitespace) { Some(end) } else { text[..end].rfind(char::is_whitespace) };
    text[..cut.unwrap_or(end)].trim_end()
}

fn table<T>(
    rows: &[T],
    size: impl Fn(&T) -> usize,
    text: impl Fn(&T) -> &str,
    alphabet: &Alphabet,
    room: Room,
    write: impl Fn(&mut Bytes, &[T]),
) -> Table {
    let apart = rows.iter().map(&size).sum::<usize>() > room.whole;
    let most = if apart { room.block } else { usize::MAX };
    let mut before = "";
    let mut blocks = Vec::new();
    for rows in cut(rows, size, most) {
        let (first, last) = (text(&rows[0]), text(&rows[rows.len() - 1]));
        let mut bytes = alphabet.bytes();
        write(&mut bytes, rows);
        blocks.push(Block { count: rows.len(), from: between(before, first), bytes: bytes.out });
        before = last;
    }
    Table { blocks, apart }
}

fn cut<T>(rows: &[T], size: impl Fn(&T) -> usize, most: usize) -> Vec<&[T]> {
    let mut blocks = Vec::new();
    let (mut start, mut sum) = (0, 0_usize);
    for (at, row) in rows.iter().enumerate() {
        let size = size(row);
        if at > start && sum.saturating_add(size) > most {
            blocks.push(&rows[start..at]);
            (start, sum) = (at, 0);
        }
        sum += size;
    }
    if start < rows.len() {
        blocks.push(&rows[start..]);
    }
    blocks
}

/// The shortest beginning of `text` that is greater than `before`, which is less than it.
fn between(before: &str, text: &str) -> String {
    let same = text.len() - beyond(before, text).1.len();
    let more = text[same..].chars().next().map_or(0, char::len_utf8);
    text[..same + more].to_owned()
}
