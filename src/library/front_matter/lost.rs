//! Front matter that would be lost: what it says of readers must not go unread.

use super::{Entry, KEYS, bad, decides_readers, key_of};
use crate::diagnostic::Diagnostic;
use crate::span::ByteRange;
use std::ops::Range;
use std::sync::Arc;

/// How many lines at the start of a text may be front matter that is not recognised.
const LOOKED_AT: usize = 6;

/// Other generators hide pages by these keys. Here they say nothing, and the page would be as open as its folder.
pub(super) const FOREIGN: &[&str] =
    &["published", "publish", "private", "hidden", "hide", "internal", "visibility", "access", "roles", "unlisted"];

/// A block that looks like front matter, but is none: a blank line or a character stands before it, its `---` is another
/// mark, or it has none.
pub(super) fn unread(file: &Arc<str>, source: &str, start: usize) -> Option<Diagnostic> {
    let mut opened = None;
    let mut offset = start;
    for line in source[start..].split_inclusive('\n').take(LOOKED_AT) {
        let range = offset..offset + line.trim_end().len();
        offset += line.len();
        let text = line.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control() || is_mark(letter));
        if text.is_empty() {
            continue;
        }
        let glued = opened.is_none() && text.starts_with("---") && text.contains([':', '=']);
        if glued || says_who_reads(text) || opened == Some(true) && names_a_key(text) {
            let hint = "begin the file with a line `---`, with nothing before it, and end the block with another";
            return Some(
                bad(file, range, "this looks like front matter, but is none: nothing in it is read").hint(hint),
            );
        }
        opened = opened.or(Some(is_fence(text)));
    }
    None
}

/// `audience: staff` or `draft = true`, whatever stands around it.
fn says_who_reads(text: &str) -> bool {
    let mut sides = text.splitn(2, [':', '=']);
    let (key, value) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
    let key = key.trim_matches(|letter: char| !letter.is_alphanumeric());
    matches!(key, "audience" | "draft") && value.split_whitespace().count() == 1
}

fn names_a_key(text: &str) -> bool {
    let key = text.split([':', '=']).next().unwrap_or_default();
    let key = key.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    key.len() < text.len() && (KEYS.contains(&key.as_str()) || FOREIGN.contains(&key.as_str()) || decides_readers(&key))
}

/// Byte order marks and characters without width.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{fffe}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Two marks or more, and hardly anything else.
fn is_fence(text: &str) -> bool {
    let dash = |letter: &char| matches!(letter, '-' | '+' | ';' | '~' | '=' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let (dashes, others): (Vec<char>, Vec<char>) = text.chars().take(20).partition(dash);
    dashes.len() >= 2 && others.len() <= 2
}

/// A line that says who may read the page, but is indented, so that YAML takes it for a part of the value above.
pub(super) fn swallowed(file: &Arc<str>, source: &str, entry: &Entry) -> Option<Diagnostic> {
    let mut offset = entry.value.start;
    let mut lines = source[entry.value.clone()].split_inclusive('\n');
    offset += lines.next()?.len();
    for line in lines {
        let text = line.trim_start_matches([' ', '\t', '-', '"', '\'', '{']);
        let found = key_of(text).map(str::trim_end).filter(|key| matches!(*key, "audience" | "draft"));
        if let Some(key) = found {
            let at = offset + line.len() - text.len();
            let message = format!("`{key}` is a part of `{}` here, and says nothing of the page", entry.key);
            let finding = bad(file, Range::from(ByteRange::new(at, at + key.len())), message);
            return Some(finding.hint(format!("write `{key}:` at the start of a line")));
        }
        offset += line.len();
    }
    None
}
