//! Translations that are missing, behind their source, or without one; pages whose review is overdue.

use super::ids;
use super::shelf::{Binding, Copy, Shelf};
use crate::article::Language;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use std::collections::HashSet;

/// Checks every work's translations against its source.
pub(super) fn check(shelf: &Shelf, config: &Config, findings: &mut Vec<Diagnostic>) {
    for binding in &shelf.works {
        match &binding.copies[0] {
            Some(source) if source.document.readable => check_work(binding, source, config, findings),
            Some(_) => {}
            None => findings.extend(binding.copies.iter().flatten().map(orphan)),
        }
    }
}

fn check_work(binding: &Binding, source: &Copy, config: &Config, findings: &mut Vec<Diagnostic>) {
    for language in config.all_languages().filter(|language| *language != Language::DEFAULT) {
        match &binding.copies[language.0 as usize] {
            Some(copy) if copy.document.readable => findings.extend(outdated(source, copy)),
            Some(_) => {}
            None if source.draft => {}
            None => findings.push(missing(source, &config.languages[language.0 as usize].code)),
        }
    }
}

fn missing(source: &Copy, code: &str) -> Diagnostic {
    let path = &source.document.shown;
    let translation = path.strip_suffix(".md").unwrap_or(path);
    let message = format!("this page has no translation into `{code}`");
    Diagnostic::at(path, 0..0, Code::MissingTranslation, message)
        .hint(format!("write `{translation}.{code}.md`; until then readers see this page with a notice"))
}

fn orphan(copy: &Copy) -> Diagnostic {
    let path = &copy.document.shown;
    let message = "this translation has no source in the default language";
    Diagnostic::at(path, 0..0, Code::OrphanTranslation, message).hint("rename it after its source, or write the source")
}

/// A translation is behind where it says so itself (`version`, `reviewed`, `date`), or lacks ids of its source.
fn outdated(source: &Copy, copy: &Copy) -> Option<Diagnostic> {
    let (from, own) = (&source.document.front, &copy.document.front);
    let behind =
        |name: &str, source: &str, own: &str| format!("`{name}` is `{own}` here, but `{source}` in the source");
    let version = from.version.as_ref().zip(own.version.as_ref()).filter(|(source, own)| source.value != own.value);
    let version = version.map(|(source, own)| (own.at, behind("version", &source.value, &own.value)));
    // ISO dates compare as texts
    let reviewed = from.reviewed.as_ref().zip(own.reviewed.as_ref()).filter(|(source, own)| own.value < source.value);
    let reviewed = reviewed.map(|(source, own)| (own.at, behind("reviewed", &source.value, &own.value)));
    if let Some((at, message)) = version.or(reviewed) {
        let message = format!("this translation is behind `{}`: {message}", source.document.shown);
        return Some(
            Diagnostic::at(&copy.document.shown, at, Code::OutdatedTranslation, message)
                .hint("bring the text up to date, then this line"),
        );
    }
    let written = ids::written(&source.document.body);
    let own_ids = if written.is_empty() { HashSet::new() } else { ids::all(&copy.document.body) };
    let lacking: Vec<String> =
        written.into_iter().filter(|id| !own_ids.contains(id)).map(|id| format!("`#{id}`")).collect();
    (!lacking.is_empty()).then(|| {
        let message = format!("this translation lacks {}, which its source has", lacking.join(", "));
        Diagnostic::at(&copy.document.shown, 0..0, Code::OutdatedTranslation, message)
            .hint("translate these parts and give them the same ids")
    })
}

/// The pages whose last review is longer ago than they allow. `today` is an ISO 8601 date.
pub(super) fn stale(shelf: &Shelf, config: &Config, today: &str) -> Vec<Diagnostic> {
    let Some(today) = days(today) else { return Vec::new() };
    let copies = shelf.works.iter().flat_map(|binding| binding.copies.iter().flatten());
    copies.filter_map(|copy| overdue(copy, config, today)).collect()
}

fn overdue(copy: &Copy, config: &Config, today: i64) -> Option<Diagnostic> {
    let front = &copy.document.front;
    let reviewed = front.reviewed.as_ref()?;
    let every = front.review_every.as_ref().map(|every| every.value).or(config.review_every)?;
    let late = today - days(&reviewed.value)? - i64::from(every);
    (late > 0).then(|| {
        let message = format!("the review of this page is {late} days overdue (every {every} days)");
        Diagnostic::at(&copy.document.shown, reviewed.at, Code::StalePage, message)
            .hint("read the page, mend it, then set `reviewed` to that day")
    })
}

/// Days since 1970-01-01 of an ISO 8601 date (H. Hinnant, *chrono-compatible low-level date algorithms*).
fn days(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_since_the_epoch() {
        for (date, expected) in [("1970-01-01", 0), ("2000-03-01", 11_017), ("2026-11-24", 20_781)] {
            assert_eq!(super::days(date), Some(expected), "{date}");
        }
    }
}
