//! The outside comes in: a book's configuration, its files, its theme. Markdown is read at once,
//! everything else is known by name and read when it is needed.

#![expect(clippy::disallowed_methods, reason = "this is the room where files are read")]

mod names;

use crate::address;
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Severity};
use rayon::prelude::*;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// A Markdown file over this many bytes is a finding: no page is that long, and memory stays bounded.
const LARGEST_TEXT: u64 = 2 << 20;

const CONFIG: &str = "book.toml";
const THEMES: &str = "themes";
/// Folders that are no part of a book whose text lies beside them.
const BESIDE: &[&str] = &[THEMES, "node_modules", "target"];

/// A whole book before anything is understood of it.
#[derive(Clone, Debug)]
pub struct Book {
    pub config: Config,
    /// Whether there is a `book.toml`.
    pub configured: bool,
    pub sources: Sources,
    /// Text files below `themes/`, by path below it, sorted.
    pub theme_files: Vec<(String, Arc<str>)>,
    /// The text of `book.toml`, for findings.
    pub config_text: Arc<str>,
    pub findings: Vec<Diagnostic>,
}

impl Book {
    /// The text of the file that a finding names.
    pub fn text(&self, shown: &str) -> Option<Arc<str>> {
        if shown == CONFIG {
            return Some(self.config_text.clone());
        }
        let theme = shown.strip_prefix("themes/").and_then(|path| {
            let index = self.theme_files.binary_search_by(|(name, _)| name.as_str().cmp(path)).ok()?;
            Some(self.theme_files[index].1.clone())
        });
        let markdown = || {
            let index = self.sources.markdown.binary_search_by(|file| (*file.shown).cmp(shown)).ok()?;
            Some(self.sources.markdown[index].text.clone())
        };
        markdown().or(theme)
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
    /// Empty where the file could not be read; a finding says why.
    pub text: Arc<str>,
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

/// A folder that cannot be read at all.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub error: io::Error,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read `{}`: {}", self.path.display(), self.error)
    }
}

/// Reads the book in folder `root`.
pub fn open(root: &Path) -> Result<Book, Unreadable> {
    let unreadable = |error| Unreadable { path: root.to_owned(), error };
    let absolute = root.canonicalize().map_err(unreadable)?;
    if !absolute.is_dir() {
        return Err(unreadable(io::ErrorKind::NotADirectory.into()));
    }
    let name = absolute.file_name().map_or_else(|| "Book".into(), |name| name.to_string_lossy().into_owned());
    Ok(assemble(&name, &Place::Disk(absolute)))
}

/// A book of files in memory, by path below the book's folder.
pub fn from_memory(files: &[(&str, &[u8])]) -> Book {
    let mut files: Vec<(String, Origin)> =
        files.iter().map(|(path, bytes)| (path.to_string(), Origin::Memory(Arc::from(*bytes)))).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assemble("Book", &Place::Memory(files))
}

/// Where a book lies.
enum Place {
    Disk(PathBuf),
    /// Path below the book's folder, sorted.
    Memory(Vec<(String, Origin)>),
}

impl Place {
    /// What stands at a path, be it a file or not.
    fn file(&self, path: &str) -> Option<Origin> {
        match self {
            Place::Disk(root) => match root.join(path).symlink_metadata() {
                Ok(data) => Some(plain(root.join(path), data.file_type())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                // reading it will say what is wrong
                Err(_) => Some(Origin::Disk(root.join(path))),
            },
            Place::Memory(files) => Some(files.iter().find(|(name, _)| name == path)?.1.clone()),
        }
    }

    fn has_folder(&self, folder: &str) -> bool {
        match self {
            Place::Disk(root) => {
                let whole = root.join(folder);
                let mut inside = whole.ancestors().take_while(|path| path != root);
                inside.all(|path| path.symlink_metadata().is_ok_and(|data| data.is_dir())) && whole.is_dir()
            }
            Place::Memory(files) => files.iter().any(|(path, _)| below(path, folder).is_some()),
        }
    }

    /// Every file below `folder`, but for those that lie beside the text of a book without a folder of its own.
    fn list(&self, folder: &str, skipped: &[&str]) -> Listed {
        let mut listed = match self {
            Place::Disk(root) => walk(root, folder, skipped),
            Place::Memory(files) => {
                let inside = |path: &str| {
                    let hidden = path.split('/').any(|part| part.starts_with('.'));
                    !hidden && below(path, folder).is_some() && !skipped.iter().any(|skip| below(path, skip).is_some())
                };
                let files = files.iter().filter(|(path, _)| inside(path)).cloned().collect();
                Listed { files, findings: Vec::new() }
            }
        };
        listed.files.sort_by(|a, b| a.0.cmp(&b.0));
        listed
    }
}

/// Every file below a folder, with what was met on the way.
#[derive(Default)]
struct Listed {
    /// Path below the book's folder, sorted.
    files: Vec<(String, Origin)>,
    findings: Vec<Diagnostic>,
}

fn walk(root: &Path, folder: &str, skipped: &[&str]) -> Listed {
    let mut listed = Listed::default();
    let wanted = |entry: &walkdir::DirEntry| {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let skip = skipped.iter().any(|skip| entry.path() == root.join(skip));
        entry.depth() == 0 || !hidden && !skip
    };
    for entry in WalkDir::new(root.join(folder)).follow_links(false).into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) => listed.add(root, &entry),
            Err(error) => listed.findings.push(Diagnostic::of_book(Code::BadFile, error.to_string())),
        }
    }
    listed
}

