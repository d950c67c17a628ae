//! Container lines, found before Markdown is parsed. Each is masked by an HTML block of equal length (`:::` → `<?>`,
//! `:::note` → `<?xxx?>`): it interrupts paragraphs, nests in lists and quotes, and keeps every byte offset.

mod slips;

use super::attributes;
use super::pieces::{Header, PartKind};
use crate::span::ByteRange;
pub(super) use slips::TAB;
use slips::{is_foreign_break, is_misspelt_tab, misspelt, only_inside};
use std::ops::Range;

pub(super) const NAMES: &[&str] = &[
    "note",
    "tip",
    "warning",
    "danger",
    "details",
    "steps",
    "tabs",
    "only",
    "reply",
    "checklist",
    "asked",
    "quiz",
    "scenario",
];

/// A stretch of one line that was masked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mask {
    pub at: ByteRange,
    pub kind: MaskKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum MaskKind {
    Open {
        colons: usize,
    },
    Close {
        colons: usize,
    },
    /// `@tab Name`: where the name stands.
    Tab {
        name: ByteRange,
    },
    /// The first line of a part of a quiz: all its lines, and what follows the colon.
    Part {
        kind: PartKind,
        whole: ByteRange,
        raw: ByteRange,
    },
    /// A further line of a part.
    Continued,
}

#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The text with every mask in place, equal in length.
    pub masked: String,
    /// In order of place. Places count from the start of the text.
    pub masks: Vec<Mask>,
    /// Gaps of cloze questions: `[[a|b]]`, the brackets included.
    pub blanks: Vec<ByteRange>,
    /// Lines that look like a misspelt container line, each with the name that was meant, or with `TAB`.
    pub misspelt: Vec<(ByteRange, &'static str)>,
}

const PARTS: &[(&str, PartKind)] = &[
    ("Answer:", PartKind::Answer),
    ("Half:", PartKind::Half),
    ("Hint:", PartKind::Hint),
    ("Why:", PartKind::Why),
    ("Rubric:", PartKind::Rubric),
    ("Ответ:", PartKind::Answer),
    ("Частично:", PartKind::Half),
    ("Подсказка:", PartKind::Hint),
    ("Почему:", PartKind::Why),
    ("Критерии:", PartKind::Rubric),
];

/// Finds and masks every container line of `text`; `audiences` helps to see what a misspelt line means.
pub(super) fn scan(text: &str, audiences: &[String]) -> Scan {
    let mut scan = Scan { masked: text.to_owned(), ..Scan::default() };
    let mut open: Vec<Opened> = Vec::new();
    // the part that the lines belong to: its place among the masks
    let mut part: Option<usize> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let content = line.trim_end();
        let prefix = prefix_length(content);
        let rest = &content[prefix..];
        let range = start + prefix..start + content.len();
        let quiz = open.last().and_then(|container| container.quiz);
        if let Some(kind) = marker(rest) {
            note_marker(rest, prefix, &kind, &mut open);
            scan.mask(range, kind);
            part = None;
        } else if let Some(name) = rest.strip_prefix("@tab").filter(|name| name.starts_with([' ', '\t'])) {
            let name = range.end - name.len()..range.end;
            scan.mask(range, MaskKind::Tab { name: name.into() });
        } else if open.last().is_some_and(|container| container.name == "tabs") && is_misspelt_tab(rest) {
            scan.misspelt.push((range.into(), TAB));
        } else if let Some(name) = misspelt(rest, audiences) {
            scan.misspelt.push((range.into(), name));
            part = None;
        } else if let Some(quiz) = quiz {
            part = scan.quiz_line(content, start, quiz, part);
        }
        scan.misspelt_inside(content, start, audiences);
        if let Some(found) = only_inside(&content[prefix..], audiences) {
            let from = start + prefix;
            scan.misspelt.push((ByteRange::new(from + found.start, from + found.end), "only"));
        }
    }
    scan
}

