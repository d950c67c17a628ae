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

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn name(text: &str) -> &str {
    &text[..text.find(|letter| !is_letter(letter)).unwrap_or(text.len())]
}

/// The first names of a path that begins here: one, or those of a list in braces.
fn first_names(text: &str) -> Vec<&str> {
    let Some(list) = text.strip_prefix('{') else { return vec![name(text)] };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut starts = true;
    for (at, letter) in list.char_indices() {
        match letter {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' => starts = depth == 0,
            _ if starts && is_letter(letter) => {
                names.push(name(&list[at..]));
                starts = false;
            }
            _ => {}
        }
    }
    names
}

/// The names at the root of the crate that a text uses. `depth` is that of its module below the root, so that as many
/// `super` lead there as well.
fn used(text: &str, depth: usize) -> Vec<&str> {
    let climbs = "super::".repeat(depth);
    ["crate::", climbs.as_str()].iter().flat_map(|path| text.split(*path).skip(1)).flat_map(first_names).collect()
}

/// The rooms below `room` that a text in it uses all the same.
fn upward<'a>(rooms: &[String], room: &str, text: &'a str, depth: usize) -> Vec<&'a str> {
    let place = |name: &str| rooms.iter().position(|other| other == name);
    let own = place(room);
    used(text, depth).into_iter().filter(|name| place(name).is_some_and(|other| Some(other) > own)).collect()
}

fn names_document(text: &str) -> bool {
    text.split(|letter| !is_letter(letter)).any(|word| word == "Document")
}

#[test]
fn no_arrow_runs_back_up() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "{rooms:?}");
    for room in &rooms {
        for (path, text) in files(room) {
            let below = path.strip_prefix(root()).expect("a room lies below the root");
            let found = upward(&rooms, room, &text, below.components().count());
            assert!(found.is_empty(), "{} uses {found:?}, which stand below it", path.display());
        }
    }
}

#[test]
fn documents_stay_in_the_library() {
    for room in rooms().iter().filter(|room| *room != "library") {
        for (path, text) in files(room) {
            assert!(!names_document(&text), "{} names `Document`", path.display());
        }
    }
}

#[test]
fn every_file_is_in_a_room() {
    let rooms = rooms();
    for entry in fs::read_dir(root()).expect("the sources are there") {
        let name = entry.expect("the sources can be read").file_name().to_string_lossy().into_owned();
        let room = name.strip_suffix(".rs").unwrap_or(&name);
        assert!(
            rooms.iter().any(|known| known == room) || matches!(room, "lib" | "main"),
            "`src/{name}` is in no room"
        );
    }
}

#[test]
fn an_arrow_is_seen_however_it_is_written() {
    let rooms = ["span", "plan", "render", "cli"].map(str::to_owned);
    let seen = |text, depth| upward(&rooms, "plan", text, depth);
    assert_eq!(seen("use crate::render::Site;", 1), ["render"]);
    assert_eq!(seen("fn f() { crate::cli::main(); }", 2), ["cli"]);
    assert_eq!(seen("use crate::{span::{Span, render}, render::{Site, cli}, cli};", 1), ["render", "cli"]);
    assert_eq!(seen("use super::render;", 1), ["render"]);
    assert_eq!(seen("use super::super::{cli, span};", 2), ["cli"]);
    assert_eq!(seen("use super::render; use crate::span; use crate::plan::Plan;", 2), Vec::<&str>::new());
    assert!(names_document("fn f(document: &Document) {}") && !names_document("let documents = document(Documents);"));
}
