//! Front matter: YAML between `---` lines. Each key is read on its own, so that one mistake does not hide the next.

mod lost;
mod values;

use crate::article::Kind;
use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean, nearest};
use crate::span::ByteRange;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use values::Field;

/// A value and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Placed<T> {
    pub value: T,
    pub at: ByteRange,
}

/// What an author said of a file. Every key is optional.
#[derive(Clone, Default, Debug)]
pub(super) struct FrontMatter {
    pub title: Option<Placed<String>>,
    pub description: Option<Placed<String>>,
    pub kind: Option<Placed<Kind>>,
    pub audience: Option<Placed<String>>,
    pub order: Option<Placed<i64>>,
    /// ISO 8601.
    pub date: Option<Placed<String>>,
    pub version: Option<Placed<String>>,
    pub draft: Option<Placed<bool>>,
    pub tags: Vec<Placed<String>>,
    pub keywords: Vec<Placed<String>>,
    pub aliases: Vec<Placed<String>>,
    pub owner: Option<Placed<String>>,
    /// ISO 8601.
    pub reviewed: Option<Placed<String>>,
    /// In days.
    pub review_every: Option<Placed<u32>>,
    pub minutes: Option<Placed<u32>>,
    pub objectives: Vec<Placed<String>>,
    pub requires: Vec<Placed<String>>,
    pub affects: Vec<Placed<String>>,
    pub significant: Option<Placed<bool>>,
    /// In percent.
    pub pass: Option<Placed<u8>>,
    pub popular: Option<Placed<bool>>,
    pub template: Option<Placed<String>>,
}

const KEYS: &[&str] = &[
    "title",
    "description",
    "kind",
    "audience",
    "order",
    "date",
    "version",
    "draft",
    "tags",
    "keywords",
    "aliases",
    "owner",
    "reviewed",
    "review-every",
    "minutes",
    "objectives",
    "requires",
    "affects",
    "significant",
    "pass",
    "popular",
    "template",
];

/// No front matter is that long; a longer one is a mistake or an attack.
const LONGEST: usize = 64 << 10;

/// Reads the front matter of `source`, if it has one, and says where the text begins.
pub(super) fn parse(file: &Arc<str>, source: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let mut front = FrontMatter::default();
    let mut findings = Vec::new();
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(opening) = source[start..].split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        findings.extend(lost::unread(file, source, start));
        return (front, start, findings);
    };
    let block_start = start + opening.len();
    let Some((block, text_start)) = closing(source, block_start) else {
        let message = "the front matter is not closed";
        findings.push(bad(file, start..start + 3, message).hint("end it with a line `---`"));
        return (front, source.len(), findings);
    };
    if block.len() > LONGEST {
        findings.push(
            bad(file, start..start + 3, "the front matter is longer than 64 KiB").hint("is its closing `---` missing?"),
        );
        return (front, text_start, findings);
    }
    let mut seen = BTreeSet::new();
    for entry in entries(file, source, block, &mut findings) {
        let is_unknown = !KEYS.contains(&entry.key);
        let inner = || inner_key(file, source, &entry).filter(|_| is_unknown);
        findings.extend(lost::swallowed(file, source, &entry).or_else(inner));
        if is_unknown {
            findings.push(unknown_key(file, &entry));
        } else if !seen.insert(entry.key) {
            findings.push(bad(file, entry.key_range, format!("`{}` stands twice", entry.key)).hint("keep one of them"));
        } else {
            let Entry { key, value, .. } = entry;
            read(&mut front, Field { file, source, key, lead: format!("{key}:"), value, findings: &mut findings });
        }
    }
    (front, text_start, findings)
}

/// An unknown key is a warning; one that nearly says who may read the page is an error, and withholds it.
fn unknown_key(file: &Arc<str>, entry: &Entry) -> Diagnostic {
    let message = format!("there is no front matter key `{}`", entry.key);
    if lost::FOREIGN.contains(&entry.key.to_lowercase().as_str()) {
        let hint = "write `audience: …` for who may read it, or `draft: true` for nobody yet";
        return bad(file, entry.key_range.clone(), format!("`{}` hides no page here", entry.key)).hint(hint);
    }
    let finding = match decides_readers(entry.key) {
        true => bad(file, entry.key_range.clone(), message),
        false => Diagnostic::at(file, entry.key_range.clone(), Code::UnknownKey, message).severity(Severity::Warning),
    };
    finding.hint(did_you_mean(entry.key, KEYS.iter().copied()))
}

