//! What a reader may see, as plain data. Nothing here knows of audiences: what is hidden was removed before.

mod learning;
pub mod walk;

pub use learning::*;

use crate::span::ByteRange;
use std::sync::Arc;

/// A language of the book, by its place in the configuration: 0 is the default language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Language(pub u8);

impl Language {
    pub const DEFAULT: Language = Language(0);
}

/// A document together with its translations, by its place in the edition's `works`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WorkId(pub u32);

/// A file other than Markdown that the edition ships, by its place in the edition's `assets`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AssetId(pub u32);

/// A reference written in a text (link, image, media), by its place in the article's `targets`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TargetId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    Page,
    Track,
    Module,
    /// The list of release updates.
    Updates,
    Update,
    /// The list of procedures.
    Procedures,
    Procedure,
    Scenarios,
    Scenario,
    /// The list of a help centre's topics.
    Faq,
    /// A page of questions with their answers.
    Topic,
}

impl Kind {
    pub const ALL: &'static [Kind] = &[
        Kind::Page,
        Kind::Track,
        Kind::Module,
        Kind::Updates,
        Kind::Update,
        Kind::Procedures,
        Kind::Procedure,
        Kind::Scenarios,
        Kind::Scenario,
        Kind::Faq,
        Kind::Topic,
    ];

    /// As front matter, commands and the names of templates write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Track => "track",
            Kind::Module => "module",
            Kind::Updates => "updates",
            Kind::Update => "update",
            Kind::Procedures => "procedures",
            Kind::Procedure => "procedure",
            Kind::Scenarios => "scenarios",
            Kind::Scenario => "scenario",
            Kind::Faq => "faq",
            Kind::Topic => "topic",
        }
    }

    /// The kind of the index page of a folder of such pages: a module's is a track.
    pub fn list(self) -> Kind {
        match self {
            Kind::Module => Kind::Track,
            Kind::Update => Kind::Updates,
            Kind::Procedure => Kind::Procedures,
            Kind::Scenario => Kind::Scenarios,
            Kind::Topic => Kind::Faq,
            other => other,
        }
    }

    /// The kind of the pages in a folder whose index page is of this kind: a track's are modules.
    pub fn member(self) -> Kind {
        match self {
            Kind::Track => Kind::Module,
            Kind::Updates => Kind::Update,
            Kind::Procedures => Kind::Procedure,
            Kind::Scenarios => Kind::Scenario,
            Kind::Faq => Kind::Topic,
            other => other,
        }
    }
}

/// What an edition shows of one document, in one language.
#[derive(Clone, Debug)]
pub struct Article {
    pub language: Language,
    /// The source file, for findings and for links that open an editor.
    pub file: Arc<str>,
    /// Plain text, for menus and the window.
    pub title: Box<str>,
    pub meta: Meta,
    /// Shared with other editions where nothing is hidden.
    pub body: Arc<[Block]>,
    /// Where each reference of the body leads in this edition.
    pub targets: Box<[Target]>,
}

impl Article {
    /// The heading of level 1 that opens the text, if one does.
    pub fn heading(&self) -> Option<&Heading> {
        match self.body.first().map(|block| &block.kind) {
            Some(BlockKind::Heading(heading)) if heading.level == 1 => Some(heading),
            _ => None,
        }
    }

    /// The text below that heading.
    pub fn text(&self) -> &[Block] {
        &self.body[usize::from(self.heading().is_some())..]
    }
}

/// What the front matter says to readers.
#[derive(Clone, Default, Debug)]
pub struct Meta {
    pub description: Option<Box<str>>,
    /// ISO 8601, `2026-11-24`.
    pub date: Option<Box<str>>,
    pub version: Option<Box<str>>,
    pub tags: Vec<Box<str>>,
    pub keywords: Vec<Box<str>>,
    /// Only in editions for the narrowest audience.
    pub owner: Option<Box<str>>,
    /// ISO 8601.
    pub reviewed: Option<Box<str>>,
    /// The day after which the next review is overdue, ISO 8601. Only in editions for the narrowest audience.
    pub review_due: Option<Box<str>>,
    pub minutes: Option<u32>,
    pub objectives: Vec<Box<str>>,
    /// Modules to study before this one.
    pub requires: Vec<WorkId>,
    /// Modules that this update changes.
    pub affects: Vec<WorkId>,
    pub significant: bool,
    pub popular: bool,
    pub draft: bool,
    /// Whether this is a translation that is behind its source.
    pub outdated: bool,
    /// Pass mark in percent.
    pub pass: Option<u8>,
    /// A template of the theme that shows this page instead of its kind's.
    pub template: Option<Box<str>>,
}

/// Where a reference leads.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// Nowhere in this edition: the text stays, the link does not.
    Nowhere,
    /// `https:`, `mailto:` or `tel:`.
    Outside(Box<str>),
    /// A place on the same page.
    Here {
        fragment: Box<str>,
    },
    /// Another page, in the language of the page the link stands on unless one is named.
    Page {
        work: WorkId,
        language: Option<Language>,
        fragment: Option<Box<str>>,
    },
    Asset(AssetId),
}

/// A block of text and the bytes of the source file it was made from.
#[derive(Clone, Debug)]
pub struct Block {
    pub at: ByteRange,
    pub kind: BlockKind,
}

