//! `SUMMARY.md`, in mdBook's grammar: titles and order of the chapters.

use crate::address::join;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::ByteRange;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    pub items: Vec<SummaryItem>,
}

#[derive(Clone, Debug)]
pub(super) enum SummaryItem {
    Part {
        title: String,
    },
    Separator,
    /// Without a path: a chapter yet to be written.
    Chapter {
        title: String,
        path: Option<String>,
        at: ByteRange,
        children: Vec<SummaryItem>,
    },
}

/// Chapters nested deeper are a mistake.
const DEEPEST: usize = 30;

/// Reads a summary. The first heading of level 1 is the file's own title.
pub(super) fn parse(file: &Arc<str>, text: &str) -> (Summary, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        text,
        findings: Vec::new(),
        levels: vec![Vec::new()],
        place: Place::Between,
        title: String::new(),
        stray_end: None,
        seen: BTreeSet::new(),
        first: true,
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.event(event, range);
    }
    let items = reader.levels.swap_remove(0);
    (Summary { items }, reader.findings)
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    findings: Vec<Diagnostic>,
    /// The chapters read so far at each depth.
    levels: Vec<Vec<SummaryItem>>,
    /// What is being read.
    place: Place,
    title: String,
    /// Where the last stray text ends.
    stray_end: Option<usize>,
    seen: BTreeSet<String>,
    /// Whether nothing but the title may have been read.
    first: bool,
}

/// What the text of a summary belongs to.
enum Place {
    /// A heading: the title of the file or of a part.
    Heading,
    /// A link: the title of a chapter, its path, if it has one, and its place.
    Link(Option<String>, Range<usize>),
    /// Nothing: only space may stand here.
    Between,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.place = Place::Heading,
            Event::End(TagEnd::Heading(_)) => self.heading(),
            Event::Start(Tag::List(_)) => self.levels.push(Vec::new()),
            Event::End(TagEnd::List(_)) => self.end_list(range),
            Event::Start(Tag::Link { dest_url, .. }) if matches!(self.place, Place::Between) => {
                self.place = Place::Link(self.path(&dest_url, &range), range);
            }
            Event::End(TagEnd::Link) if matches!(self.place, Place::Link(..)) => self.end_link(),
            Event::Rule => self.push(SummaryItem::Separator),
            Event::Start(Tag::HtmlBlock) => self.html(range),
            Event::Start(Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Image { .. }) => self.stray(range),
            Event::Text(words) | Event::Code(words) => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.words(" ", range),
            Event::InlineHtml(_) => self.html(range),
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        match self.place {
            Place::Heading | Place::Link(..) => self.title.push_str(words),
            Place::Between if words.trim().is_empty() => {}
            Place::Between => self.stray(range),
        }
    }

    /// A comment may stand anywhere.
    fn html(&mut self, range: Range<usize>) {
        let html = self.text[range.clone()].trim();
        if !(html.starts_with("<!--") && html.ends_with("-->")) {
            self.stray(range);
        }
    }

    /// Reports what stands where a chapter should; what follows without a blank line belongs to it.
    fn stray(&mut self, range: Range<usize>) {
        let before = self.text[..range.start].trim_end().len();
        let is_below = self.text[before..range.start].matches('\n').count() < 2;
        let goes_on = is_below && self.stray_end.is_some_and(|end| before <= end);
        self.stray_end = self.stray_end.max(Some(range.end));
        if !goes_on {
            self.bad(range, "this is no link to a chapter");
        }
    }

    fn heading(&mut self) {
        self.place = Place::Between;
        let title = std::mem::take(&mut self.title);
        if !std::mem::take(&mut self.first) {
            self.push(SummaryItem::Part { title });
        }
    }

    fn push(&mut self, item: SummaryItem) {
        self.levels.last_mut().expect("the outermost level stays").push(item);
    }

    fn end_list(&mut self, range: Range<usize>) {
        if self.levels.len() == 1 {
            return;
        }
        let inner = self.levels.pop().expect("just looked");
        let too_deep = self.levels.len() > DEEPEST;
        let outermost = self.levels.len() == 1;
        let level = self.levels.last_mut().expect("the outermost level stays");
        match level.last_mut() {
            Some(SummaryItem::Chapter { children, .. }) if !outermost && !too_deep => *children = inner,
            _ if !too_deep => level.extend(inner),
            _ => self.bad(range, "chapters are nested too deeply"),
        }
    }

    fn end_link(&mut self) {
        let Place::Link(path, range) = std::mem::replace(&mut self.place, Place::Between) else { return };
        self.first = false;
        let title = std::mem::take(&mut self.title);
        if let Some(path) = path.as_ref().filter(|path| !self.seen.insert((*path).clone())) {
            let message = format!("`{path}` is listed twice");
            self.bad(range.clone(), &message);
        }
        self.push(SummaryItem::Chapter { title, path, at: range.into(), children: Vec::new() });
    }

    fn path(&mut self, href: &str, range: &Range<usize>) -> Option<String> {
        let href = percent_decode_str(href).decode_utf8_lossy().into_owned();
        if href.is_empty() {
            return None;
        }
        let path = join("", &href);
        if path.is_none() {
            self.bad(range.clone(), &format!("`{href}` leaves the book"));
        }
        path
    }

    fn bad(&mut self, range: Range<usize>, message: &str) {
        let finding = Diagnostic::at(self.file, range, Code::BadSummary, message);
        self.findings.push(finding.hint("write `- [Title](chapter.md)`, `# Part` or `---`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(items: &[SummaryItem]) -> String {
        let lines = items.iter().map(|item| match item {
            SummaryItem::Part { title } => format!("# {title}"),
            SummaryItem::Separator => "---".into(),
            SummaryItem::Chapter { title, path, children, .. } => {
                format!("{title}={}({})", path.as_deref().unwrap_or("?"), shape(children))
            }
        });
        lines.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_grammar() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part one\n\n- [A](a.md)\n  - [B c](./b%20c.md)\n- [Draft]()\n\n---\n\n[End](end.md)\n";
        let (summary, findings) = parse(&"SUMMARY.md".into(), text);
        assert_eq!(findings, vec![]);
        assert_eq!(
            shape(&summary.items),
            "Intro=intro.md() # Part one A=a.md(B c=b c.md()) Draft=?() --- End=end.md()"
        );
    }

    #[test]
    fn bad_lines() {
        for text in ["# Summary\n\n- [A](a.md)\n- just text\n", "- [A](../a.md)\n", "- [A](a.md)\n- [B](a.md)\n"] {
            let (_, findings) = parse(&"SUMMARY.md".into(), text);
            assert_eq!(findings.len(), 1, "{text}: {findings:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn total(text in "(# a\n)?[-#*>!|<`\\[\\]() a-zж\n]{0,80}") {
            let (_, findings) = parse(&"SUMMARY.md".into(), &text);
            for finding in findings {
                let range = finding.span.expect("each has a place").range;
                assert!(text.get(std::ops::Range::from(range)).is_some());
            }
        }
    }
}
