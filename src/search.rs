//! Search: what an edition says in one language becomes an index, which ranks answers to what people ask.
//!
//! [`corpus`] cuts the pages of an edition into units; [`index`] has tantivy index them and reads the index out;
//! [`rank`] finds the best units for a query; [`export`] writes the index for the browser, where `browser/search.js`
//! ranks with the same whole numbers: the same query has the same answers in the same order everywhere.

pub mod words;
pub mod stem;
pub mod corpus;
pub mod knowledge;
mod inverted;
pub mod index;
pub mod rank;
mod answer;
pub mod indexes;
pub mod trials;
pub mod export;
pub mod browser;

pub use answer::{Answer, Hit, answer};
pub use indexes::{Indexes, files};

/// What a search finds: an entry of a FAQ, or the section of a page below one heading.
#[derive(Clone, PartialEq, Debug)]
pub struct Unit {
    /// The address of the section, relative to the edition's root: `faq/payments.html#withdraw`.
    pub url: String,
    /// The question, or the heading, as plain text.
    pub title: String,
    /// The page that the unit is a part of; for the beginning of a page the page itself.
    pub page_url: String,
    pub page_title: String,
    /// `Kind::name` of the page.
    pub kind: &'static str,
    /// The answer, or the text below the heading, as plain text.
    pub text: String,
    /// What is searched but never shown: past questions (`:::asked`), keywords, tags.
    pub aliases: Vec<String>,
}

/// Everything of an edition that may be searched in one language.
#[derive(Clone, PartialEq, Debug)]
pub struct Corpus {
    /// The code of the language, as in `book.toml`.
    pub language: String,
    pub units: Vec<Unit>,
    /// The book's own groups of words and phrases that mean the same, from `synonyms.yaml`: those this edition may show.
    pub synonyms: Vec<Vec<String>>,
}
