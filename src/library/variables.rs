//! `{{ name }}` in text, replaced after parsing.

use super::markdown::Settings;
use crate::diagnostic::nearest;

/// The text with the book's variables in place; what is no variable stays.
pub(super) fn replace(text: &str, settings: &Settings) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        replaced.push_str(before);
        match value(name, settings) {
            Some(value) => replaced.push_str(value),
            None => replaced.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    replaced + rest
}

/// A name in `text` that is no variable, but nearly one: `(as written, as meant)`.
pub(super) fn misspelt<'a>(text: &str, settings: &'a Settings) -> Option<(String, &'a str)> {
    let mut rest = text;
    while let Some((_, name, after)) = next(rest) {
        if value(name, settings).is_none() {
            let known = settings.variables.iter().map(|(name, _)| name.as_str());
            if let Some(meant) = nearest(name, known) {
                return Some((name.to_owned(), meant));
            }
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
    let open = text.find("{{")?;
    let (name, after) = text[open + 2..].split_once("}}")?;
    Some((&text[..open], name.trim(), after))
}
