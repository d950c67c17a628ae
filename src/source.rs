//! The outside comes in: a book's configuration and its theme are read at once, all other files are known by name and
//! read when they are needed: texts when they are parsed or shown in a finding, assets when they are published.

#![expect(clippy::disallowed_methods, reason = "this is the room where files are read")]

mod lists;
mod names;
mod place;

use crate::address;
use crate::config::{self, Config, SearchTest, SynonymGroup};
use crate::diagnostic::{Code, Diagnostic, Severity};
use lists::Lists;
use place::{Listed, Place, is_open, slashed};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A Markdown file over this many bytes is a finding: no page is that long, and memory stays bounded.
const LARGEST_TEXT: u64 = 2 << 20;

const CONFIG: &str = "book.toml";
const THEMES: &str = "themes";
/// Folders that are no part of a book whose text lies beside them.
const BESIDE: &[&str] = &[THEMES, "node_modules", "target"];

/// A whole book before anything is understood of it.
#[derive(Clone, Debug)]
pub struct Book {
    /// The absolute path of the book's folder; `None` for one in memory.
    root: Option<PathBuf>,
    pub config: Config,
    /// Whether there is a `book.toml`.
    pub configured: bool,
    pub sources: Sources,
    /// Text files below `themes/`, by path below it, sorted.
    pub theme_files: Vec<(String, Arc<str>)>,
    /// From the file that `[search] synonyms` names.
    pub synonyms: Vec<SynonymGroup>,
    /// From the file that `[search] tests` names.
    pub searches: Vec<SearchTest>,
    /// The texts of these two files by path below the book's folder, for findings.
    lists: Vec<(Arc<str>, Arc<str>)>,
    /// The text of `book.toml`, for findings.
    pub config_text: Arc<str>,
    pub findings: Vec<Diagnostic>,
}

impl Book {
    /// Whether a Markdown file at `path` below `src` would be read: it is not behind a link, nor beside the text.
    pub fn reads(&self, path: &str) -> bool {
        let shown = [self.config.src.as_str(), path].join("/");
        let shown = shown.trim_start_matches('/');
        let beside = skipped(&self.config).iter().any(|folder| below(shown, folder).is_some());
        let folders = Path::new(shown).ancestors().filter(|folder| !folder.as_os_str().is_empty());
        let is_open = |root: &PathBuf| folders.map(|folder| root.join(folder)).all(|folder| is_open(&folder));
        !beside && self.root.as_ref().is_none_or(is_open)
    }

    /// The book as it would be with one more file of Markdown, at `path` below `src`.
    pub fn with(mut self, path: &str, text: &str) -> Book {
        let shown = if self.config.src.is_empty() { path.to_owned() } else { format!("{}/{path}", self.config.src) };
        let file =
            MarkdownFile { path: path.into(), shown: shown.into(), origin: Origin::Memory(text.as_bytes().into()) };
        let place = self.sources.markdown.partition_point(|other| other.path < file.path);
        self.sources.markdown.insert(place, file);
        self
    }

    /// The text of the file that a finding names, as it is now.
    pub fn text(&self, shown: &str) -> Option<Arc<str>> {
        if shown == CONFIG {
            return Some(self.config_text.clone());
        }
        let theme = shown.strip_prefix("themes/").and_then(|path| {
            let index = self.theme_files.binary_search_by(|(name, _)| name.as_str().cmp(path)).ok()?;
            Some(self.theme_files[index].1.clone())
        });
        let markdown = || {
            let file = self.sources.markdown.iter().find(|file| *file.shown == *shown)?;
            file.text().ok().map(Arc::from)
        };
        let list = || Some(self.lists.iter().find(|(name, _)| **name == *shown)?.1.clone());
        markdown().or(theme).or_else(list)
    }
}

/// All files of a book below its `src`, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub markdown: Vec<MarkdownFile>,
    pub assets: Vec<AssetFile>,
}

#[derive(Clone, Debug)]
pub struct MarkdownFile {
    /// Below `src`, parts divided by `/`: `faq/payments.ru.md`.
    pub path: Arc<str>,
    /// Below the book's folder, as findings show it: `content/faq/payments.ru.md`.
    pub shown: Arc<str>,
    origin: Origin,
}

