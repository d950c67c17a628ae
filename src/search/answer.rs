//! What a search finds, as programs read it: the same object as the browser's module gives.

use super::export::kept;
use super::index::Index;
use super::rank;
use super::stem::Stems;
use super::words::{utf16_len, words};
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer to one query.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Answer {
    /// Best first.
    pub hits: Vec<Hit>,
    /// The query as it was understood, where a word was corrected.
    pub corrected: Option<String>,
    /// How many candidates there are of each kind.
    pub kinds: BTreeMap<&'static str, usize>,
}

/// One place that answers. Texts are plain.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Hit {
    /// Relative to the edition's root.
    pub url: String,
    pub title: String,
    pub snippet: String,
    pub kind: &'static str,
    pub score: f64,
    pub page: Page,
    pub marks: Marks,
    /// Its place in the index.
    #[serde(skip)]
    pub unit: u32,
}

/// The page that a hit is a part of.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Page {
    pub url: String,
    pub title: String,
}

/// The words that matched, as ranges of UTF-16 code units.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Marks {
    pub title: Vec<[usize; 2]>,
    pub snippet: Vec<[usize; 2]>,
}

/// The best `limit` answers to a query, those of one kind alone if one is given.
pub fn answer(index: &Index, query: &str, limit: usize, kind: Option<&str>) -> Answer {
    let found = rank::search(index, query, limit, kind);
    let stems = Stems::of(&index.language);
    let hits = found.hits.iter().map(|hit| shown(index, *hit, &found.matched, stems)).collect();
    Answer { hits, corrected: found.corrected, kinds: found.kinds }
}

fn shown(index: &Index, hit: rank::Hit, matched: &Matched, stems: Stems) -> Hit {
    let unit = &index.units[hit.unit as usize];
    let snippet = snippet(kept(&unit.text), matched, stems);
    let marks = |text: &str| marks(text, matched, stems);
    Hit {
        url: unit.url.clone(),
        marks: Marks { title: marks(&unit.title), snippet: marks(&snippet) },
        title: unit.title.clone(),
        snippet,
        kind: unit.kind,
        score: hit.score,
        page: Page { url: unit.page_url.clone(), title: unit.page_title.clone() },
        unit: hit.unit,
    }
}

/// Stems, and how much each tells.
type Matched = BTreeMap<String, u64>;

/// Where the words stand whose stems matched.
fn marks(text: &str, matched: &Matched, stems: Stems) -> Vec<[usize; 2]> {
    let found = words(text).into_iter().filter(|word| matched.contains_key(&stems.stem(&word.text)));
    found.map(|word| [utf16_len(&text[..word.start]), utf16_len(&text[..word.end])]).collect()
}

/// In UTF-16 code units.
const LONGEST_SNIPPET: usize = 160;

/// A word of a text: what it tells, and where it stands in UTF-16 code units.
struct Told {
    form: String,
    tells: u64,
    start: usize,
    end: usize,
}

/// The piece of a text that tells most of a query, with `…` where something is left out: as `browser/snippet.js` chooses it.
fn snippet(text: &str, matched: &Matched, stems: Stems) -> String {
    let all: Vec<Told> = words(text)
        .into_iter()
        .map(|word| Told {
            tells: matched.get(&stems.stem(&word.text)).copied().unwrap_or(0),
            start: utf16_len(&text[..word.start]),
            end: utf16_len(&text[..word.end]),
            form: word.text,
        })
        .collect();
    let length = utf16_len(text);
    let mut best = (0, length.min(LONGEST_SNIPPET));
    let mut most = None;
    for place in 0..all.len() {
        let (start, end, tells) = piece(&all, place, length);
        if most.is_none_or(|most| tells > most) {
            (best, most) = ((start, end), Some(tells));
        }
        if end == length {
            break;
        }
    }
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let inside = String::from_utf16_lossy(&utf16[best.0..best.1]);
    let inside = inside.trim_end();
    let before = if best.0 > 0 { "…" } else { "" };
    let after = if best.0 + utf16_len(inside) < utf16_len(text.trim_end()) { "…" } else { "" };
    format!("{before}{inside}{after}")
}

/// The piece that begins with a word: where it begins and ends, and what its words tell, each counted once.
fn piece(all: &[Told], place: usize, length: usize) -> (usize, usize, u64) {
    let start = if place == 0 { 0 } else { all[place].start };
    let fits = all[place + 1..].iter().take_while(|word| word.end - start < LONGEST_SNIPPET).count();
    let last = place + fits;
    let end = if last + 1 < all.len() { all[last].end } else { length };
    let told: BTreeMap<&str, u64> = all[place..=last].iter().map(|word| (word.form.as_str(), word.tells)).collect();
    (start, end.min(start + LONGEST_SNIPPET), told.values().sum())
}
