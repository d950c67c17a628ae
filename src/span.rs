//! Places in source files.

use std::sync::Arc;

/// Bytes `start..end` of the file at hand. Files are held to sizes that fit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ByteRange {
    pub start: u32,
    pub end: u32,
}

impl ByteRange {
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |offset| u32::try_from(offset).expect("source files are far smaller than 4 GiB");
        ByteRange { start: fit(start), end: fit(end) }
    }

    /// Whether `other` lies inside this range, its ends included.
    pub fn contains(self, other: ByteRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text that this range covers in `source`, the file it was made from.
    pub fn of(self, source: &str) -> &str {
        &source[self.start as usize..self.end as usize]
    }

    /// The same bytes, counted from `offset` bytes earlier: for text parsed as a part of a file.
    pub fn shifted(self, offset: usize) -> Self {
        ByteRange::new(self.start as usize + offset, self.end as usize + offset)
    }
}

impl From<std::ops::Range<usize>> for ByteRange {
    fn from(range: std::ops::Range<usize>) -> Self {
        ByteRange::new(range.start, range.end)
    }
}

impl From<ByteRange> for std::ops::Range<usize> {
    fn from(range: ByteRange) -> Self {
        range.start as usize..range.end as usize
    }
}

/// A place in one file of the book.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The path below the book's folder, parts divided by `/`, as findings show it.
    pub file: Arc<str>,
    pub range: ByteRange,
}

impl Span {
    pub fn new(file: &Arc<str>, range: impl Into<ByteRange>) -> Self {
        Span { file: file.clone(), range: range.into() }
    }
}

/// Line and column, both from 1; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// Where byte `offset` of `source` stands.
    pub fn of(source: &str, offset: usize) -> Self {
        let offset = source.floor_char_boundary(offset.min(source.len()));
        let before = &source[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}
