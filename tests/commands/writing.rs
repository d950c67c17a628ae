use super::*;

const KINDS: &[(&str, &str, &str)] = &[
    ("page", "notes/one", "notes/one.md"),
    ("track", "course", "course/index.md"),
    ("module", "course/01-first", "course/01-first.md"),
    ("updates", "news", "news/index.md"),
    ("update", "news/2026-11-payouts", "news/2026-11-payouts.md"),
    ("procedures", "rules", "rules/index.md"),
    ("procedure", "rules/complaint", "rules/complaint.md"),
    ("scenarios", "talks", "talks/index.md"),
    ("scenario", "talks/late", "talks/late.md"),
    ("faq", "answers", "answers/index.md"),
    ("topic", "answers/money", "answers/money.md"),
];

fn book(language: &str, languages: &str) -> Desk {
    let config = format!(
        "[book]\nlanguage = \"{language}\"\naudiences = [\"all\", \"staff\"]\n{languages}\
         [edition.help]\naudience = \"all\"\nbase-url = \"https://h.example/\"\n\
         [edition.team]\naudience = \"staff\"\nbase-url = \"https://t.example/\"\n"
    );
    Desk::with(&[("book.toml", &config), ("content/index.md", "---\naudience: all\n---\n# Home\n")])
}

/// Takes `draft: true` out of every page, as an author does at the end.
fn finish(desk: &Desk) {
    for path in files_below(&desk.path("content")) {
        let path = format!("content/{path}");
        desk.write(&path, &desk.read(&path).replace("draft: true\n", ""));
    }
}

#[test]
fn a_page_of_every_kind_is_strictly_green_as_a_draft_and_finished() {
    for language in ["en", "ru", "de"] {
        let desk = book(language, "");
        for (kind, path, file) in KINDS {
            let ended = desk.ends(0, &["new", kind, path]);
            assert_eq!(ended.out, format!("content/{file}\n"), "{kind}");
            assert!(ended.err.contains("remove `draft: true` once it is ready"), "{}", ended.err);
        }
        desk.ends(0, &["check", "--strict"]);
        desk.ends(0, &["build", "--strict"]);
        assert!(!desk.has("book/team/course/first.html"), "drafts are no pages");
        finish(&desk);
        desk.ends(0, &["build", "--strict"]);
        for page in ["notes/one", "course/first", "news/2026-11-payouts", "rules/complaint", "talks/late"] {
            assert!(desk.has(&format!("book/team/{page}.html")), "{page}");
            assert!(!desk.has(&format!("book/help/{page}.html")), "{page}");
        }
        assert!(desk.has("book/help/answers/money.html"), "a help centre is open to the widest audience");
        let cyrillic = desk.read("content/answers/money.md").contains("Вопрос");
        assert_eq!(cyrillic, language == "ru");
    }
}

#[test]
fn a_member_brings_the_first_page_of_its_folder() {
    for (kind, path, _) in KINDS.iter().filter(|(_, path, _)| path.contains('/')).skip(1) {
        let desk = book("en", "");
        let folder = path.split('/').next().unwrap();
        let ended = desk.ends(0, &["new", kind, path]);
        assert_eq!(ended.out, format!("content/{folder}/index.md\ncontent/{path}.md\n"));
        assert!(!desk.read(&format!("content/{path}.md")).contains("kind:"), "its folder says it");
        finish(&desk);
        desk.ends(0, &["check", "--strict"]);
    }
    let desk = book("en", "");
    let ended = desk.ends(0, &["new", "module", "lonely"]);
    assert!(ended.err.contains("`deskbook new track NAME` makes one"), "{}", ended.err);
    assert!(desk.read("content/lonely.md").contains("kind: module\n"));
}

#[test]
fn a_stranger_in_a_folder_says_what_it_is() {
    let desk = small();
    let ended = desk.ends(0, &["new", "module", "faq/lesson"]);
    assert!(ended.err.contains("`faq` is of kind `faq`"), "{}", ended.err);
    assert!(desk.read("content/faq/lesson.md").contains("kind: module\n"));
    assert_eq!(desk.ends(0, &["new", "page", "faq/about"]).out, "content/faq/about.md\n");
    assert!(desk.read("content/faq/about.md").contains("kind: page\n"));
    desk.ends(0, &["check", "--strict"]);
}

