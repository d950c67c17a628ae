//! Markdown to blocks: one run of the parser over the masked text, one stack of open blocks.
//! Total and linear; nesting is bounded, so that no later walk can overflow.

mod close;
mod inlines;
mod nested;

use super::attributes;
use super::containers::{self, Mask, MaskKind, Scan};
use super::html;
use super::pieces::{Attribute, Header, Part, PartKind, Piece};
use crate::article::*;
use crate::diagnostic::{Code, Diagnostic, Findings, did_you_mean};
use crate::span::ByteRange;
use nested::Nested;
use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, RefDefs, Tag as Mark};
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// What parsing depends on besides the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub audiences: Vec<String>,
    /// Sorted by name.
    pub variables: Vec<(String, String)>,
    /// Ids of the channels that replies are for.
    pub channels: Vec<String>,
    pub raw_html: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    Link,
    Image,
    Media,
}

/// A link, an image or another address in the text. Its place in the list is its `TargetId`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Reference {
    /// As the author wrote it, entities decoded; empty where it was unsafe.
    pub href: Box<str>,
    pub at: ByteRange,
    pub role: Role,
}

#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub body: Vec<Block>,
    pub references: Vec<Reference>,
    /// Whether there is an `:::only`.
    pub divided: bool,
    pub findings: Findings,
}

/// Blocks and inlines together may nest this deep.
const DEEPEST: usize = 100;

/// In bytes: variables and shared definitions may lengthen a page by so much.
const MOST_EXPANDED: usize = 1 << 20;

/// Counts bytes that are put into a text, and says whether they still fit.
fn spend(expanded: &Cell<usize>, bytes: usize) -> bool {
    expanded.set(expanded.get().saturating_add(bytes));
    expanded.get() <= MOST_EXPANDED
}

/// Parses the text of `source` from byte `text_start` on.
pub(super) fn parse(file: &Arc<str>, source: &str, text_start: usize, settings: &Settings) -> Parsed {
    let text = &source[text_start..];
    let Scan { masked, mut masks, mut blanks, misspelt } = containers::scan(text, &settings.audiences);
    let shift = |range: &mut ByteRange| *range = range.shifted(text_start);
    masks.iter_mut().for_each(|mask| {
        shift(&mut mask.at);
        match &mut mask.kind {
            MaskKind::Tab { name } => shift(name),
            MaskKind::Part { whole, raw, .. } => {
                shift(whole);
                shift(raw);
            }
            _ => {}
        }
    });
    blanks.iter_mut().for_each(shift);
    let mut builder = Builder::new(file, source, settings, text_start, &masked, &masks, &blanks);
    for (range, name) in misspelt {
        builder.suspects.push((range.shifted(text_start), name));
    }
    builder.run();
    builder.finish();
    builder.check_masks();
    builder.check_definitions();
    builder.check_length();
    builder.parsed
}

/// An open block or inline.
struct Frame {
    kind: FrameKind,
    at: ByteRange,
    blocks: Vec<Piece>,
    inlines: Vec<Inline>,
    /// Raw HTML tags that wait for their end.
    tags: Vec<(Box<str>, ByteRange)>,
}

enum FrameKind {
    Root,
    Paragraph,
    Heading {
        level: u8,
        attributes: Vec<Attribute>,
    },
    Quote(Option<pulldown_cmark::BlockQuoteKind>),
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
        attributes: Vec<Attribute>,
    },
    Code {
        language: Option<Box<str>>,
        text: String,
        fenced: bool,
    },
    /// Its lines, without what lists and quotes put before them.
    Html {
        lines: Vec<ByteRange>,
    },
    Footnote(Box<str>),
    Definitions(Vec<Definition>),
    Term,
    Meaning,
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Row {
        head: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        target: TargetId,
        title: Box<str>,
    },
    Image {
        target: TargetId,
        title: Box<str>,
    },
    Container {
        header: Header,
        colons: usize,
        tabs: Vec<Tab>,
        tab: Option<Vec<Inline>>,
    },
    Other,
}

