//! `searches.yaml`: what readers search for, and what they must find.

use super::yaml::{Entry, Node, Reader, Value};
use super::{Config, Placed};
use crate::article::Language;
use crate::audience::Audience;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::span::ByteRange;
use std::sync::Arc;

/// A search that must come out as the book says.
#[derive(Clone, PartialEq, Debug)]
pub struct SearchTest {
    pub file: Arc<str>,
    pub query: Placed,
    pub language: Language,
    /// What must be among the first `within`: the path of a page below `src`, with `#` and an id where an entry is meant.
    pub finds: Option<Placed>,
    /// What must not.
    pub not: Option<Placed>,
    /// At least 1.
    pub within: usize,
    /// Where it must hold: in this edition, in those for this audience, in all.
    pub edition: Option<String>,
    pub audience: Option<Audience>,
}

const KEYS: &[&str] = &["query", "language", "finds", "within", "not", "edition", "audience"];
const USUAL_PLACES: usize = 3;
/// More are not looked at by anybody.
const MOST_PLACES: usize = 50;
const MOST_TESTS: usize = 5000;
const EXAMPLE: &str = "write `- {query: cash out, finds: \"faq/payments.md#withdraw\"}`";

/// Reads `searches.yaml`. A test with a mistake is left out.
pub(crate) fn parse(file: &Arc<str>, text: &str, config: &Config) -> (Vec<SearchTest>, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, config);
    let tests = match reader.value(text) {
        Some(Value { node: Node::List(list), .. }) => {
            if let Some(value) = list.get(MOST_TESTS) {
                let message = format!("there are more than {MOST_TESTS} searches");
                reader.report(value.at, Code::BadFile, message, "keep those that tell something");
            }
            list.into_iter().take(MOST_TESTS).filter_map(|value| test(&mut reader, value)).collect()
        }
        Some(Value { node: Node::Nothing, .. }) | None => Vec::new(),
        Some(value) => {
            reader.report(value.at, Code::BadFile, "this is no list of searches", EXAMPLE);
            Vec::new()
        }
    };
    (tests, reader.findings.into_vec(file))
}

fn test(reader: &mut Reader, value: Value) -> Option<SearchTest> {
    let Node::Map(entries) = value.node else {
        reader.report(value.at, Code::BadFile, "this is no search", EXAMPLE);
        return None;
    };
    let found_before = reader.findings.len();
    let nothing = Placed { text: String::new(), at: value.at };
    let mut test = SearchTest {
        file: reader.file.clone(),
        query: nothing,
        language: Language::DEFAULT,
        finds: None,
        not: None,
        within: USUAL_PLACES,
        edition: None,
        audience: None,
    };
    for entry in entries {
        read(reader, entry, &mut test);
    }
    if reader.findings.len() > found_before {
        return None;
    }
    if test.query.text.is_empty() || test.finds.is_none() && test.not.is_none() {
        let lacking = if test.query.text.is_empty() { "`query`" } else { "`finds`" };
        reader.report(value.at, Code::BadFile, format!("this search has no {lacking}"), EXAMPLE);
        return None;
    }
    Some(test)
}

fn read(reader: &mut Reader, entry: Entry, test: &mut SearchTest) {
    if !KEYS.contains(&entry.key.as_str()) {
        return reader.unknown_key(&entry, KEYS);
    }
    let key = entry.key.clone();
    let Some((text, at)) = reader.text(entry) else { return };
    match key.as_str() {
        "query" => test.query = Placed { text, at },
        "finds" => test.finds = Some(Placed { text, at }),
        "not" => test.not = Some(Placed { text, at }),
        "language" => test.language = reader.language(&text, at).unwrap_or(test.language),
        "audience" => test.audience = reader.audience(&text, at),
        "edition" => test.edition = edition(reader, text, at),
        "within" => test.within = within(reader, &text, at),
        other => unreachable!("`{other}` is not in KEYS"),
    }
}

fn edition(reader: &mut Reader, name: String, at: ByteRange) -> Option<String> {
    let known = || reader.config.editions.iter().map(|edition| edition.name.as_str());
    if known().any(|edition| edition == name) {
        return Some(name);
    }
    let hint = did_you_mean(&name, known().collect::<Vec<_>>());
    reader.report(at, Code::BadFile, format!("the book has no edition `{name}`"), hint);
    None
}

fn within(reader: &mut Reader, text: &str, at: ByteRange) -> usize {
    let places = text.parse().ok().filter(|places| (1..=MOST_PLACES).contains(places));
    places.unwrap_or_else(|| {
        let message = format!("`within` wants a number from 1 to {MOST_PLACES}, not `{text}`");
        reader.report(at, Code::BadFile, message, "write `within: 3`");
        USUAL_PLACES
    })
}