impl Listed {
    fn add(&mut self, root: &Path, entry: &walkdir::DirEntry) {
        let below = entry.path().strip_prefix(root).expect("the walk stays below its root");
        let Some(path) = slashed(below) else {
            let name = entry.path().to_string_lossy().into_owned();
            self.findings.push(
                Diagnostic::of_book(Code::BadFile, format!("the name of `{name}` is not UTF-8"))
                    .hint("rename the file"),
            );
            return;
        };
        if !entry.file_type().is_dir() || names::markdown(&path).is_some() {
            self.files.push((path, plain(entry.path().to_owned(), entry.file_type())));
        }
    }
}

/// A file of the disk, if it is a plain one.
fn plain(path: PathBuf, kind: std::fs::FileType) -> Origin {
    if kind.is_file() {
        Origin::Disk(path)
    } else if kind.is_symlink() {
        Origin::Unfit("symbolic links are not followed: put the file itself here")
    } else {
        Origin::Unfit("this is no plain file: remove it, or give it another name")
    }
}

/// A path as text with `/` between its parts; `None` if it is not UTF-8 or not plain.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    parts.map(|parts| parts.join("/"))
}

/// Reads the configuration, and with it the text, the assets and the theme.
fn assemble(name: &str, place: &Place) -> Book {
    let mut findings = Vec::new();
    let config_file: Arc<str> = Arc::from(CONFIG);
    let configured = place.file(CONFIG);
    let (mut config, config_text) = match &configured {
        None => (config::default_for(name), Arc::from("")),
        Some(origin) => {
            let text = read_text(&config_file, origin).unwrap_or_else(|finding| {
                findings.push(Diagnostic { code: Code::BadConfig, ..finding });
                Arc::from("")
            });
            let (config, config_findings) = config::parse(&config_file, &text);
            findings.extend(config_findings);
            (config, text)
        }
    };
    findings.extend(choose_src(&mut config, place));
    let build_dir = slashed(&config.build_dir);
    let mut skipped: Vec<&str> = if config.src.is_empty() { BESIDE.to_vec() } else { Vec::new() };
    skipped.extend(build_dir.as_deref().filter(|folder| !folder.is_empty()));
    let listed = if place.has_folder(&config.src) { place.list(&config.src, &skipped) } else { Listed::default() };
    findings.extend(listed.findings);
    let sources = sort_out(&config, &listed.files, &mut findings);
    let theme_files = theme_files(place, &mut findings);
    Book { configured: configured.is_some(), config, sources, theme_files, config_text, findings }
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

/// Divides the files of the text into Markdown, read at once, and assets.
fn sort_out(config: &Config, files: &[(String, Origin)], findings: &mut Vec<Diagnostic>) -> Sources {
    let mut sources = Sources::default();
    let mut texts = Vec::new();
    for (shown, origin) in files {
        let Some(path) = below(shown, &config.src).filter(|path| is_content(path, config)) else { continue };
        let origin = address::unfit(path).map_or(origin.clone(), Origin::Unfit);
        match (names::markdown(path), origin) {
            (Some(plain), origin) if plain == path => texts.push((plain, Arc::<str>::from(shown.as_str()), origin)),
            // no page and no file that others may get: what it says of its readers is not read
            (Some(plain), _) => {
                texts.push((
                    plain,
                    shown.as_str().into(),
                    Origin::Unfit("the name of a page ends in `.md`: rename it"),
                ));
            }
            (None, Origin::Unfit(reason)) => findings.push(unfit(shown, reason)),
            (None, origin) => sources.assets.push(AssetFile { path: path.into(), origin }),
        }
    }
    let read: Vec<_> = texts.par_iter().map(|(_, shown, origin)| read_text(shown, origin)).collect();
    for ((path, shown, _), text) in texts.into_iter().zip(read) {
        let text = text.unwrap_or_else(|finding| {
            findings.push(finding);
            Arc::from("")
        });
        sources.markdown.push(MarkdownFile { path: path.into(), shown, text });
    }
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
    let is_data = [&config.synonyms, &config.search_tests].iter().any(|data| data.as_deref() == Some(path));
    !is_config && !is_data
}

/// The text of a file, or the finding that says why there is none.
fn read_text(shown: &Arc<str>, origin: &Origin) -> Result<Arc<str>, Diagnostic> {
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
    String::from_utf8(bytes).map(Arc::from).map_err(|error| {
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
        match read_text(&Arc::from(shown.as_str()), origin) {
            Ok(text) => texts.push((path.to_owned(), text)),
            Err(finding) => findings.push(Diagnostic { code: Code::BadTheme, ..finding }),
        }
    }
    texts
}
