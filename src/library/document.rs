//! A source file, parsed: everything it says, whoever may see it. Private to the library.

use super::front_matter::{self, FrontMatter};
use super::ids;
use super::markdown::{self, Reference, Settings};
use crate::article::Block;
use crate::diagnostic::{Code, Diagnostic};
use crate::memo::{Key, Memo};
use crate::source::MarkdownFile;
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct Document {
    /// Below `src`.
    pub path: Arc<str>,
    /// Below the book's folder, as findings show it.
    pub shown: Arc<str>,
    pub front: FrontMatter,
    pub body: Arc<[Block]>,
    pub references: Vec<Reference>,
    /// Whether some of the body is for a narrower audience than the document.
    pub divided: bool,
    pub findings: Vec<Diagnostic>,
}

impl Document {
    /// Whether a mistake could let hidden text through: such a file is never published.
    pub fn is_withheld(&self) -> bool {
        self.findings.iter().any(|finding| finding.code.withholds())
    }
}

/// The parsed file, from memory where the same file was parsed with the same settings before. `settings_key` tells one set of settings from every other.
pub(super) fn read(
    file: &MarkdownFile,
    settings: &Settings,
    settings_key: &str,
    memory: &Memo<Document>,
) -> Arc<Document> {
    let text = match file.text() {
        Ok(text) => text,
        Err(finding) => return Arc::new(unread(file, finding)),
    };
    let key = Key::of(&[file.path.as_bytes(), file.shown.as_bytes(), text.as_bytes(), settings_key.as_bytes()]);
    memory.get(key, || parse(file, &text, settings))
}

/// A file of which nothing is known but that it is there, and why it could not be read.
fn unread(file: &MarkdownFile, finding: Diagnostic) -> Document {
    Document {
        path: file.path.clone(),
        shown: file.shown.clone(),
        front: FrontMatter::default(),
        body: Arc::default(),
        references: Vec::new(),
        divided: false,
        findings: vec![finding],
    }
}

fn parse(file: &MarkdownFile, text: &str, settings: &Settings) -> Document {
    let (front, text_start, front_findings) = front_matter::parse(&file.shown, text);
    let mut parsed = markdown::parse(&file.shown, text, text_start, settings);
    let mut findings = parsed.findings;
    findings.extend(front_findings);
    for (id, range) in ids::assign(&mut parsed.body) {
        let message = format!("the id `{id}` stands twice on this page");
        findings.push(
            Diagnostic::at(&file.shown, range, Code::DuplicateId, message).hint("give one of them another `{#id}`"),
        );
    }
    Document {
        path: file.path.clone(),
        shown: file.shown.clone(),
        front,
        body: parsed.body.into(),
        references: parsed.references,
        divided: parsed.divided,
        findings: findings.into_vec(&file.shown),
    }
}
