//! The files of YAML that `book.toml` names beside the text.

use super::place::Place;
use super::{CONFIG, read_text};
use crate::config::{Config, Placed};
use crate::diagnostic::{Code, Diagnostic};
use std::sync::Arc;

/// Reads a list from a file's name and text.
pub(super) type Parse<T> = fn(&Arc<str>, &str, &Config) -> (Vec<T>, Vec<Diagnostic>);

/// The files of YAML beside the text, as they are read.
pub(super) struct Lists<'a> {
    pub place: &'a Place,
    pub config: &'a Config,
    pub texts: Vec<(Arc<str>, Arc<str>)>,
    pub findings: Vec<Diagnostic>,
}

impl Lists<'_> {
    /// What the file that `book.toml` names says; nothing if it names none.
    pub fn read<T>(&mut self, named: Option<&Placed>, parse: Parse<T>) -> Vec<T> {
        let Some(named) = named else { return Vec::new() };
        let shown = [self.config.src.as_str(), &named.text].join("/");
        let shown: Arc<str> = shown.trim_start_matches('/').into();
        let Some(origin) = self.place.file(&shown) else {
            let missing = format!("there is no file `{shown}`");
            self.findings.push(
                Diagnostic::at(&Arc::from(CONFIG), named.at, Code::MissingAsset, missing)
                    .hint("name it from the folder of the text, or remove this line"),
            );
            return Vec::new();
        };
        let text: Arc<str> = match read_text(&shown, &origin) {
            Ok(text) => text.into(),
            Err(finding) => {
                self.findings.push(finding);
                return Vec::new();
            }
        };
        let (read, findings) = parse(&shown, &text, self.config);
        self.texts.push((shown, text));
        self.findings.extend(findings);
        read
    }
}
