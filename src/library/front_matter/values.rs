//! The values of single keys, each of the kind that its key wants.

use super::{Placed, bad};
use crate::article::Kind;
use crate::config::days;
use crate::date;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::span::ByteRange;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A value, still as text.
pub(super) struct Field<'a> {
    pub file: &'a Arc<str>,
    pub source: &'a str,
    pub key: &'a str,
    /// What stands before the value, for hints: `title:`, or `-` in a list.
    pub lead: String,
    /// From after the lead to before what follows the value.
    pub value: Range<usize>,
    pub findings: &'a mut Vec<Diagnostic>,
}

/// Keys whose values are words of the author: `#5` in them is hardly meant as a comment.
const FREE: &[&str] = &["title", "description", "owner", "version", "tags", "keywords", "objectives"];

impl Field<'_> {
    /// The value's bytes without the space around them and without a comment behind them.
    fn range(&self) -> ByteRange {
        let value = &self.source[self.value.clone()];
        ByteRange::from(without_comment(value, FREE.contains(&self.key))).shifted(self.value.start)
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
            self.report(surprise, self.quoted());
            return None;
        }
        let text = format!("value: {}", &self.source[self.value.clone()]);
        let read: Result<BTreeMap<String, T>, _> = serde_yaml::from_str(&text);
        match read {
            // more keys than this one: lines that seemed to go on with the value
            Ok(mut map) if map.len() == 1 => map.remove("value"),
            _ => {
                self.report(format!("`{}` has a value that cannot be read here", self.key), self.quoted());
                None
            }
        }
    }

    /// The hint to write the value between quotes.
    fn quoted(&self) -> String {
        let raw = self.raw();
        if raw.contains('\n') || raw.starts_with('[') {
            return format!("write `{} \"…\"`, or a list of `- item` lines where a list is wanted", self.lead);
        }
        let inside = ['"', '\''].iter().find_map(|quote| raw.strip_prefix(*quote)?.strip_suffix(*quote));
        let escaped = inside.unwrap_or(raw).replace('\\', "\\\\").replace('"', "\\\"");
        format!("write `{} \"{escaped}\"`", self.lead)
    }

    pub fn text(&mut self) -> Option<Placed<String>> {
        if self.raw().is_empty() {
            let hint = format!("write `{} …`, or remove the line", self.lead);
            self.report(format!("`{}` has no value", self.key), hint);
            return None;
        }
        // a folded block ends with a line break of its own
        let value = self.yaml::<String>()?.trim().to_owned();
        Some(self.place(value))
    }

    /// A list; one value stands for a list of one.
    pub fn texts(&mut self) -> Vec<Placed<String>> {
        if self.raw().starts_with('[') {
            return self.flow_list();
        }
        match self.items() {
            Some(items) => items.into_iter().filter_map(|item| self.item(item).text()).collect(),
            None => self.text().into_iter().collect(),
        }
    }

    /// `[one, two]`
    fn flow_list(&mut self) -> Vec<Placed<String>> {
        let Some(values) = self.yaml::<Vec<String>>() else { return Vec::new() };
        let Range { start: mut from, end } = self.value.clone();
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

    /// What stands behind each `-` of a list of lines; `None` for anything else.
    fn items(&self) -> Option<Vec<Range<usize>>> {
        let mut items: Vec<Range<usize>> = Vec::new();
        let mut end = self.range().start as usize;
        for line in self.raw().split_inclusive('\n') {
            end += line.len();
            let text = line.trim();
            let rest = text.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
            match rest {
                Some(rest) => items.push(end - line.trim_start().len() + text.len() - rest.len()..end),
                None if text.is_empty() || text.starts_with('#') => {}
                // the item goes on
                None => items.last_mut()?.end = end,
            }
        }
        Some(items)
    }

    /// One item of the list that this value is.
    fn item(&mut self, value: Range<usize>) -> Field<'_> {
        Field { lead: "-".into(), value, file: self.file, source: self.source, key: self.key, findings: self.findings }
    }

    pub fn kind(&mut self) -> Option<Placed<Kind>> {
        let word = self.text()?;
        match Kind::ALL.iter().find(|kind| kind.name() == word.value) {
            Some(kind) => Some(Placed { value: *kind, at: word.at }),
            None => {
                let hint = did_you_mean(&word.value, Kind::ALL.iter().map(|kind| kind.name()));
                self.report(format!("there is no kind `{}`", word.value), hint);
                None
            }
        }
    }

    fn parsed<T: std::str::FromStr>(&mut self, wanted: &str, hint: String) -> Option<Placed<T>> {
        match self.raw().trim_matches(['"', '\'']).to_ascii_lowercase().parse() {
            Ok(value) => Some(self.place(value)),
            Err(_) => {
                let message = format!("`{}` wants {wanted}, not `{}`", self.key, self.raw());
                self.report(message, hint);
                None
            }
        }
    }

    pub fn integer(&mut self) -> Option<Placed<i64>> {
        self.parsed("a whole number", format!("write `{}: 1`", self.key))
    }

    pub fn natural(&mut self) -> Option<Placed<u32>> {
        self.parsed("a whole number", format!("write `{}: 10`", self.key))
    }

    pub fn flag(&mut self) -> Option<Placed<bool>> {
        self.parsed("`true` or `false`", format!("write `{0}: true` or `{0}: false`", self.key))
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
                let message = format!("`{}` wants a length of time, not `{}`", self.key, self.raw());
                self.report(message, format!("write `{}: 180 days`", self.key));
                None
            }
        }
    }

    pub fn date(&mut self) -> Option<Placed<String>> {
        let written = self.raw().trim_matches(['"', '\'']).to_owned();
        if date::days(&written).is_some() {
            return Some(self.place(written));
        }
        let message = format!("`{}` wants a date, not `{written}`", self.key);
        self.report(message, format!("write `{}: 2026-11-24`", self.key));
        None
    }
}

/// Where a value stands in `text`, without the space around it and without a comment. In the author's own words (`free`),
/// a comment has a space on both sides of its `#`: `#5` in them is a surprise, not a comment.
fn without_comment(text: &str, free: bool) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    let value = text[start..].trim_end();
    let (first, below) = value.split_once('\n').unwrap_or((value, ""));
    if first.starts_with('#') && (!free || first.starts_with("# ") || !below.is_empty()) {
        // the value stands below the comment
        let from = start + first.len();
        let inner = without_comment(&text[from..], free);
        return from + inner.start..from + inner.end;
    }
    let end = if below.is_empty() { before_comment(value, free) } else { value.len() };
    start..start + end
}

/// Where the value on one line ends before the comment behind it.
fn before_comment(value: &str, free: bool) -> usize {
    let inside = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map_or(0, |end| end + 1),
        Some('[' | '{') => value.rfind([']', '}']).unwrap_or(0),
        _ => 0,
    };
    let opens = |at: usize| {
        value[..at].ends_with([' ', '\t']) && (!free || matches!(value.as_bytes().get(at + 1), None | Some(b' ')))
    };
    let comment = value.match_indices('#').map(|(at, _)| at).find(|at| *at > inside && opens(*at));
    value[..comment.unwrap_or(value.len())].trim_end().len()
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
        return Some("YAML reads `: ` in a value as another key".into());
    }
    if first == '#' || plain && one_line && raw.contains(" #") {
        return Some("YAML takes `#` behind a space, and what follows, for a comment".into());
    }
    if matches!(raw, "~" | "null" | "Null" | "NULL") {
        return Some(format!("YAML reads `{raw}` as no value"));
    }
    None
}