/// Link definitions of the file, by label as `label` writes it.
type Definitions = HashMap<String, Defined>;

struct Defined {
    href: String,
    title: String,
    at: ByteRange,
}

struct Builder<'a> {
    file: &'a Arc<str>,
    source: &'a str,
    settings: &'a Settings,
    /// Where the parsed text begins in the source.
    base: usize,
    masked: &'a str,
    masks: &'a [Mask],
    /// Which masks came out as what they are, or in code.
    met: Vec<bool>,
    blanks: &'a [ByteRange],
    suspects: Vec<(ByteRange, &'static str)>,
    stack: Vec<Frame>,
    /// Events of blocks nested too deep that are passed over.
    skipped: usize,
    /// Text that waits for what follows it.
    pending: String,
    pending_at: Option<ByteRange>,
    /// Where the inlines of the open block that has no paragraph began and end.
    plain_at: Option<ByteRange>,
    /// Attributes at the end of a heading or an item: no text of the page.
    cuts: Vec<Range<usize>>,
    /// Code and comments, where container lines have no meaning, in order.
    codes: Vec<ByteRange>,
    /// Whether some code may end elsewhere than its author meant: what stands in code may not be meant as code.
    torn: bool,
    /// `:::only` blocks.
    only: Vec<ByteRange>,
    /// Links by reference: where they stand and where their address was defined.
    defined: Vec<(TargetId, ByteRange, ByteRange)>,
    /// What links in the parts of a quiz may refer to.
    definitions: Rc<Definitions>,
    /// How many bytes variables and shared definitions have put into the text; the same for the whole file.
    expanded: Rc<Cell<usize>>,
    /// How many frames are open around this text, where it is a part of another.
    depth: usize,
    /// Where the first `:::only` begins.
    first_only: Option<u32>,
    parsed: Parsed,
}

impl<'a> Builder<'a> {
    fn new(
        file: &'a Arc<str>,
        source: &'a str,
        settings: &'a Settings,
        base: usize,
        masked: &'a str,
        masks: &'a [Mask],
        blanks: &'a [ByteRange],
    ) -> Self {
        let root = Frame {
            kind: FrameKind::Root,
            at: ByteRange::new(base, base + masked.len()),
            blocks: Vec::new(),
            inlines: Vec::new(),
            tags: Vec::new(),
        };
        Builder {
            file,
            source,
            settings,
            base,
            masked,
            masks,
            met: vec![false; masks.len()],
            blanks,
            suspects: Vec::new(),
            stack: vec![root],
            skipped: 0,
            pending: String::new(),
            pending_at: None,
            plain_at: None,
            cuts: Vec::new(),
            codes: Vec::new(),
            torn: false,
            only: Vec::new(),
            defined: Vec::new(),
            definitions: Rc::default(),
            expanded: Rc::default(),
            depth: 0,
            first_only: masks.iter().find(|mask| containers::opens(mask, source, "only")).map(|mask| mask.at.start),
            parsed: Parsed::default(),
        }
    }

    fn run(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST;
        let (outer, expanded) = (self.definitions.clone(), self.expanded.clone());
        let known = |link: BrokenLink| {
            let known = outer.get(&label(&link.reference))?;
            let fits = spend(&expanded, known.href.len() + known.title.len());
            fits.then(|| (known.href.clone().into(), known.title.clone().into()))
        };
        let mut events = Parser::new_with_broken_link_callback(self.masked, options, Some(known)).into_offset_iter();
        self.note_definitions(events.reference_definitions());
        while let Some((event, range)) = events.next() {
            let at = ByteRange::from(range).shifted(self.base);
            self.event(event, at, events.reference_definitions());
        }
    }

