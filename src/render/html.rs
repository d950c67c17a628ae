//! The blocks of an article as HTML: everything escaped, no inline style, no script.

use super::place::Place;
use crate::article::*;
use crate::theme::Words;
use std::collections::{BTreeMap, HashMap};
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
    targets: &'a [Target],
    notes: BTreeMap<&'a str, &'a [Block]>,
    /// Footnotes in the order of their first reference, and the number of each.
    cited: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    pub fn new(place: Place<'a>, words: &'a Words, article: &'a Article) -> Self {
        let mut notes = BTreeMap::new();
        collect_notes(&article.body, &mut notes);
        Writer {
            out: String::new(),
            place,
            words,
            targets: &article.targets,
            notes,
            cited: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// The sections of a topic: each question of level 2 with its answer.
    pub fn topic(&mut self, blocks: &'a [Block]) {
        let starts = |block: &Block| matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 2);
        let first = blocks.iter().position(starts).unwrap_or(blocks.len());
        self.out.push_str("<div class=\"prose\">\n");
        self.blocks(&blocks[..first]);
        self.out.push_str("</div>\n");
        for answer in blocks[first..].chunk_by(|_, next| !starts(next)) {
            self.out.push_str("<section class=\"answer prose\">\n");
            self.blocks(answer);
            self.out.push_str("</section>\n");
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
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Quote(blocks) => self.wrapped("<blockquote>", blocks, "</blockquote>"),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            // never shown: questions as customers typed them; footnotes stand at the end
            BlockKind::Asked(_) | BlockKind::Footnote { .. } => {}
            BlockKind::Callout(callout) => self.callout(callout),
            BlockKind::Details { title, blocks } => self.details(title, blocks),
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

    pub fn element(&mut self, tag: &str, inlines: &'a [Inline]) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines(inlines);
        let _ = writeln!(self.out, "</{tag}>");
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

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        push_escaped(&mut self.out, value);
        self.out.push('"');
    }

    pub fn heading(&mut self, heading: &'a Heading) {
        let level = heading.level.clamp(1, 6);
        let _ = write!(self.out, "<h{level}");
        self.id(Some(&heading.id));
        self.out.push('>');
        if !heading.id.is_empty() {
            self.out.push_str("<a class=\"anchor\"");
            let href = format!("#{}", crate::address::encode_fragment(&heading.id));
            self.attribute("href", &href);
            let words = self.words;
            self.attribute("aria-label", words.get("anchor"));
            self.out.push_str(">#</a>");
        }
        self.inlines(&heading.inlines);
        let _ = writeln!(self.out, "</h{level}>");
    }

    fn code(&mut self, code: &Code) {
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let Some(language) = &code.language {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        push_escaped(&mut self.out, &code.text);
        self.out.push_str("</code></pre>\n");
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

    fn checklist(&mut self, id: Option<&str>, title: &'a [Inline], blocks: &'a [Block]) {
        self.out.push_str("<div class=\"checklist\"");
        self.id(id);
        self.out.push_str(">\n");
        if !title.is_empty() {
            self.out.push_str("<p class=\"label\">");
            self.inlines(title);
            self.out.push_str("</p>\n");
        }
        for block in blocks {
            match &block.kind {
                BlockKind::List(list) => {
                    self.out.push_str("<ul class=\"checks\">\n");
                    for item in &list.items {
                        self.task(&item.blocks, item.checked == Some(true), "");
                    }
                    self.out.push_str("</ul>\n");
                }
                other => self.block(other),
            }
        }
        self.out.push_str("</div>\n");
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

    fn callout(&mut self, callout: &'a Callout) {
        let tone = match callout.tone {
            Tone::Note => "note",
            Tone::Tip => "tip",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        };
        let _ = write!(self.out, "<div class=\"call {tone}\" role=\"note\"><p>");
        match callout.title.is_empty() {
            true => self.word(tone),
            false => self.inlines(&callout.title),
        }
        self.wrapped("</p>", &callout.blocks, "</div>");
    }

    fn only(&mut self, name: &str, blocks: &'a [Block]) {
        let words = self.words;
        let own = format!("only_{name}");
        self.out.push_str("<div class=\"call only\" role=\"note\"><p>");
        match words.list.contains_key(&own) {
            true => self.word(&own),
            false => push_escaped(&mut self.out, &words.with_name("only", name)),
        }
        self.wrapped("</p>", blocks, "</div>");
    }

    fn details(&mut self, title: &'a [Inline], blocks: &'a [Block]) {
        self.out.push_str("<details>");
        self.element("summary", title);
        self.wrapped("", blocks, "</details>");
    }

    /// A folded part with a word of the interface as its title.
    pub fn folded(&mut self, word: &str, inside: impl FnOnce(&mut Self)) {
        self.out.push_str("<details><summary>");
        self.word(word);
        self.out.push_str("</summary>\n");
        inside(self);
        self.out.push_str("</details>\n");
    }

    fn tabs(&mut self, tabs: &'a [Tab]) {
        self.out.push_str("<div class=\"tabs\">\n");
        for tab in tabs {
            self.out.push_str("<div class=\"tab\"><p class=\"label\">");
            self.inlines(&tab.title);
            self.wrapped("</p>", &tab.blocks, "</div>");
        }
        self.out.push_str("</div>\n");
    }

    fn reply(&mut self, reply: &'a Reply) {
        self.out.push_str("<figure class=\"reply\"");
        self.id(reply.id.as_deref());
        self.out.push_str("><figcaption>");
        match reply.title.is_empty() {
            true => self.word("reply"),
            false => self.inlines(&reply.title),
        }
        let channels = &self.place.site.config.channels;
        if let Some(channel) = channels.iter().find(|channel| Some(&*channel.id) == reply.channel.as_deref()) {
            let name = channel.name.get(self.place.language.0 as usize).map_or("", String::as_str);
            self.out.push_str(" <span class=\"tag\">");
            push_escaped(&mut self.out, name);
            self.out.push_str("</span>");
        }
        self.wrapped("</figcaption><blockquote>", &reply.blocks, "</blockquote></figure>");
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
        let known = self.numbers.get(label).copied();
        let number = known.unwrap_or(self.cited.len() + 1);
        self.out.push_str("<sup");
        // the way back leads to the first reference; a colon never stands in the id of a heading
        if known.is_none() {
            self.cited.push(label);
            self.numbers.insert(label, number);
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
        match &block.kind {
            BlockKind::Footnote { label, blocks } => {
                notes.entry(label).or_insert(blocks);
                collect_notes(blocks, notes);
            }
            BlockKind::Quote(blocks)
            | BlockKind::Steps(blocks)
            | BlockKind::Only { blocks, .. }
            | BlockKind::Details { blocks, .. }
            | BlockKind::Checklist { blocks, .. } => collect_notes(blocks, notes),
            BlockKind::List(list) => list.items.iter().for_each(|item| collect_notes(&item.blocks, notes)),
            BlockKind::Callout(callout) => collect_notes(&callout.blocks, notes),
            BlockKind::Reply(reply) => collect_notes(&reply.blocks, notes),
            BlockKind::Tabs(tabs) => tabs.iter().for_each(|tab| collect_notes(&tab.blocks, notes)),
            _ => {}
        }
    }
}
