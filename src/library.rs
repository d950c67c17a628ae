//! All documents of a book. A document, whole, is private to this room: the only way out is `Library::edition`,
//! which removes what an audience may not see before anything is derived.

mod pieces;

use crate::article::{Article, Kind, Language, WorkId};
use std::sync::Arc;

/// What one audience may see of the book, in all its languages.
#[derive(Clone, Debug)]
pub struct Edition {
    pub name: String,
    /// Ends with `/`.
    pub base_url: Option<String>,
    /// Whether this edition is for the widest audience; all others carry `noindex`.
    pub widest: bool,
    /// In reading order.
    pub works: Vec<Work>,
    /// The table of contents of each language, by language.
    pub contents: Vec<Vec<Entry>>,
    /// The files that pages of this edition use.
    pub assets: Vec<Asset>,
}

/// A document with its translations.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: WorkId,
    pub kind: Kind,
    /// The address in the default language, without a language's folder: `platform/accounts.html`.
    pub address: String,
    /// By language; `None` where there is no translation. At least one is there.
    pub articles: Vec<Option<Article>>,
    /// Addresses that lead here too, each for one language: `(language, address)`.
    pub aliases: Vec<(Language, String)>,
    /// The index page of the folder this work stands in, or of the one above.
    pub parent: Option<WorkId>,
}

impl Work {
    /// The article that a reader of `language` gets: its own, else the default language's.
    pub fn article(&self, language: Language) -> Option<&Article> {
        let own = self.articles[language.0 as usize].as_ref();
        own.or(self.articles[Language::DEFAULT.0 as usize].as_ref())
    }
}

/// A line of the table of contents.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A title between parts (`# Part` in `SUMMARY.md`).
    Part(Box<str>),
    /// A page, or, without one, a folder or a chapter yet to be written.
    Chapter { title: Box<str>, work: Option<WorkId>, children: Vec<Entry> },
}

#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address in the site, the same as its path below `src`.
    pub address: Arc<str>,
    pub origin: crate::source::Origin,
}
