//! The blocks of an article as HTML: everything escaped, no inline style, no script.

mod code;
mod parts;
mod sections;

use super::place::Place;
use crate::article::{walk, *};
use crate::theme::Words;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

/// Writes text with the five characters that mean something in HTML escaped.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// The text of an article while it is written.
pub(super) struct Writer<'a> {
    pub out: String,
    pub place: Place<'a>,
    pub words: &'a Words,
    /// The scripts of the theme that what was written can use.
    pub scripts: BTreeSet<&'static str>,
    targets: &'a [Target],
    notes: BTreeMap<&'a str, &'a [Block]>,
    /// Footnotes in the order of their first reference, and their numbers from 1.
    cited: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
    /// The level of the last heading of the page itself.
    pub level: u8,
    /// How many levels the headings of a quiz or a scenario are raised, so that none is left out below the page's.
    pub raised: u8,
}

impl<'a> Writer<'a> {
    pub fn new(place: Place<'a>, words: &'a Words, article: &'a Article) -> Self {
        let mut notes = BTreeMap::new();
        collect_notes(&article.body, &mut notes);
        Writer {
            out: String::with_capacity(super::USUAL_PAGE),
            place,
            words,
            scripts: BTreeSet::new(),
            targets: &article.targets,
            notes,
            cited: Vec::new(),
            numbers: HashMap::new(),
            level: 1,
            raised: 0,
        }
    }

