//! What stands between two lines of a container, before the container gives it a meaning.

use crate::article::{Block, Inline};
use crate::span::ByteRange;

/// `:::name rest {attributes}`, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The opening line, without what a list or a quote puts before it.
    pub at: ByteRange,
    pub name: String,
    /// What follows the name: a title or an audience.
    pub rest: String,
    pub rest_at: ByteRange,
    /// `rest` as text of the page.
    pub title: Vec<Inline>,
    pub id: Option<Box<str>>,
    pub classes: Vec<Box<str>>,
    /// `key=value`, and flags with an empty value, each with its place.
    pub attributes: Vec<Attribute>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Attribute {
    pub at: ByteRange,
    pub key: Box<str>,
    /// Empty for a flag.
    pub value: Box<str>,
}

/// A piece of a quiz's text.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Block(Block),
    Part(Part),
}

/// `Answer: …`, `Hint: …` and their like: from the word to the blank line, heading, list or next such word.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub at: ByteRange,
    pub kind: PartKind,
    /// The source after the colon, for parts that are read raw. May span lines.
    pub raw: ByteRange,
    /// The same as Markdown; empty for `Answer` and `Half`.
    pub blocks: Vec<Block>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PartKind {
    Answer,
    Half,
    Hint,
    Why,
    Rubric,
}
