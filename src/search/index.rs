//! An index as the ranking reads it.

mod meanings;

use super::inverted::{FIELDS, Inverted, Place, QUESTION};
use super::knowledge::Knowledge;
use super::stem::Stems;
use super::{Corpus, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// How far a second occurrence of a word in a field counts: BM25's k1.
const SATURATION: f64 = 1.0;
/// How far longer fields count less, by field: BM25's b. A question's length says more than an answer's.
const LENGTH: [f64; FIELDS] = [0.64, 0.45, 0.45];
/// How much a word counts in the question, in what customers asked before, and in the answer. The question weighs little
/// more by itself: how far it is covered counts in the ranking.
const BOOST: [f64; FIELDS] = [1.2, 1.0, 1.0];
/// How much the lesser fields add to the best one (dis-max).
const TIE: f64 = 0.4;
/// A rare word counts idf^1.1: BM25's idf, and a little more.
const RARITY: f64 = 1.1;
/// Steps of `Posting::impact` for one unit of the formula, and the greatest; finer ones won nothing.
const STEPS: f64 = 6.0;
const GREATEST: f64 = 31.0;
/// Steps of `Stem::weight`.
const WEIGHT: f64 = 32.0;
/// More units than this, the least about it first, are forgotten for a stem: it tells nothing, and would weigh too much.
const MOST_POSTINGS: usize = 8192;

/// What is known of one language of an edition.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Index {
    pub language: String,
    /// A unit's number is its place.
    pub units: Vec<Unit>,
    /// Sorted by text.
    pub stems: Vec<Stem>,
    /// The forms that occur, sorted by text.
    pub words: Vec<Word>,
    /// Sorted by stems.
    pub phrases: Vec<Phrase>,
}

/// A stem, and the units that have it. One without postings is known all the same: a word that the language has but not
/// the book, or one that only means the same as a word of the book. It is never taken for a slip.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stem {
    pub text: String,
    /// How much it tells, × 32; at least 1.
    pub weight: u32,
    /// By unit.
    pub postings: Vec<Posting>,
    /// Numbers of stems that mean the same.
    pub related: Vec<u32>,
}

/// One stem in one unit.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Posting {
    pub unit: u32,
    /// How much the unit is about the stem: 1..=31.
    pub impact: u8,
    /// Which part of the unit's own question the stem is, of 255; 0 where it is not in it.
    pub share: u8,
    /// A bit for each stem that follows directly: `1 << bucket(stem)`.
    pub next: u8,
}

/// A form of a word as it occurs.
#[derive(Clone, PartialEq, Debug)]
pub struct Word {
    pub text: String,
    /// The number of its stem.
    pub stem: u32,
}

/// Several stems in a row that mean the same as other stems.
#[derive(Clone, PartialEq, Debug)]
pub struct Phrase {
    pub stems: Vec<String>,
    pub means: Vec<u32>,
}

/// The bit of [`Posting::next`] that stands for a stem: FNV-1a, 32 bits, modulo 8.
pub fn bucket(stem: &str) -> u32 {
    fnv1a(stem.as_bytes()) % 8
}

/// FNV-1a, 32 bits, as the browser computes it too.
pub(super) fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Indexes a corpus.
pub fn build(corpus: &Corpus) -> Index {
    let stems = Stems::of(&corpus.language);
    let knowledge = Knowledge::of(&corpus.language, &corpus.synonyms, stems);
    let mut index = Index { language: corpus.language.clone(), units: corpus.units.clone(), ..Index::default() };
    if !corpus.units.is_empty() {
        let read = Inverted::of(corpus, stems).and_then(|inverted| Reading::of(inverted, corpus.units.len()));
        // all of it happens in memory
        let reading = read.unwrap_or_else(|error| panic!("tantivy: {error}"));
        index.stems = reading.stems(&knowledge);
        index.words = words(reading.forms, &index.stems);
    }
    meanings::add(&mut index, &knowledge, stems);
    index
}

/// The number of a stem.
pub fn number(stems: &[Stem], text: &str) -> Option<u32> {
    stems.binary_search_by(|stem| stem.text.as_str().cmp(text)).ok().map(|place| place as u32)
}

fn words(forms: BTreeMap<String, String>, all: &[Stem]) -> Vec<Word> {
    let word = |(text, stem): (String, String)| Some(Word { stem: number(all, &stem)?, text });
    forms.into_iter().filter_map(word).collect()
}

/// What tantivy's index says, stem by stem.
struct Reading {
    /// The forms that occur, with their stems.
    forms: BTreeMap<String, String>,
    /// Of all fields, sorted, each with its places in each field.
    places: BTreeMap<String, [Vec<Place>; FIELDS]>,
    /// Words of each unit, by field.
    lengths: [Vec<u32>; FIELDS],
    /// The mean length of the units that have the field at all.
    means: [f64; FIELDS],
    units: usize,
}

impl Reading {
    fn of(inverted: Inverted, units: usize) -> tantivy::Result<Reading> {
        let mut places: BTreeMap<String, [Vec<Place>; FIELDS]> = BTreeMap::new();
        let mut lengths: [Vec<u32>; FIELDS] = Default::default();
        for (field, lengths) in lengths.iter_mut().enumerate() {
            inverted.each(field, |stem, found| {
                places.entry(stem.to_owned()).or_default()[field] = found;
            })?;
            *lengths = inverted.lengths(field)?;
        }
        let means = [0, 1, 2].map(|field: usize| {
            let filled = lengths[field].iter().filter(|length| **length > 0).count();
            lengths[field].iter().map(|length| f64::from(*length)).sum::<f64>() / (filled.max(1) as f64)
        });
        Ok(Reading { forms: inverted.forms, places, lengths, means, units })
    }

