//! Books in memory, built whole.

use deskbook::diagnostic::Diagnostic;
use deskbook::pipeline::{self, Memory, Request};
use deskbook::render::Site;
use deskbook::source::{self, Book};
use std::collections::BTreeMap;

/// Files of an edition by address.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What came of a book: its findings, and every edition's files by the edition's name.
#[derive(PartialEq)]
pub struct Built {
    pub findings: Vec<Diagnostic>,
    pub sites: BTreeMap<String, Files>,
}

/// Files of text, for [`build_bytes`].
pub fn as_bytes<'a>(files: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a [u8])> {
    files.iter().map(|(path, text)| (*path, text.as_bytes())).collect()
}

/// Builds a book of `(path, bytes)` files, whatever is wrong with it: as `--lenient` does.
pub fn build_bytes(files: &[(&str, &[u8])], memory: &Memory) -> Built {
    build_book(&source::from_memory(files), memory)
}

/// The same for a book from anywhere.
pub fn build_book(book: &Book, memory: &Memory) -> Built {
    pipeline::run(book, &Request::default(), memory, |findings, sites| {
        let site = |site: &Site| {
            let outputs = site.outputs.iter().enumerate();
            outputs.map(|(index, output)| (output.address.clone(), site.bytes(index).expect("it renders"))).collect()
        };
        let sites = sites.iter().map(|each| (each.edition.name.clone(), site(each))).collect();
        Built { findings, sites }
    })
}
