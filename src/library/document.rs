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
    /// False for a file whose text could not be had: nobody knows who may see it, nor what lies beside it.
    pub readable: bool,
}

impl Document {
    /// Whether a mistake could let hidden text through: such a file is never published.
    pub fn is_withheld(&self) -> bool {
        !self.readable || self.findings.iter().any(|finding| finding.code.withholds())
    }

    /// A file that is there but could not be read; the finding on it was made where that was tried.
    pub fn unreadable(file: &MarkdownFile) -> Document {
        Document {
            path: file.path.clone(),
            shown: file.shown.clone(),
            front: FrontMatter::default(),
            body: Arc::default(),
            references: Vec::new(),
            divided: false,
            findings: Vec::new(),
            readable: false,
        }
    }
}

/// The parsed file, from memory where the same file was parsed with the same settings before.
pub(super) fn read(file: &MarkdownFile, settings: &Settings, memory: &Memo<Document>) -> Arc<Document> {
    let settings_key = format!("{settings:?}");
    let key = Key::of(&[file.path.as_bytes(), file.shown.as_bytes(), file.text.as_bytes(), settings_key.as_bytes()]);
    memory.get(key, || parse(file, settings))
}

fn parse(file: &MarkdownFile, settings: &Settings) -> Document {
    let (front, text_start, front_findings) = front_matter::parse(&file.shown, &file.text);
    let mut parsed = markdown::parse(&file.shown, &file.text, text_start, settings);
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
        readable: true,
    }
}