impl Scan {
    fn mask(&mut self, range: Range<usize>, kind: MaskKind) {
        let length = range.len();
        let masked = match length {
            0..=2 => " ".repeat(length),
            3 => "<?>".to_owned(),
            _ => format!("<?{}?>", "x".repeat(length - 4)),
        };
        self.masked.replace_range(range.clone(), &masked);
        self.masks.push(Mask { at: range.into(), kind });
    }

    /// A line inside a quiz whose lines begin at `column`. Returns the part that the next line may belong to.
    fn quiz_line(&mut self, content: &str, start: usize, column: usize, part: Option<usize>) -> Option<usize> {
        // behind what a list or a quote around the quiz puts before its lines; some lines do without
        let column = if prefix_length(content) == 0 { 0 } else { column };
        let inside = |before: &str| before.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
        let (before, content) = content.split_at_checked(column).filter(|(before, _)| inside(before))?;
        let start = start + column;
        let indent = prefix_length(content);
        if let Some((word, kind)) = PARTS.iter().find(|(word, _)| content.starts_with(word)) {
            let whole = ByteRange::new(start, start + content.len());
            let raw = ByteRange::new(start + word.len(), start + content.len());
            self.mask(whole.into(), MaskKind::Part { kind: *kind, whole, raw });
            // what goes on in a quote would have its marks in the middle of the part
            return (!before.contains('>')).then(|| self.masks.len() - 1);
        }
        if let Some(part) = part.filter(|_| !content.is_empty() && indent == 0 && !content.starts_with('#')) {
            let end = ByteRange::new(start, start + content.len()).end;
            if let MaskKind::Part { whole, raw, .. } = &mut self.masks[part].kind {
                whole.end = end;
                raw.end = end;
            }
            self.mask(start..start + content.len(), MaskKind::Continued);
            return Some(part);
        }
        // a gap stands in a heading or a paragraph: in an option it would lose the words
        if indent == 0 {
            self.mask_blanks(content, start);
        }
        None
    }

    /// Hides `[[…]]` from the parser, which would read links there.
    fn mask_blanks(&mut self, content: &str, start: usize) {
        for found in blanks(content) {
            let range = start + found.start..start + found.end;
            self.masked.replace_range(range.clone(), &"x".repeat(range.len()));
            self.blanks.push(range.into());
        }
    }

    /// Misspelt container lines behind a break that editors show as the end of a line, but Markdown does not take for one.
    fn misspelt_inside(&mut self, content: &str, start: usize, audiences: &[String]) {
        for (at, letter) in content.char_indices().filter(|(_, letter)| is_foreign_break(*letter)) {
            let from = at + letter.len_utf8();
            let line = content[from..].split(is_foreign_break).next().unwrap_or_default();
            if let Some(name) = misspelt(&line[prefix_length(line)..], audiences) {
                self.misspelt.push((ByteRange::new(start + from, start + from + line.len()), name));
            }
        }
    }
}

/// Every `[[…]]` outside of code in a line.
fn blanks(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut in_code = false;
    let mut at = 0;
    while let Some(next) = line[at..].find(['`', '[']).map(|offset| at + offset) {
        at = next + 1;
        if line[next..].starts_with('`') {
            in_code = !in_code;
        } else if !in_code && line[next..].starts_with("[[") {
            let Some(length) = line[next..].find("]]") else { break };
            at = next + length + 2;
            found.push(next..at);
        }
    }
    found
}

/// Spaces, quote marks and list markers at the start of a line.
pub(super) fn prefix_length(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let after = rest.get(digits).copied();
        let spaced = |index: usize| matches!(rest.get(index), Some(b' ' | b'\t'));
        match rest.first() {
            Some(b' ' | b'\t' | b'>') => at += 1,
            Some(b'-' | b'+' | b'*') if spaced(1) => at += 2,
            Some(_) if (1..=9).contains(&digits) && matches!(after, Some(b'.' | b')')) && spaced(digits + 1) => {
                at += digits + 2
            }
            _ => return at,
        }
    }
}

