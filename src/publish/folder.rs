//! The build folder: ours, missing or empty, and never anything else.

use super::exchange::recover;
use super::{Error, at};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Marks a folder of things that can be made again (<https://bford.info/cachedir/>); ours lists the editions that we made.
const MARK: &str = "CACHEDIR.TAG";
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
    let mark = path.join(MARK);
    let editions = match fs::read_to_string(&mark) {
        Ok(text) if text.contains(OURS) => {
            text.lines().filter_map(|line| Some(line.strip_prefix(EDITION)?.to_owned())).collect()
        }
        Ok(_) => return Err(foreign(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fresh(path)?,
        Err(error) => return Err(at("read", &mark)(error)),
    };
    fs::create_dir_all(path).map_err(at("create", path))?;
    write_mark(path, &editions)?;
    let folder = BuildFolder { path: path.to_owned(), editions: Mutex::new(editions), _lock: lock(path)? };
    for edition in folder.editions() {
        recover(&folder.spare(&edition), &path.join(&edition), &folder.old(&edition))?;
    }
    Ok(folder)
}

fn fresh(path: &Path) -> Result<BTreeSet<String>, Error> {
    match fs::read_dir(path) {
        Ok(mut entries) => match entries.next() {
            None => Ok(BTreeSet::new()),
            Some(_) => Err(foreign(path)),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(at("read", path)(error)),
    }
}

fn foreign(path: &Path) -> Error {
    let reason = "deskbook did not make this folder, so it is left alone; name an empty one with `-d`";
    Error { path: path.to_owned(), attempt: "build into", error: io::Error::other(reason) }
}

fn lock(path: &Path) -> Result<File, Error> {
    let hidden = path.join(".deskbook");
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

fn write_mark(path: &Path, editions: &BTreeSet<String>) -> Result<(), Error> {
    let mut text = SIGNATURE.to_owned();
    for edition in editions {
        text += &format!("{EDITION}{edition}\n");
    }
    let mark = path.join(MARK);
    if fs::read_to_string(&mark).is_ok_and(|old| old == text) {
        return Ok(());
    }
    super::replace(&mark, |new| fs::write(new, &text))
}

impl BuildFolder {
    /// The editions that were made here, now or before.
    pub fn editions(&self) -> BTreeSet<String> {
        self.editions.lock().expect("nothing panics while it holds the list").clone()
    }

    /// The live folder of an edition, known as ours from now on. One that is not ours is left alone.
    pub(super) fn claim(&self, edition: &str) -> Result<PathBuf, Error> {
        let live = self.path.join(edition);
        let mut editions = self.editions.lock().expect("nothing panics while it holds the list");
        if !editions.contains(edition) {
            fresh(&live)?;
            editions.insert(edition.to_owned());
            write_mark(&self.path, &editions)?;
        }
        Ok(live)
    }

    pub(super) fn spare(&self, edition: &str) -> PathBuf {
        self.path.join(".deskbook/spare").join(edition)
    }

    pub(super) fn old(&self, edition: &str) -> PathBuf {
        self.path.join(".deskbook/old").join(edition)
    }
}