impl MarkdownFile {
    /// The text, read anew: a book keeps none. Without one, the finding that says why.
    pub fn text(&self) -> Result<String, Diagnostic> {
        read_text(&self.shown, &self.origin)
    }
}

#[derive(Clone, Debug)]
pub struct AssetFile {
    /// Below `src`.
    pub path: Arc<str>,
    pub origin: Origin,
}

/// Where the bytes of a file are; they are read when they are needed.
#[derive(Clone, Debug)]
pub enum Origin {
    Disk(PathBuf),
    Memory(Arc<[u8]>),
    /// There are none to be had: this is why.
    Unfit(&'static str),
}

impl Origin {
    /// The bytes. Errors are the disk's.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        match self {
            Origin::Disk(path) => std::fs::read(path),
            Origin::Memory(bytes) => Ok(bytes.to_vec()),
            Origin::Unfit(reason) => Err(io::Error::other(*reason)),
        }
    }

    /// How many bytes there are. Errors are the disk's.
    pub fn size(&self) -> io::Result<u64> {
        match self {
            Origin::Disk(path) => Ok(std::fs::metadata(path)?.len()),
            Origin::Memory(bytes) => Ok(bytes.len() as u64),
            Origin::Unfit(reason) => Err(io::Error::other(*reason)),
        }
    }
}

/// Why a path is no book. Each says what to name instead.
#[derive(Debug)]
pub enum NoBook {
    Missing(PathBuf),
    File(PathBuf),
    /// The text of the book in the folder `of`. Taken for a book of its own, it would be open to everybody.
    Part {
        path: PathBuf,
        of: PathBuf,
    },
    Unreadable(PathBuf, io::Error),
}

impl std::fmt::Display for NoBook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoBook::Missing(path) => {
                let path = path.display();
                write!(f, "there is no folder `{path}`; name the folder of a book, or make one: `deskbook init {path}`")
            }
            NoBook::File(path) => {
                write!(f, "`{}` is a file, and a book is a folder; name the one with `book.toml`", path.display())
            }
            NoBook::Part { path, of } => {
                let (path, of) = (path.display(), of.display());
                write!(
                    f,
                    "`{path}` is a part of the book in `{of}`; name that folder, whose `book.toml` says who may read what"
                )
            }
            NoBook::Unreadable(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
        }
    }
}

/// Reads the book in folder `root`.
pub fn open(root: &Path) -> Result<Book, NoBook> {
    let absolute = root.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => NoBook::Missing(root.to_owned()),
        _ => NoBook::Unreadable(root.to_owned(), error),
    })?;
    if !absolute.is_dir() {
        return Err(NoBook::File(root.to_owned()));
    }
    if let Some(of) = book_around(&absolute) {
        return Err(NoBook::Part { path: root.to_owned(), of });
    }
    let name = absolute.file_name().map_or_else(|| "Book".into(), |name| name.to_string_lossy().into_owned());
    Ok(assemble(&name, &Place::Disk(absolute)))
}

/// The book whose text a folder without a `book.toml` of its own belongs to.
fn book_around(folder: &Path) -> Option<PathBuf> {
    let nearest = folder.ancestors().find(|above| above.join(CONFIG).is_file()).filter(|above| *above != folder)?;
    let (config, _) = configuration("", &Place::Disk(nearest.to_owned()));
    folder.starts_with(nearest.join(&config.src)).then(|| nearest.to_owned())
}

/// Whether a build folder lies apart from a book in folder `root`: neither is its text or its theme inside of it, nor it
/// inside of them. What does not exist yet lies where its nearest folder that exists does.
pub fn is_apart(root: &Path, config: &Config, build_folder: &Path) -> bool {
    let (root, target) = (real(root), real(build_folder));
    let own = [&config.src, THEMES].map(|folder| root.join(folder));
    let holds = |folder: &PathBuf| *folder != root && target.starts_with(folder);
    target != root && !own.iter().any(|folder| holds(folder) || folder.starts_with(&target))
}

