//! The inside goes out: each edition is published all or nothing.
//!
//! A spare tree below `.deskbook/` is brought up to date and exchanged with the live one in one step (`renameat2`), so that a
//! build killed at any moment leaves the old edition or the new one, whole. Power loss is not guarded against: a site can
//! be built again, so nothing is synced to the disk.

#![expect(clippy::disallowed_methods, reason = "this is the room where files are written")]

mod exchange;
mod folder;

pub use folder::{BuildFolder, open};

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The disk did not do what was asked.
#[derive(Debug)]
pub struct Error {
    pub path: PathBuf,
    /// What was attempted: `write`, `remove`.
    pub attempt: &'static str,
    pub error: io::Error,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.attempt, self.path.display(), self.error)
    }
}

/// Why an edition was not published; the live one is as it was.
#[derive(Debug)]
pub enum Failure<E> {
    Disk(Error),
    /// An output could not be made.
    Output(E),
}

impl<E> From<Error> for Failure<E> {
    fn from(error: Error) -> Self {
        Failure::Disk(error)
    }
}

/// What publishing changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Published {
    pub files: usize,
    /// Files written because they are new or other than before.
    pub written: usize,
    /// Files of the old edition that are gone.
    pub removed: usize,
}

/// Publishes one edition: `bytes(index)` makes the output at `addresses[index]`, `done` hears of each one finished.
/// Addresses are unique and stay below the edition's folder.
pub fn publish<E: Send>(
    folder: &BuildFolder,
    edition: &str,
    addresses: &[&str],
    bytes: &(dyn Fn(usize) -> Result<Vec<u8>, E> + Sync),
    done: &(dyn Fn() + Sync),
) -> Result<Published, Failure<E>> {
    addresses.iter().try_for_each(|address| stays_below(address))?;
    let live = folder.claim(edition)?;
    let spare = folder.spare(edition);
    let old = files_below(&live)?;
    let wanted: BTreeSet<&str> = addresses.iter().copied().collect();
    let removed = old.iter().filter(|path| !wanted.contains(path.as_str())).count();
    clear_way(&spare, &wanted)?;
    let written = AtomicUsize::new(0);
    let write = |index| {
        let content = bytes(index).map_err(Failure::Output)?;
        if put(&live, &spare, addresses[index], &content)? {
            written.fetch_add(1, Ordering::Relaxed);
        }
        done();
        Ok::<(), Failure<E>>(())
    };
    // the first failure by address, whichever thread is the fastest
    if let Some(failure) = (0..addresses.len()).into_par_iter().find_map_first(|index| write(index).err()) {
        return Err(failure);
    }
    let published = Published { files: addresses.len(), written: written.into_inner(), removed };
    if published.written > 0 || published.removed > 0 || !live.exists() {
        exchange::exchange(&spare, &live, &folder.old(edition))?;
    }
    Ok(published)
}

/// Holds an address to the edition's folder. Whoever plans pages sees to that; here it would be a file of someone else.
fn stays_below(address: &str) -> Result<(), Error> {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\0', '\\']);
    if address.split('/').all(plain) {
        return Ok(());
    }
    let reason = io::Error::new(io::ErrorKind::InvalidInput, "the address leaves the folder of the edition");
    Err(Error { path: PathBuf::from(address), attempt: "write", error: reason })
}

/// Attaches what was attempted, and where, to an error of the disk.
fn at<'a>(attempt: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Error + 'a {
    move |error| Error { path: path.to_owned(), attempt, error }
}

/// The files below a folder, by path with `/` between its parts; none where there is no folder.
fn files_below(root: &Path) -> Result<BTreeSet<String>, Error> {
    let mut files = BTreeSet::new();
    if !root.exists() {
        return Ok(files);
    }
    for entry in walkdir::WalkDir::new(root).follow_links(false) {
        let entry = entry.map_err(|error| Error { path: root.to_owned(), attempt: "read", error: error.into() })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(root).expect("the walk stays below its root");
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        files.insert(parts.join("/"));
    }
    Ok(files)
}

/// Removes from the spare tree all that is no output: gone pages, links, folders where files should be and files where folders should.
fn clear_way(spare: &Path, wanted: &BTreeSet<&str>) -> Result<(), Error> {
    if fs::symlink_metadata(spare).is_ok_and(|data| !data.is_dir()) {
        fs::remove_file(spare).map_err(at("remove", spare))?;
    }
    fs::create_dir_all(spare).map_err(at("create", spare))?;
    let mut folders = BTreeSet::from([""]);
    for address in wanted {
        let mut folder = *address;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !folders.insert(parent) {
                break;
            }
            folder = parent;
        }
    }
    clear_folder(spare, "", wanted, &folders)?;
    for folder in folders {
        let path = spare.join(folder);
        fs::create_dir_all(&path).map_err(at("create", &path))?;
    }
    Ok(())
}

fn clear_folder(root: &Path, below: &str, wanted: &BTreeSet<&str>, folders: &BTreeSet<&str>) -> Result<(), Error> {
    let folder = root.join(below);
    for entry in fs::read_dir(&folder).map_err(at("read", &folder))? {
        let entry = entry.map_err(at("read", &folder))?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let address = if below.is_empty() { name } else { format!("{below}/{name}") };
        let kind = entry.file_type().map_err(at("read", &path))?;
        if kind.is_dir() && folders.contains(address.as_str()) {
            clear_folder(root, &address, wanted, folders)?;
        } else if kind.is_dir() {
            fs::remove_dir_all(&path).map_err(at("remove", &path))?;
        } else if !kind.is_file() || !wanted.contains(address.as_str()) {
            fs::remove_file(&path).map_err(at("remove", &path))?;
        }
    }
    Ok(())
}

/// Puts one file into the spare tree; whether it differs from the live one. An unchanged file is a hard link to the live
/// one, with its old time. Nothing is written through: an inode may belong to both trees.
fn put(live: &Path, spare: &Path, address: &str, content: &[u8]) -> Result<bool, Error> {
    let (live, spare) = (live.join(address), spare.join(address));
    if !holds(&live, content) {
        // always anew, even where the spare tree has this content from the edition before the last: its old time
        // would tell browsers and rsync that nothing changed
        replace(&spare, |new| fs::write(new, content))?;
        return Ok(true);
    }
    if !is_same_file(&live, &spare) {
        replace(&spare, |new| fs::hard_link(&live, new).or_else(|_| copy(&live, new, content)))?;
    }
    Ok(false)
}

/// Where hard links are not to be had, a copy with the old time serves.
fn copy(live: &Path, new: &Path, content: &[u8]) -> io::Result<()> {
    fs::write(new, content)?;
    fs::OpenOptions::new().write(true).open(new)?.set_modified(fs::metadata(live)?.modified()?)
}

/// Whether a plain file has exactly this content.
fn holds(path: &Path, content: &[u8]) -> bool {
    let plain = fs::symlink_metadata(path).is_ok_and(|data| data.is_file() && data.len() == content.len() as u64);
    plain && fs::read(path).is_ok_and(|old| old == content)
}

#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| fs::symlink_metadata(path).map(|data| (data.dev(), data.ino())).ok();
    identity(one).is_some() && identity(one) == identity(other)
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

/// Makes a file under another name and moves it to its own.
fn replace(path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new~");
    let new = path.with_file_name(name);
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at("remove", &new)(error)),
        _ => {}
    }
    make(&new).map_err(at("write", path))?;
    fs::rename(&new, path).map_err(at("write", path))
}
