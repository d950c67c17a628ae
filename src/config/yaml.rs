//! The book's lists in YAML, each value with its place: a wrong one is a finding there, and counts as absent.

use super::Config;
use crate::article::Language;
use crate::audience::Audience;
use crate::diagnostic::{Code, Diagnostic, Findings, did_you_mean};
use crate::span::ByteRange;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};
use std::fmt;
use std::sync::Arc;

/// A value and where it begins.
pub(super) struct Value {
    pub node: Node,
    pub at: ByteRange,
}

pub(super) enum Node {
    Text(String),
    List(Vec<Value>),
    Map(Vec<Entry>),
    Nothing,
}

/// A key of a map with its value.
pub(super) struct Entry {
    pub key: String,
    pub key_at: ByteRange,
    pub value: Value,
}

/// A file of the book while it is read.
pub(super) struct Reader<'a> {
    pub file: &'a Arc<str>,
    pub config: &'a Config,
    pub findings: Findings,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a Arc<str>, config: &'a Config) -> Self {
        Reader { file, config, findings: Findings::default() }
    }

    pub fn report(&mut self, at: ByteRange, code: Code, message: impl Into<String>, hint: impl Into<String>) {
        self.findings.push(Diagnostic::at(self.file, at, code, message).hint(hint));
    }

    /// The whole text as one value; nothing if it is no YAML.
    pub fn value(&mut self, text: &str) -> Option<Value> {
        // a file with comments alone
        let says_nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        if text.lines().all(says_nothing) {
            return Some(Value { node: Node::Nothing, at: ByteRange::default() });
        }
        let options = serde_yaml::options! { with_snippet: false };
        match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
            Ok(raw) => Some(placed(raw, text)),
            Err(error) => {
                let at = error.location().map_or(ByteRange::default(), |location| place(&location, text));
                let said = error.without_snippet().to_string();
                let message = format!("this is no YAML that can be read: {}", reason(&said));
                self.report(
                    at,
                    Code::BadFile,
                    message,
                    "put words with `:`, `#` or quotes in them between double quotes",
                );
                None
            }
        }
    }

    /// The book's language of that code.
    pub fn language(&mut self, code: &str, at: ByteRange) -> Option<Language> {
        let known = self.config.language(code);
        if known.is_none() {
            let hint = did_you_mean(code, self.config.languages.iter().map(|language| language.code.as_str()));
            self.report(at, Code::UnknownLanguage, format!("the book has no language `{code}`"), hint);
        }
        known
    }

    pub fn audience(&mut self, name: &str, at: ByteRange) -> Option<Audience> {
        let known = self.config.audiences.named(name);
        if known.is_none() {
            let hint = did_you_mean(name, self.config.audiences.names.iter().map(String::as_str));
            self.report(at, Code::UnknownAudience, format!("the book has no audience `{name}`"), hint);
        }
        known
    }

    pub fn unknown_key(&mut self, entry: &Entry, known: &[&str]) {
        let hint = did_you_mean(&entry.key, known.iter().copied());
        self.report(entry.key_at, Code::UnknownKey, format!("there is no key `{}` here", entry.key), hint);
    }

    /// The text of a key's value, which must have one.
    pub fn text(&mut self, entry: Entry) -> Option<(String, ByteRange)> {
        match entry.value.node {
            Node::Text(text) if !text.trim().is_empty() => Some((text.trim().to_owned(), entry.value.at)),
            _ => {
                let at = if entry.value.at.start == entry.value.at.end { entry.key_at } else { entry.value.at };
                let hint = format!("write `{}: …`", entry.key);
                self.report(at, Code::BadFile, format!("`{}` wants a text", entry.key), hint);
                None
            }
        }
    }
}

/// What the parser says, without the place and without what to do in a program.
fn reason(said: &str) -> &str {
    let line = said.lines().next().unwrap_or_default();
    let end = [" at line ", ", set "].iter().filter_map(|more| line.find(more)).min();
    line[..end.unwrap_or(line.len())].trim_end_matches('.')
}

fn place(location: &Location, text: &str) -> ByteRange {
    let span = location.span();
    let start = text.floor_char_boundary(span.byte_offset().unwrap_or(0) as usize).min(text.len());
    let end = start + span.byte_len().unwrap_or(0) as usize;
    let value = &text[start..text.floor_char_boundary(end.min(text.len()))];
    ByteRange::new(start, start + value.trim_end().len())
}

/// A value as the parser gives it.
enum Raw {
    Text(String),
    /// A number or a truth, which is a word here: as it stands in the text.
    AsWritten,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
    Nothing,
}

fn placed(raw: Spanned<Raw>, text: &str) -> Value {
    let at = place(&raw.referenced, text);
    let entry = |(key, value): (Spanned<String>, Spanned<Raw>)| {
        let key_at = place(&key.referenced, text);
        Entry { key: key.value, key_at, value: placed(value, text) }
    };
    let node = match raw.value {
        Raw::Text(text) => Node::Text(text),
        Raw::AsWritten => Node::Text(place(&raw.defined, text).of(text).to_owned()),
        Raw::List(list) => Node::List(list.into_iter().map(|item| placed(item, text)).collect()),
        Raw::Map(map) => Node::Map(map.into_iter().map(entry).collect()),
        Raw::Nothing => Node::Nothing,
    };
    Value { node, at }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text, a list or a map")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}