    /// Keeps the file's link definitions for the parts of its quizzes, which are parsed apart.
    fn note_definitions(&mut self, definitions: &RefDefs) {
        if !self.masks.iter().any(|mask| matches!(mask.kind, MaskKind::Part { .. })) {
            return;
        }
        let mut all: Vec<(String, Defined)> = Vec::new();
        for (name, definition) in definitions.iter() {
            let at = ByteRange::from(definition.span.clone()).shifted(self.base);
            let title = definition.title.as_deref().unwrap_or_default().to_owned();
            all.push((label(name), Defined { href: definition.dest.to_string(), title, at }));
        }
        // of two with one label, the first counts
        all.sort_by_key(|(_, defined)| std::cmp::Reverse(defined.at));
        self.definitions = Rc::new(all.into_iter().collect());
    }

    fn event(&mut self, event: Event, at: ByteRange, definitions: &RefDefs) {
        match event {
            Event::Start(_) if self.skipped > 0 || self.is_deepest() => self.skip(at),
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(mark) => self.start(mark, at, definitions),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, at),
            Event::Code(code) => self.code_span(&code, at),
            Event::SoftBreak => self.push_inline(Inline::SoftBreak, at),
            Event::HardBreak => self.push_inline(Inline::HardBreak, at),
            Event::Html(_) => {
                if let FrameKind::Html { lines } = &mut self.top().kind {
                    lines.push(at);
                }
            }
            Event::InlineHtml(_) => self.raw_html(&[at]),
            Event::FootnoteReference(label) => self.push_inline(Inline::FootnoteReference(label.as_ref().into()), at),
            Event::TaskListMarker(mark) => {
                if let Some(FrameKind::Item { checked, .. }) = self.stack.last_mut().map(|frame| &mut frame.kind) {
                    *checked = Some(mark);
                }
            }
            Event::Rule => self.push_block(BlockKind::Rule, at),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn skip(&mut self, at: ByteRange) {
        if self.skipped == 0 {
            self.report_depth(ByteRange { end: at.start, ..at });
        }
        self.skipped += 1;
    }

    fn is_deepest(&self) -> bool {
        self.depth + self.stack.len() >= DEEPEST
    }

    /// Once: such a file has many such places.
    fn report_depth(&mut self, at: ByteRange) {
        if !self.parsed.findings.iter().any(|finding| finding.code == Code::BadFile) {
            self.report(
                Code::BadFile,
                at,
                format!("this is nested more than {DEEPEST} levels deep"),
                "make it flatter",
            );
        }
    }

    fn start(&mut self, mark: Mark, at: ByteRange, definitions: &RefDefs) {
        let kind = match mark {
            Mark::Paragraph => FrameKind::Paragraph,
            Mark::Heading { level, .. } => {
                FrameKind::Heading { level: level as u8, attributes: self.heading_attributes(at) }
            }
            Mark::BlockQuote(kind) => FrameKind::Quote(kind),
            Mark::CodeBlock(kind) => code_frame(&kind),
            Mark::HtmlBlock => FrameKind::Html { lines: Vec::new() },
            Mark::List(start) => FrameKind::List { start, items: Vec::new() },
            Mark::Item => FrameKind::Item { checked: None, attributes: self.item_attributes(at) },
            Mark::FootnoteDefinition(label) => FrameKind::Footnote(label.as_ref().into()),
            Mark::DefinitionList => FrameKind::Definitions(Vec::new()),
            Mark::DefinitionListTitle => FrameKind::Term,
            Mark::DefinitionListDefinition => FrameKind::Meaning,
            Mark::Table(alignments) => FrameKind::Table {
                alignments: alignments.iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Mark::TableHead => FrameKind::Row { head: true, cells: Vec::new() },
            Mark::TableRow => FrameKind::Row { head: false, cells: Vec::new() },
            Mark::TableCell => FrameKind::Cell,
            Mark::Emphasis => FrameKind::Emphasis,
            Mark::Strong => FrameKind::Strong,
            Mark::Strikethrough => FrameKind::Strikethrough,
            Mark::Link { dest_url, title, id, link_type } => {
                let target = match link_type {
                    LinkType::Email => self.reference(&format!("mailto:{dest_url}"), at, Role::Link),
                    _ => self.reference(&dest_url, at, Role::Link),
                };
                let hides = self.note_definition(target, link_type, &id, at, definitions);
                FrameKind::Link { target, title: if hides { Box::default() } else { title.as_ref().into() } }
            }
            Mark::Image { dest_url, title, id, link_type } => {
                let target = self.reference(&dest_url, at, Role::Image);
                let hides = self.note_definition(target, link_type, &id, at, definitions);
                FrameKind::Image { target, title: if hides { Box::default() } else { title.as_ref().into() } }
            }
            _ => FrameKind::Other,
        };
        self.open(kind, at);
    }

    fn open(&mut self, kind: FrameKind, at: ByteRange) {
        self.flush_text();
        if is_block(&kind) {
            self.flush_plain();
        }
        self.stack.push(Frame { kind, at, blocks: Vec::new(), inlines: Vec::new(), tags: Vec::new() });
    }

    fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root frame stays")
    }

    fn finding(&self, code: Code, at: ByteRange, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.file, at, code, message)
    }

