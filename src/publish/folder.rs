//! The build folder: ours, missing or empty, and never anything else.

use super::exchange::recover;
use super::{Error, anew, at, create};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Marks a folder of things that can be made again (<https://bford.info/cachedir/>); ours lists the editions that we made.
const MARK: &str = "CACHEDIR.TAG";
/// What a first build that was killed may leave of the mark.
const MARK_UNDER_WAY: &str = "CACHEDIR.TAG.new~";
/// What later builds may reuse; safe to delete between builds.
const HIDDEN: &str = ".deskbook";
const SIGNATURE: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# This folder was made by deskbook; all of it can be built again.\n";
const OURS: &str = "# This folder was made by deskbook";
const EDITION: &str = "# edition: ";

/// A build folder, locked for this build.
pub struct BuildFolder {
    pub path: PathBuf,
    /// The editions that deskbook made here.
    editions: Mutex<BTreeSet<String>>,
    _lock: File,
}

/// Opens a build folder that is missing, empty or ours, and makes it ours.
pub fn open(path: &Path) -> Result<BuildFolder, Error> {
    refuse_file(path)?;
    if marked(path)?.is_none() {
        fresh(path, &[MARK_UNDER_WAY, HIDDEN])?;
    }
    fs::create_dir_all(path).map_err(at("create", path))?;
    let lock = lock(path)?;
    // read again: a build that held the lock a moment ago may have listed more
    let editions = match marked(path)? {
        Some(editions) => editions,
        None => write_mark(path, &BTreeSet::new()).map(|()| BTreeSet::new())?,
    };
    let folder = BuildFolder { path: path.to_owned(), editions: Mutex::new(editions), _lock: lock };
    for edition in folder.editions() {
        recover(&folder.spare(&edition), &path.join(&edition), &folder.old(&edition))?;
    }
    Ok(folder)
}

/// The editions that the mark of a folder lists; `None` where there is no mark.
fn marked(path: &Path) -> Result<Option<BTreeSet<String>>, Error> {
    let mark = path.join(MARK);
    match fs::read(&mark).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        Ok(text) if text.contains(OURS) => {
            let names = text.lines().filter_map(|line| line.strip_prefix(EDITION));
            Ok(Some(names.filter(|name| is_plain(name)).map(str::to_owned).collect()))
        }
        Ok(_) => Err(foreign(path)),
        // where a part of the path is a file, creating the folder says so
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(at("read", &mark)(error)),
    }
}

/// Whether a name is one folder below the build folder, and none of our own.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

/// Refuses a folder that has something in it but what is `ours`; one that is missing is as good as an empty one.
fn fresh(path: &Path, ours: &[&str]) -> Result<(), Error> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(()),
        Err(error) => return Err(at("read", path)(error)),
    };
    for entry in entries {
        let name = entry.map_err(at("read", path))?.file_name();
        if !ours.iter().any(|known| name == *known) {
            return Err(foreign(path));
        }
    }
    Ok(())
}

fn foreign(path: &Path) -> Error {
    let reason = "deskbook did not make this folder, so it is left alone; name an empty one with `-d`";
    Error { path: path.to_owned(), attempt: "build into", error: io::Error::other(reason) }
}

fn lock(path: &Path) -> Result<File, Error> {
    let hidden = path.join(HIDDEN);
    refuse_link(&hidden)?;
    fs::create_dir_all(&hidden).map_err(at("create", &hidden))?;
    let name = hidden.join("lock");
    let file = File::create(&name).map_err(at("create", &name))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            let reason = io::Error::other("another build is running there; wait until it ends");
            Err(Error { path: path.to_owned(), attempt: "build into", error: reason })
        }
        // a file system without locks: builds that meet are the author's to avoid
        Err(fs::TryLockError::Error(_)) => Ok(file),
    }
}

/// A file, or a link to nothing, is no folder to build into.
fn refuse_file(path: &Path) -> Result<(), Error> {
    let reason = match (fs::metadata(path), fs::symlink_metadata(path)) {
        (Ok(data), _) if !data.is_dir() => "that is a file; name a folder with `-d`",
        (Err(_), Ok(_)) => "that is a link to nothing; name a folder with `-d`",
        _ => return Ok(()),
    };
    Err(Error { path: path.to_owned(), attempt: "build into", error: io::Error::other(reason) })
}

/// What lies behind a link is not ours to write to, or to empty.
fn refuse_link(path: &Path) -> Result<(), Error> {
    if !fs::symlink_metadata(path).is_ok_and(|data| !data.is_dir()) {
        return Ok(());
    }
    let reason =
        io::Error::other("deskbook makes a folder of this name, and a link or a file stands there; move it away");
    Err(Error { path: path.to_owned(), attempt: "build into", error: reason })
}

fn remove_tree(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at("remove", path)(error)),
        _ => Ok(()),
    }
}

fn write_mark(path: &Path, editions: &BTreeSet<String>) -> Result<(), Error> {
    let mut text = SIGNATURE.to_owned();
    for edition in editions {
        text += &format!("{EDITION}{edition}\n");
    }
    let mark = path.join(MARK);
    if fs::read_to_string(&mark).is_ok_and(|old| old == text) {
        return Ok(());
    }
    // in one step: a build that is killed here leaves the old mark or the new one
    let new = path.join(MARK_UNDER_WAY);
    anew(&new, |new| create(new, text.as_bytes()).map(drop))?;
    fs::rename(&new, &mark).map_err(at("write", &mark))
}

impl BuildFolder {
    /// The editions that were made here, now or before.
    pub fn editions(&self) -> BTreeSet<String> {
        self.editions.lock().expect("nothing panics while it holds the list").clone()
    }

    /// The editions made here before whose folders are still there, but for the `current` ones. Those whose folders are
    /// gone are forgotten.
    pub fn left_over(&self, current: &[&str]) -> Result<Vec<String>, Error> {
        let mut editions = self.editions.lock().expect("nothing panics while it holds the list");
        let old: Vec<String> = editions.iter().filter(|name| !current.contains(&name.as_str())).cloned().collect();
        let (there, gone): (Vec<_>, Vec<_>) =
            old.into_iter().partition(|name| fs::symlink_metadata(self.path.join(name)).is_ok());
        for name in &gone {
            remove_tree(&self.spare(name))?;
            editions.remove(name);
        }
        if !gone.is_empty() {
            write_mark(&self.path, &editions)?;
        }
        Ok(there)
    }

    /// The live folder of an edition, known as ours from now on. One that is not ours is left alone.
    pub(super) fn claim(&self, edition: &str) -> Result<PathBuf, Error> {
        let live = self.path.join(edition);
        refuse_link(&live)?;
        refuse_link(&self.path.join(HIDDEN).join("spare"))?;
        let mut editions = self.editions.lock().expect("nothing panics while it holds the list");
        if !editions.contains(edition) {
            fresh(&live, &[])?;
            editions.insert(edition.to_owned());
            write_mark(&self.path, &editions)?;
        }
        Ok(live)
    }

    pub(super) fn spare(&self, edition: &str) -> PathBuf {
        self.path.join(HIDDEN).join("spare").join(edition)
    }

    pub(super) fn old(&self, edition: &str) -> PathBuf {
        self.path.join(HIDDEN).join("old").join(edition)
    }
}
