//! The rooms of the house stand in layers: a room uses only rooms that `lib.rs` lists before it.

#![expect(clippy::disallowed_methods, reason = "this test reads the sources")]

use std::fs;
use std::path::{Path, PathBuf};

fn rooms() -> Vec<String> {
    let source = fs::read_to_string(root().join("lib.rs")).expect("the library has a root");
    let names = source.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file of a room, with its text.
fn files(room: &str) -> Vec<(PathBuf, String)> {
    let folder = walkdir::WalkDir::new(root().join(room)).into_iter().flatten().map(|entry| entry.path().to_owned());
    let own = root().join(format!("{room}.rs"));
    let paths = folder.chain([own]).filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    paths.map(|path| (path.clone(), fs::read_to_string(&path).expect("a source file is text"))).collect()
}

/// The rooms that a file names by `crate::room`.
fn used(text: &str) -> Vec<&str> {
    let after = text.split("crate::").skip(1);
    after
        .map(|rest| &rest[..rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len())])
        .collect()
}

#[test]
fn no_arrow_runs_back_up() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "{rooms:?}");
    for (index, room) in rooms.iter().enumerate() {
        for (path, text) in files(room) {
            for name in used(&text) {
                let above = rooms.iter().position(|other| other == name);
                assert!(
                    above.is_none_or(|above| above <= index),
                    "{} uses `{name}`, which stands below it",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn documents_stay_in_the_library() {
    for room in rooms().iter().filter(|room| *room != "library") {
        for (path, text) in files(room) {
            let names =
                text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == "Document");
            assert!(!names, "{} names `Document`", path.display());
        }
    }
}
