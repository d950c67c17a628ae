//! Typed reading of TOML tables: a wrong value is a finding at its place, and counts as absent.

use super::{Config, Placed};
use crate::address::join;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A table and its name; the root has none.
pub(super) struct Table<'a> {
    pub name: &'a str,
    pub table: &'a DeTable<'a>,
}

pub(super) struct Reader<'a> {
    file: &'a Arc<str>,
    source: &'a str,
    pub findings: Vec<Diagnostic>,
    /// Keys of mdBook that were met and mean nothing here.
    pub ignored: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a Arc<str>, source: &'a str) -> Self {
        Reader { file, source, findings: Vec::new(), ignored: Vec::new() }
    }

    pub fn report(&mut self, range: Range<usize>, code: Code, message: String, hint: impl Into<String>) {
        let start = self.source.floor_char_boundary(range.start);
        let end = self.source.floor_char_boundary(range.end).max(start);
        self.findings.push(Diagnostic::at(self.file, start..end, code, message).hint(hint));
    }

    /// Reports every key that is not known. `foreign` lists keys of mdBook by table.
    pub fn check_keys(&mut self, table: &Table, known: &[&str], foreign: &[(&str, &[&str])]) {
        for key in table.table.keys() {
            let name: &str = key.get_ref();
            let mdbook = foreign.iter().any(|(owner, keys)| *owner == table.name && keys.contains(&name));
            let full = if table.name.is_empty() { name.to_owned() } else { format!("{}.{name}", table.name) };
            if mdbook {
                self.ignored.push(full);
            } else if !known.contains(&name) {
                let hint = did_you_mean(name, known.iter().copied());
                self.report(key.span(), Code::UnknownKey, format!("there is no key `{full}`"), hint);
            }
        }
    }

    fn wrong(&mut self, range: Range<usize>, key: &str, wanted: &str, hint: &str) {
        self.report(range, Code::BadConfig, format!("`{key}` wants {wanted}"), format!("write `{hint}`"));
    }

    pub fn table<'t>(&mut self, parent: &Table<'t>, key: &'t str) -> Option<Table<'t>> {
        let value = parent.table.get(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Table { name: key, table }),
            None => {
                self.wrong(value.span(), key, "a table", &format!("[{key}]"));
                None
            }
        }
    }

    /// The tables below `key`, by name, in the order of the file.
    pub fn tables<'t>(&mut self, parent: &Table<'t>, key: &'t str) -> Vec<(String, Range<usize>, Table<'t>)> {
        let Some(outer) = self.table(parent, key) else { return Vec::new() };
        let mut tables = Vec::new();
        for (name, value) in outer.table.iter() {
            match value.get_ref().as_table() {
                Some(table) => tables.push((name.get_ref().to_string(), name.span(), Table { name: key, table })),
                None => self.wrong(value.span(), key, "tables", &format!("[{key}.{}]", name.get_ref())),
            }
        }
        tables.sort_by_key(|(_, range, _)| range.start);
        tables
    }

    /// The tables of a list, each with its place.
    pub fn list<'t>(&mut self, parent: &Table<'t>, key: &'t str) -> Vec<(Table<'t>, Range<usize>)> {
        let Some(value) = parent.table.get(key) else { return Vec::new() };
        let item = |item: &'t toml::Spanned<DeValue<'t>>| Some((item.get_ref().as_table()?, item.span()));
        match value.get_ref().as_array().and_then(|array| array.iter().map(item).collect::<Option<Vec<_>>>()) {
            Some(tables) => tables.into_iter().map(|(table, range)| (Table { name: key, table }, range)).collect(),
            None => {
                self.wrong(value.span(), key, "a list of tables", &format!("[[{key}]]"));
                Vec::new()
            }
        }
    }

    pub fn text(&mut self, table: &Table, key: &str) -> Option<(String, Range<usize>)> {
        let value = table.table.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some((text.to_owned(), value.span())),
            None => {
                self.wrong(value.span(), key, "a text", &format!("{key} = \"…\""));
                None
            }
        }
    }

    pub fn texts(&mut self, table: &Table, key: &str) -> Option<(Vec<String>, Range<usize>)> {
        let value = table.table.get(key)?;
        let texts = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        if texts.is_none() {
            self.wrong(value.span(), key, "a list of texts", &format!("{key} = [\"…\"]"));
        }
        Some((texts?, value.span()))
    }

    pub fn flag(&mut self, table: &Table, key: &str) -> Option<bool> {
        let value = table.table.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value.span(), key, "`true` or `false`", &format!("{key} = true"));
        }
        flag
    }

    /// A path that stays inside the book, parts divided by `/`.
    pub fn inner_path(&mut self, table: &Table, key: &str) -> Option<String> {
        let (path, range) = self.text(table, key)?;
        let inner = join("", &path).filter(|_| !path.starts_with('/') && !path.contains(['\\', ':']));
        if inner.is_none() {
            let hint = "name it from the book's own folder";
            self.report(range, Code::BadConfig, format!("`{path}` leaves the book"), hint);
        }
        inner
    }

    /// The same, with its place.
    pub fn placed_path(&mut self, table: &Table, key: &str) -> Option<Placed> {
        let at = table.table.get(key)?.span().into();
        self.inner_path(table, key).map(|text| Placed { text, at })
    }

    /// The address of an edition's root, with a `/` at its end.
    pub fn base_url(&mut self, table: &Table) -> Option<String> {
        let (url, range) = self.text(table, "base-url")?;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let sound = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
            && !url.contains(|letter: char| {
                letter.is_whitespace() || matches!(letter, '"' | '<' | '>' | '?' | '#' | '\\')
            });
        if !sound {
            let message = format!("`{url}` is no address of a site");
            self.report(range, Code::BadConfig, message, "write `base-url = \"https://help.example.com/\"`");
            return None;
        }
        Some(if url.ends_with('/') { url } else { url + "/" })
    }

    /// One text for all languages, or one for each; the default language's stands in for those that are missing.
    pub fn per_language(&mut self, table: &Table, key: &str, config: &Config) -> Option<Vec<String>> {
        let value = table.table.get(key)?;
        if let Some(text) = value.get_ref().as_str() {
            return Some(vec![text.to_owned(); config.languages.len()]);
        }
        let Some(texts) = value.get_ref().as_table() else {
            self.wrong(value.span(), key, "a text, or one for each language", &format!("{key} = {{ en = \"…\" }}"));
            return None;
        };
        let mut found: Vec<Option<String>> = vec![None; config.languages.len()];
        for (code, text) in texts.iter() {
            let language = config.language(code.get_ref());
            match (language, text.get_ref().as_str()) {
                (Some(language), Some(text)) => found[language.0 as usize] = Some(text.to_owned()),
                (None, _) => {
                    let message = format!("the book has no language `{}`", code.get_ref());
                    let known = config.languages.iter().map(|language| language.code.as_str());
                    self.report(code.span(), Code::UnknownLanguage, message, did_you_mean(code.get_ref(), known));
                }
                (_, None) => self.wrong(text.span(), key, "texts", &format!("{key} = {{ en = \"…\" }}")),
            }
        }
        let default = found[0].clone().or_else(|| found.iter().flatten().next().cloned())?;
        Some(found.into_iter().map(|text| text.unwrap_or_else(|| default.clone())).collect())
    }
}

/// A text, a number or a truth as text.
pub(super) fn scalar(value: &DeValue) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}
