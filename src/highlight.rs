//! Code in colours: a block becomes runs of a few classes, which a style sheet paints. Its text stays as it is.
//!
//! Every language is read in one pass over the bytes, from tables that are part of the program: nothing is loaded, so a
//! book without code pays nothing, and no text can take longer than its length allows.

mod http;
mod sql;
#[cfg(test)]
mod tests;

use crate::memo::{Key, Memo};
use hl_lite::{Kind, Lang};
use std::sync::Arc;

/// The largest block that is highlighted, in bytes. What is longer is a file to download, not code to read.
pub const LARGEST: usize = 64 * 1024;

/// What a run of code is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    Comment,
    String,
    Number,
    /// A word of the language, a tag, a selector, the header of a table.
    Keyword,
    Type,
    Function,
    /// `true`, `null`, a colour, a lifetime.
    Constant,
    /// A key, an attribute, an option of a command.
    Property,
    Variable,
}

impl Class {
    /// The name in HTML: one letter, since it stands many times on a page.
    pub fn letter(self) -> &'static str {
        match self {
            Class::Comment => "c",
            Class::String => "s",
            Class::Number => "n",
            Class::Keyword => "k",
            Class::Type => "t",
            Class::Function => "f",
            Class::Constant => "l",
            Class::Property => "p",
            Class::Variable => "v",
        }
    }
}

/// A piece of code from the end of the run before it to its own `end`, in bytes of the block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    pub end: u32,
    /// `None`: text as any other.
    pub class: Option<Class>,
}

/// Blocks highlighted before, by language and text: one block that stands in many pages, languages and editions is read once.
#[derive(Default)]
pub struct Memory(Memo<Vec<Run>>);

impl Memory {
    /// The runs of a block, from its first byte to its last; `None` where it has no colours: its language, as authors
    /// name it, is not known, or it is larger than [`LARGEST`].
    pub fn runs(&self, language: &str, text: &str) -> Option<Arc<Vec<Run>>> {
        let language = Language::named(language).filter(|_| text.len() <= LARGEST)?;
        let key = Key::of(&[language.name().as_bytes(), text.as_bytes()]);
        Some(self.0.get(key, || runs(language, text)))
    }
}

/// A language that is highlighted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Language {
    Sql,
    Http,
    Lite(Lang),
}

impl Language {
    fn named(name: &str) -> Option<Language> {
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match name {
            _ if is(&["sql", "mysql", "postgres", "postgresql", "psql", "sqlite"]) => Some(Language::Sql),
            _ if is(&["http"]) => Some(Language::Http),
            _ if is(&["jsonl", "ndjson"]) => Some(Language::Lite(Lang::Json)),
            _ if is(&["shell-session"]) => Some(Language::Lite(Lang::Bash)),
            _ => Lang::from_slug(name).map(Language::Lite),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Language::Sql => "sql",
            Language::Http => "http",
            Language::Lite(language) => language.slug(),
        }
    }
}

fn runs(language: Language, text: &str) -> Vec<Run> {
    let mut painter = Painter { text, runs: Vec::new() };
    match language {
        Language::Sql => sql::paint(&mut painter),
        Language::Http => http::paint(&mut painter),
        Language::Lite(language) => painter.lite(language, text.len()),
    }
    painter.runs.shrink_to_fit();
    painter.runs
}

/// A block while it is read from its start to its end.
struct Painter<'a> {
    text: &'a str,
    runs: Vec<Run>,
}

impl<'a> Painter<'a> {
    fn done(&self) -> usize {
        self.runs.last().map_or(0, |run| run.end as usize)
    }

    /// What is still to be read.
    fn rest(&self) -> &'a str {
        &self.text[self.done()..]
    }

    /// Makes the next `length` bytes a run, or a part of the last one. Blanks between two runs of one class are theirs.
    fn take(&mut self, length: usize, class: Option<Class>) {
        let end = (self.done() + length) as u32;
        if class.is_some() && self.gap_in(class) {
            self.runs.pop();
        }
        match self.runs.last_mut() {
            Some(last) if last.class == class => last.end = end,
            _ if length > 0 => self.runs.push(Run { end, class }),
            _ => {}
        }
    }

    /// Whether the last run is nothing but blanks behind a run of `class`.
    fn gap_in(&self, class: Option<Class>) -> bool {
        let [.., before, gap] = self.runs[..] else { return false };
        let blank = |text: &str| text.bytes().all(|byte| byte.is_ascii_whitespace());
        before.class == class && gap.class.is_none() && blank(&self.text[before.end as usize..gap.end as usize])
    }

    /// The next `length` bytes as `language`.
    fn lite(&mut self, language: Lang, length: usize) {
        let spans = hl_lite::highlight(language, &self.rest()[..length]);
        self.runs.reserve_exact(spans.len());
        for span in spans {
            self.take(span.text.len(), class_of(span.kind));
        }
    }
}

fn class_of(kind: Kind) -> Option<Class> {
    match kind {
        Kind::Comment => Some(Class::Comment),
        Kind::String => Some(Class::String),
        Kind::Number => Some(Class::Number),
        Kind::Keyword | Kind::Tag => Some(Class::Keyword),
        Kind::Type => Some(Class::Type),
        Kind::Function => Some(Class::Function),
        Kind::Constant => Some(Class::Constant),
        Kind::Property | Kind::Attribute => Some(Class::Property),
        Kind::Variable => Some(Class::Variable),
        Kind::Plain | Kind::Operator | Kind::Punctuation => None,
    }
}
