//! The program as people run it: what it says, where it says it, and how it ends.

#![expect(clippy::disallowed_methods, reason = "these tests write books and read what comes of them")]

#[path = "commands/building.rs"]
mod building;
#[path = "commands/checking.rs"]
mod checking;
#[path = "commands/foreign.rs"]
mod foreign;
#[path = "commands/help.rs"]
mod help;
#[path = "commands/searching.rs"]
mod searching;
#[path = "commands/starting.rs"]
mod starting;
#[path = "commands/writing.rs"]
mod writing;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// 2026-11-24, for commands that ask what day it is.
const TODAY: &str = "1795478400";

/// What a command came to.
#[derive(Debug)]
struct Ended {
    code: i32,
    out: String,
    err: String,
}

/// A folder for one test.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn empty() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with these files.
    fn with(files: &[(&str, &str)]) -> Desk {
        let desk = Desk::empty();
        files.iter().for_each(|(path, text)| desk.write(path, text));
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// The command with these words, ready to run in the folder.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskbook"));
        command.current_dir(self.folder.path()).args(words).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM"] {
            command.env_remove(name);
        }
        command.env("SOURCE_DATE_EPOCH", TODAY);
        command
    }

    fn run(&self, words: &[&str]) -> Ended {
        ended(&mut self.command(words))
    }

    /// Runs a command that must end with `code`.
    fn ends(&self, code: i32, words: &[&str]) -> Ended {
        let ended = self.run(words);
        assert_eq!(ended.code, code, "deskbook {}: {ended:#?}", words.join(" "));
        ended
    }

    /// Runs a command that is used wrongly: exit code 2, nothing on stdout, and a message that holds each of `says`.
    fn refuses(&self, words: &[&str], says: &[&str]) -> String {
        let ended = self.ends(2, words);
        assert_eq!(ended.out, "", "deskbook {}", words.join(" "));
        for part in says {
            assert!(ended.err.contains(part), "deskbook {}: no `{part}` in\n{}", words.join(" "), ended.err);
        }
        ended.err
    }
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

/// The paths of all files below a folder, without what builds keep for themselves.
fn files_below(folder: &Path) -> Vec<String> {
    let kept = |entry: &walkdir::DirEntry| entry.file_name() != ".deskbook";
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(kept);
    let files = entries.map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect()
}

/// A book for two audiences and in one language, with nothing to complain of.
const SMALL: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n\
         [edition.help]\naudience = \"public\"\nbase-url = \"https://help.example.com/\"\n\
         [edition.team]\naudience = \"staff\"\nbase-url = \"https://team.example.com/\"\n\
         [check]\nreview-every = \"180 days\"\n",
    ),
    ("content/index.md", "---\naudience: public\n---\n# Home\n\nText.\n"),
    ("content/faq/index.md", "---\nkind: faq\naudience: public\n---\n# Questions\n"),
    ("content/faq/money.md", "# Money\n\n## Where is it? {#where}\n\nHere.\n"),
    ("content/inside.md", "# Inside\n\nFor us.\n"),
];

fn small() -> Desk {
    Desk::with(SMALL)
}