/// Text, tables and code are shared where a block is copied: editions differ in few blocks and keep the others as they are.
#[derive(Clone, Debug)]
pub enum BlockKind {
    Paragraph(Arc<[Inline]>),
    /// Text of a tight list item: inlines with no paragraph of their own.
    Plain(Arc<[Inline]>),
    Heading(Box<Heading>),
    Code(Arc<Code>),
    Quote(Vec<Block>),
    List(Box<List>),
    Definitions(Vec<Definition>),
    Table(Arc<Table>),
    Rule,
    /// Raw HTML that passed the safe list, tag by tag.
    Html(Arc<[Inline]>),
    Footnote {
        label: Box<str>,
        blocks: Vec<Block>,
    },
    Callout(Box<Callout>),
    /// `:::details`
    Details {
        id: Option<Box<str>>,
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
    /// `:::steps`
    Steps(Vec<Block>),
    /// `:::tabs`
    Tabs(Vec<Tab>),
    /// `:::only NAME`, kept with its label where the reader may see it.
    Only {
        name: Box<str>,
        blocks: Vec<Block>,
    },
    Reply(Box<Reply>),
    /// `:::checklist`
    Checklist {
        id: Option<Box<str>>,
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
    /// `:::asked`: questions as customers typed them, plain text, one each; never shown.
    Asked(Vec<Box<str>>),
    Quiz(Box<Quiz>),
    Scenario(Box<Scenario>),
}

#[derive(Clone, Debug, Default)]
pub struct Heading {
    pub level: u8,
    /// Unique on the page. Empty between parsing and the moment ids are given, unless the author wrote one.
    pub id: Box<str>,
    /// Whether the author wrote the id.
    pub explicit: bool,
    pub inlines: Vec<Inline>,
    /// `.popular`: an FAQ entry for the home page.
    pub popular: bool,
    /// Other classes.
    pub classes: Vec<Box<str>>,
    /// `keywords="cash out, payout"`.
    pub keywords: Vec<Box<str>>,
    /// Other `key=value` attributes that have a meaning where the heading stands (`points`, `outcome`, `deadline`).
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

#[derive(Clone, Debug)]
pub struct Code {
    /// The first word of the info string.
    pub language: Option<Box<str>>,
    pub text: Box<str>,
}

#[derive(Clone, Debug)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug)]
pub struct Item {
    pub at: ByteRange,
    /// `[x]` or `[ ]` of a task list.
    pub checked: Option<bool>,
    pub blocks: Vec<Block>,
    /// A final `{score=2}` and the like.
    pub attributes: Vec<(Box<str>, Box<str>)>,
}

#[derive(Clone, Debug)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub meanings: Vec<Vec<Block>>,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub alignments: Vec<Alignment>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alignment {
    None,
    Start,
    Center,
    End,
}

#[derive(Clone, Debug)]
pub struct Callout {
    pub id: Option<Box<str>>,
    pub tone: Tone,
    /// Empty: the tone's own word.
    pub title: Vec<Inline>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Note,
    Tip,
    Warning,
    Danger,
}

#[derive(Clone, Debug)]
pub struct Tab {
    pub title: Vec<Inline>,
    pub blocks: Vec<Block>,
}

/// A canned reply. Its placeholders are `Inline::Slot`.
#[derive(Clone, Debug)]
pub struct Reply {
    pub id: Option<Box<str>>,
    pub title: Vec<Inline>,
    /// The id of a channel of `book.toml`.
    pub channel: Option<Box<str>>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
pub enum Inline {
    Text(Box<str>),
    Code(Box<str>),
    SoftBreak,
    HardBreak,
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikethrough(Vec<Inline>),
    Link {
        target: TargetId,
        title: Box<str>,
        inlines: Vec<Inline>,
    },
    /// `alt` is plain text.
    Image {
        target: TargetId,
        title: Box<str>,
        alt: Box<str>,
    },
    /// One raw HTML tag that passed the safe list.
    Tag(Box<Tag>),
    /// `raw-html = true`: as the author wrote it.
    Raw(Box<str>),
    FootnoteReference(Box<str>),
    /// A gap of a cloze question, counted from 0 within it.
    Blank(u32),
    /// A placeholder `{name}` in a canned reply.
    Slot(Box<str>),
}

#[derive(Clone, Debug)]
pub struct Tag {
    /// Lower case.
    pub name: Box<str>,
    pub closing: bool,
    /// Values are plain text, not yet escaped.
    pub attributes: Vec<(Box<str>, Value)>,
}

/// Whether an element of this name has no content, so that nothing closes it.
pub fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "source" | "track" | "wbr")
}

impl BlockKind {
    /// How many tags of raw HTML the block itself leaves open; below zero, how many it closes.
    pub fn open_tags(&self) -> i32 {
        let BlockKind::Html(inlines) = self else { return 0 };
        let tags = inlines.iter().filter_map(|inline| match inline {
            Inline::Tag(tag) if !is_void(&tag.name) => Some(tag),
            _ => None,
        });
        tags.map(|tag| if tag.closing { -1 } else { 1 }).sum()
    }
}

#[derive(Clone, Debug)]
pub enum Value {
    Text(Box<str>),
    /// An address (`href`, `src`, `poster`).
    Target(TargetId),
}

/// The plain text of inlines: code and alternative texts included, gaps as `___`.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

fn push_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) | Inline::Image { alt: words, .. } => text.push_str(words),
            Inline::SoftBreak | Inline::HardBreak => text.push(' '),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => push_plain(inner, text),
            Inline::Link { inlines, .. } => push_plain(inlines, text),
            Inline::Blank(_) => text.push_str("___"),
            Inline::Slot(name) => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
            Inline::Tag(_) | Inline::Raw(_) | Inline::FootnoteReference(_) => {}
        }
    }
}