    fn report(&mut self, code: Code, at: ByteRange, message: impl Into<String>, hint: impl Into<String>) {
        let finding = self.finding(code, at, message).hint(hint);
        self.parsed.findings.push(finding);
    }

    /// Notes an address and checks that it is safe to follow.
    fn reference(&mut self, href: &str, at: ByteRange, role: Role) -> TargetId {
        let safe = html::is_safe_address(href);
        if !safe {
            let hint = "link to a page, or to an address that begins with `https:`, `mailto:` or `tel:`";
            self.report(Code::UnsafeHtml, at, "this address could run code or leave the safe list", hint);
        }
        if href.trim().is_empty() {
            let hint = "write an address between the brackets: `[text](page.md)`";
            self.report(Code::BrokenLink, at, "this leads nowhere", hint);
        }
        let href = if safe { href.into() } else { Box::default() };
        self.parsed.references.push(Reference { href, at, role });
        TargetId((self.parsed.references.len() - 1) as u32)
    }

    /// Notes where the address of a link by reference was defined. Whether its title must not come out: the definition
    /// may stand inside `:::only`, which is known for certain only when the block has ended.
    fn note_definition(
        &mut self,
        target: TargetId,
        kind: LinkType,
        id: &str,
        at: ByteRange,
        definitions: &RefDefs,
    ) -> bool {
        use LinkType::*;
        let own = || definitions.get(id).map(|definition| ByteRange::from(definition.span.clone()).shifted(self.base));
        let defined = match kind {
            Reference | Collapsed | Shortcut => own(),
            ReferenceUnknown | CollapsedUnknown | ShortcutUnknown => {
                self.definitions.get(&label(id)).map(|known| known.at)
            }
            _ => None,
        };
        let Some(defined) = defined else { return false };
        self.defined.push((target, at, defined));
        self.first_only.is_some_and(|only| only < defined.start)
    }

    fn heading_attributes(&mut self, at: ByteRange) -> Vec<Attribute> {
        let text = at.of(self.source).trim_end();
        let line = match text.starts_with('#') {
            true => {
                let line = text.lines().next().unwrap_or_default().trim_end();
                let bare = line.trim_end_matches('#');
                if bare.ends_with([' ', '\t']) { bare } else { line }
            }
            // the last line underlines
            false => text.rsplit_once('\n').map_or(text, |(title, _)| title),
        };
        self.attributes(at.start as usize, line)
    }

    fn item_attributes(&mut self, at: ByteRange) -> Vec<Attribute> {
        let line = at.of(self.source).lines().next().unwrap_or_default();
        if containers::is_marker_line(line) { Vec::new() } else { self.attributes(at.start as usize, line) }
    }

    fn attributes(&mut self, start: usize, line: &str) -> Vec<Attribute> {
        let Some((open, mut words)) = attributes::trailing(line, &[]) else { return Vec::new() };
        self.cuts.push(start + open..start + line.trim_end().len());
        words.iter_mut().for_each(|word| word.at = word.at.shifted(start));
        words
    }