/// The absolute path without links and `..`, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, known)) = known else { return absolute };
    known.join(absolute.strip_prefix(above).unwrap_or(Path::new("")))
}

/// The text of a file that the command line names. Errors are the disk's; what is not UTF-8 is one.
pub fn named_file(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
}

/// A book of files in memory, by path below the book's folder.
pub fn from_memory(files: &[(&str, &[u8])]) -> Book {
    let mut files: Vec<(String, Origin)> =
        files.iter().map(|(path, bytes)| (path.to_string(), Origin::Memory(Arc::from(*bytes)))).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assemble("Book", &Place::Memory(files))
}

/// Reads the configuration, and with it the text, the assets and the theme.
fn assemble(name: &str, place: &Place) -> Book {
    let (config, read) = configuration(name, place);
    let Configuration { configured, text: config_text, mut findings } = read;
    let has_text = place.has_folder(&config.src);
    let mut listed = if has_text { place.list(&config.src, &skipped(&config)) } else { Listed::default() };
    findings.append(&mut listed.findings);
    let sources = sort_out(&config, listed, &mut findings);
    if has_text && sources.markdown.is_empty() {
        findings.push(no_text(&config));
    }
    let theme_files = theme_files(place, &mut findings);
    let mut lists = Lists { place, config: &config, texts: Vec::new(), findings };
    let synonyms = lists.read(config.synonyms.as_ref(), config::synonyms::parse);
    let searches = lists.read(config.search_tests.as_ref(), config::searches::parse);
    let Lists { texts: lists, findings, .. } = lists;
    let root = match place {
        Place::Disk(root) => Some(root.clone()),
        Place::Memory(_) => None,
    };
    Book { root, configured, config, sources, theme_files, synonyms, searches, lists, config_text, findings }
}

/// Folders that are no part of the text, by path below the book's.
fn skipped(config: &Config) -> Vec<String> {
    let beside = if config.src.is_empty() { BESIDE } else { &[] };
    let build_dir = slashed(&config.build_dir).filter(|folder| !folder.is_empty());
    beside.iter().map(|folder| folder.to_string()).chain(build_dir).collect()
}

/// How the configuration was read.
struct Configuration {
    /// Whether there is a `book.toml`.
    configured: bool,
    text: Arc<str>,
    findings: Vec<Diagnostic>,
}

/// The configuration of the book at `place`, with the folder of its text found.
fn configuration(name: &str, place: &Place) -> (Config, Configuration) {
    let mut read = Configuration { configured: false, text: Arc::from(""), findings: Vec::new() };
    let mut config = config::default_for(name);
    if let Some(origin) = place.file(CONFIG) {
        let file: Arc<str> = Arc::from(CONFIG);
        read.configured = true;
        let text = read_text(&file, &origin).unwrap_or_else(|finding| {
            read.findings.push(Diagnostic { code: Code::BadConfig, ..finding });
            String::new()
        });
        read.text = text.into();
        let (parsed, findings) = config::parse(&file, &read.text);
        config = parsed;
        read.findings.extend(findings);
    }
    read.findings.extend(choose_src(&mut config, place));
    (config, read)
}

fn no_text(config: &Config) -> Diagnostic {
    let folder = if config.src.is_empty() { "this folder" } else { &format!("`{}`", config.src) };
    Diagnostic::of_book(Code::BadConfig, format!("there is no Markdown in {folder}"))
        .hint("put a file there whose name ends in `.md`, or name another folder")
}

/// An mdBook keeps its text in `src`: that works too where `content` is missing.
fn choose_src(config: &mut Config, place: &Place) -> Option<Diagnostic> {
    if place.has_folder(&config.src) {
        return None;
    }
    if !config.src_given && place.file(&config.src).is_none() && place.has_folder("src") {
        config.src = "src".into();
        return None;
    }
    let missing = format!("there is no folder `{}`", config.src);
    Some(
        Diagnostic::of_book(Code::BadConfig, missing)
            .hint("put the Markdown there, or name its folder in `[book] src`"),
    )
}

/// Markdown under another ending.
const MISNAMED: &str = "this file is no page, for its name does not end in `.md`: rename it";

