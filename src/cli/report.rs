//! Findings as people and programs read them.

mod sarif;

use super::args::Format;
use super::inside;
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{Position, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Gives the text of a file by the name that findings use. Asked once for each file.
type Texts<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// All findings in one format, each line ended. `folder` is the book's, as it was typed: services want paths from where
/// the command runs, all others from the book's folder.
pub(super) fn report(findings: &[Diagnostic], format: Format, folder: &Path, texts: Texts) -> String {
    let read = RefCell::new(HashMap::new());
    let texts: Texts = &|file| read.borrow_mut().entry(file.to_owned()).or_insert_with(|| texts(file)).clone();
    let findings: Vec<Diagnostic> = findings.iter().map(printable).collect();
    let each = |show: fn(&Diagnostic, Texts) -> String| findings.iter().map(|finding| show(finding, texts)).collect();
    match format {
        Format::Human => each(human),
        Format::Short => each(short),
        Format::Json => each(as_json),
        Format::Github => findings.iter().map(|finding| github(finding, folder, texts)).collect(),
        Format::Sarif => sarif::log(&findings, folder, texts),
    }
}

/// A finding in which no word of an author can move a terminal's cursor, turn its text around or begin a line.
fn printable(finding: &Diagnostic) -> Diagnostic {
    let mut finding = finding.clone();
    plain(&mut finding.message);
    finding.hints.iter_mut().for_each(plain);
    finding.span.iter_mut().for_each(|span| plain_name(&mut span.file));
    for related in &mut finding.related {
        plain(&mut related.message);
        plain_name(&mut related.span.file);
    }
    finding
}

/// A file whose name is changed by this shows no source line.
fn plain_name(file: &mut Arc<str>) {
    let mut name = file.to_string();
    plain(&mut name);
    if name != **file {
        *file = name.into();
    }
}

fn plain(text: &mut String) {
    let moves =
        |letter: char| letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(moves) {
        *text = text.chars().map(|letter| if moves(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect();
    }
}

/// The path of a book's file from where the command runs; absolute where the book lies elsewhere.
fn from_here(folder: &Path, file: &str) -> String {
    let path = inside(folder, Path::new(file));
    let here = std::env::current_dir().ok();
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(&path).to_string_lossy().into_owned()
}

/// Where a finding begins and ends; without a place, or without the file's text, its first character.
fn place(span: Option<&Span>, texts: Texts) -> (String, Position, Position) {
    let first = Position { line: 1, column: 1 };
    let Some(span) = span else { return ("book.toml".to_owned(), first, first) };
    let text = texts(&span.file);
    let position = |offset: u32| text.as_ref().map_or(first, |text| Position::of(text, offset as usize));
    (span.file.to_string(), position(span.range.start), position(span.range.end))
}

fn short(finding: &Diagnostic, texts: Texts) -> String {
    let (file, at, _) = place(finding.span.as_ref(), texts);
    let Position { line, column } = at;
    format!("{file}:{line}:{column}: {}[{}]: {}\n", finding.severity.as_str(), finding.code, finding.message)
}

/// One line of the `json` format: keys in this order.
#[derive(Serialize)]
struct Line<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    hints: &'a [String],
}

fn as_json(finding: &Diagnostic, texts: Texts) -> String {
    let (file, at, _) = place(finding.span.as_ref(), texts);
    let line = Line {
        severity: finding.severity.as_str(),
        code: finding.code.as_str(),
        message: &finding.message,
        file: &file,
        line: at.line,
        column: at.column,
        hints: &finding.hints,
    };
    format!("{}\n", serde_json::to_string(&line).expect("texts and numbers are JSON"))
}

/// Workflow commands of GitHub Actions.
fn github(finding: &Diagnostic, folder: &Path, texts: Texts) -> String {
    let (file, at, _) = place(finding.span.as_ref(), texts);
    let file = from_here(folder, &file);
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let message = std::iter::once(&finding.message).chain(&finding.hints).cloned().collect::<Vec<_>>().join("\n");
    format!(
        "::{} file={},line={},col={},title={}::{}\n",
        finding.severity.as_str(),
        property(&file),
        at.line,
        at.column,
        finding.code,
        escape(&message),
    )
}

/// With the source line and a caret.
fn human(finding: &Diagnostic, texts: Texts) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Notice => Level::NOTE.with_name("notice"),
    };
    let quoted = finding.span.as_ref().and_then(|span| Some((span, Excerpt::of(span, texts)?)));
    let related: Vec<_> =
        finding.related.iter().filter_map(|related| Some((related, Excerpt::of(&related.span, texts)?))).collect();
    let mut group = Group::with_title(level.primary_title(&*finding.message).id(finding.code.as_str()));
    if let Some((span, excerpt)) = &quoted {
        group = group.element(excerpt.snippet(&span.file, AnnotationKind::Primary, None));
    } else if let Some(span) = &finding.span {
        group = group.element(annotate_snippets::Origin::path(&*span.file));
    }
    for (related, excerpt) in &related {
        group = group.element(excerpt.snippet(&related.span.file, AnnotationKind::Context, Some(&related.message)));
    }
    for hint in &finding.hints {
        group = group.element(Level::HELP.message(&**hint));
    }
    format!("{}\n\n", Renderer::styled().render(&[group]))
}

/// The lines that a finding speaks of, cut to a length that a terminal shows.
struct Excerpt {
    text: String,
    line: usize,
    range: std::ops::Range<usize>,
}

/// Lines longer than this are cut around the place.
const WIDEST: usize = 200;

impl Excerpt {
    fn of(span: &Span, texts: Texts) -> Option<Excerpt> {
        let text = texts(&span.file)?;
        let start = text.floor_char_boundary((span.range.start as usize).min(text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let from = text.floor_char_boundary(line_start.max(start.saturating_sub(WIDEST / 2)));
        let to = text.floor_char_boundary(line_end.min(from + WIDEST)).max(start);
        let end = (span.range.end as usize).clamp(start, to);
        let end = text.floor_char_boundary(end).max(start);
        let line = Position::of(&text, start).line;
        Some(Excerpt { text: text[from..to].trim_end_matches('\r').to_owned(), line, range: start - from..end - from })
    }

    fn snippet<'a>(
        &'a self,
        file: &'a str,
        kind: AnnotationKind,
        label: Option<&'a str>,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let end = self.range.end.min(self.text.len());
        let annotation = kind.span(self.range.start.min(end)..end).label(label);
        Snippet::source(&*self.text).path(file).line_start(self.line).annotation(annotation)
    }
}

#[cfg(test)]
mod tests;
