//! The examples of the guide as books. How a block becomes a file is told to readers in `docs/content/examples.md`.

use super::page::{self, Block, Page};
use deskbook::diagnostic::{Diagnostic, Severity};
use deskbook::pipeline::Memory;
use deskbook::pipeline::{self, Request};
use deskbook::source;
use std::collections::BTreeMap;

/// The day on which the examples are checked.
pub const TODAY: &str = "2026-12-01";

/// The page whose examples are one book: the one that all others lie in.
const BASE: &str = "examples.md";

/// Files of a book by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a block is called that has no name of its own; `None` for what is no file of a book.
fn unnamed(language: &str) -> Option<&'static str> {
    match language {
        "markdown" | "yaml" => Some("content/page.md"),
        "toml" => Some("book.toml"),
        _ => None,
    }
}

/// The file that a block stands for.
fn file_of(block: &Block) -> Option<String> {
    let named = block.name.clone().filter(|_| block.language != "text");
    named.or_else(|| unnamed(&block.language).map(str::to_owned))
}

/// The book that the guide's own page of examples describes.
pub fn base() -> Files {
    let page = page::one(BASE);
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    let named = blocks.filter_map(|block| Some((block.name.clone()?, bytes(block))));
    named.collect()
}

/// The examples of a section: blocks that name different files belong together.
pub fn groups(blocks: &[Block]) -> Vec<Vec<&Block>> {
    let mut groups: Vec<Vec<&Block>> = Vec::new();
    for block in blocks {
        let Some(name) = file_of(block) else { continue };
        match groups.last_mut().filter(|group| group.iter().all(|other| file_of(other).as_ref() != Some(&name))) {
            Some(group) => group.push(block),
            None => groups.push(vec![block]),
        }
    }
    groups
}

/// The book of an example: its files in the place of those of the base.
pub fn book(group: &[&Block], base: &Files) -> Files {
    let has = |wanted: &dyn Fn(&str) -> bool| group.iter().any(|block| block.name.as_deref().is_some_and(wanted));
    let begins =
        |path: &str| path.ends_with("SUMMARY.md") || path.matches('/').count() == 1 && path.ends_with("/index.md");
    let stands_alone = has(&|path| path == "book.toml") && has(&begins);
    let mut files = if stands_alone { Files::new() } else { base.clone() };
    for block in group {
        let Some(name) = file_of(block) else { continue };
        let content = match (&block.name, block.language.as_str()) {
            (None, "toml") => merged(&files["book.toml"], &block.text).into_bytes(),
            (None, "yaml") => format!("---\n{}---\n\n# Page\n\nText.\n", block.text).into_bytes(),
            _ => bytes(block),
        };
        files.insert(name, content);
    }
    files
}

fn bytes(block: &Block) -> Vec<u8> {
    match block.foreign {
        true => block.text.chars().map(|letter| u8::try_from(letter).expect("a letter of Windows-1252")).collect(),
        false => block.text.clone().into_bytes(),
    }
}

/// A configuration with a part of it in the place of what it had.
fn merged(whole: &[u8], part: &str) -> String {
    let whole = std::str::from_utf8(whole).expect("it is text");
    let mut table: toml::Table = toml::from_str(whole).expect("the base is valid");
    let part: toml::Table = toml::from_str(part).unwrap_or_else(|error| panic!("{error}\n{part}"));
    lay_over(&mut table, part);
    toml::to_string(&table).expect("it was read")
}

fn lay_over(table: &mut toml::Table, part: toml::Table) {
    for (key, value) in part {
        match (table.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => lay_over(old, new),
            (_, value) => drop(table.insert(key, value)),
        }
    }
}

/// Checks a book and renders all of it.
pub fn run(files: &Files) -> Vec<Diagnostic> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let request = Request { today: Some(TODAY.to_owned()), ..Request::default() };
    pipeline::run(&source::from_memory(&files), &request, &Memory::default(), |findings, sites| {
        for site in sites {
            for (index, output) in site.outputs.iter().enumerate() {
                if let Err(failure) = site.bytes(index) {
                    panic!("{} of `{}`: {failure:?}", output.address, site.edition.name);
                }
            }
        }
        findings
    })
}

pub fn lines(findings: &[Diagnostic]) -> String {
    let line = |finding: &Diagnostic| {
        let file = finding.span.as_ref().map_or("", |span| &*span.file);
        format!(
            "  {}[{}] {file}: {}\n    {}\n",
            finding.severity.as_str(),
            finding.code,
            finding.message,
            finding.hints.join("\n    ")
        )
    };
    findings.iter().map(line).collect()
}

/// What is wrong with the examples of a page, other than those that are meant to be wrong.
fn mistakes(page: &Page, base: &Files) -> String {
    let mut report = String::new();
    let meant = |id: &Option<String>| id.as_deref().is_some_and(|id| id.starts_with("example"));
    let of_findings = page.path.starts_with("findings/");
    let sections = page.sections.iter().filter(|section| !(of_findings && meant(&section.id)));
    for section in sections.filter(|_| page.path != BASE) {
        for group in groups(&section.blocks) {
            let findings = run(&book(&group, base));
            let bad: Vec<Diagnostic> =
                findings.into_iter().filter(|finding| finding.severity != Severity::Notice).collect();
            if !bad.is_empty() {
                let id = section.id.as_deref().unwrap_or("the beginning");
                report += &format!("{}, {id}:\n{}\n{}", page.path, group[0].text, lines(&bad));
            }
        }
    }
    report
}

#[test]
fn every_example_is_sound() {
    let base = base();
    let report: String = page::all().iter().map(|page| mistakes(page, &base)).collect();
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_book_of_the_examples_is_sound() {
    let findings = run(&base());
    assert!(findings.is_empty(), "\n{}", lines(&findings));
}

#[test]
fn there_are_examples() {
    let count: usize =
        page::all().iter().flat_map(|page| &page.sections).map(|section| groups(&section.blocks).len()).sum();
    assert!(count > 100, "{count} examples are found");
}
