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
use std::io::{self, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
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
    let wanted: BTreeSet<&str> = addresses.iter().copied().collect();
    let removed = others_below(&live, &wanted)?;
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

/// How many files below a folder are not among the wanted ones; none where there is no folder.
fn others_below(root: &Path, wanted: &BTreeSet<&str>) -> Result<usize, Error> {
    let mut others = 0;
    if !root.exists() {
        return Ok(others);
    }
    for entry in walkdir::WalkDir::new(root).follow_links(false) {
        let entry = entry.map_err(|error| Error { path: root.to_owned(), attempt: "read", error: error.into() })?;
        let below = entry.path().strip_prefix(root).expect("the walk stays below its root").to_string_lossy();
        let address = if MAIN_SEPARATOR == '/' { below } else { below.replace(MAIN_SEPARATOR, "/").into() };
        others += usize::from(!entry.file_type().is_dir() && !wanted.contains(&*address));
    }
    Ok(others)
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
    let Some(old) = holding(&live, content) else {
        // always anew, even where the spare tree has this content from the edition before the last: its old time
        // would tell browsers and rsync that nothing changed
        anew(&spare, |new| create(new, content).map(drop))?;
        return Ok(true);
    };
    if !is_same_file(&old, &spare) {
        anew(&spare, |new| fs::hard_link(&live, new).or_else(|_| copy(&old, new, content)))?;
    }
    Ok(false)
}

/// Where hard links are not to be had, a copy with the old time serves.
fn copy(old: &fs::Metadata, new: &Path, content: &[u8]) -> io::Result<()> {
    create(new, content)?.set_modified(old.modified()?)
}

fn create(new: &Path, content: &[u8]) -> io::Result<fs::File> {
    let mut file = fs::File::create_new(new)?;
    file.write_all(content)?;
    Ok(file)
}

/// What is known of a plain file with exactly this content; `None` where there is another or none.
fn holding(path: &Path, content: &[u8]) -> Option<fs::Metadata> {
    let data = fs::symlink_metadata(path).ok()?;
    let alike = data.is_file() && data.len() == content.len() as u64;
    (alike && fs::read(path).is_ok_and(|old| old == content)).then_some(data)
}

#[cfg(unix)]
fn is_same_file(one: &fs::Metadata, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |data: &fs::Metadata| (data.dev(), data.ino());
    fs::symlink_metadata(other).is_ok_and(|other| identity(one) == identity(&other))
}

#[cfg(not(unix))]
fn is_same_file(_: &fs::Metadata, _: &Path) -> bool {
    false
}

/// Makes a file with `make`, which never writes to one that is there: that one has to go first. Nobody reads the spare
/// tree, and what a killed build leaves half written in it is made anew, since only the live file counts as known.
fn anew(path: &Path, make: impl Fn(&Path) -> io::Result<()>) -> Result<(), Error> {
    let made = match make(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::remove_file(path).and_then(|()| make(path)),
        made => made,
    };
    made.map_err(at("write", path))
}
