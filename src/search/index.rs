//! An index as the ranking reads it.

use super::Unit;

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
    stem.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) % 8
}