/// Whether a line, behind what lists and quotes put before it, is a container's.
pub(super) fn is_marker_line(line: &str) -> bool {
    marker(line[prefix_length(line)..].trim_end()).is_some()
}

fn marker(rest: &str) -> Option<MaskKind> {
    let colons = rest.bytes().take_while(|byte| *byte == b':').count();
    match colons {
        0..3 => None,
        _ if rest.len() == colons => Some(MaskKind::Close { colons }),
        _ => Some(MaskKind::Open { colons }),
    }
}

/// A container that is open, as far as lines tell.
struct Opened<'a> {
    name: &'a str,
    /// How many bytes stand before the colons of the quiz that it is or stands in, and so before each of its lines.
    quiz: Option<usize>,
}

fn note_marker<'a>(rest: &'a str, column: usize, kind: &MaskKind, open: &mut Vec<Opened<'a>>) {
    if let MaskKind::Open { colons } = kind {
        let name = name(&rest[*colons..]);
        let quiz = if name == "quiz" { Some(column) } else { open.last().and_then(|outer| outer.quiz) };
        open.push(Opened { name, quiz });
    } else {
        open.pop();
    }
}

/// Whether a mask, its place counted from the start of `source`, opens a container of that name.
pub(super) fn opens(mask: &Mask, source: &str, wanted: &str) -> bool {
    matches!(mask.kind, MaskKind::Open { colons } if name(&mask.at.of(source)[colons..]) == wanted)
}

fn name(after_colons: &str) -> &str {
    let text = after_colons.trim_start();
    &text[..text.find(|letter: char| letter.is_whitespace() || letter == '{').unwrap_or(text.len())]
}

/// Reads an opening line: `text` from its first colon on, which stands at byte `start` of the file.
pub(super) fn header(text: &str, start: usize) -> Header {
    let colons = text.bytes().take_while(|byte| *byte == b':').count();
    let name = name(&text[colons..]).to_owned();
    let flags: &[&str] = if name == "quiz" { &["shuffle", "exam"] } else { &[] };
    let found = attributes::trailing(text, flags);
    let (end, mut words) = found.unwrap_or((text.len(), Vec::new()));
    for word in &mut words {
        word.at = word.at.shifted(start);
    }
    let name_start = colons + (text[colons..].len() - text[colons..].trim_start().len());
    let rest = text.get(name_start + name.len()..end).unwrap_or_default();
    let rest_start = start + end - rest.trim_start().len();
    let rest_at = ByteRange::new(rest_start, rest_start + rest.trim().len());
    let at = ByteRange::new(start, start + text.len());
    let mut header = Header { at, name, rest: rest.trim().to_owned(), rest_at, ..Header::default() };
    for word in words {
        match &*word.key {
            "#" => header.id = Some(word.value),
            "." => header.classes.push(word.value),
            _ => header.attributes.push(word),
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_every_offset() {
        let text = "> - :::note Заметка\n>   text\n>   :::\n";
        let scan = scan(text, &[]);
        assert_eq!(scan.masked.len(), text.len());
        assert_eq!(scan.masks.len(), 2);
        assert!(scan.masked.contains("<?xx"));
    }

    #[test]
    fn parts_run_to_the_blank_line() {
        let text = ":::quiz\n### Q\n- [x] a\nWhy: one\ntwo\n\nHint: three\nAnswer: x\n:::\n";
        let parts: Vec<&str> = scan(text, &[])
            .masks
            .iter()
            .filter_map(|mask| match &mask.kind {
                MaskKind::Part { raw, .. } => Some(raw.of(text)),
                _ => None,
            })
            .collect();
        assert_eq!(parts, [" one\ntwo", " three", " x"]);
    }
}
