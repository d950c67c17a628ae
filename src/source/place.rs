//! Where a book lies, and which of the files there belong to it.

use super::{Origin, below, names};
use crate::diagnostic::{Code, Diagnostic};
use std::fs::FileType;
use std::io;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Where a book lies.
pub(super) enum Place {
    Disk(PathBuf),
    /// Path below the book's folder, sorted.
    Memory(Vec<(String, Origin)>),
}

impl Place {
    /// What stands at a path, be it a file or not.
    pub fn file(&self, path: &str) -> Option<Origin> {
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

    /// Whether there is such a folder, not by way of links.
    pub fn has_folder(&self, folder: &str) -> bool {
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
    pub fn list(&self, folder: &str, skipped: &[String]) -> Listed {
        let mut listed = match self {
            Place::Disk(root) => walk(root, folder, skipped),
            Place::Memory(files) => {
                let inside = |path: &str| {
                    let hidden = path.split('/').any(|part| part.starts_with('.'));
                    !hidden && below(path, folder).is_some() && !skipped.iter().any(|skip| below(path, skip).is_some())
                };
                let files = files.iter().filter(|(path, _)| inside(path)).cloned().collect();
                Listed { files, ..Listed::default() }
            }
        };
        listed.files.sort_by(|a, b| a.0.cmp(&b.0));
        listed
    }
}

/// Every file below a folder, with what was met on the way.
#[derive(Default)]
pub(super) struct Listed {
    /// Path below the book's folder, sorted.
    pub files: Vec<(String, Origin)>,
    pub findings: Vec<Diagnostic>,
}

fn walk(root: &Path, folder: &str, skipped: &[String]) -> Listed {
    let mut listed = Listed::default();
    let wanted = |entry: &walkdir::DirEntry| {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let skip = skipped.iter().any(|skip| entry.path() == root.join(skip));
        entry.depth() == 0 || !hidden && !skip && (!entry.file_type().is_dir() || is_open(entry.path()))
    };
    for entry in WalkDir::new(root.join(folder)).follow_links(false).into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) => listed.add(root, &entry),
            Err(error) => listed.findings.push(Diagnostic::of_book(Code::BadFile, error.to_string())),
        }
    }
    listed
}

/// Whether a folder's files belong to the book: it is no link, and holds nothing that can be made again, such as a site
/// built before (<https://bford.info/cachedir/>).
pub(super) fn is_open(folder: &Path) -> bool {
    !folder.is_symlink() && !folder.join("CACHEDIR.TAG").is_file()
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
fn plain(path: PathBuf, kind: FileType) -> Origin {
    if kind.is_file() {
        Origin::Disk(path)
    } else if kind.is_symlink() {
        Origin::Unfit("symbolic links are not followed: put the file itself here")
    } else {
        Origin::Unfit("this is no plain file: remove it, or give it another name")
    }
}

/// A path as text with `/` between its parts; `None` if it is not UTF-8 or not plain.
pub(super) fn slashed(path: &Path) -> Option<String> {
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
