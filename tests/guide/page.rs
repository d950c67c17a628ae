//! Pages of the guide, as far as the tests look at them: sections, blocks of code, first cells of tables.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

/// A file of the guide.
pub struct Page {
    /// Below `docs/content`.
    pub path: String,
    pub file: PathBuf,
    pub text: String,
    /// In order; the first has no heading.
    pub sections: Vec<Section>,
}

/// What stands between two headings.
#[derive(Default, Debug)]
pub struct Section {
    /// `{#id}` of the heading.
    pub id: Option<String>,
    pub blocks: Vec<Block>,
    pub rows: Vec<Row>,
    /// Code within lines.
    pub codes: Vec<String>,
}

/// A row of a table, other than its head.
#[derive(Default, Debug)]
pub struct Row {
    /// The code in its first cell.
    pub names: Vec<String>,
    pub cells: Vec<String>,
}

/// A fenced block of code.
#[derive(Clone, Debug)]
pub struct Block {
    pub language: String,
    /// The file that the block is: the path above it, alone on its line and followed by a colon.
    pub name: Option<String>,
    /// Whether the line above says `saved as Windows-1252`.
    pub foreign: bool,
    pub text: String,
    /// Where the text stands in the page.
    pub at: Range<usize>,
}

impl Page {
    pub fn section(&self, id: &str) -> &Section {
        let found = self.sections.iter().find(|section| section.id.as_deref() == Some(id));
        found.unwrap_or_else(|| panic!("{} has no section `{{#{id}}}`", self.path))
    }

    /// The value of a key of the front matter.
    pub fn front(&self, key: &str) -> Option<&str> {
        let front = self.text.strip_prefix("---\n")?.split_once("\n---\n")?.0;
        let value = front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
        Some(value.trim_matches('"'))
    }
}

/// Every page of the guide, by path.
pub fn all() -> Vec<Page> {
    let root = super::docs().join("content");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("it is read"));
    let markdown = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"));
    markdown
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).expect("it lies below").to_string_lossy().into_owned();
            let text = fs::read_to_string(entry.path()).expect("a page is text");
            Page { path, file: entry.path().to_owned(), sections: sections(&text), text }
        })
        .collect()
}

pub fn one(path: &str) -> Page {
    all().into_iter().find(|page| page.path == path).unwrap_or_else(|| panic!("the guide has no page `{path}`"))
}

fn sections(text: &str) -> Vec<Section> {
    let start = text.strip_prefix("---\n").and_then(|rest| Some(4 + rest.find("\n---\n")? + 5)).unwrap_or(0);
    let mut reader = Reader { sections: vec![Section::default()], ..Reader::default() };
    let options = Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        reader.event(event, start + range.start..start + range.end);
    }
    reader.sections
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    /// The text of the heading, the paragraph or the cell that is being read, and the code in it.
    text: String,
    codes: Vec<String>,
    /// The paragraph just before: its text and its code.
    before: Option<(String, Vec<String>)>,
    block: Option<Block>,
    row: Row,
}

impl Reader {
    fn section(&mut self) -> &mut Section {
        self.sections.last_mut().expect("there is always one")
    }

    fn event(&mut self, event: Event, at: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::TableCell) => self.begin(),
            Event::End(TagEnd::Heading(_)) => {
                let text = std::mem::take(&mut self.text);
                let id = text.split_once("{#").and_then(|(_, rest)| Some(rest.split([' ', '}']).next()?.to_owned()));
                self.sections.push(Section { id, ..Section::default() });
                self.before = None;
            }
            Event::End(TagEnd::Paragraph) => {
                self.before = Some((std::mem::take(&mut self.text), std::mem::take(&mut self.codes)));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => self.row = Row::default(),
            Event::End(TagEnd::TableCell) => {
                let codes = std::mem::take(&mut self.codes);
                if self.row.cells.is_empty() {
                    self.row.names = codes;
                }
                self.row.cells.push(std::mem::take(&mut self.text));
            }
            Event::End(TagEnd::TableRow) => {
                let row = std::mem::take(&mut self.row);
                self.section().rows.push(row);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => self.begin_block(&info),
            Event::End(TagEnd::CodeBlock) => {
                let block = self.block.take();
                self.section().blocks.extend(block);
                self.before = None;
            }
            Event::Text(words) => match &mut self.block {
                Some(block) => {
                    block.at = if block.text.is_empty() { at } else { block.at.start..at.end };
                    block.text.push_str(&words);
                }
                None => self.text.push_str(&words),
            },
            Event::Code(code) => {
                self.text.push_str(&code);
                self.codes.push(code.to_string());
                self.section().codes.push(code.to_string());
            }
            Event::SoftBreak => self.text.push(' '),
            Event::Start(_) => self.before = None,
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.text.clear();
        self.codes.clear();
        self.before = None;
    }

    fn begin_block(&mut self, info: &str) {
        let (text, codes) = self.before.take().unwrap_or_default();
        let foreign = format!("{}, saved as Windows-1252:", codes.first().map_or("", String::as_str));
        let is_label = codes.len() == 1 && (text == format!("{}:", codes[0]) || text == foreign);
        self.block = Some(Block {
            language: info.to_owned(),
            name: codes.first().filter(|_| is_label).cloned(),
            foreign: is_label && text == foreign,
            text: String::new(),
            at: 0..0,
        });
    }
}
