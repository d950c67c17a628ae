//! The words of the interface, in each language.

use super::Files;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::ByteRange;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The language whose words stand in where a list lacks one.
const FALLBACK: &str = "en";

/// The words of one language by name.
#[derive(Clone, Default, Debug)]
pub struct Words {
    /// The language they are written in, which decides the plural forms: not always the one that was asked for.
    pub language: String,
    pub list: BTreeMap<String, Word>,
}

/// A word of the interface, or its plural forms (`one few many other`).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Word {
    Text(String),
    Forms(BTreeMap<String, String>),
}

impl Words {
    /// The word of this name; the name itself where the list lacks it.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        match self.list.get(name) {
            Some(Word::Text(text)) => text,
            _ => name,
        }
    }

    /// A word with its `{name}` filled in.
    pub fn with_name(&self, word: &str, name: &str) -> String {
        self.get(word).replace("{name}", name)
    }

    /// A number with its noun: `1 minute`, `5 минут`.
    pub fn count(&self, word: &str, number: u64) -> String {
        let form = plural_form(&self.language, number);
        let text = match self.list.get(word) {
            Some(Word::Forms(forms)) => forms.get(form).or_else(|| forms.get("other")).map_or("{n}", String::as_str),
            Some(Word::Text(text)) => text,
            None => "{n}",
        };
        text.replace("{n}", &number.to_string())
    }

    /// A length of time: `25 minutes`, `3 h 10 min`.
    pub fn duration(&self, minutes: u32) -> String {
        if minutes < 60 {
            return self.count("minutes", minutes.into());
        }
        let word = if minutes.is_multiple_of(60) { "hours_only" } else { "hours_minutes" };
        self.get(word).replace("{h}", &(minutes / 60).to_string()).replace("{m}", &(minutes % 60).to_string())
    }

    /// `2026-11-03` as people write it; what is no such date stays as it is.
    pub fn date(&self, iso: &str) -> String {
        let parts: Vec<&str> = iso.split('-').collect();
        let [year, month, day] = parts[..] else { return iso.to_string() };
        let name = format!("month_{month}");
        let (Some(Word::Text(month)), Ok(day)) = (self.list.get(&name), day.parse::<u8>()) else {
            return iso.to_string();
        };
        let pattern = self.get("date_pattern");
        pattern.replace("{day}", &day.to_string()).replace("{month}", month).replace("{year}", year)
    }
}

/// The plural category of a whole number, after the rules of Unicode's CLDR.
pub fn plural_form(language: &str, number: u64) -> &'static str {
    let (tens, ones) = (number % 100, number % 10);
    match language.split('-').next().unwrap_or_default() {
        "ru" | "uk" | "be" if ones == 1 && tens != 11 => "one",
        "ru" | "uk" | "be" if (2..=4).contains(&ones) && !(12..=14).contains(&tens) => "few",
        "ru" | "uk" | "be" => "many",
        "pl" if number == 1 => "one",
        "pl" if (2..=4).contains(&ones) && !(12..=14).contains(&tens) => "few",
        "pl" => "many",
        "cs" | "sk" if (2..=4).contains(&number) => "few",
        "fr" | "pt" if number == 0 => "one",
        "ja" | "zh" | "ko" | "vi" | "th" => "other",
        _ if number == 1 => "one",
        _ => "other",
    }
}

/// The words of each of `languages`: the book's own list, else the embedded one, else English.
pub(super) fn load(
    theme: &str,
    embedded: &Files,
    own: &Files,
    languages: &[String],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Words> {
    languages.iter().map(|code| of_language(theme, embedded, own, code, findings)).collect()
}

fn of_language(theme: &str, embedded: &Files, own: &Files, code: &str, findings: &mut Vec<Diagnostic>) -> Words {
    let path = format!("words/{code}.yaml");
    let base = embedded_words(embedded, code);
    let Some(text) = own.get(&path) else { return base };
    let shown: Arc<str> = format!("themes/{theme}/{path}").into();
    match serde_yaml::from_str::<BTreeMap<String, Word>>(text) {
        Ok(list) => complete(&shown, code, list, base, findings),
        Err(error) => {
            findings.push(bad_list(&shown, text, &error));
            base
        }
    }
}

fn embedded_words(embedded: &Files, code: &str) -> Words {
    let list_of = |code: &str| embedded.get(&format!("words/{code}.yaml")).map(|text| (code.to_string(), text));
    let (language, text) = list_of(code).or_else(|| list_of(FALLBACK)).expect("the embedded theme has English words");
    let mut list: BTreeMap<String, Word> = serde_yaml::from_str(text).expect("the embedded words are valid");
    if language != code {
        list.insert("language".to_string(), Word::Text(code.to_string()));
    }
    Words { language, list }
}

/// An own list, its gaps filled from the embedded words and found.
fn complete(
    shown: &Arc<str>,
    code: &str,
    own: BTreeMap<String, Word>,
    base: Words,
    findings: &mut Vec<Diagnostic>,
) -> Words {
    let mut list = own;
    let mut lacking = Vec::new();
    for (name, word) in base.list {
        if !list.get(&name).is_some_and(|own| same_shape(own, &word)) {
            lacking.push((name.clone(), word.clone()));
            list.insert(name, word);
        }
    }
    findings.extend(missing_words(shown, &lacking));
    Words { language: code.to_string(), list }
}

fn same_shape(own: &Word, base: &Word) -> bool {
    match (own, base) {
        (Word::Text(_), _) => true,
        (Word::Forms(forms), Word::Forms(_)) => forms.contains_key("other"),
        (Word::Forms(_), Word::Text(_)) => false,
    }
}

fn missing_words(shown: &Arc<str>, lacking: &[(String, Word)]) -> Option<Diagnostic> {
    let (name, word) = lacking.first()?;
    let names: Vec<String> = lacking.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("the list of words lacks {}", names.join(", "));
    let example = match word {
        Word::Text(text) => format!("write `{name}: \"{text}\"` in your language"),
        Word::Forms(_) => format!(
            "write `{name}:` with the forms `one`, `few`, `many`, `other` that your language has, `other` always"
        ),
    };
    Some(Diagnostic::at(shown, ByteRange::default(), Code::BadTheme, message).hint(example))
}

fn bad_list(shown: &Arc<str>, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let line = error.location().map_or(0, |location| location.line().saturating_sub(1) as usize);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    Diagnostic::at(shown, start..start + length, Code::BadTheme, "the list of words cannot be read")
        .hint("write one `name: text` a line; plural forms go below their name, indented")
}
