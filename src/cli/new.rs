//! `new`: a page of a kind, with what it needs. Everything it writes is a draft, so that no half of a page is published.

#![expect(clippy::disallowed_methods, reason = "this command writes an author's files, never a site")]

mod skeletons;
mod translation;

use super::args::{Format, New};
use super::{End, inside, print, report, tell, today};
use crate::address::{is_index, join, number_prefix, readable};
use crate::article::Kind;
use crate::config::EditionConfig;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::library::{Library, Memory};
use crate::pipeline::{self, Request};
use crate::source::{self, Book};
use skeletons::Blanks;
use std::fs;
use std::io;
use std::path::Path;

/// A file to write: its path below `src` and its text.
type Page = (String, String);

pub(super) fn new(options: &New) -> End {
    match write(options) {
        Ok(end) => end,
        Err(message) => End::Failed(message),
    }
}

fn write(options: &New) -> Result<End, String> {
    let book = source::open(&options.book).map_err(|error| error.to_string())?;
    let today = today(None)?;
    let wanted = Wanted::read(options, &book)?;
    let pages = match wanted.language.is_some() {
        true => vec![translated(&wanted, options, &book)?],
        false => originals(&wanted, options, &book, &today),
    };
    refuse_mistakes(&book, &pages)?;
    let mut written = String::new();
    for (path, text) in &pages {
        let shown = inside(&options.book, Path::new(&below_src(&book, path)));
        write_new(&shown, text).map_err(|error| format!("cannot write `{}`: {error}", shown.display()))?;
        written += &format!("{}\n", shown.display());
    }
    let end = print(&written, End::Fine);
    tell(&advice(&wanted, options, &book));
    Ok(end)
}

/// What is asked for: a path below `src` without language and ending.
struct Wanted {
    stem: String,
    /// A language other than the default one.
    language: Option<String>,
}

impl Wanted {
    fn read(options: &New, book: &Book) -> Result<Wanted, String> {
        let typed = options.path.strip_suffix(".md").unwrap_or(&options.path);
        let odd = |part: &str| part.starts_with('.') || part.contains('\\') || part.contains(char::is_control);
        let stem =
            join("", typed).filter(|stem| !stem.is_empty() && !typed.starts_with('/') && !stem.split('/').any(odd));
        let Some(mut stem) = stem else {
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
        if book.config.language(&language).is_none() {
            let known = book.config.languages.iter().map(|language| language.code.as_str());
            return Err(format!("the book has no language `{language}`; {}", did_you_mean(&language, known)));
        }
        let name = stem.rsplit('/').next().unwrap_or_default();
        if is_list(options.kind) && !is_index(name) {
            stem += "/index";
        }
        Ok(Wanted { stem, language: Some(language).filter(|language| language != default) })
    }

    fn folder(&self) -> &str {
        self.stem.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The folder for a folder's first page, else the file.
    fn typed(&self) -> &str {
        self.stem.strip_suffix("/index").unwrap_or(&self.stem)
    }
}

/// Whether pages of this kind are the first pages of folders.
fn is_list(kind: Kind) -> bool {
    kind.member() != kind
}

fn below_src(book: &Book, path: &str) -> String {
    if book.config.src.is_empty() { path.to_owned() } else { format!("{}/{path}", book.config.src) }
}

/// The translation of a page that is there.
fn translated(wanted: &Wanted, options: &New, book: &Book) -> Result<Page, String> {
    let default = &book.config.languages[0].code;
    let names = [format!("{}.md", wanted.stem), format!("{}.{default}.md", wanted.stem)];
    let Some(source) = book.sources.markdown.iter().find(|file| names.iter().any(|name| *name == *file.path)) else {
        return Err(format!(
            "there is no `{}` to translate; write it first: `deskbook new {} {}`",
            below_src(book, &names[0]),
            options.kind.name(),
            typed(wanted.typed())
        ));
    };
    let language = wanted.language.as_deref().unwrap_or(default);
    let source = source.text().map_err(|finding| format!("`{}`: {}", below_src(book, &names[0]), finding.message))?;
    let text = translation::of(&source, options.title.as_deref());
    Ok((format!("{}.{language}.md", wanted.stem), text))
}

/// The page itself, below the index page of its folder where that is missing.
fn originals(wanted: &Wanted, options: &New, book: &Book, today: &str) -> Vec<Page> {
    let language = &book.config.languages[0].code;
    let channel = book.config.channels.first().map(|channel| channel.id.as_str());
    let page = |kind: Kind, stem: &str, title: &str, more: String| -> Page {
        (format!("{stem}.md"), skeletons::page(kind, language, &Blanks { title, today, channel, more }))
    };
    let folder = wanted.folder();
    let needs_index = needs_index(options.kind, folder, book);
    let mut pages = Vec::new();
    if needs_index {
        let kind = options.kind.list();
        pages.push(page(kind, &format!("{folder}/index"), &title_of(folder), settings(kind, folder, book)));
    }
    let title = options.title.clone().filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| title_of(wanted.typed()));
    let more = match needs_index {
        true => String::new(),
        false => settings(options.kind, folder, book),
    };
    pages.push(page(options.kind, &wanted.stem, &title, more));
    pages
}

fn title_of(path: &str) -> String {
    readable(number_prefix(path.rsplit('/').next().unwrap_or(path)).1)
}

/// Whether a page of this kind wants an index page that its folder does not have.
fn needs_index(kind: Kind, folder: &str, book: &Book) -> bool {
    let has_own = index_of(folder, book).is_some();
    kind.list() != kind && !folder.is_empty() && !has_own && kind_inside(folder, book) != Some(kind.list())
}

/// The lines of front matter by which a page is of its kind, and for whom. What its folder says already is left out.
fn settings(kind: Kind, folder: &str, book: &Book) -> String {
    let outer = if is_list(kind) { above(folder) } else { Some(folder) };
    let implied = outer.and_then(|folder| kind_inside(folder, book)).map_or(Kind::Page, Kind::member);
    let mut lines = if implied == kind { String::new() } else { format!("kind: {}\n", kind.name()) };
    let is_marked = folders(folder).any(|folder| index_of(folder, book).is_some());
    if kind == Kind::Faq && book.config.audiences.names.len() > 1 && !is_marked {
        lines += &format!("audience: {}\n", book.config.audiences.names[0]);
    }
    lines
}

/// A folder and those above it, without the book's own.
fn folders(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder).filter(|folder| !folder.is_empty()), |folder| above(folder))
}

