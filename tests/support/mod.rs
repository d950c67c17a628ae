//! Books in memory, built whole.

use deskbook::diagnostic::Diagnostic;
use deskbook::pipeline::{self, Memory, Request};
use deskbook::source;
use std::collections::BTreeMap;

/// Files of an edition by address.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What came of a book: its findings, and every edition's files by the edition's name.
pub struct Built {
    pub findings: Vec<Diagnostic>,
    pub sites: BTreeMap<String, Files>,
}

/// Builds a book of `(path, text)` files, whatever is wrong with it: as `--lenient` does.
pub fn build(files: &[(&str, &str)], memory: &Memory) -> Built {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let book = source::from_memory(&files);
    pipeline::run(&book, &Request::default(), memory, |findings, sites| {
        let site = |site: &deskbook::render::Site| {
            let outputs = site.outputs.iter().enumerate();
            outputs.map(|(index, output)| (output.address.clone(), site.bytes(index).expect("it renders"))).collect()
        };
        let sites = sites.iter().map(|each| (each.edition.name.clone(), site(each))).collect();
        Built { findings, sites }
    })
}
