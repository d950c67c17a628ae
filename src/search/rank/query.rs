//! A query as typed → its tokens, with words typed in the other keyboard layout put right.

use super::alternatives::Alternatives;
use crate::search::browser::has_stemmer;
use crate::search::index::{Index, number};
use crate::search::stem::Stems;
use crate::search::words::words;

const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю";

/// A query, read.
pub struct Query {
    pub tokens: Vec<Token>,
    /// The query with words in the other layout replaced; otherwise as it was typed.
    text: String,
    /// Whether any word was.
    replaced: bool,
    /// Whether the last word may go on: nothing says that it ended.
    pub open: bool,
}

/// A word of a query.
pub struct Token {
    pub word: String,
    pub stem: String,
    /// The stem's number, if the index has it.
    pub number: Option<u32>,
    /// The bytes of [`Query::text`] it stands for.
    start: usize,
    end: usize,
}

impl Query {
    pub fn read(index: &Index, typed: &str) -> Query {
        let stems = Asked { index, stems: Stems::of(&index.language) };
        let mut text = String::with_capacity(typed.len());
        let mut replaced = false;
        let mut open = false;
        for part in typed.split_inclusive(char::is_whitespace) {
            let chunk = part.trim_end_matches(char::is_whitespace);
            let other = other_layout(&stems, chunk);
            open = other.is_none() && chunk.len() == part.len();
            replaced |= other.is_some();
            text.push_str(other.as_deref().unwrap_or(chunk));
            text.push_str(&part[chunk.len()..]);
        }
        let token = |word: crate::search::words::Word| {
            let stem = stems.stem(&word.text);
            let number = number(&index.stems, &stem);
            Token { word: word.text, stem, number, start: word.start, end: word.end }
        };
        Query { tokens: words(&text).into_iter().map(token).collect(), text, replaced, open }
    }

    /// The query as it was understood, if that differs from what was typed.
    pub fn corrected(&self, alternatives: &[Alternatives]) -> Option<String> {
        let mut text = self.text.clone();
        let slips = alternatives.iter().rev().filter_map(|all| Some((all.meant.as_ref()?, &self.tokens[all.token])));
        let mut changed = self.replaced;
        for (meant, token) in slips {
            text.replace_range(token.start..token.end, meant);
            changed = true;
        }
        changed.then_some(text)
    }
}

/// Stems of words that somebody asks for.
struct Asked<'a> {
    index: &'a Index,
    stems: Stems,
}

impl Asked<'_> {
    /// The browser has the stemmers of a few languages. In all others both sides know the stems of the book's own forms, and
    /// any other word is its own stem.
    fn stem(&self, word: &str) -> String {
        if has_stemmer(&self.index.language) {
            return self.stems.stem(word);
        }
        let place = self.index.words.binary_search_by(|form| form.text.as_str().cmp(word));
        let stem = place.map(|place| &self.index.stems[self.index.words[place].stem as usize].text);
        stem.map_or_else(|_| word.to_owned(), String::clone)
    }
}

/// What a chunk of a query reads in the other layout, if only there all its words are known.
fn other_layout(asked: &Asked, chunk: &str) -> Option<String> {
    let known =
        |text: &str| words(text).iter().all(|word| number(&asked.index.stems, &asked.stem(&word.text)).is_some());
    if known(chunk) {
        return None;
    }
    let lower = chunk.to_lowercase();
    let trimmed = lower.trim_matches(|letter: char| !letter.is_alphanumeric() && !LATIN.contains(letter));
    let bare = trimmed.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let mut readings = [trimmed, bare].into_iter().filter_map(swap);
    readings.find(|reading| !words(reading).is_empty() && known(reading))
}

/// The same keys in the other layout, where every letter has one.
fn swap(text: &str) -> Option<String> {
    let swapped = |letter: char| {
        let to = |from: &str, to: &str| to.chars().nth(from.chars().position(|key| key == letter)?);
        to(LATIN, CYRILLIC).or_else(|| to(CYRILLIC, LATIN)).or_else(|| letter.is_numeric().then_some(letter))
    };
    text.chars().map(swapped).collect()
}
