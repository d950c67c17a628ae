//! `book.toml`, resolved: what the book says, with every default filled in.

use crate::audience::{Audience, Audiences};
use crate::article::Language;
use std::path::PathBuf;

/// The configuration of a book.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    pub title: String,
    /// The folder with the Markdown, below the book's; empty: the book's own folder.
    pub src: String,
    pub audiences: Audiences,
    /// The default language first; never empty.
    pub languages: Vec<LanguageConfig>,
    /// Never empty; names are unique, also without regard to case.
    pub editions: Vec<EditionConfig>,
    /// Names and values of `{{ name }}`, sorted by name.
    pub variables: Vec<(String, String)>,
    pub channels: Vec<Channel>,
    /// A theme below `themes/`, `desk` by default.
    pub theme: String,
    pub raw_html: bool,
    /// `[search] synonyms`, `[search] tests`: paths below `src`, held to the book.
    pub synonyms: Option<String>,
    pub search_tests: Option<String>,
    /// As written: below the book's folder unless it is absolute.
    pub build_dir: PathBuf,
    /// `[check] review-every`, in days.
    pub review_every: Option<u32>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct LanguageConfig {
    /// BCP 47, as in file suffixes and folders: `ru`.
    pub code: String,
    /// The title of the site in this language.
    pub title: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct EditionConfig {
    /// The folder below `build-dir`: `[a-z0-9-]+`.
    pub name: String,
    pub audience: Audience,
    /// Ends with `/`.
    pub base_url: Option<String>,
}

/// A way to reach the support desk. Texts are per language, filled from the default language where one is missing.
#[derive(Clone, PartialEq, Debug)]
pub struct Channel {
    pub id: String,
    pub name: Vec<String>,
    pub href: Option<String>,
    pub hours: Option<Vec<String>>,
    pub answers_in: Option<Vec<String>>,
}

impl Config {
    pub fn language(&self, code: &str) -> Option<Language> {
        let index = self.languages.iter().position(|language| language.code == code)?;
        Some(Language(index as u8))
    }

    pub fn all_languages(&self) -> impl Iterator<Item = Language> + use<> {
        (0..self.languages.len() as u8).map(Language)
    }
}
