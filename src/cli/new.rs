//! `new`: a page of a kind, with what it needs. Everything it writes is a draft, so that no half of a page is published.

#![expect(clippy::disallowed_methods, reason = "this command writes an author's files, never a site")]

mod folders;
mod skeletons;
mod translation;

use super::args::{Format, New};
use super::{End, inside, print, report, tell, today};
use crate::address::{is_index, join, number_prefix, readable};
use crate::article::Kind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, Memory, Request};
use crate::source::{self, Book};
use folders::{is_list, kind_inside, needs_index, settings};
use skeletons::Blanks;
use std::fs;
use std::io;
use std::path::Path;

/// A file to write: its path below `src` and its text.
type Page = (String, String);

pub(super) fn new(options: &New) -> End {
    let book = match source::open(&options.book) {
        Ok(book) => book,
        Err(error) => return End::Failed(error.to_string()),
    };
    match Wanted::read(options, &book).and_then(|wanted| write(&wanted)) {
        Ok(end) => end,
        Err(message) => End::Failed(message),
    }
}

fn write(wanted: &Wanted) -> Result<End, String> {
    let pages = match wanted.language.is_some() {
        true => vec![translated(wanted)?],
        false => originals(wanted, &today(None)?),
    };
    refuse_mistakes(wanted, &pages)?;
    let mut written = String::new();
    for (path, text) in &pages {
        let shown = inside(wanted.root, Path::new(&wanted.shown(path)));
        write_new(&shown, text).map_err(|error| format!("cannot write `{}`: {error}", shown.display()))?;
        written += &format!("{}\n", shown.display());
    }
    let end = print(&written, End::Fine);
    tell(&advice(wanted));
    Ok(end)
}

/// What is asked for, as it is meant.
struct Wanted<'a> {
    book: &'a Book,
    /// The book's folder, as it was typed.
    root: &'a Path,
    kind: Kind,
    title: Option<&'a str>,
    /// A path below `src` without language and ending.
    stem: String,
    /// A language other than the default one.
    language: Option<String>,
    memory: Memory,
}

impl<'a> Wanted<'a> {
    fn read(options: &'a New, book: &'a Book) -> Result<Wanted<'a>, String> {
        let Some(mut stem) = plain(options.path.strip_suffix(".md").unwrap_or(&options.path)) else {
            return Err(format!(
                "`{}` is no place for a page; name a file below the text of the book: `faq/refunds`",
                options.path
            ));
        };
        let default = book.config.languages[0].code.as_str();
        let suffix = stem.rsplit_once('.').map(|(_, suffix)| suffix.to_owned());
        let suffix = suffix.filter(|suffix| book.config.language(suffix).is_some());
        if let Some(suffix) = &suffix {
            stem.truncate(stem.len() - suffix.len() - 1);
        }
        let language = options.language.clone().or(suffix).unwrap_or_else(|| default.to_owned());
        super::language(&book.config, &language)?;
        if is_list(options.kind) && !is_index(last(&stem)) {
            stem += "/index";
        }
        Ok(Wanted {
            book,
            root: &options.book,
            kind: options.kind,
            title: options.title.as_deref().filter(|title| !title.trim().is_empty()),
            stem,
            language: Some(language).filter(|language| language != default),
            memory: Memory::default(),
        })
    }

    fn folder(&self) -> &str {
        self.stem.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The folder for a folder's first page, else the file.
    fn name(&self) -> &str {
        self.stem.strip_suffix("/index").unwrap_or(&self.stem)
    }

    fn title(&self) -> String {
        self.title.map_or_else(|| title_of(self.name()), str::to_owned)
    }

    /// The path that findings show for one below `src`.
    fn shown(&self, path: &str) -> String {
        match &*self.book.config.src {
            "" => path.to_owned(),
            src => format!("{src}/{path}"),
        }
    }

    /// The command that would write this page, in the default language.
    fn command(&self) -> String {
        format!("deskbook new {} {}", self.kind.name(), typed(self.name()))
    }
}

/// A path that stays below the text and names nothing hidden.
fn plain(path: &str) -> Option<String> {
    let odd = |part: &str| part.starts_with('.') || part.contains('\\') || part.contains(char::is_control);
    let plain = join("", path).filter(|_| !path.starts_with('/'))?;
    (!plain.is_empty() && !plain.split('/').any(odd)).then_some(plain)
}

