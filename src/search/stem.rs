//! Words → stems, by the Snowball algorithm of the language where there is one.

use frostem::Stemmer;

/// A language without its region: `pt` of `pt-BR`.
pub fn without_region(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

/// The stem of words of one language.
#[derive(Clone, Copy)]
pub struct Stems(Option<Stemmer>);

impl Stems {
    /// For a language by its code: `en`, `pt-BR`. Without an algorithm for it each word is its own stem.
    pub fn of(language: &str) -> Stems {
        Stems(Stemmer::try_from_name(without_region(language)).ok())
    }

    /// The stem of a word as [`super::words::words`] gives it.
    pub fn stem(self, word: &str) -> String {
        self.0.map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned())
    }
}
