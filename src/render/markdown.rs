//! The Markdown twin of a page: the article as plain CommonMark, for readers that are programs.

use super::Site;
use super::machines::twin_address;
use super::place::Place;
use crate::article::walk;
use crate::article::*;
use crate::plan::PageId;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// The twin of a page that shows an article.
pub(super) fn twin(site: &Site, id: PageId) -> String {
    let page = site.plan.page(id);
    let Some(article) = page.article(site.edition) else { return String::new() };
    let address = twin_address(&page.address);
    let place = Place { site, address: &address, language: page.language, root: None };
    let mut writer = Writer {
        out: String::new(),
        indent: String::new(),
        place,
        targets: &article.targets,
        cited: RefCell::default(),
    };
    let heading = article.heading().map(|heading| writer.line(&heading.inlines));
    let _ = writeln!(writer.out, "# {}", heading.unwrap_or_else(|| escaped(&article.title).into_owned()));
    if let Some(description) = &article.meta.description {
        let _ = writeln!(writer.out, "\n> {}", escaped(description));
    }
    writer.blocks(article.text());
    writer.footnotes(&article.body);
    writer.out
}

/// Footnotes in the order of their first reference, each once.
#[derive(Default)]
struct Cited {
    order: Vec<Box<str>>,
    known: HashSet<Box<str>>,
}

struct Writer<'a> {
    out: String,
    /// What every line begins with: `> ` of quotes, spaces of lists.
    indent: String,
    place: Place<'a>,
    targets: &'a [Target],
    cited: RefCell<Cited>,
}

