//! The values of single keys, each of the kind that its key wants.

use super::{Entry, Placed, bad};
use crate::article::Kind;
use crate::config::days;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::span::ByteRange;
use std::sync::Arc;

/// A key with its value, still as text.
pub(super) struct Field<'a> {
    pub file: &'a Arc<str>,
    pub source: &'a str,
    pub entry: Entry<'a>,
    pub findings: &'a mut Vec<Diagnostic>,
}

const KINDS: &[(&str, Kind)] = &[
    ("page", Kind::Page),
    ("track", Kind::Track),
    ("module", Kind::Module),
    ("updates", Kind::Updates),
    ("update", Kind::Update),
    ("procedures", Kind::Procedures),
    ("procedure", Kind::Procedure),
    ("scenarios", Kind::Scenarios),
    ("scenario", Kind::Scenario),
    ("faq", Kind::Faq),
    ("topic", Kind::Topic),
];

impl Field<'_> {
    /// The value's bytes without the space around them.
    fn range(&self) -> ByteRange {
        let value = &self.source[self.entry.value.clone()];
        let start = self.entry.value.start + (value.len() - value.trim_start().len());
        ByteRange::new(start, start + value.trim().len())
    }

    fn raw(&self) -> &str {
        self.range().of(self.source)
    }

    fn report(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        let finding = bad(self.file, self.range(), message).hint(hint);
        self.findings.push(finding);
    }

    fn place<T>(&self, value: T) -> Placed<T> {
        Placed { value, at: self.range() }
    }

    /// The value as YAML reads it. Surprises of YAML are findings that say what to write.
    fn yaml<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        if let Some(surprise) = surprise(self.raw()) {
            let quoted = self.raw().replace('\\', "\\\\").replace('"', "\\\"");
            let hint = format!("write `{}: \"{quoted}\"`", self.entry.key);
            self.report(surprise, hint);
            return None;
        }
        let text = format!("value:{}", &self.source[self.entry.value.clone()]);
        let read: Result<std::collections::BTreeMap<String, T>, _> = serde_yaml::from_str(&text);
        match read {
            // more keys than this one: lines that seemed to go on with the value
            Ok(mut map) if map.len() == 1 => map.remove("value"),
            _ => {
                let hint =
                    format!("write `{}: \"…\"`, or a list of `- item` lines where a list is wanted", self.entry.key);
                self.report(format!("`{}` has a value that cannot be read here", self.entry.key), hint);
                None
            }
        }
    }

    pub fn text(&mut self) -> Option<Placed<String>> {
        if self.raw().is_empty() {
            let hint = format!("write `{}: …`, or remove the line", self.entry.key);
            self.report(format!("`{}` has no value", self.entry.key), hint);
            return None;
        }
        let value = self.yaml()?;
        Some(self.place(value))
    }

    /// A list; one value stands for a list of one.
    pub fn texts(&mut self) -> Vec<Placed<String>> {
        if !self.raw().starts_with(['-', '[']) {
            return self.text().into_iter().collect();
        }
        let Some(values) = self.yaml::<Vec<String>>() else { return Vec::new() };
        let mut from = self.entry.value.start;
        let end = self.entry.value.end;
        let mut placed = Vec::with_capacity(values.len());
        for value in values {
            // an escaped value does not stand in the source as it reads: then the whole list is its place
            let found = self.source[from..end].find(&value).filter(|_| !value.is_empty());
            let at = found.map_or(self.range(), |offset| ByteRange::new(from + offset, from + offset + value.len()));
            from = found.map_or(from, |offset| from + offset + value.len());
            placed.push(Placed { value, at });
        }
        placed
    }

    pub fn kind(&mut self) -> Option<Placed<Kind>> {
        let word = self.text()?;
        match KINDS.iter().find(|(name, _)| *name == word.value) {
            Some((_, kind)) => Some(Placed { value: *kind, at: word.at }),
            None => {
                let hint = did_you_mean(&word.value, KINDS.iter().map(|(name, _)| *name));
                self.report(format!("there is no kind `{}`", word.value), hint);
                None
            }
        }
    }

    fn parsed<T: std::str::FromStr>(&mut self, wanted: &str) -> Option<Placed<T>> {
        match self.raw().trim_matches(['"', '\'']).parse() {
            Ok(value) => Some(self.place(value)),
            Err(_) => {
                let message = format!("`{}` wants {wanted}, not `{}`", self.entry.key, self.raw());
                let hint = format!("write `{}: {}`", self.entry.key, example(self.entry.key));
                self.report(message, hint);
                None
            }
        }
    }

    pub fn integer(&mut self) -> Option<Placed<i64>> {
        self.parsed("a whole number")
    }

    pub fn natural(&mut self) -> Option<Placed<u32>> {
        self.parsed("a whole number")
    }

    pub fn flag(&mut self) -> Option<Placed<bool>> {
        self.parsed("`true` or `false`")
    }

    pub fn percent(&mut self) -> Option<Placed<u8>> {
        match self.raw().trim_matches(['"', '\'']).trim_end_matches('%').trim().parse() {
            Ok(value) if value <= 100 => Some(self.place(value)),
            _ => {
                self.report(format!("`pass` wants a share in percent, not `{}`", self.raw()), "write `pass: 80%`");
                None
            }
        }
    }

    pub fn days(&mut self) -> Option<Placed<u32>> {
        match days(self.raw().trim_matches(['"', '\''])) {
            Some(value) => Some(self.place(value)),
            None => {
                let message = format!("`{}` wants a length of time, not `{}`", self.entry.key, self.raw());
                self.report(message, format!("write `{}: 180 days`", self.entry.key));
                None
            }
        }
    }

    pub fn date(&mut self) -> Option<Placed<String>> {
        let date = self.raw().trim_matches(['"', '\'']).to_owned();
        if is_date(&date) {
            return Some(self.place(date));
        }
        let message = format!("`{}` wants a date, not `{date}`", self.entry.key);
        self.report(message, format!("write `{}: 2026-11-24`", self.entry.key));
        None
    }
}

fn example(key: &str) -> &'static str {
    match key {
        "order" => "1",
        "minutes" => "10",
        _ => "true",
    }
}

/// Why a plain value does not mean what it seems to say.
fn surprise(raw: &str) -> Option<String> {
    let first = raw.chars().next()?;
    let one_line = !raw.contains('\n');
    if raw.starts_with("{{") {
        return Some("YAML reads `{{` as the start of a map".into());
    }
    if matches!(first, '!' | '&' | '*' | '@' | '%' | '`') {
        return Some(format!("YAML gives a meaning of its own to `{first}` at the start of a value"));
    }
    let plain = !matches!(first, '"' | '\'' | '[' | '{' | '|' | '>' | '-' | '#');
    if plain && one_line && (raw.contains(": ") || raw.ends_with(':')) {
        return Some("YAML reads a second `: ` as another key".into());
    }
    if plain && one_line && raw.contains(" #") {
        return Some("YAML takes ` #` and what follows for a comment".into());
    }
    None
}

/// A day that exists, as `2026-11-24`.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return false;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
