//! Small books in Markdown, each with what must come of it in place.
//!
//! A file of `tests/cases` has a theme. Below `# A group` stand the files that all its cases share; `## A case` says in
//! prose what it shows, and its fenced blocks are the rest of the book and what is expected of it:
//!
//! | info string | the block is |
//! | --- | --- |
//! | `md content/faq/index.md` | a file of the book: a language for the editor, then the path |
//! | `bytes content/a.md` | the same, where `\xff` is that byte |
//! | `drafts` | empty: the book is built with its drafts |
//! | `findings` | every finding with its place, the text it points at and its hints; without this block there is none |
//! | `outputs help` | the addresses of an edition, without the theme's own files |
//! | `output help/faq/index.html` | that page: its heading and its text, unless the case has a template of its own |
//!
//! `UPDATE=1 cargo test --test cases` writes what came in place of what was expected. Read the difference before you commit.

#![expect(clippy::disallowed_methods, reason = "tests read what they are made of")]

use deskbook::diagnostic::{Code, Diagnostic};
use deskbook::pipeline::Memory;
use deskbook::pipeline::{self, Request};
use deskbook::render::{Failure, Site};
use deskbook::source::{self, Book};
use deskbook::span::{Position, Span};
use document::{Block, Case, Document};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[path = "cases/document.rs"]
mod document;

/// The day that reviews are counted from.
const TODAY: &str = "2026-11-24";

/// Every template that shows a page, cut down to what the page itself says.
const TEMPLATES: &str = "404 faq home module page procedure procedures scenario scenarios topic track update updates";
const TEMPLATE: &str = "<h1>{{ heading }}</h1>\n{{ body }}";

#[test]
fn cases_hold() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut document = Document::parse(&text);
        for case in document.cases().into_iter().rev() {
            let came = what_comes(&document, &case);
            let differs = document.write(&case, came);
            wrong.extend(differs.map(|differs| format!("{}: {}\n{differs}", path.display(), case.title)));
        }
        if update && document.to_string() != text {
            std::fs::write(&path, document.to_string()).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let mut found = String::new();
    for path in files() {
        let document = Document::parse(&std::fs::read_to_string(path).unwrap());
        document.blocks().filter(|block| block.info == "findings").for_each(|block| found.push_str(&block.body));
    }
    let lacking: Vec<&str> =
        Code::ALL.iter().map(|code| code.as_str()).filter(|code| !found.contains(&format!("[{code}]: "))).collect();
    assert!(lacking.is_empty(), "write a case for {}", lacking.join(", "));
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The text of each expectation of the case, by info string. Findings are always among them.
fn what_comes(document: &Document, case: &Case) -> BTreeMap<String, String> {
    let blocks = || case.blocks.iter().map(|&index| document.block(index));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for template in TEMPLATES.split(' ') {
        files.insert(format!("themes/desk/{template}.html"), TEMPLATE.into());
    }
    files.extend(case.shared.iter().map(|&index| document.block(index)).chain(blocks()).filter_map(file));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let book = source::from_memory(&files);
    let request = Request {
        today: Some(TODAY.into()),
        drafts: blocks().any(|block| block.info == "drafts"),
        ..Request::default()
    };
    pipeline::run(&book, &request, &Memory::default(), |mut findings, sites| {
        let sites: BTreeMap<&str, Outputs> =
            sites.iter().map(|site| (site.edition.name.as_str(), outputs(site, &mut findings))).collect();
        let mut came: BTreeMap<String, String> =
            blocks().filter_map(|block| Some((block.info.clone(), expected(block, &sites)?))).collect();
        came.insert("findings".into(), findings.iter().map(|finding| shown(finding, &book)).collect());
        came
    })
}

fn file(block: &Block) -> Option<(String, Vec<u8>)> {
    let (kind, path) = block.info.split_once(' ')?;
    match kind {
        "output" | "outputs" => None,
        "bytes" => Some((path.to_owned(), unescaped(&block.body))),
        _ => Some((path.to_owned(), block.body.clone().into())),
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits stand behind `\\x`"));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// The text of each output by address.
type Outputs = BTreeMap<String, String>;

/// Renders everything; what fails is one more finding.
fn outputs(site: &Site, findings: &mut Vec<Diagnostic>) -> Outputs {
    let mut outputs = Outputs::new();
    for (index, output) in site.outputs.iter().enumerate() {
        let text = match site.bytes(index) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(Failure::Finding(finding)) => {
                findings.extend((!findings.contains(&finding)).then_some(*finding));
                continue;
            }
            Err(Failure::Io(path, error)) => panic!("{}: {error}", path.display()),
        };
        outputs.insert(output.address.clone(), text);
    }
    outputs
}

/// What the book gives for `block`, if it asks for an output.
fn expected(block: &Block, sites: &BTreeMap<&str, Outputs>) -> Option<String> {
    let (kind, wanted) = block.info.split_once(' ')?;
    let (edition, address) = wanted.split_once('/').unwrap_or((wanted, ""));
    let site = sites.get(edition);
    match kind {
        "output" => Some(site.and_then(|site| site.get(address)).map_or("no such output\n".into(), |text| ended(text))),
        "outputs" => Some(site.map_or("no such edition\n".into(), list)),
        _ => None,
    }
}

/// The outputs that the book asks for: pages, redirects, assets, not what every site has beside them.
fn list(site: &Outputs) -> String {
    let beside = |address: &str| {
        let file = address.rsplit('/').next().unwrap_or(address);
        let for_machines = ["_headers", "robots.txt", "sitemap.xml", "llms.txt", "feed.xml"].contains(&file);
        address.starts_with("theme/")
            || address.starts_with("search/")
            || address.ends_with(".md")
            || address.ends_with("search/index.html")
            || for_machines
    };
    site.keys().filter(|address| !beside(address)).map(|address| format!("{address}\n")).collect()
}

fn ended(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

/// A finding with its place, the first line of the text it points at, its hints and the places it speaks of.
fn shown(finding: &Diagnostic, book: &Book) -> String {
    let (severity, code, message) = (finding.severity.as_str(), finding.code, &finding.message);
    let place = finding.span.as_ref().map_or("the book".into(), |span| place_of(span, book));
    let mut lines = vec![format!("{place}: {severity}[{code}]: {message}")];
    let text = finding.span.as_ref().and_then(|span| Some(pointed_at(span, &book.text(&span.file)?)));
    lines.extend(text.filter(|text| !text.is_empty()).map(|text| format!("  at: {text}")));
    lines.extend(finding.hints.iter().map(|hint| format!("  hint: {hint}")));
    lines.extend(
        finding.related.iter().map(|other| format!("  see: {}: {}", place_of(&other.span, book), other.message)),
    );
    lines.join("\n") + "\n"
}

fn place_of(span: &Span, book: &Book) -> String {
    let text = book.text(&span.file).unwrap_or_default();
    let Position { line, column } = Position::of(&text, span.range.start as usize);
    format!("{}:{line}:{column}", span.file)
}

fn pointed_at(span: &Span, text: &str) -> String {
    let covered = span.range.of(text);
    match covered.split_once('\n') {
        Some((first, rest)) if !rest.is_empty() => format!("{first} …"),
        _ => covered.trim_end().to_owned(),
    }
}
