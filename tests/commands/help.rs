use super::*;

const COMMANDS: &[&str] = &["build", "check", "init", "new", "completions"];

#[test]
fn help_goes_to_stdout_and_shows_how_to_start() {
    let desk = Desk::empty();
    let help = desk.ends(0, &["--help"]);
    assert_eq!(help.err, "");
    for part in COMMANDS.iter().chain(&["deskbook init my-book", "deskbook build my-book"]) {
        assert!(help.out.contains(part), "{part}: {}", help.out);
    }
    for command in COMMANDS {
        let help = desk.ends(0, &[command, "--help"]);
        assert_eq!(help.err, "");
        assert!(help.out.contains("Usage: deskbook"), "{}", help.out);
        assert!(!help.out.contains('\u{1b}'), "no colour in a pipe");
    }
    assert!(desk.ends(0, &["build", "--help"]).out.contains("Exit codes: 0 fine; 1"));
    assert!(desk.ends(0, &["check", "--help"]).out.contains("`stale-page`"));
    assert!(desk.ends(0, &["new", "--help"]).out.contains("A lesson with a quiz, in the folder of a track"));
}

#[test]
fn without_a_command_the_help_is_an_error() {
    let err = Desk::empty().refuses(&[], &["Usage: deskbook"]);
    assert!(err.contains("deskbook init my-book"));
}

#[test]
fn slips_of_the_fingers_name_what_was_meant() {
    let desk = Desk::empty();
    desk.refuses(&["biuld"], &["'build'"]);
    desk.refuses(&["build", "--drfts"], &["'--drafts'"]);
    desk.refuses(&["check", "--format", "jsn"], &["'json'"]);
    desk.refuses(&["new", "modul", "x"], &["'module'"]);
    desk.refuses(&["completions", "csh"], &["bash", "fish"]);
    desk.refuses(&["build", "--strict", "--lenient"], &["cannot be used with"]);
    small().refuses(&["build", "-e", "hlep"], &["no edition `hlep`", "did you mean `help`?"]);
}

#[test]
fn every_shell_has_completions() {
    let desk = Desk::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = desk.ends(0, &["completions", shell]);
        assert_eq!(completions.err, "");
        for word in ["build", "lenient", "completions"] {
            assert!(completions.out.contains(word), "{shell} knows `{word}`");
        }
    }
}

#[test]
fn paths_that_are_no_book_are_refused_with_a_way_on() {
    let desk = small();
    desk.write("notes.md", "# Notes\n");
    for command in ["build", "check"] {
        desk.refuses(&[command, "mising"], &["there is no folder `mising`", "deskbook init mising"]);
        desk.refuses(&[command, "book.toml"], &["`book.toml` is a file", "a book is a folder"]);
        desk.refuses(&[command, "notes.md/x"], &["notes.md/x"]);
    }
    desk.refuses(&["new", "page", "x", "--book", "mising"], &["there is no folder `mising`"]);
}

#[test]
fn a_part_of_a_book_is_not_taken_for_a_book_that_is_open_to_all() {
    let desk = small();
    for part in ["content", "content/faq"] {
        desk.refuses(&["build", part], &["is a part of the book in", "who may read what"]);
    }
    assert!(!desk.has("content/book"));
    // what lies beside the text is another matter, and so is a book inside of a book
    desk.write("notes/one.md", "# One\n");
    desk.ends(0, &["build", "notes"]);
    desk.write("content/inner/book.toml", "");
    desk.write("content/inner/content/index.md", "# Inner\n");
    desk.ends(0, &["build", "content/inner"]);
}

#[test]
fn a_folder_without_markdown_is_no_book() {
    let desk = Desk::with(&[("photos/cat.jpg", "")]);
    let ended = desk.ends(2, &["build", "photos"]);
    assert!(ended.err.contains("there is no Markdown in this folder"), "{}", ended.err);
    assert!(!desk.has("photos/book"));
}