impl Writer<'_> {
    /// The footnotes that were referred to; each may refer to more. What no text refers to is not shown.
    fn footnotes(&mut self, body: &[Block]) {
        let mut notes = BTreeMap::new();
        notes_in(body, &mut notes);
        let mut number = 0;
        loop {
            let next = self.cited.borrow().order.get(number).cloned();
            let Some(label) = next else { break };
            number += 1;
            if let Some(blocks) = notes.get(&*label) {
                self.item(&format!("[^{label}]: "), "", blocks);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    /// A block of lines, after a blank one.
    fn paragraph(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.blank_line();
        for line in text.lines() {
            self.out.push_str(&self.indent);
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    fn blank_line(&mut self) {
        self.out.push_str(self.indent.trim_end());
        self.out.push('\n');
    }

    fn titled(&mut self, title: &str, blocks: &[Block]) {
        self.paragraph(title);
        self.blocks(blocks);
    }

    fn indented(&mut self, by: &str, blocks: &[Block]) {
        let before = self.indent.len();
        self.indent.push_str(by);
        self.blocks(blocks);
        self.indent.truncate(before);
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) | BlockKind::Html(inlines) => {
                let line = self.line(inlines);
                self.paragraph(&line);
            }
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Quote(blocks) => self.indented("> ", blocks),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    let term = format!("**{}**", self.line(&definition.term));
                    self.paragraph(&term);
                    definition.meanings.iter().for_each(|meaning| self.indented("", meaning));
                }
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Rule => self.paragraph("---"),
            BlockKind::Callout(callout) => {
                let title = self.line(&callout.title);
                let before = self.indent.len();
                self.indent.push_str("> ");
                let strong = if title.is_empty() { String::new() } else { format!("**{title}**") };
                self.titled(&strong, &callout.blocks);
                self.indent.truncate(before);
            }
            BlockKind::Details { title, blocks, .. } => {
                let title = format!("**{}**", self.line(title));
                self.titled(&title, blocks);
            }
            BlockKind::Steps(blocks) | BlockKind::Only { blocks, .. } => self.blocks(blocks),
            BlockKind::Tabs(tabs) => {
                for tab in tabs {
                    let title = format!("**{}**", self.line(&tab.title));
                    self.titled(&title, &tab.blocks);
                }
            }
            BlockKind::Reply(reply) => {
                let title = self.line(&reply.title);
                self.paragraph(&title);
                self.indented("> ", &reply.blocks);
            }
            BlockKind::Checklist { title, blocks, .. } => {
                let title = self.line(title);
                self.titled(&title, blocks);
            }
            BlockKind::Quiz(quiz) => self.quiz(quiz),
            BlockKind::Scenario(scenario) => self.scenario(scenario),
            // footnotes stand at the end; past questions are never shown
            BlockKind::Footnote { .. } | BlockKind::Asked(_) => {}
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let text = format!("{} {}", "#".repeat(heading.level.into()), self.line(&heading.inlines));
        self.paragraph(&text);
    }

    fn code(&mut self, code: &Code) {
        let longest = code.text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        let language = code.language.as_deref().unwrap_or_default();
        let text = format!("{fence}{language}\n{}\n{fence}", code.text.trim_end_matches('\n'));
        self.paragraph(&text);
    }

    fn list(&mut self, list: &List) {
        self.blank_line();
        for (item, number) in list.items.iter().zip(list.start.unwrap_or(1)..) {
            let marker = if list.start.is_some() { format!("{number}. ") } else { "- ".to_owned() };
            let box_ = match item.checked {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            self.item(&marker, box_, &item.blocks);
        }
    }

    /// The first block stands beside the marker, the others below it.
    fn item(&mut self, marker: &str, box_: &str, blocks: &[Block]) {
        let start = self.out.len();
        let before = self.indent.len();
        self.indent.push_str(&" ".repeat(marker.len()));
        self.blocks(blocks);
        let opening = format!("{}\n{}", self.indent.trim_end(), self.indent);
        self.indent.truncate(before);
        let written = self.out.split_off(start);
        let text = written.strip_prefix(&opening).unwrap_or(&written);
        let _ = writeln!(self.out, "{}{marker}{box_}{}", self.indent, text.trim_end());
    }

    fn table(&mut self, table: &Table) {
        let row = |writer: &Self, cells: &[Vec<Inline>]| {
            let cells: Vec<String> =
                cells.iter().map(|cell| writer.line(cell).replace('|', "\\|").replace('\n', " ")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![row(self, &table.head), format!("|{}", " --- |".repeat(table.head.len()))];
        lines.extend(table.rows.iter().map(|cells| row(self, cells)));
        self.paragraph(&lines.join("\n"));
    }

    fn quiz(&mut self, quiz: &Quiz) {
        self.blocks(&quiz.intro);
        for question in &quiz.questions {
            self.heading(&question.heading);
            self.blocks(&question.stem);
            if !quiz.exam {
                self.answer(&question.answer);
                self.blocks(&question.why);
            }
        }
    }

    fn answer(&mut self, answer: &Answer) {
        match answer {
            Answer::Choice { options, .. } => {
                for option in options {
                    self.item("- ", if option.right { "[x] " } else { "[ ] " }, &option.blocks);
                }
            }
            Answer::Ordering { items } => {
                for (item, number) in items.iter().zip(1..) {
                    let line = format!("{number}. {}", self.line(item));
                    self.paragraph(&line);
                }
            }
            Answer::Matching { pairs, .. } => {
                for (left, right) in pairs {
                    let line = format!("- {} → {}", self.line(left), self.line(right));
                    self.paragraph(&line);
                }
            }
            Answer::Cloze { blanks } => {
                let words: Vec<String> = blanks.iter().map(|blank| blank.join(" / ")).collect();
                self.paragraph(&escaped(&words.join("; ")));
            }
            Answer::Open { rubric } => self.blocks(rubric),
            Answer::Text { .. } | Answer::Number { .. } => {}
        }
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.blocks(&scenario.intro);
        for scene in &scenario.scenes {
            self.heading(&scene.heading);
            self.blocks(&scene.blocks);
            for turn in &scene.choices {
                let line = format!("- {} → #{}", self.line(&turn.inlines), turn.to);
                self.paragraph(&line);
            }
        }
    }

    fn line(&self, inlines: &[Inline]) -> String {
        let mut line = String::new();
        self.inlines(inlines, &mut line);
        line
    }

    fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            self.inline(inline, out);
        }
    }

    fn inline(&self, inline: &Inline, out: &mut String) {
        let marked = |mark: &str, inner: &[Inline], out: &mut String| {
            out.push_str(mark);
            self.inlines(inner, out);
            out.push_str(mark);
        };
        match inline {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Code(code) => {
                let mark = if code.contains('`') { "``" } else { "`" };
                let _ = write!(out, "{mark}{code}{mark}");
            }
            Inline::SoftBreak => out.push('\n'),
            Inline::HardBreak => out.push_str("\\\n"),
            Inline::Emphasis(inner) => marked("*", inner, out),
            Inline::Strong(inner) => marked("**", inner, out),
            Inline::Strikethrough(inner) => marked("~~", inner, out),
            Inline::Link { target, inlines, .. } => match self.href(*target) {
                Some(href) => {
                    out.push('[');
                    self.inlines(inlines, out);
                    let _ = write!(out, "]({href})");
                }
                None => self.inlines(inlines, out),
            },
            Inline::Image { target, alt, .. } => match self.href(*target) {
                Some(href) => {
                    let _ = write!(out, "![{}]({href})", escaped(alt));
                }
                None => out.push_str(&escaped(alt)),
            },
            Inline::Tag(_) => {}
            Inline::Raw(html) => out.push_str(html),
            Inline::FootnoteReference(label) => {
                let mut cited = self.cited.borrow_mut();
                if cited.known.insert(label.clone()) {
                    cited.order.push(label.clone());
                }
                let _ = write!(out, "[^{label}]");
            }
            Inline::Blank(_) => out.push_str("\\_\\_\\_"),
            Inline::Slot(name) => {
                let _ = write!(out, "{{{name}}}");
            }
        }
    }

    /// Links lead to the twins of pages.
    fn href(&self, target: TargetId) -> Option<String> {
        let target = self.targets.get(target.0 as usize)?;
        let Target::Page { work, language, fragment } = target else { return self.place.href(target) };
        let site = self.place.site;
        let page = site.plan.page(site.plan.page_of(*work, language.unwrap_or(self.place.language))?);
        let address = match super::machines::has_twin(page, site) {
            true => twin_address(&page.address),
            false => page.address.clone(),
        };
        let fragment = fragment.as_deref().map(|id| format!("#{}", crate::address::encode_fragment(id)));
        Some(self.place.to(&address) + fragment.as_deref().unwrap_or_default())
    }
}

fn notes_in<'a>(blocks: &'a [Block], notes: &mut BTreeMap<&'a str, &'a [Block]>) {
    for block in blocks {
        if let BlockKind::Footnote { label, blocks } = &block.kind {
            notes.entry(label).or_insert(blocks);
        }
        walk::children(&block.kind, &mut |inner| notes_in(inner, notes));
    }
}

/// Text whose letters mean nothing to Markdown.
fn escaped(text: &str) -> Cow<'_, str> {
    let special = |byte: u8| matches!(byte, b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'#' | b'|');
    if !text.bytes().any(special) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| special(*byte)) {
        out.push_str(&text[done..at]);
        out.push('\\');
        done = at;
    }
    (out + &text[done..]).into()
}
