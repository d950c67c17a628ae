//! What the template engine complains of, as findings.

use super::Files;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::ByteRange;
use std::sync::Arc;
use tera::ErrorKind;

/// A complaint about one of the book's own templates.
pub(super) struct Complaint {
    /// Its path below the theme's folder; empty where the engine does not say.
    pub file: String,
    range: ByteRange,
    message: String,
    hint: Option<String>,
}

impl Complaint {
    /// Reads an error; `own` are the texts that it may point into.
    pub fn of(error: &tera::Error, own: &Files) -> Complaint {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                Complaint::at(report.filename(), range, report.message(), own)
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                Complaint::at(tpl, 0..0, &error.to_string(), own)
            }
            ErrorKind::MissingParent { current, .. } => Complaint::at(current, 0..0, &error.to_string(), own),
            ErrorKind::Msg(report) => Complaint::printed(report, own),
            _ => Complaint::at("", 0..0, &error.to_string(), own),
        }
    }

    fn at(file: &str, range: std::ops::Range<usize>, message: &str, own: &Files) -> Complaint {
        let text = own.get(file).map_or("", |text| text);
        let end = text.floor_char_boundary(range.end.min(text.len()));
        let start = text.floor_char_boundary(range.start.min(end));
        let first_line = message.lines().next().unwrap_or_default();
        // what it knows instead follows its message
        let (message, hint) =
            first_line.split_once(". ").map_or((first_line, None), |(first, rest)| (first, Some(rest)));
        Complaint {
            file: file.to_owned(),
            range: ByteRange::new(start, end),
            message: lower_case(message),
            hint: hint.map(lower_case),
        }
    }

    /// Reads an error that comes as a printed report: `error: what`, ` --> file:line:column`, the line, `^^^`.
    fn printed(report: &str, own: &Files) -> Complaint {
        let message = report.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let arrow = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let mut place = arrow.unwrap_or_default().rsplitn(3, ':');
        let (column, line, file) = (place.next(), place.next(), place.next().unwrap_or_default());
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1) - 1;
        let text = own.get(file).map_or("", |text| text);
        let line_start = text.split_inclusive('\n').take(number(line)).map(str::len).sum::<usize>();
        // columns and carets count letters
        let carets = report.lines().find(|line| line.contains('^')).map_or(0, |line| line.matches('^').count());
        let letters = |count: usize| text[line_start..].chars().take(count).map(char::len_utf8).sum::<usize>();
        let (start, end) = (letters(number(column)), letters(number(column) + carets));
        Complaint::at(file, line_start + start..line_start + end, message, own)
    }

    /// The finding, on `file` unless the complaint names another.
    pub fn finding(self, theme: &str, file: &str, what: &str) -> Diagnostic {
        let file = if self.file.is_empty() { file } else { &self.file };
        let shown: Arc<str> = format!("themes/{theme}/{file}").into();
        let finding = Diagnostic::at(&shown, self.range, Code::BadTheme, format!("{what}: {}", self.message));
        match self.hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        }
    }
}

/// A message as findings write it.
fn lower_case(message: &str) -> String {
    let mut letters = message.trim().trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
