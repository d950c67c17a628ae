//! The ranking: which units answer a query best.
//!
//! A query becomes tokens (`query`), each token alternatives (`alternatives`): stems that it may stand for, with a
//! percentage. A unit scores the best alternative of each token, gains for neighbours that stand together in it as well, and
//! gains for the part of its own question that the query covers. All numbers are whole, so that `browser/rank.js` comes to
//! the same result.
//!
//! Tried on ten sets of questions in two languages, and left out: words of grammar counting little or nothing (loses on short
//! questions), stems that occur in like company in the book (latent semantics: wins on some, loses on more), a window of
//! words close together, longer words counting more, a factor for the part of the query that is covered. 4-grams of words
//! won 0.2 to 0.5 points and were left out for the bytes of their postings. Not tried again, since earlier measurements had
//! them lose: words that must all occur, distance 2, BM25F.

mod alternatives;
mod query;
#[cfg(test)]
mod tests;

use super::index::{Index, Stem, bucket};
use alternatives::Alternatives;
use query::{Query, Token};
use std::collections::{BTreeMap, BTreeSet};

/// As many units are looked at closely, and found at most.
pub const CANDIDATES: usize = 50;
/// What two neighbours of the query add for each step of their weights, where a unit has them as neighbours too.
const NEIGHBOURS: u64 = 70;
/// A unit whose question is covered wholly scores `(BASE + COVER × 255) / BASE` = 1.7 times as much.
const BASE: u64 = 2550;
const COVER: u64 = 7;
/// Percent × steps of weight × steps of impact in one unit of the score that is shown.
const SHOWN: f64 = 19200.0;

/// What a query finds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// Best first.
    pub hits: Vec<Hit>,
    /// The query as it was understood, where a word was corrected.
    pub corrected: Option<String>,
    /// How many candidates there are of each kind, before any is chosen.
    pub kinds: BTreeMap<&'static str, usize>,
    /// The stems that matched, to mark them, and how much each tells.
    pub matched: BTreeMap<String, u64>,
}

/// A unit that was found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hit {
    pub unit: u32,
    pub score: f64,
}

/// Why a unit was found: one word of the query, and what it matched there.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    pub word: String,
    pub stem: String,
    /// How sure it is that the word stands for the stem.
    pub percent: u32,
    /// What it adds to the score, before the question's part.
    pub points: f64,
}

/// The best units for a query, those of one kind alone if one is given.
pub fn search(index: &Index, query: &str, limit: usize, kind: Option<&str>) -> Answer {
    let query = Query::read(index, query);
    let alternatives = alternatives::of(index, &query);
    let candidates = candidates(index, &query, &alternatives);
    let mut kinds = BTreeMap::new();
    for (unit, _) in &candidates {
        *kinds.entry(index.units[*unit as usize].kind).or_default() += 1;
    }
    let wanted = |unit: u32| kind.is_none_or(|kind| index.units[unit as usize].kind == kind);
    let hits = candidates.into_iter().filter(|(unit, _)| wanted(*unit)).take(limit);
    Answer {
        hits: hits.map(|(unit, points)| Hit { unit, score: shown(points) }).collect(),
        corrected: query.corrected(&alternatives),
        kinds,
        matched: matched(index, &alternatives),
    }
}

fn matched(index: &Index, alternatives: &[Alternatives]) -> BTreeMap<String, u64> {
    let mut matched = BTreeMap::new();
    for (stem, percent) in alternatives.iter().flat_map(|all| &all.percents) {
        let stem = &index.stems[*stem as usize];
        let tells = matched.entry(stem.text.clone()).or_default();
        *tells = u64::max(*tells, u64::from(*percent) * u64::from(stem.weight));
    }
    matched
}

/// What of a query matched in a unit, the most telling first.
pub fn explain(index: &Index, query: &str, unit: u32) -> Vec<Reason> {
    let query = Query::read(index, query);
    let alternatives = alternatives::of(index, &query);
    let reason = |all: &Alternatives| {
        let points = |(stem, percent): (&u32, &u32)| {
            let stem = &index.stems[*stem as usize];
            let place = stem.postings.binary_search_by_key(&unit, |posting| posting.unit).ok()?;
            Some((points(stem, *percent, stem.postings[place].impact), stem, *percent))
        };
        let (points, stem, percent) = all.percents.iter().filter_map(points).max_by_key(|(points, ..)| *points)?;
        let word = query.tokens[all.token].word.clone();
        Some(Reason { word, stem: stem.text.clone(), percent, points: points as f64 / SHOWN })
    };
    let mut reasons: Vec<Reason> = alternatives.iter().filter_map(reason).collect();
    reasons.sort_by(|a, b| b.points.total_cmp(&a.points));
    reasons
}

/// What a unit has so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    score: u64,
    /// The part of its question that is covered, of 255.
    covered: u64,
}

/// The best [`CANDIDATES`] units with their points, best first.
fn candidates(index: &Index, query: &Query, alternatives: &[Alternatives]) -> Vec<(u32, u64)> {
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    for all in alternatives {
        for (unit, best) in best_of(index, all) {
            let tally = tallies.entry(unit).or_default();
            tally.score += best.score;
            tally.covered += best.covered;
        }
    }
    add_neighbours(index, &query.tokens, &mut tallies);
    let mut found: Vec<(u32, Tally)> = tallies.into_iter().collect();
    found.sort_by_key(|(unit, tally)| (std::cmp::Reverse(tally.score), *unit));
    found.truncate(CANDIDATES);
    let with_cover = |(unit, tally): (u32, Tally)| (unit, tally.score * (BASE + COVER * tally.covered.min(255)));
    let mut found: Vec<(u32, u64)> = found.into_iter().map(with_cover).collect();
    found.sort_by_key(|(unit, points)| (std::cmp::Reverse(*points), *unit));
    found
}

/// For each unit the best alternative of a token, and the greatest part of its question that one covers.
fn best_of(index: &Index, all: &Alternatives) -> BTreeMap<u32, Tally> {
    let mut best: BTreeMap<u32, Tally> = BTreeMap::new();
    for (stem, percent) in &all.percents {
        let stem = &index.stems[*stem as usize];
        for posting in &stem.postings {
            let tally = best.entry(posting.unit).or_default();
            tally.score = tally.score.max(points(stem, *percent, posting.impact));
            tally.covered = tally.covered.max(u64::from(*percent) * u64::from(posting.share) / 100);
        }
    }
    best
}

fn points(stem: &Stem, percent: u32, impact: u8) -> u64 {
    u64::from(percent) * u64::from(stem.weight) * u64::from(impact)
}

fn shown(points: u64) -> f64 {
    (points as f64 / BASE as f64 / SHOWN * 1e5).round() / 1e5
}

/// Two words that stand together in the query and in a unit tell more than both apart.
fn add_neighbours(index: &Index, tokens: &[Token], tallies: &mut BTreeMap<u32, Tally>) {
    let pairs: BTreeSet<(u32, u32)> =
        tokens.windows(2).filter_map(|pair| Some((pair[0].number?, pair[1].number?))).collect();
    for (first, second) in pairs {
        let (first, second) = (&index.stems[first as usize], &index.stems[second as usize]);
        let bit = 1 << bucket(&second.text);
        for posting in first.postings.iter().filter(|posting| posting.next & bit != 0) {
            if second.postings.binary_search_by_key(&posting.unit, |other| other.unit).is_ok() {
                let tally = tallies.entry(posting.unit).or_default();
                tally.score += NEIGHBOURS * u64::from(first.weight + second.weight);
            }
        }
    }
}