    /// Closes what is still open. The findings on the file as a whole are yet to come.
    fn finish(&mut self) {
        self.close_containers();
        self.flush_text();
        self.flush_plain();
        let root = self.stack.pop().expect("the root frame stays");
        self.check_tags(&root);
        self.parsed.body = self.blocks_of(root.blocks);
    }

    /// Whether a finding on a misplaced container line speaks of this place already.
    fn is_told(&self, at: ByteRange) -> bool {
        let overlaps = |range: ByteRange| range.start < at.end && at.start < range.end;
        let misplaced = self.parsed.findings.iter().filter(|finding| finding.code == Code::MisplacedContainer);
        misplaced.filter_map(|finding| finding.span.as_ref()).any(|span| overlaps(span.range))
    }

    /// Container lines that the parser took for something else, and lines that are nearly one.
    fn check_masks(&mut self) {
        for (index, mask) in self.masks.iter().enumerate() {
            if self.met[index] || matches!(mask.kind, MaskKind::Continued) {
                continue;
            }
            let (message, hint) = match self.is_in_code(mask.at) {
                false => (
                    "this container line stands where it cannot work",
                    "leave a blank line before it and indent it like the text around it",
                ),
                true if self.torn => (
                    "this container line stands in code that may end elsewhere than it should",
                    "close every block of code on this page: a line of as many backticks, and nothing else on it",
                ),
                true => continue,
            };
            self.report(Code::MisplacedContainer, mask.at, message, hint);
        }
        for (at, name) in std::mem::take(&mut self.suspects) {
            if (self.torn || !self.is_in_code(at)) && !self.is_told(at) {
                let right = if name == containers::TAB { name.to_owned() } else { format!(":::{name}") };
                let message = "this line looks like a container line, but is none";
                self.report(Code::UnknownContainer, at, message, format!("write `{right}`, alone on its line"));
            }
        }
    }

    /// Code is noted in order and never nests.
    fn is_in_code(&self, at: ByteRange) -> bool {
        let first = self.codes.partition_point(|code| code.end < at.end);
        self.codes.get(first).is_some_and(|code| code.contains(at))
    }

    fn check_length(&mut self) {
        if self.expanded.get() > MOST_EXPANDED {
            let at = ByteRange::new(self.base, self.base);
            let hint = "use fewer of them, or shorter ones";
            self.report(Code::BadFile, at, "variables and link definitions make this page too long", hint);
        }
    }

    /// An address that was defined inside `:::only` must not come out elsewhere.
    fn check_definitions(&mut self) {
        let only = Nested::new(std::mem::take(&mut self.only));
        for (target, used, defined) in std::mem::take(&mut self.defined) {
            if only.innermost(defined).is_some_and(|only| !only.contains(used)) {
                self.parsed.references[target.0 as usize].href = Box::default();
                let finding = self.finding(
                    Code::HiddenTarget,
                    used,
                    "the address of this link is defined in a block that its readers may not see",
                );
                let related = crate::span::Span::new(self.file, defined);
                self.parsed
                    .findings
                    .push(finding.related(related, "defined here").hint("define it outside of `:::only`"));
            }
        }
    }
}

/// A label as links compare it: without regard to case and to the amount of space.
fn label(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_block(kind: &FrameKind) -> bool {
    use FrameKind::*;
    !matches!(kind, Emphasis | Strong | Strikethrough | Link { .. } | Image { .. } | Other)
}

fn code_frame(kind: &pulldown_cmark::CodeBlockKind) -> FrameKind {
    let (fenced, info) = match kind {
        pulldown_cmark::CodeBlockKind::Fenced(info) => (true, info.as_ref()),
        pulldown_cmark::CodeBlockKind::Indented => (false, ""),
    };
    let language = info.split([' ', ',', '{']).next().filter(|word| !word.is_empty());
    FrameKind::Code { language: language.map(Into::into), text: String::new(), fenced }
}

fn alignment(alignment: &pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Start,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
    }
}

#[cfg(test)]
mod tests;