/// Whether a key is, or nearly is, one of those that say who may read the page.
fn decides_readers(key: &str) -> bool {
    matches!(nearest(key, KEYS.iter().copied()), Some("audience" | "draft"))
}

/// Below an unknown key stands one that was meant to say who may read the page.
fn inner_key(file: &Arc<str>, source: &str, entry: &Entry) -> Option<Diagnostic> {
    let value = &source[entry.value.clone()];
    let ends = value.match_indices(':').map(|(colon, _)| value[..colon].trim_end_matches([' ', '"', '\'']).len());
    let mut words = ends.map(|end| value[..end].trim_end_matches(char::is_alphanumeric).len()..end);
    let found = words.find(|word| decides_readers(&value[word.clone()]))?;
    let range = entry.value.start + found.start..entry.value.start + found.end;
    let message = format!("`{}` stands below `{}`, where it says nothing", &value[found], entry.key);
    Some(bad(file, range, message).hint("write it at the start of a line: `audience: …`, `draft: true`"))
}

fn bad(file: &Arc<str>, range: impl Into<ByteRange>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::at(file, range, Code::BadFrontMatter, message)
}

/// The range of the YAML and where the text after it begins.
fn closing(source: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let mut offset = start;
    for line in source[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((start..offset, offset + line.len()));
        }
        offset += line.len();
    }
    None
}

/// A key of the block with everything that belongs to it.
struct Entry<'a> {
    key: &'a str,
    key_range: Range<usize>,
    /// From after the colon to before the next key.
    value: Range<usize>,
}

fn entries<'a>(
    file: &Arc<str>,
    source: &'a str,
    block: Range<usize>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut offset = block.start;
    for line in source[block].split_inclusive('\n') {
        let range = offset..offset + line.trim_end().len();
        offset += line.len();
        let item = line.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        let continues = (line.starts_with(' ') || item) && !entries.is_empty();
        if line.trim().is_empty() || line.starts_with('#') || continues {
            if let Some(entry) = entries.last_mut().filter(|_| continues || line.trim().is_empty()) {
                entry.value.end = range.end;
            }
            continue;
        }
        match key_of(line) {
            Some(key) => {
                let value = range.start + key.len() + 1..range.end;
                entries.push(Entry {
                    key: key.trim_end(),
                    key_range: range.start..range.start + key.trim_end().len(),
                    value,
                });
            }
            None => findings.push(bad_line(file, line, range)),
        }
    }
    entries
}

/// What stands before the colon, where a line begins a key.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.trim_end().split_once(':')?;
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ' ');
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t']);
    (spaced && !key.is_empty() && key.chars().all(plain)).then_some(key)
}

fn bad_line(file: &Arc<str>, line: &str, range: Range<usize>) -> Diagnostic {
    if line.starts_with('\t') {
        return bad(file, range, "YAML does not allow tabs at the start of a line").hint("use spaces");
    }
    match line.trim_end().split_once(':') {
        Some((key, value)) if KEYS.contains(&key.trim()) => {
            bad(file, range, format!("a space is missing after `{key}:`")).hint(format!("write `{key}: {value}`"))
        }
        _ => bad(file, range, "this line is no `key: value`").hint("write `key: value`, or `- item` below a key"),
    }
}

fn read(front: &mut FrontMatter, mut field: Field) {
    match field.key {
        "title" => front.title = field.text(),
        "description" => front.description = field.text(),
        "kind" => front.kind = field.kind(),
        "audience" => front.audience = field.text(),
        "order" => front.order = field.integer(),
        "date" => front.date = field.date(),
        "version" => front.version = field.text(),
        "draft" => front.draft = field.flag(),
        "tags" => front.tags = field.texts(),
        "keywords" => front.keywords = field.texts(),
        "aliases" => front.aliases = field.texts(),
        "owner" => front.owner = field.text(),
        "reviewed" => front.reviewed = field.date(),
        "review-every" => front.review_every = field.days(),
        "minutes" => front.minutes = field.natural(),
        "objectives" => front.objectives = field.texts(),
        "requires" => front.requires = field.texts(),
        "affects" => front.affects = field.texts(),
        "significant" => front.significant = field.flag(),
        "pass" => front.pass = field.percent(),
        "popular" => front.popular = field.flag(),
        "template" => front.template = field.text(),
        other => unreachable!("`{other}` is not in KEYS"),
    }
}

#[cfg(test)]
mod tests;