    pub fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, block: &'a BlockKind) {
        match block {
            BlockKind::Paragraph(inlines) => self.element("p", inlines),
            BlockKind::Plain(inlines) | BlockKind::Html(inlines) => {
                self.inlines(inlines);
                self.out.push('\n');
            }
            BlockKind::Heading(heading) => {
                self.heading(heading);
                self.level = heading.level;
            }
            BlockKind::Code(code) => self.code(code),
            BlockKind::Quote(blocks) => self.wrapped("<blockquote>", blocks, "</blockquote>"),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            // never shown: questions as customers typed them; footnotes stand at the end
            BlockKind::Asked(_) | BlockKind::Footnote { .. } => {}
            BlockKind::Callout(callout) => self.callout(callout),
            BlockKind::Details { id, title, blocks } => self.details(id.as_deref(), title, blocks),
            BlockKind::Steps(blocks) => self.wrapped("<div class=\"steps\">", blocks, "</div>"),
            BlockKind::Tabs(tabs) => self.tabs(tabs),
            BlockKind::Only { name, blocks } => self.only(name, blocks),
            BlockKind::Reply(reply) => self.reply(reply),
            BlockKind::Checklist { id, title, blocks } => self.checklist(id.as_deref(), title, blocks),
            BlockKind::Quiz(quiz) => self.quiz(quiz),
            BlockKind::Scenario(scenario) => self.scenario(scenario),
        }
    }

    fn wrapped(&mut self, open: &str, blocks: &'a [Block], close: &str) {
        self.out.push_str(open);
        self.out.push('\n');
        self.blocks(blocks);
        self.out.push_str(close);
        self.out.push('\n');
    }

    /// An element of inlines; `tag` may carry attributes.
    pub fn element(&mut self, tag: &str, inlines: &'a [Inline]) {
        let name = tag.split(' ').next().unwrap_or(tag);
        let _ = write!(self.out, "<{tag}>");
        self.inlines(inlines);
        let _ = writeln!(self.out, "</{name}>");
    }

    /// A word of the interface.
    pub fn word(&mut self, name: &str) {
        let words = self.words;
        push_escaped(&mut self.out, words.get(name));
    }

    pub fn labelled(&mut self, word: &str) {
        self.out.push_str("<p class=\"label\">");
        self.word(word);
        self.out.push_str("</p>\n");
    }

    pub fn id(&mut self, id: Option<&str>) {
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            self.attribute("id", id);
        }
    }

    pub fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        push_escaped(&mut self.out, value);
        self.out.push('"');
    }

    /// The page's own heading, for a template to put into its `<h1>`. Its id travels with it, so that no template can
    /// lose the place that links point at.
    pub fn title(&mut self, heading: &'a Heading) {
        self.out.push_str("<span");
        self.id(Some(&heading.id));
        self.out.push('>');
        self.inlines(&heading.inlines);
        self.out.push_str("</span>");
    }

    pub fn heading(&mut self, heading: &'a Heading) {
        let level = heading.level.saturating_sub(self.raised).clamp(1, 6);
        let _ = write!(self.out, "<h{level}");
        self.id(Some(&heading.id));
        self.out.push('>');
        self.anchor(heading);
        self.inlines(&heading.inlines);
        let _ = writeln!(self.out, "</h{level}>");
    }

    /// The link by which a heading can be pointed at. For the pointer only: in the name of the heading it would be noise,
    /// and the contents list leads to the same place.
    fn anchor(&mut self, heading: &Heading) {
        if heading.id.is_empty() {
            return;
        }
        self.out.push_str("<a class=\"anchor\"");
        self.attribute("href", &format!("#{}", crate::address::encode_fragment(&heading.id)));
        self.out.push_str(" tabindex=\"-1\" aria-hidden=\"true\">#</a>");
    }

    fn list(&mut self, list: &'a List) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        let _ = write!(self.out, "<{tag}");
        if let Some(start) = list.start.filter(|&start| start != 1) {
            let _ = write!(self.out, " start=\"{start}\"");
        }
        if list.items.iter().any(|item| item.checked.is_some()) {
            self.out.push_str(" class=\"tasks\"");
        }
        self.out.push_str(">\n");
        for item in &list.items {
            match item.checked {
                Some(checked) => self.task(&item.blocks, checked, " disabled"),
                None => self.item(&item.blocks),
            }
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    pub fn item(&mut self, blocks: &'a [Block]) {
        self.wrapped("<li>", blocks, "</li>");
    }

    /// A list item with a box; its first line is the label.
    fn task(&mut self, blocks: &'a [Block], checked: bool, disabled: &str) {
        let checked = if checked { " checked" } else { "" };
        let _ = write!(self.out, "<li><label><input type=\"checkbox\"{checked}{disabled}><span>");
        let rest = match blocks.split_first() {
            Some((Block { kind: BlockKind::Plain(line) | BlockKind::Paragraph(line), .. }, rest)) => {
                self.inlines(line);
                rest
            }
            _ => blocks,
        };
        self.out.push_str("</span></label>\n");
        self.blocks(rest);
        self.out.push_str("</li>\n");
    }

    fn definitions(&mut self, definitions: &'a [Definition]) {
        self.out.push_str("<dl>\n");
        for definition in definitions {
            self.element("dt", &definition.term);
            for meaning in &definition.meanings {
                self.wrapped("<dd>", meaning, "</dd>");
            }
        }
        self.out.push_str("</dl>\n");
    }

    fn table(&mut self, table: &'a Table) {
        let words = self.words;
        self.out.push_str("<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
        self.attribute("aria-label", words.get("table"));
        self.out.push_str("><table>\n<thead>");
        self.row("th scope=\"col\"", "th", &table.head, &table.alignments);
        self.out.push_str("</thead>\n<tbody>\n");
        for row in &table.rows {
            self.row("td", "td", row, &table.alignments);
        }
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    fn row(&mut self, open: &str, close: &str, cells: &'a [Vec<Inline>], alignments: &[Alignment]) {
        self.out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            let class = match alignments.get(index) {
                Some(Alignment::Start) => " class=\"start\"",
                Some(Alignment::Center) => " class=\"center\"",
                Some(Alignment::End) => " class=\"end\"",
                Some(Alignment::None) | None => "",
            };
            let _ = write!(self.out, "<{open}{class}>");
            self.inlines(cell);
            let _ = write!(self.out, "</{close}>");
        }
        self.out.push_str("</tr>\n");
    }

    pub fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => push_escaped(&mut self.out, text),
            Inline::Code(text) => {
                self.out.push_str("<code>");
                push_escaped(&mut self.out, text);
                self.out.push_str("</code>");
            }
            Inline::SoftBreak => self.out.push('\n'),
            Inline::HardBreak => self.out.push_str("<br>\n"),
            Inline::Emphasis(inner) => self.marked("em", inner),
            Inline::Strong(inner) => self.marked("strong", inner),
            Inline::Strikethrough(inner) => self.marked("del", inner),
            Inline::Link { target, title, inlines } => self.link(*target, title, inlines),
            Inline::Image { target, title, alt } => self.image(*target, title, alt),
            Inline::Tag(tag) => self.tag(tag),
            Inline::Raw(html) => self.out.push_str(html),
            Inline::FootnoteReference(label) => self.footnote_reference(label),
            Inline::Blank(_) => self.out.push_str("<span class=\"blank\">___</span>"),
            Inline::Slot(name) => {
                self.out.push_str("<span class=\"slot\">{");
                push_escaped(&mut self.out, name);
                self.out.push_str("}</span>");
            }
        }
    }

    fn marked(&mut self, tag: &str, inlines: &'a [Inline]) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines(inlines);
        let _ = write!(self.out, "</{tag}>");
    }

    fn target(&self, id: TargetId) -> &'a Target {
        self.targets.get(id.0 as usize).unwrap_or(&Target::Nowhere)
    }

    fn link(&mut self, target: TargetId, title: &str, inlines: &'a [Inline]) {
        let target = self.target(target);
        let Some(href) = self.place.href(target) else { return self.inlines(inlines) };
        self.out.push_str("<a");
        self.attribute("href", &href);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        if matches!(target, Target::Outside(_)) {
            self.out.push_str(" rel=\"noopener\"");
        }
        self.out.push('>');
        self.inlines(inlines);
        self.out.push_str("</a>");
    }

    fn image(&mut self, target: TargetId, title: &str, alt: &str) {
        let Some(source) = self.place.href(self.target(target)) else { return push_escaped(&mut self.out, alt) };
        self.out.push_str("<img");
        self.attribute("src", &source);
        self.attribute("alt", alt);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    fn tag(&mut self, tag: &Tag) {
        self.out.push_str(if tag.closing { "</" } else { "<" });
        self.out.push_str(&tag.name);
        for (name, value) in &tag.attributes {
            match value {
                Value::Text(text) => self.attribute(name, text),
                Value::Target(id) => {
                    if let Some(href) = self.place.href(self.target(*id)) {
                        self.attribute(name, &href);
                    }
                }
            }
        }
        self.out.push('>');
    }

    fn footnote_reference(&mut self, label: &'a str) {
        if !self.notes.contains_key(label) {
            return;
        }
        let number = *self.numbers.entry(label).or_insert(self.cited.len() + 1);
        self.out.push_str("<sup");
        // the way back leads to the first reference; a colon never stands in the id of a heading
        if number > self.cited.len() {
            self.cited.push(label);
            let _ = write!(self.out, " id=\"ref:{number}\"");
        }
        let _ = write!(self.out, "><a href=\"#note:{number}\">{number}</a></sup>");
    }

    /// The footnotes that were referred to; each may refer to more.
    pub fn footnotes(&mut self) {
        if self.cited.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"footnotes prose\">\n");
        self.labelled("footnotes");
        self.out.push_str("<ol>\n");
        let mut number = 0;
        while let Some(label) = self.cited.get(number) {
            let blocks = self.notes[label];
            number += 1;
            let _ = write!(self.out, "<li id=\"note:{number}\">");
            self.blocks(blocks);
            let _ = write!(self.out, "<a href=\"#ref:{number}\"");
            let words = self.words;
            self.attribute("aria-label", words.get("back"));
            self.out.push_str(">↩</a></li>\n");
        }
        self.out.push_str("</ol></div>\n");
    }
}

fn collect_notes<'a>(blocks: &'a [Block], notes: &mut BTreeMap<&'a str, &'a [Block]>) {
    for block in blocks {
        if let BlockKind::Footnote { label, blocks } = &block.kind {
            notes.entry(label).or_insert(blocks);
        }
        walk::children(&block.kind, &mut |inner| collect_notes(inner, notes));
    }
}