fn above(folder: &str) -> Option<&str> {
    folder.rsplit_once('/').map(|(above, _)| above)
}

/// The path of a folder's index page, as findings show it.
fn index_of(folder: &str, book: &Book) -> Option<String> {
    let is_index = |path: &str| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".md")?;
        is_index(name).then_some(())
    };
    let index = book.sources.markdown.iter().find(|file| is_index(&file.path).is_some())?;
    Some(index.shown.to_string())
}

/// The kind of the index page that the pages of a folder follow.
fn kind_inside(folder: &str, book: &Book) -> Option<Kind> {
    let index = folders(folder).find_map(|folder| index_of(folder, book))?;
    let (library, _) = Library::load(book, &Memory::default());
    let everything = EditionConfig { audience: book.config.audiences.narrowest(), ..book.config.editions[0].clone() };
    let (edition, _) = library.edition(&everything, true);
    let shows = |file: &str| file == index;
    let work = edition.works.iter().find(|work| work.articles.iter().flatten().any(|article| shows(&article.file)))?;
    Some(work.kind)
}

/// Refuses pages that are there already, could not be read, or would bring errors into the book.
fn refuse_mistakes(book: &Book, pages: &[Page]) -> Result<(), String> {
    for (path, _) in pages {
        let shown = below_src(book, path);
        if book.sources.markdown.iter().any(|file| *file.path == *path) {
            return Err(format!("`{shown}` is already there"));
        }
        if !book.reads(path) {
            return Err(format!("`{shown}` would be no part of the book; name another folder"));
        }
    }
    let request = Request { drafts: true, ..Request::default() };
    let memory = Memory::default();
    let before = pipeline::check(book, &request, &memory);
    let whole = pages.iter().fold(book.clone(), |book, (path, text)| book.with(path, text));
    let mut errors: Vec<Diagnostic> = pipeline::check(&whole, &request, &memory);
    errors.retain(|finding| finding.severity == Severity::Error && !before.contains(finding));
    if pipeline::misconfigured(&before) || errors.is_empty() {
        return if errors.is_empty() {
            Ok(())
        } else {
            Err("the configuration has errors; see `deskbook check`".into())
        };
    }
    tell(&report::report(&errors, Format::Human, Path::new("."), &|file| whole.text(file)));
    Err(format!("`{}` would break the book, so nothing was written", below_src(book, &pages[pages.len() - 1].0)))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}

/// What to do next.
fn advice(wanted: &Wanted, options: &New, book: &Book) -> String {
    if wanted.language.is_some() {
        return "a draft in the words of its source: translate them, then remove `draft: true`\n".to_owned();
    }
    let (kind, list) = (options.kind, options.kind.list());
    let mut lines = "a draft: `deskbook build --drafts` shows it; remove `draft: true` once it is ready\n".to_owned();
    if book.sources.markdown.iter().any(|file| &*file.path == "SUMMARY.md") {
        lines += &format!("list it in `SUMMARY.md`: `- [{}](<{}.md>)`\n", title_of(wanted.typed()), wanted.stem);
    }
    if kind != list && wanted.folder().is_empty() {
        lines += &format!(
            "it stands in no folder of kind `{list}`: `deskbook new {list} NAME` makes one\n",
            list = list.name()
        );
    }
    if let Some(around) = kind_inside(wanted.folder(), book)
        .filter(|around| kind != Kind::Page && !is_list(kind) && around.member() != kind)
    {
        let (folder, around) = (wanted.folder(), around.name());
        lines += &format!("`{folder}` is of kind `{around}`, where a {} is a guest\n", kind.name());
    }
    if let Some(other) = book.config.languages.get(1) {
        let command = format!("deskbook new {} {} --language {}", kind.name(), typed(wanted.typed()), other.code);
        let book = if options.book == Path::new(".") {
            String::new()
        } else {
            format!(" --book {}", typed(&options.book.to_string_lossy()))
        };
        lines += &format!("its translation: `{command}{book}`\n");
    }
    lines
}

/// A word as a shell takes it for one.
fn typed(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
