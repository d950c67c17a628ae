//! `{{ name }}` in text, replaced after parsing.

use super::markdown::Settings;
use crate::diagnostic::nearest;
use std::borrow::Cow;
use std::ops::Range;

/// The text with the book's variables in place; what is no variable stays.
pub(super) fn replace<'a>(text: &'a str, settings: &Settings) -> Cow<'a, str> {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        replaced.push_str(before);
        match value(name, settings) {
            Some(value) => replaced.push_str(value),
            None => replaced.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    if replaced.is_empty() { rest.into() } else { (replaced + rest).into() }
}

/// The names in `text` that are no variables, but nearly: where they stand, as written, as meant.
pub(super) fn misspelt<'a>(text: &str, settings: &'a Settings) -> Vec<(Range<usize>, String, &'a str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        let known = settings.variables.iter().map(|(name, _)| name.as_str());
        if let Some(meant) = nearest(name, known).filter(|meant| *meant != name) {
            let start = text.len() - rest.len() + before.len();
            found.push((start..text.len() - after.len(), name.to_owned(), meant));
        }
        rest = after;
    }
    found
}

/// A line by which mdBook would put something in its place, as an author wrote it: `{{#include part.md}}`.
pub(super) fn of_mdbook(source: &str) -> Option<&str> {
    let mut rest = source;
    while let Some((before, name, after)) = next(rest) {
        let word = name.split([' ', ':']).next().unwrap_or(name);
        let known = matches!(word, "#include" | "#rustdoc_include" | "#playground" | "#title");
        if known && !before.ends_with('\\') {
            return Some(&rest[before.len()..rest.len() - after.len()]);
        }
        rest = after;
    }
    None
}

fn value<'a>(name: &str, settings: &'a Settings) -> Option<&'a str> {
    let found = settings.variables.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
    Some(&settings.variables[found].1)
}

/// What stands before the first `{{ name }}`, the name, and the rest.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    // nearly every text stops here: to know whether is far faster than to know where
    text.contains("{{").then_some(())?;
    let open = text.find("{{")?;
    let (name, after) = text[open + 2..].split_once("}}")?;
    Some((&text[..open], name.trim(), after))
}