/// The title of a page that has none of its own.
fn title_of(path: &str) -> String {
    readable(number_prefix(last(path)).1)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The translation of a page that is there.
fn translated(wanted: &Wanted) -> Result<Page, String> {
    let default = &wanted.book.config.languages[0].code;
    let names = [format!("{}.md", wanted.stem), format!("{}.{default}.md", wanted.stem)];
    let mut files = wanted.book.sources.markdown.iter();
    let Some(source) = files.find(|file| names.iter().any(|name| *name == *file.path)) else {
        let (shown, command) = (wanted.shown(&names[0]), wanted.command());
        return Err(format!("there is no `{shown}` to translate; write it first: `{command}`"));
    };
    let language = wanted.language.as_deref().unwrap_or(default);
    let source = source.text().map_err(|finding| format!("`{}`: {}", wanted.shown(&names[0]), finding.message))?;
    Ok((format!("{}.{language}.md", wanted.stem), translation::of(&source, wanted.title)))
}

/// The page itself, behind the index page of its folder where that is missing.
fn originals(wanted: &Wanted, today: &str) -> Vec<Page> {
    let config = &wanted.book.config;
    let channel = config.channels.first().map(|channel| channel.id.as_str());
    let page = |kind, stem: &str, title: &str, more| -> Page {
        let blanks = Blanks { title, today, channel, more };
        (format!("{stem}.md"), skeletons::page(kind, &config.languages[0].code, &blanks))
    };
    let folder = wanted.folder();
    let title = &wanted.title();
    if !needs_index(wanted) {
        return vec![page(wanted.kind, &wanted.stem, title, settings(wanted, wanted.kind))];
    }
    let list = wanted.kind.list();
    let index = page(list, &format!("{folder}/index"), &title_of(folder), settings(wanted, list));
    vec![index, page(wanted.kind, &wanted.stem, title, String::new())]
}

/// Refuses pages that are there already, could not be read, or would bring errors into the book.
fn refuse_mistakes(wanted: &Wanted, pages: &[Page]) -> Result<(), String> {
    let book = wanted.book;
    for (path, _) in pages {
        if book.sources.markdown.iter().any(|file| *file.path == *path) {
            return Err(format!("`{}` is already there", wanted.shown(path)));
        }
        if !book.reads(path) {
            return Err(format!("`{}` would be no part of the book; name another folder", wanted.shown(path)));
        }
    }
    let request = Request { drafts: true, ..Request::default() };
    let before = pipeline::check(book, &request, &wanted.memory);
    let whole = pages.iter().fold(book.clone(), |book, (path, text)| book.with(path, text));
    let mut errors: Vec<Diagnostic> = pipeline::check(&whole, &request, &wanted.memory);
    errors.retain(|finding| finding.severity == Severity::Error && !before.contains(finding));
    if errors.is_empty() {
        return Ok(());
    }
    tell(&report::report(&errors, Format::Human, wanted.root, &|file| whole.text(file)));
    let paths: Vec<String> = pages.iter().map(|(path, _)| format!("`{}`", wanted.shown(path))).collect();
    Err(format!("{} would break the book, so nothing was written", paths.join(" and ")))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// What to do next, a line each.
fn advice(wanted: &Wanted) -> String {
    if wanted.language.is_some() {
        return "a draft in the words of its source: translate them, then remove `draft: true`\n".to_owned();
    }
    let mut lines =
        vec!["a draft: `deskbook build --drafts` shows it; remove `draft: true` once it is ready".to_owned()];
    if wanted.book.sources.markdown.iter().any(|file| &*file.path == "SUMMARY.md") {
        lines.push(format!("list it in `SUMMARY.md`: `- [{}](<{}.md>)`", wanted.title(), wanted.stem));
    }
    lines.extend(misplaced(wanted));
    if let Some(other) = wanted.book.config.languages.get(1) {
        let elsewhere = Some(wanted.root).filter(|root| *root != Path::new("."));
        let book = elsewhere.map_or(String::new(), |root| format!(" --book {}", typed(&root.to_string_lossy())));
        lines.push(format!("its translation: `{} --language {}{book}`", wanted.command(), other.code));
    }
    lines.join("\n") + "\n"
}

/// That a page stands in a folder of another kind, or in none.
fn misplaced(wanted: &Wanted) -> Option<String> {
    let (kind, list) = (wanted.kind.name(), wanted.kind.list());
    if list == wanted.kind {
        return None;
    }
    if wanted.folder().is_empty() {
        let list = list.name();
        return Some(format!("it stands in no folder of kind `{list}`: `deskbook new {list} NAME` makes one"));
    }
    let around = kind_inside(wanted, wanted.folder()).filter(|around| *around != list)?;
    Some(format!("`{}` is of kind `{}`, where a {kind} is a guest", wanted.folder(), around.name()))
}

/// A word as a shell takes it for one.
fn typed(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
