//! The book's files as they come in: Markdown read, everything else known by name.

use crate::diagnostic::Diagnostic;
use std::path::PathBuf;
use std::sync::Arc;

/// All files of a book below its `src`, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub markdown: Vec<MarkdownFile>,
    pub assets: Vec<AssetFile>,
}

#[derive(Clone, Debug)]
pub struct MarkdownFile {
    /// Below `src`, parts divided by `/`: `faq/payments.ru.md`.
    pub path: Arc<str>,
    /// Below the book's folder, as findings show it: `content/faq/payments.ru.md`.
    pub shown: Arc<str>,
    /// Empty where the file could not be read; a finding says why.
    pub text: Arc<str>,
}

#[derive(Clone, Debug)]
pub struct AssetFile {
    /// Below `src`.
    pub path: Arc<str>,
    pub origin: Origin,
}

/// Where the bytes of a file are; they are read when they are needed.
#[derive(Clone, Debug)]
pub enum Origin {
    Disk(PathBuf),
    Memory(Arc<[u8]>),
}

impl Origin {
    /// The bytes. Errors are the disk's.
    pub fn bytes(&self) -> std::io::Result<Vec<u8>> {
        match self {
            Origin::Disk(path) => std::fs::read(path),
            Origin::Memory(bytes) => Ok(bytes.to_vec()),
        }
    }
}

/// A whole book before anything is understood of it.
#[derive(Clone, Debug)]
pub struct Book {
    pub config: crate::config::Config,
    pub sources: Sources,
    /// Files below `themes/`, by path below it, for a book's own theme.
    pub theme_files: Vec<(String, Arc<str>)>,
    pub findings: Vec<Diagnostic>,
}