    /// All stems with weights and postings; what means the same comes later.
    fn stems(&self, knowledge: &Knowledge) -> Vec<Stem> {
        let levels = self.levels(knowledge);
        let weigh = |(text, places): (&String, &[Vec<Place>; FIELDS])| {
            let level = levels.get(text.as_str()).copied().unwrap_or(1.0);
            (self.idf(units_of(places).len()).powf(RARITY) * level * WEIGHT).round().max(1.0)
        };
        let weights: Vec<f64> = self.places.iter().map(weigh).collect();
        let own = self.own_questions(&weights);
        let followers = self.followers();
        let stem = |((text, places), weight): ((&String, &[Vec<Place>; FIELDS]), &f64)| {
            let posting = |unit: u32| Posting {
                unit,
                impact: self.impact(places, unit),
                share: match at(&places[QUESTION], unit) {
                    Some(_) => (weight / own[unit as usize] * 255.0).round() as u8,
                    None => 0,
                },
                next: followers.next(places, unit),
            };
            let postings = most_about(units_of(places).into_iter().map(posting).collect());
            Stem { text: text.clone(), weight: *weight as u32, postings, related: Vec::new() }
        };
        self.places.iter().zip(&weights).map(stem).collect()
    }

    /// How much stems count whose forms in the book are all on the lists of words that say little.
    fn levels(&self, knowledge: &Knowledge) -> BTreeMap<&str, f64> {
        let mut levels: BTreeMap<&str, f64> = BTreeMap::new();
        for (form, stem) in &self.forms {
            let level = knowledge.light.get(form).copied().unwrap_or(1.0);
            levels.entry(stem).and_modify(|all| *all = all.max(level)).or_insert(level);
        }
        levels
    }

    /// BM25's idf, as tantivy has it, of a stem in so many units.
    fn idf(&self, units: usize) -> f64 {
        let (all, with) = (self.units as f64, units as f64);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// The weight of all stems in the question of each unit.
    fn own_questions(&self, weights: &[f64]) -> Vec<f64> {
        let mut own = vec![0.0; self.units];
        for (places, weight) in self.places.values().zip(weights) {
            places[QUESTION].iter().for_each(|place| own[place.unit as usize] += weight);
        }
        own
    }

    /// How much a unit is about a stem: BM25's part of tf and length for each field, dis-max over fields.
    fn impact(&self, places: &[Vec<Place>; FIELDS], unit: u32) -> u8 {
        let part = |field: usize| {
            let Some(place) = at(&places[field], unit) else { return 0.0 };
            let tf = place.positions.len() as f64;
            let length = f64::from(self.lengths[field][unit as usize]) / self.means[field];
            let room = SATURATION * (1.0 - LENGTH[field] + LENGTH[field] * length);
            BOOST[field] * tf * (SATURATION + 1.0) / (tf + room)
        };
        let parts = [0, 1, 2].map(part);
        let best = parts.into_iter().fold(0.0, f64::max);
        let all: f64 = parts.iter().sum();
        ((best + TIE * (all - best)) * STEPS).round().clamp(1.0, GREATEST) as u8
    }

    fn followers(&self) -> Followers {
        let mut followers = Followers { starts: Default::default(), buckets: Default::default() };
        for field in 0..FIELDS {
            let mut ends = vec![0; self.units];
            for place in self.places.values().flat_map(|places| &places[field]) {
                let end = place.positions.last().map_or(0, |last| last + 2);
                ends[place.unit as usize] = end.max(ends[place.unit as usize]);
            }
            let starts = ends.iter().scan(0, |sum, end| Some(std::mem::replace(sum, *sum + *end as usize)));
            followers.starts[field] = starts.collect();
            let mut buckets = vec![0; ends.iter().map(|end| *end as usize).sum()];
            for (stem, places) in &self.places {
                let bit = 1 << bucket(stem);
                for place in &places[field] {
                    let start = followers.starts[field][place.unit as usize];
                    place.positions.iter().for_each(|position| buckets[start + *position as usize] = bit);
                }
            }
            followers.buckets[field] = buckets;
        }
        followers
    }
}

/// Which stems follow which: the texts again, as bits of [`Posting::next`].
struct Followers {
    /// Where each unit begins in `buckets`, by field.
    starts: [Vec<usize>; FIELDS],
    /// The bit of the stem at each place, by field; 0 where there is none.
    buckets: [Vec<u8>; FIELDS],
}

impl Followers {
    fn next(&self, places: &[Vec<Place>; FIELDS], unit: u32) -> u8 {
        let mut bits = 0;
        for (field, places) in places.iter().enumerate() {
            let start = self.starts[field][unit as usize];
            let positions = at(places, unit).map_or(&[][..], |place| &place.positions);
            bits |= positions.iter().fold(0, |bits, place| bits | self.buckets[field][start + *place as usize + 1]);
        }
        bits
    }
}

/// The units that have a stem in any field.
fn units_of(places: &[Vec<Place>; FIELDS]) -> BTreeSet<u32> {
    places.iter().flatten().map(|place| place.unit).collect()
}

fn at(places: &[Place], unit: u32) -> Option<&Place> {
    places.binary_search_by_key(&unit, |place| place.unit).ok().map(|place| &places[place])
}

/// At most [`MOST_POSTINGS`], those with the greatest impact.
fn most_about(mut postings: Vec<Posting>) -> Vec<Posting> {
    if postings.len() > MOST_POSTINGS {
        postings.sort_by_key(|posting| (std::cmp::Reverse(posting.impact), posting.unit));
        postings.truncate(MOST_POSTINGS);
        postings.sort_by_key(|posting| posting.unit);
    }
    postings
}
