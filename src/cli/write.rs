//! `init` and `new`: files that an author starts from.

#![expect(clippy::disallowed_methods, reason = "these commands write an author's files, never a site")]

mod skeletons;

use super::args::New;
use super::{End, print, tell, today};
use crate::address::join;
use crate::source;
use include_dir::{Dir, DirEntry, include_dir};
use std::fs;
use std::io;
use std::path::Path;

/// A small book in two languages.
static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

pub(super) fn init(folder: &Path) -> End {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let others = entries.flatten().filter(|entry| entry.file_name() != ".git").count();
            if others > 0 {
                return End::Failed(format!(
                    "`{}` is not empty; name a folder that is: `deskbook init my-book`",
                    folder.display()
                ));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return End::Failed(format!("cannot read `{}`: {error}", folder.display())),
    }
    if let Err(error) = unpack(&STARTER, folder) {
        return End::Failed(format!("cannot write `{}`: {error}", folder.display()));
    }
    let shown = folder.display();
    tell(&format!(
        "wrote a book to {shown}\nnext: deskbook build {shown}\nthen open {shown}/book/help/index.html and {shown}/book/academy/index.html\n"
    ));
    End::Fine
}

fn unpack(folder: &Dir, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => unpack(inner, &to.join(inner.path().file_name().unwrap_or_default()))?,
            DirEntry::File(file) => fs::write(to.join(file.path().file_name().unwrap_or_default()), file.contents())?,
        }
    }
    Ok(())
}

pub(super) fn new(options: &New) -> End {
    let book = match source::open(&options.book) {
        Ok(book) => book,
        Err(error) => return End::Failed(error.to_string()),
    };
    let stem = options.path.strip_suffix(".md").unwrap_or(&options.path);
    let Some(stem) = join("", stem).filter(|stem| !stem.is_empty() && !options.path.starts_with('/')) else {
        return End::Failed(format!("`{}` leaves the book; name a file below its text: `faq/refunds`", options.path));
    };
    let default = &book.config.languages[0].code;
    let language = options.language.as_deref().unwrap_or(default);
    if book.config.language(language).is_none() {
        let known = book.config.languages.iter().map(|language| language.code.as_str());
        return End::Failed(format!(
            "the book has no language `{language}`; {}",
            crate::diagnostic::did_you_mean(language, known)
        ));
    }
    let suffix = if language == default { String::new() } else { format!(".{language}") };
    let shown = [book.config.src.as_str(), &format!("{stem}{suffix}.md")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/");
    let name = stem.rsplit('/').next().unwrap_or(&stem);
    let title = options.title.clone().unwrap_or_else(|| skeletons::readable(name));
    let text = skeletons::page(options.kind, &title, language, &today(None));
    match write_new(&options.book.join(&shown), &text) {
        Ok(()) => print(&format!("{shown}\n"), End::Fine),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            End::Failed(format!("`{shown}` is already there"))
        }
        Err(error) => End::Failed(format!("cannot write `{shown}`: {error}")),
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())
}
