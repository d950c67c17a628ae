//! Translations that are missing, behind their source, or without one; pages whose review is overdue.

use super::front_matter::FrontMatter;
use super::ids;
use super::shelf::{Binding, Copy, Shelf};
use crate::article::{Block, Language};
use crate::config::Config;
use crate::date;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::ByteRange;

/// Checks every work's translations against its source.
pub(super) fn check(shelf: &Shelf, config: &Config, findings: &mut Vec<Diagnostic>) {
    for binding in &shelf.works {
        match &binding.copies[0] {
            Some(source) => check_work(binding, source, config, findings),
            None => findings.extend(binding.copies.iter().flatten().map(orphan)),
        }
    }
}

fn check_work(binding: &Binding, source: &Copy, config: &Config, findings: &mut Vec<Diagnostic>) {
    for language in config.all_languages().filter(|language| *language != Language::DEFAULT) {
        match &binding.copies[language.0 as usize] {
            Some(copy) => findings.extend(outdated(source, copy)),
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

/// A translation is behind where it says so itself, or lacks ids of its source.
fn outdated(source: &Copy, copy: &Copy) -> Option<Diagnostic> {
    let (from, own) = (&source.document, &copy.document);
    if let Some((at, message)) = behind(&from.front, &own.front) {
        let message = format!("this translation is behind `{}`: {message}", from.shown);
        return Some(
            Diagnostic::at(&own.shown, at, Code::OutdatedTranslation, message)
                .hint("bring the text up to date, then this line"),
        );
    }
    let lacking: Vec<String> = lacking(&from.body, &own.body).map(|id| format!("`#{id}`")).collect();
    (!lacking.is_empty()).then(|| {
        let message = format!("this translation lacks {}, which its source has", lacking.join(", "));
        Diagnostic::at(&own.shown, 0..0, Code::OutdatedTranslation, message)
            .hint("translate these parts and give them the same ids")
    })
}

/// Whether a translation is behind, as far as its readers may know: the bodies are what they see of the two documents.
pub(super) fn is_outdated(source: (&FrontMatter, &[Block]), copy: (&FrontMatter, &[Block])) -> bool {
    behind(source.0, copy.0).is_some() || lacking(source.1, copy.1).next().is_some()
}

/// Where a translation's front matter (`version`, `reviewed`) says that it is behind, and how.
fn behind(source: &FrontMatter, own: &FrontMatter) -> Option<(ByteRange, String)> {
    let message =
        |name: &str, source: &str, own: &str| format!("`{name}` is `{own}` here, but `{source}` in the source");
    let version = source.version.as_ref().zip(own.version.as_ref()).filter(|(source, own)| source.value != own.value);
    let version = version.map(|(source, own)| (own.at, message("version", &source.value, &own.value)));
    // ISO dates compare as texts
    let reviewed = source.reviewed.as_ref().zip(own.reviewed.as_ref()).filter(|(source, own)| own.value < source.value);
    version.or(reviewed.map(|(source, own)| (own.at, message("reviewed", &source.value, &own.value))))
}

/// The author's own ids of the source that a translation does not have.
fn lacking<'a>(source: &[Block], own: &'a [Block]) -> impl Iterator<Item = Box<str>> + use<'a> {
    let known = ids::all(own);
    ids::written(source).into_iter().filter(move |id| !known.contains(&**id))
}

/// The pages whose last review is longer ago than they allow. `today` is an ISO 8601 date.
pub(super) fn stale(shelf: &Shelf, config: &Config, today: &str) -> Vec<Diagnostic> {
    let Some(today) = date::days(today) else { return Vec::new() };
    let copies = shelf.works.iter().flat_map(|binding| binding.copies.iter().flatten());
    copies.filter_map(|copy| overdue(copy, config, today)).collect()
}

fn overdue(copy: &Copy, config: &Config, today: i64) -> Option<Diagnostic> {
    let front = &copy.document.front;
    let reviewed = front.reviewed.as_ref()?;
    let every = front.review_every.as_ref().map(|every| every.value).or(config.review_every)?;
    let late = today - date::days(&reviewed.value)? - i64::from(every);
    (late > 0).then(|| {
        let days = if late == 1 { "day" } else { "days" };
        let message = format!("the review of this page is {late} {days} overdue (every {every} days)");
        Diagnostic::at(&copy.document.shown, reviewed.at, Code::StalePage, message)
            .hint("read the page, mend it, then set `reviewed` to that day")
    })
}