/// Divides the files of the text into Markdown and assets.
fn sort_out(config: &Config, listed: Listed, findings: &mut Vec<Diagnostic>) -> Sources {
    let mut sources = Sources::default();
    let divides = config.audiences.names.len() > 1;
    let content = |shown: &str| below(shown, &config.src).filter(|path| is_content(path, config)).map(Arc::<str>::from);
    for (shown, origin) in listed.files {
        let Some(path) = content(&shown) else { continue };
        let origin = address::unfit(&path).map_or(origin, Origin::Unfit);
        let origin = match (names::markdown(&path), origin) {
            (Some(plain), Origin::Disk(_) | Origin::Memory(_)) if plain != *path => Origin::Unfit(MISNAMED),
            (_, origin) => origin,
        };
        match (names::markdown(&path), origin) {
            // where only one audience reads, nothing is lost by leaving it out
            (Some(_), Origin::Unfit(reason)) if !divides => findings.push(unfit(&shown, reason)),
            // else nobody knows who may see it, its translations and its folder
            (Some(plain), origin) => {
                sources.markdown.push(MarkdownFile { path: plain.into(), shown: shown.into(), origin });
            }
            (None, Origin::Unfit(reason)) => findings.push(unfit(&shown, reason)),
            (None, origin) => sources.assets.push(AssetFile { path, origin }),
        }
    }
    sources.markdown.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// A file that no page can show. Nothing depends on it, so this is a warning; a page that needs it has an error of its own.
fn unfit(shown: &str, reason: &'static str) -> Diagnostic {
    let (message, hint) = reason.split_once(": ").unwrap_or((reason, "rename it"));
    Diagnostic::at(&Arc::from(shown), 0..0, Code::BadFile, message).severity(Severity::Warning).hint(hint)
}

fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    match folder {
        "" => Some(path),
        folder => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

fn is_content(path: &str, config: &Config) -> bool {
    let is_config = config.src.is_empty() && path == CONFIG;
    let is_data =
        [&config.synonyms, &config.search_tests].iter().any(|data| data.as_ref().is_some_and(|data| data.text == path));
    !is_config && !is_data
}

/// The text of a file, or the finding that says why there is none.
fn read_text(shown: &Arc<str>, origin: &Origin) -> Result<String, Diagnostic> {
    if let Origin::Unfit(reason) = origin {
        return Err(unfit(shown, reason).severity(Severity::Error));
    }
    let finding = |message: String| Diagnostic::at(shown, 0..0, Code::BadFile, message);
    let unreadable = |error: io::Error| finding(format!("cannot read this file: {error}"));
    let size = origin.size().map_err(unreadable)?;
    if size > LARGEST_TEXT {
        let message =
            format!("this file has {} KiB, more than the {} a page may have", size.div_ceil(1024), LARGEST_TEXT >> 10);
        return Err(finding(message).hint("divide it into several pages"));
    }
    let bytes = plain_breaks(origin.bytes().map_err(unreadable)?);
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        finding(format!("line {line} of this file is not UTF-8")).hint("save it as UTF-8 in your editor")
    })
}

/// A return that no line feed follows ends a line for Markdown and for editors: as a line feed it does so for all who read
/// the text line by line. No byte moves.
fn plain_breaks(mut bytes: Vec<u8>) -> Vec<u8> {
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
    bytes
}

fn theme_files(place: &Place, findings: &mut Vec<Diagnostic>) -> Vec<(String, Arc<str>)> {
    if !place.has_folder(THEMES) {
        return Vec::new();
    }
    let listed = place.list(THEMES, &[]);
    findings.extend(listed.findings);
    let mut texts = Vec::new();
    for (shown, origin) in &listed.files {
        let Some(path) = below(shown, THEMES) else { continue };
        if let Origin::Unfit(reason) = origin {
            findings.push(unfit(shown, reason));
            continue;
        }
        match read_text(&Arc::from(shown.as_str()), origin) {
            Ok(text) => texts.push((path.to_owned(), text.into())),
            Err(finding) => findings.push(Diagnostic { code: Code::BadTheme, ..finding }),
        }
    }
    texts
}
