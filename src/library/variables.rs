//! `{{ name }}` in text, replaced after parsing.

use super::markdown::Settings;
use crate::diagnostic::nearest;
use std::borrow::Cow;

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
    settings.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What stands before the first `{{ name }}`, the name, and the rest.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    // nearly every text stops here: to know whether is far faster than to know where
    text.contains("{{").then_some(())?;
    let open = text.find("{{")?;
    let (name, after) = text[open + 2..].split_once("}}")?;
    Some((&text[..open], name.trim(), after))
}
