//! `init`: a book to start from.

#![expect(clippy::disallowed_methods, reason = "this command writes an author's files, never a site")]

use super::{End, tell};
use include_dir::{Dir, DirEntry, include_dir};
use std::fs;
use std::io;
use std::path::Path;

/// A small book in two languages.
static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

pub(super) fn init(folder: &Path) -> End {
    let shown = folder.display();
    match other_files(folder) {
        Ok(others) if others.is_empty() => {}
        Ok(others) => {
            return End::Failed(format!(
                "`{shown}` already holds `{}`; name a new folder: `deskbook init my-book`",
                others.join("`, `")
            ));
        }
        Err(error) => return End::Failed(format!("cannot read `{shown}`: {error}")),
    }
    if let Err(error) = unpack(&STARTER, folder) {
        return End::Failed(format!("cannot write to `{shown}`: {error}"));
    }
    let (book, below) = match folder == Path::new(".") {
        true => (String::new(), String::new()),
        false => (format!(" {shown}"), format!("{shown}/")),
    };
    tell(&format!(
        "wrote a book to {shown}\nnext: deskbook build{book}\nthen open {below}book/help/index.html and {below}book/academy/index.html\n"
    ));
    End::Fine
}

/// Some of what lies in a folder that is no mere checkout: hidden files, a README and a licence are no book.
fn other_files(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut others = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if ![".", "README", "LICENSE", "LICENCE"].iter().any(|start| name.starts_with(start)) {
            others.push(name);
        }
    }
    others.sort_unstable();
    others.truncate(3);
    Ok(others)
}

/// Writes the files of `folder`; one that is there already stays as it is.
fn unpack(folder: &Dir, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in folder.entries() {
        let target = to.join(entry.path().file_name().unwrap_or_default());
        match entry {
            DirEntry::Dir(inner) => unpack(inner, &target)?,
            DirEntry::File(_) if target.exists() => {}
            DirEntry::File(file) => fs::write(target, file.contents())?,
        }
    }
    Ok(())
}
