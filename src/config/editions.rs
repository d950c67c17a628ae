//! What the editions of a book have to say for themselves.

use super::Config;
use super::table::Table;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::ops::Range;
use std::sync::Arc;

/// Checks the editions that the book names.
pub(super) fn check(file: &Arc<str>, root: &Table, config: &Config) -> Vec<Diagnostic> {
    let Some(named) = root.table.get("edition").and_then(|value| value.get_ref().as_table()) else { return Vec::new() };
    let mut tables: Vec<(&str, Range<usize>, Table)> = named
        .iter()
        .filter_map(|(name, value)| {
            let table = value.get_ref().as_table()?;
            Some((name.get_ref().as_ref(), name.span(), Table { name: "edition", table }))
        })
        .collect();
    tables.sort_by_key(|(_, range, _)| range.start);
    let mut findings: Vec<Diagnostic> = Vec::new();
    for (name, range, table) in &tables {
        if config.audiences.names.len() > 1 && !table.table.contains_key("audience") {
            findings.push(without_audience(file, name, range.clone(), config));
        }
    }
    findings.extend(same_base_url(file, &tables));
    findings.extend(without_base_url(file, &tables));
    findings
}

/// For whom a site is must be said: a guess could show everything to everybody.
fn without_audience(file: &Arc<str>, name: &str, range: Range<usize>, config: &Config) -> Diagnostic {
    let known: Vec<String> = config.audiences.names.iter().map(|name| format!("`{name}`")).collect();
    Diagnostic::at(file, range, Code::BadConfig, format!("the edition `{name}` does not say for whom it is"))
        .hint(format!("write `audience = \"…\"` below `[edition.{name}]`; known here: {}", known.join(", ")))
}

/// Two editions at one address would overwrite each other.
fn same_base_url(file: &Arc<str>, tables: &[(&str, Range<usize>, Table)]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut seen: Vec<(String, &str, Range<usize>)> = Vec::new();
    for (name, _, table) in tables {
        let Some(value) = table.table.get("base-url") else { continue };
        let Some(url) = value.get_ref().as_str() else { continue };
        let folded = url.trim_end_matches('/').to_lowercase();
        match seen.iter().find(|(other, ..)| *other == folded) {
            Some((_, first, place)) => {
                let message = format!("the editions `{first}` and `{name}` have the same `base-url`");
                let first = Span::new(file, place.clone());
                findings.push(
                    Diagnostic::at(file, value.span(), Code::BadConfig, message)
                        .related(first, "the first one")
                        .hint("give each edition an address of its own"),
                );
            }
            None => seen.push((folded, name, value.span())),
        }
    }
    findings
}

fn without_base_url(file: &Arc<str>, tables: &[(&str, Range<usize>, Table)]) -> Option<Diagnostic> {
    let without: Vec<_> = tables.iter().filter(|(_, _, table)| !table.table.contains_key("base-url")).collect();
    let (_, first, _) = without.first()?;
    let names: Vec<String> = without.iter().map(|(name, ..)| format!("`{name}`")).collect();
    let message =
        format!("no `base-url` for {}: no canonical addresses, `hreflang`, sitemap and feed", names.join(", "));
    Some(
        Diagnostic::at(file, first.clone(), Code::NoBaseUrl, message)
            .hint("write `base-url = \"https://…/\"` below `[edition.NAME]`"),
    )
}
