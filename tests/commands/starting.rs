use super::*;

#[test]
fn a_new_book_is_strictly_green_and_says_how_to_go_on() {
    let desk = Desk::empty();
    let ended = desk.ends(0, &["init", "a/new/desk"]);
    assert_eq!(ended.out, "");
    assert!(ended.err.contains("next: deskbook build a/new/desk\n"), "{}", ended.err);
    assert!(ended.err.contains("a/new/desk/book/help/index.html"), "{}", ended.err);
    desk.ends(0, &["check", "a/new/desk", "--strict"]);
    desk.ends(0, &["build", "a/new/desk", "--strict"]);
    for page in ["help/index.html", "help/ru/index.html", "academy/index.html", "academy/ru/index.html"] {
        assert!(desk.has(&format!("a/new/desk/book/{page}")), "{page}");
    }
}

#[test]
fn a_fresh_checkout_becomes_a_book() {
    let desk = Desk::with(&[(".git/HEAD", "ref"), ("README.md", "ours"), ("LICENSE", ""), (".gitignore", "*.bak\n")]);
    let ended = desk.ends(0, &["init"]);
    assert!(ended.err.contains("next: deskbook build\n"), "{}", ended.err);
    assert_eq!((desk.read("README.md").as_str(), desk.read(".gitignore").as_str()), ("ours", "*.bak\n"));
    desk.ends(0, &["build", "--strict"]);
}

#[test]
fn what_is_there_is_left_alone() {
    let desk = Desk::with(&[("taken/content/page.md", "ours"), ("file", "")]);
    desk.refuses(&["init", "taken"], &["`taken` already holds `content`", "deskbook init my-book"]);
    assert_eq!(files_below(&desk.path("taken")), ["content/page.md"]);
    desk.refuses(&["init", "file"], &["cannot read `file`"]);
    desk.ends(0, &["init", "desk"]);
    desk.refuses(&["init", "desk"], &["`desk` already holds `book.toml`, `content`"]);
}

#[test]
fn the_readme_can_be_followed_word_by_word() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let own = readme.split("## Write your own").nth(1).unwrap();
    let block = own.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let desk = Desk::empty();
    let mut folder = desk.path("");
    for line in block.lines() {
        let line = line.split('#').next().unwrap().trim();
        let words: Vec<&str> = line.split(' ').collect();
        match words[0] {
            "cd" => folder = folder.join(words[1]),
            program => {
                assert_eq!(program, "deskbook", "{line}");
                let ended = ended(desk.command(&words[1..]).current_dir(&folder));
                assert_eq!(ended.code, 0, "{line}: {ended:#?}");
            }
        }
    }
    for promised in ["content/faq/refunds.md", "book/help/faq/refunds.html"] {
        assert!(own.contains(promised) && folder.join(promised).exists(), "{promised}");
    }
}
