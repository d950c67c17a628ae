//! Small books built whole, in both editions, and what must hold of every one of them.

mod html;
mod spans;

use deskbook::diagnostic::Diagnostic;
use deskbook::pipeline::{self, Request};
use deskbook::render::Failure;
use deskbook::source::{self, Book};
use std::collections::BTreeMap;

const CONFIG: &str = "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n\
    [edition.help]\naudience = \"public\"\n[edition.academy]\naudience = \"staff\"\n\
    [variables]\nbrand = \"Northlight\"\n";

/// For books with translations.
const RUSSIAN: &str = "[languages.ru]\n";

/// Stands in books only where the public may not see it.
pub const SECRET: &str = "zq1x7secret";

/// The files of each edition by `edition/address`, and what was found.
#[derive(PartialEq)]
pub struct Built {
    pub files: BTreeMap<String, Vec<u8>>,
    pub findings: Vec<Diagnostic>,
}

/// Builds a book of `(path, text)` files, whatever is wrong with it, and checks what holds for every book.
pub fn build(files: &[(&str, &str)]) -> Built {
    let mut all: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let translated = files.iter().any(|(path, _)| path.ends_with(".ru.md"));
    let config = if translated { format!("{CONFIG}{RUSSIAN}") } else { CONFIG.to_owned() };
    all.push(("book.toml", config.as_bytes()));
    let book = source::from_memory(&all);
    let built = walk(&book);
    spans::check(&book, &built.findings);
    for (address, bytes) in built.files.iter().filter(|(address, _)| address.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("pages are UTF-8");
        html::check(page).unwrap_or_else(|wrong| panic!("{address}: {wrong}\n{page}"));
    }
    built
}

/// The same, built twice now and then: the same input gives the same findings and the same bytes.
pub fn build_twice(files: &[(&str, &str)]) -> Built {
    let built = build(files);
    let size: usize = files.iter().map(|(_, text)| text.len()).sum();
    assert!(!size.is_multiple_of(5) || built == build(files), "two builds differ");
    built
}

/// Panics where the public edition holds the secret.
pub fn assert_hidden(built: &Built) {
    for (address, bytes) in built.files.iter().filter(|(address, _)| address.starts_with("help/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains(SECRET), "{address} holds the secret; {:#?}\n{text}", built.findings);
        assert!(!address.contains(SECRET), "{address} is the secret");
    }
}

fn walk(book: &Book) -> Built {
    let request = Request { today: Some("2026-11-24".into()), ..Request::default() };
    pipeline::run(book, &request, &Default::default(), |mut findings, sites| {
        let mut files = BTreeMap::new();
        for site in sites {
            spans::check_blocks(book, site.edition);
            for (index, output) in site.outputs.iter().enumerate() {
                let address = format!("{}/{}", site.edition.name, output.address);
                match site.bytes(index) {
                    Ok(bytes) => drop(files.insert(address, bytes)),
                    // a page may ask for a template that is not there
                    Err(Failure::Finding(finding)) => findings.push(*finding),
                    Err(Failure::Io(path, error)) => panic!("{}: {error}", path.display()),
                }
            }
        }
        Built { files, findings }
    })
}
