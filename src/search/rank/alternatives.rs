//! What each word of a query may stand for.

use super::query::{Query, Token};
use crate::search::index::Index;
use std::collections::BTreeMap;

/// A word that nobody uses in the book but for a slip: a form at distance 1, by whether the first letter is right.
const SLIP: u32 = 95;
const FIRST_SLIP: u32 = 85;
/// The beginning of a word that is still being typed: as good as the word.
const BEGINNING: u32 = 100;
/// Words that mean the same.
const SAME: u32 = 40;
/// A phrase that means the same: several words at once say it.
const PHRASE: u32 = 80;
/// Words of one family, by their beginning.
const FAMILY: u32 = 70;

/// The stems that a token may stand for.
pub struct Alternatives {
    /// Its place in the query.
    pub token: usize,
    /// How sure each stem is, by number.
    pub percents: BTreeMap<u32, u32>,
    /// The form that was meant most likely, where the word is a slip.
    pub meant: Option<String>,
}

/// Of each token whose stem is new.
pub fn of(index: &Index, query: &Query) -> Vec<Alternatives> {
    let first = |place: usize| query.tokens.iter().position(|token| token.stem == query.tokens[place].stem);
    let firsts = (0..query.tokens.len()).filter(|place| first(*place) == Some(*place));
    let last = query.tokens.len().wrapping_sub(1);
    let mut all: Vec<_> =
        firsts.map(|place| of_token(index, &query.tokens[place], place, query.open && place == last)).collect();
    add_phrases(index, &query.tokens, &mut all);
    all
}

fn of_token(index: &Index, token: &Token, place: usize, open: bool) -> Alternatives {
    let mut all = Alternatives { token: place, percents: BTreeMap::new(), meant: None };
    let completions = if open { completions(index, &token.word) } else { Vec::new() };
    for stem in &completions {
        all.add(*stem, BEGINNING);
    }
    if let Some(stem) = token.number {
        all.add(stem, 100);
        all.add_related(index, stem, 100);
    } else if completions.is_empty() {
        all.add_slips(index, &token.word);
    }
    for stem in family(index, &token.stem) {
        all.add(stem, FAMILY);
    }
    all
}

impl Alternatives {
    fn add(&mut self, stem: u32, percent: u32) {
        let best = self.percents.entry(stem).or_default();
        *best = percent.max(*best);
    }

    fn add_related(&mut self, index: &Index, stem: u32, percent: u32) {
        for other in &index.stems[stem as usize].related {
            self.add(*other, SAME * percent / 100);
        }
    }

    fn add_slips(&mut self, index: &Index, word: &str) {
        let slips = slips(index, word);
        for (_, stem, percent) in &slips {
            self.add(*stem, *percent);
            self.add_related(index, *stem, *percent);
        }
        let postings = |stem: u32| index.stems[stem as usize].postings.len();
        let likely = slips.iter().rev().max_by_key(|(_, stem, percent)| (*percent, postings(*stem)));
        self.meant = likely.map(|(form, ..)| (*form).to_owned());
    }
}

/// Forms at distance 1, their stems, and how likely they are. Each shares its first three letters with the word, or its last
/// two (the last one with a word of five or fewer): in a large book the browser looks in no other place.
fn slips<'a>(index: &'a Index, word: &str) -> Vec<(&'a str, u32, u32)> {
    let word: Vec<char> = word.chars().collect();
    if word.len() < 4 {
        return Vec::new();
    }
    let end = if word.len() <= 5 { 1 } else { 2 };
    let mut form: Vec<char> = Vec::new();
    let mut slips = Vec::new();
    for candidate in &index.words {
        form.clear();
        form.extend(candidate.text.chars());
        let near = form.len() >= 3 && form.len().abs_diff(word.len()) <= 1;
        let shares = || form[..3] == word[..3] || form[form.len() - end..] == word[word.len() - end..];
        if near && shares() && one_slip(&word, &form) {
            let percent = if form[0] == word[0] { SLIP } else { FIRST_SLIP };
            slips.push((candidate.text.as_str(), candidate.stem, percent));
        }
    }
    slips
}

/// Whether two words differ by one letter more, less or other, or by two neighbours exchanged. They are not the same.
fn one_slip(a: &[char], b: &[char]) -> bool {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    if a.len() != b.len() {
        return start + end >= a.len().min(b.len());
    }
    let exchanged = start + 1 < a.len() && a[start] == b[start + 1] && a[start + 1] == b[start];
    start + end + 1 >= a.len() || exchanged && start + end + 2 >= a.len()
}

/// The stems of forms that a word of three letters or more begins, unless it is a form itself.
fn completions(index: &Index, word: &str) -> Vec<u32> {
    let start = index.words.partition_point(|form| form.text.as_str() < word);
    let begun = index.words[start..].iter().take_while(|form| form.text.starts_with(word));
    let whole = index.words.get(start).is_some_and(|form| form.text == word);
    if whole || word.chars().count() < 3 { Vec::new() } else { begun.map(|form| form.stem).collect() }
}

/// Stems in use that share at least four first letters, and seven tenths of the longer one, with a stem of five letters or more.
fn family(index: &Index, stem: &str) -> Vec<u32> {
    let letters: Vec<char> = stem.chars().collect();
    if letters.len() < 5 {
        return Vec::new();
    }
    let beginning: String = letters[..4].iter().collect();
    let start = index.stems.partition_point(|other| other.text < beginning);
    let near = index.stems.iter().enumerate().skip(start).take_while(|(_, other)| other.text.starts_with(&beginning));
    let related = |other: &str| {
        let shared = letters.iter().zip(other.chars()).take_while(|(a, b)| **a == *b).count();
        other != stem && shared * 10 >= letters.len().max(other.chars().count()) * 7
    };
    let family = near.filter(|(_, other)| !other.postings.is_empty() && related(&other.text));
    family.map(|(place, _)| place as u32).collect()
}

/// Adds what phrases of the query mean to the first token of each.
fn add_phrases(index: &Index, tokens: &[Token], all: &mut [Alternatives]) {
    for place in 0..tokens.len() {
        for phrase in phrases_at(index, &tokens[place..]) {
            let first = all.iter_mut().find(|one| tokens[one.token].stem == tokens[place].stem);
            if let Some(first) = first {
                phrase.iter().for_each(|stem| first.add(*stem, PHRASE));
            }
        }
    }
}

/// What the phrases mean that begin with the first of these tokens.
fn phrases_at<'a>(index: &'a Index, tokens: &[Token]) -> Vec<&'a [u32]> {
    let start = index.phrases.partition_point(|phrase| phrase.stems[0] < tokens[0].stem);
    let candidates = index.phrases[start..].iter().take_while(|phrase| phrase.stems[0] == tokens[0].stem);
    let fits = |stems: &[String]| {
        stems.len() <= tokens.len() && stems.iter().zip(tokens).all(|(stem, token)| *stem == token.stem)
    };
    candidates.filter(|phrase| fits(&phrase.stems)).map(|phrase| &phrase.means[..]).collect()
}
