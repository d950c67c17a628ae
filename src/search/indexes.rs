//! The indexes of one edition, each built when it is first asked for.

use super::corpus::corpus;
use super::index::{self, Index};
use super::{browser, export};
use crate::article::Language;
use crate::config::Config;
use crate::library::Edition;
use crate::plan::Plan;
use rayon::prelude::*;
use std::sync::OnceLock;

/// An index for each language of an edition.
pub struct Indexes<'a> {
    pub edition: &'a Edition,
    pub plan: &'a Plan,
    pub config: &'a Config,
    /// By language.
    built: Vec<OnceLock<Index>>,
}

impl<'a> Indexes<'a> {
    pub fn new(edition: &'a Edition, plan: &'a Plan, config: &'a Config) -> Self {
        let built = config.all_languages().map(|_| OnceLock::new()).collect();
        Indexes { edition, plan, config, built }
    }

    pub fn of(&self, language: Language) -> &Index {
        let build = || index::build(&corpus(self.edition, self.plan, self.config, language));
        self.built[language.0 as usize].get_or_init(build)
    }
}

/// Address and bytes of every file that the search of an edition consists of.
pub fn files(indexes: &Indexes) -> Vec<(String, Vec<u8>)> {
    let languages: Vec<Language> = indexes.config.all_languages().collect();
    let codes: Vec<&str> = indexes.config.languages.iter().map(|language| language.code.as_str()).collect();
    let modules = browser::modules(&codes).into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let of_language = |language: &Language| export::files(indexes.of(*language));
    let of_languages: Vec<_> = languages.par_iter().flat_map_iter(of_language).collect();
    modules.chain(of_languages).map(|(name, bytes)| (format!("search/{name}"), bytes)).collect()
}
