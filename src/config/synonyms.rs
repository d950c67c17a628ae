//! `synonyms.yaml`: words and phrases that mean the same to those who search.

use super::Config;
use super::yaml::{Entry, Node, Reader, Value};
use crate::article::Language;
use crate::audience::{Audience, Audiences};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::ByteRange;
use std::sync::Arc;

/// Words and phrases that mean the same.
#[derive(Clone, PartialEq, Debug)]
pub struct SynonymGroup {
    pub language: Language,
    /// Who may learn of it.
    pub audience: Audience,
    /// At least two.
    pub words: Vec<String>,
}

/// In bytes. A phrase is what somebody types.
const LONGEST: usize = 100;
const MOST_WORDS: usize = 100;

/// Reads `synonyms.yaml`. A group with a mistake is left out, and all of them if one may be for fewer readers than it says.
pub(crate) fn parse(file: &Arc<str>, text: &str, config: &Config) -> (Vec<SynonymGroup>, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, config);
    let mut groups = Vec::new();
    match reader.value(text) {
        Some(Value { node: Node::Map(languages), .. }) => {
            languages.into_iter().for_each(|entry| of_language(&mut reader, entry, &mut groups));
        }
        Some(Value { node: Node::Nothing, .. }) | None => {}
        Some(value) => {
            wrong(&mut reader, value.at, "this is no list of words by language", "write `en:` and its groups below")
        }
    }
    if reader.findings.iter().any(|finding| finding.code == Code::UnknownAudience) {
        groups.clear();
    }
    (groups, reader.findings.into_vec(file))
}

fn wrong(reader: &mut Reader, at: ByteRange, message: &str, hint: &str) {
    reader.report(at, Code::BadFile, message, hint);
}

fn of_language(reader: &mut Reader, entry: Entry, groups: &mut Vec<SynonymGroup>) {
    let language = reader.language(&entry.key, entry.key_at);
    match (entry.value.node, language) {
        (Node::List(list), Some(language)) => {
            groups.extend(list.into_iter().filter_map(|value| group(reader, value, language)));
        }
        (Node::List(_) | Node::Nothing, _) => {}
        _ => wrong(reader, entry.key_at, "below a language stands a list of groups", "write `- [withdraw, cash out]`"),
    }
}

/// A list of words, or one with the audience it is for.
fn group(reader: &mut Reader, value: Value, language: Language) -> Option<SynonymGroup> {
    match value.node {
        Node::List(list) => {
            let words = words(reader, list, value.at)?;
            Some(SynonymGroup { language, audience: Audiences::WIDEST, words })
        }
        Node::Map(entries) => marked(reader, entries, value.at, language),
        _ => {
            wrong(reader, value.at, "this is no group of words", "write `- [withdraw, cash out]`");
            None
        }
    }
}

/// A group for some readers only. Whatever is wrong in it, it is for nobody.
fn marked(reader: &mut Reader, entries: Vec<Entry>, at: ByteRange, language: Language) -> Option<SynonymGroup> {
    let found_before = reader.findings.len();
    let mut audience = Audiences::WIDEST;
    let mut list = None;
    for entry in entries {
        match (entry.key.as_str(), entry.value.node) {
            ("words", Node::List(words)) => list = Some(words),
            ("audience", node) => {
                let entry = Entry { value: Value { node, ..entry.value }, ..entry };
                let (name, at) = reader.text(entry)?;
                audience = reader.audience(&name, at)?;
            }
            ("words", _) => wrong(reader, entry.key_at, "`words` wants a list", "write `words: [withdraw, cash out]`"),
            (_, node) => {
                reader.unknown_key(&Entry { value: Value { node, ..entry.value }, ..entry }, &["words", "audience"])
            }
        }
    }
    match list {
        Some(list) => {
            let words = words(reader, list, at)?;
            (reader.findings.len() == found_before).then_some(SynonymGroup { language, audience, words })
        }
        None if reader.findings.len() == found_before => {
            wrong(reader, at, "this group has no words", "write `- {words: [withdraw, cash out], audience: staff}`");
            None
        }
        None => None,
    }
}

fn words(reader: &mut Reader, list: Vec<Value>, at: ByteRange) -> Option<Vec<String>> {
    let found_before = reader.findings.len();
    let mut words: Vec<String> = Vec::with_capacity(list.len());
    for value in list {
        match value.node {
            Node::Text(word) if word.len() <= LONGEST && !word.trim().is_empty() => words.push(word.trim().to_owned()),
            _ => wrong(reader, value.at, "this is no word or short phrase", "write a word, or a phrase of a few words"),
        }
    }
    words.sort();
    words.dedup();
    if reader.findings.len() > found_before {
        return None;
    }
    if words.len() < 2 || words.len() > MOST_WORDS {
        let message = format!("a group has two words or more, up to {MOST_WORDS}, not {}", words.len());
        wrong(reader, at, &message, "write what means the same: `- [withdraw, cash out]`");
        return None;
    }
    Some(words)
}