#[test]
fn titles_are_taken_as_they_are() {
    let desk = small();
    for (number, title) in
        ["Refunds: \"the\" rules", "@home {{ x }} #1", "a\\b", "two\nlines", "{#id}"].iter().enumerate()
    {
        let path = format!("titles/p{number}");
        desk.ends(0, &["new", "page", &path, "--title", title]);
    }
    desk.ends(0, &["new", "page", "titles/05-late_payout"]);
    finish(&desk);
    desk.ends(0, &["build", "--strict"]);
    assert!(desk.read("book/team/titles/p0.html").contains("<h1>Refunds: &quot;the&quot; rules</h1>"));
    assert!(desk.read("book/team/titles/late_payout.html").contains("<h1>Late payout</h1>"));
}

#[test]
fn a_translation_begins_as_its_source() {
    let desk = book("en", "[languages.ru]\n");
    desk.write("content/index.ru.md", "# Начало\n");
    for (kind, path, file) in KINDS {
        let ended = desk.ends(0, &["new", kind, path]);
        assert!(ended.err.contains(&format!("`deskbook new {kind} {path} --language ru`")), "{}", ended.err);
        let ended = desk.ends(0, &["new", kind, path, "--language", "ru", "--title", "Имя"]);
        assert_eq!(ended.out, format!("content/{}\n", file.replace(".md", ".ru.md")));
    }
    desk.ends(0, &["check", "--strict"]);
    finish(&desk);
    desk.ends(0, &["build", "--strict"]);
    assert!(desk.read("book/team/ru/course/first.html").contains("<h1>Имя</h1>"));
    let translation = desk.read("content/course/01-first.ru.md");
    assert!(translation.contains("{#first}") && translation.contains("reviewed: 2026-11-24"), "{translation}");
    assert!(!translation.contains("kind:") && !translation.contains("minutes:"), "{translation}");
    // the suffix says the language as well
    desk.ends(0, &["new", "page", "notes/two"]);
    assert_eq!(desk.ends(0, &["new", "page", "notes/two.ru.md"]).out, "content/notes/two.ru.md\n");
    let says = ["there is no `content/gone.md` to translate", "deskbook new page gone"];
    desk.refuses(&["new", "page", "gone", "--language", "ru"], &says);
    desk.refuses(&["new", "page", "notes/one", "--language", "fr"], &["no language `fr`", "`ru`"]);
}

#[test]
fn names_that_would_collide_are_refused() {
    let desk = small();
    desk.ends(0, &["new", "module", "course/01-first"]);
    let before = files_below(&desk.path("content"));
    for (path, says) in [
        ("faq/money", "`content/faq/money.md` is already there"),
        ("faq/money.md", "`content/faq/money.md` is already there"),
        ("faq/Money", "duplicate-address"),
        ("course/02-first", "duplicate-address"),
        ("faq/README", "duplicate-address"),
        ("search/x", "deskbook's own"),
        ("404", "deskbook's own"),
        ("x.de", "unknown-language"),
        ("SUMMARY", "bad-summary"),
        ("../x", "is no place for a page"),
        ("/x", "is no place for a page"),
        (".hidden/x", "is no place for a page"),
        ("", "is no place for a page"),
    ] {
        desk.refuses(&["new", "page", path], &[says]);
    }
    assert_eq!(files_below(&desk.path("content")), before);
}

#[test]
fn pages_are_written_where_the_book_reads_them() {
    let desk = Desk::with(&[("README.md", "# Notes\n")]);
    desk.ends(0, &["build"]);
    for path in ["book/x", "themes/x", "node_modules/x"] {
        desk.refuses(&["new", "page", path], &["would be no part of the book"]);
    }
    assert_eq!(desk.ends(0, &["new", "page", "a b/c"]).out, "a b/c.md\n");
    let desk = Desk::empty();
    desk.ends(0, &["init", "desk"]);
    let ended = desk.ends(0, &["new", "page", "a b", "--book", "desk"]);
    assert_eq!(ended.out, "desk/content/a b.md\n", "a path that an editor can open");
    assert!(ended.err.contains("deskbook new page 'a b' --language ru --book desk"), "{}", ended.err);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_behind_a_link() {
    let desk = small();
    fs::create_dir(desk.path("outside")).unwrap();
    std::os::unix::fs::symlink("../outside", desk.path("content/link")).unwrap();
    desk.refuses(&["new", "page", "link/x"], &["would be no part of the book"]);
    assert_eq!(files_below(&desk.path("outside")), Vec::<String>::new());
}
