//! Files that are no text, lie elsewhere than they seem, or have strange names.

use super::{Book, PUBLIC};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

/// A way to spoil a book, and how it is called.
type Way<'a> = (&'a str, &'a dyn Fn(&Book));

fn pipe(book: &Book, path: &str) {
    fs::create_dir_all(book.path(path).parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(book.path(path)).status().unwrap().success());
}

#[test]
fn nothing_at_all() {
    let book = Book::new();
    fs::remove_dir_all(book.path("content")).unwrap();
    assert_eq!(book.build().code, 2, "no folder of text");
    fs::create_dir(book.path("content")).unwrap();
    assert!(book.build().code <= 2, "no text");
    book.write("content/empty.md", "");
    book.write("content/space.md", " \n\t\n\r\n");
    book.write("content/mark.md", "\u{feff}");
    book.write("content/open.md", "---");
    book.write("content/SUMMARY.md", "");
    assert!(book.build().code <= 1);
    fs::remove_file(book.path("content/SUMMARY.md")).unwrap();
    let run = book.build();
    assert!(run.finds("bad-front-matter", "content/open.md"), "{}", run.findings);
    fs::remove_file(book.path("book.toml")).unwrap();
    assert!(book.build().code <= 1, "a folder of nearly nothing");
}

#[test]
fn what_is_no_text() {
    let book = Book::new();
    book.write("content/bytes.md", b"---\naudience: public\n---\n# P\xff\n");
    book.write("content/wide.md", b"\xff\xfe#\0 \0P\0");
    book.write("content/null.md", format!("{PUBLIC}# A\0B\n\n:::on\0ly staff\nzq1x7secret\n:::\n"));
    book.write("content/SUMMARY.de.md", b"\xff");
    let run = book.build();
    for path in ["content/bytes.md", "content/wide.md", "content/SUMMARY.de.md"] {
        assert!(run.finds("bad-file", path), "{path}: {}", run.findings);
    }
    assert!(!book.shows("zq1x7secret"));
}

#[test]
fn line_breaks_of_every_kind() {
    for (name, end) in [("unix", "\n"), ("windows", "\r\n"), ("mac", "\r")] {
        let book = Book::new();
        let text = [
            "\u{feff}---",
            "audience: public",
            "---",
            "# Page",
            "",
            "shown",
            "",
            ":::only staff",
            "zq1x7secret",
            ":::",
            "",
        ];
        book.write("content/page.md", text.join(end));
        let run = book.build();
        let page = book.public("page.html").unwrap_or_else(|| panic!("{name}: {}", run.findings));
        assert!(
            page.contains("Page</span></h1>") && page.contains("shown") && !page.contains("zq1x7secret"),
            "{name}: {page}"
        );
        assert!(!run.findings.contains("content/page.md:"), "{name}: {}", run.findings);
    }
}

/// Every way in which an index page that narrows its folder can fail to be read.
#[test]
fn a_folder_whose_index_page_cannot_be_read_stays_closed() {
    let marked = "---\naudience: staff\n---\n# Inside\n";
    let ways: &[Way] = &[
        ("not UTF-8", &|book| book.write("content/faq/in/index.md", [marked.as_bytes(), b"\xff"].concat())),
        ("too large", &|book| book.write("content/faq/in/index.md", marked.to_owned() + &"a".repeat(3 << 20))),
        ("another ending", &|book| book.write("content/faq/in/index.MD", marked)),
        ("a longer ending", &|book| book.write("content/faq/in/index.markdown", marked)),
        ("another case", &|book| book.write("content/faq/in/Index.md", marked)),
        ("a readme", &|book| book.write("content/faq/in/readme.md", marked)),
        ("numbered", &|book| book.write("content/faq/in/01-index.md", marked)),
        ("two of them", &|book| {
            book.write("content/faq/in/README.md", marked);
            book.page("content/faq/in/index.md", "# Inside\n");
        }),
        ("an unknown language", &|book| book.write("content/faq/in/index.de.md", marked)),
        ("a pipe", &|book| pipe(book, "content/faq/in/index.md")),
        ("a folder", &|book| fs::create_dir_all(book.path("content/faq/in/index.md")).unwrap()),
        ("a link", &|book| {
            book.write("elsewhere.md", marked);
            symlink(book.path("elsewhere.md"), book.path("content/faq/in/index.md")).unwrap();
        }),
        ("a link to nowhere", &|book| symlink("nowhere.md", book.path("content/faq/in/index.md")).unwrap()),
        ("a slip", &|book| book.write("content/faq/in/index.md", "\n---\naudience: staff\n---\n")),
    ];
    for (name, write) in ways {
        let book = Book::new();
        book.write("content/faq/index.md", "---\naudience: public\nkind: faq\n---\n# Questions\n\n![x](in/pic.png)\n");
        book.write("content/faq/in/page.md", "# zq1x7secret\n");
        book.write("content/faq/in/deeper/page.md", "# zq1x7secret\n");
        book.write("content/faq/in/pic.png", "zq1x7secret");
        write(&book);
        let run = book.build();
        assert!(run.code <= 1, "{name}: {}", run.findings);
        assert!(book.public("faq/index.html").is_some() && !book.shows("zq1x7secret"), "{name}: {}", run.findings);
    }
}

#[test]
fn links_lead_nowhere() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("page.md"), format!("{PUBLIC}# zq1x7secret\n")).unwrap();
    fs::write(outside.path().join("pic.png"), "zq1x7secret").unwrap();
    let book = Book::new();
    book.page("content/page.md", "![a](pic.png) ![b](folder/pic.png) [c](link.md) [d](folder/page.md)\n");
    book.write("content/own.png", "own");
    for (link, target) in [("pic.png", "pic.png"), ("link.md", "page.md"), ("folder", "")] {
        symlink(outside.path().join(target), book.path("content").join(link)).unwrap();
    }
    symlink("own.png", book.path("content/inside.png")).unwrap();
    symlink("..", book.path("content/loop")).unwrap();
    symlink("/dev/zero", book.path("content/zero.md")).unwrap();
    book.write("themes/desk/page.html", "{% extends \"base.html\" %}");
    symlink(outside.path().join("page.md"), book.path("themes/desk/note.html")).unwrap();
    symlink(outside.path(), book.path("themes/other")).unwrap();
    let run = book.build();
    for path in ["pic.png", "link.md", "folder", "inside.png", "loop", "zero.md"] {
        assert!(run.finds("bad-file", &format!("content/{path}:")), "{path}: {}", run.findings);
    }
    assert!(run.finds("missing-asset", "content/page.md") && run.finds("broken-link", "content/page.md"));
    assert!(!book.shows("zq1x7secret"));
}

/// Without its `book.toml` a book would be open to everybody.
#[test]
fn a_configuration_that_cannot_be_read_is_not_a_missing_one() {
    let ways: &[Way] = &[
        ("a link", &|book| symlink("real.toml", book.path("book.toml")).unwrap()),
        ("a link to nowhere", &|book| symlink("nowhere.toml", book.path("book.toml")).unwrap()),
        ("a pipe", &|book| pipe(book, "book.toml")),
        ("a folder", &|book| fs::create_dir(book.path("book.toml")).unwrap()),
        ("not UTF-8", &|book| book.write("book.toml", b"\xff")),
        ("a linked folder of text", &|book| {
            book.write("book.toml", super::CONFIG);
            fs::rename(book.path("content"), book.path("real")).unwrap();
            symlink("real", book.path("content")).unwrap();
            book.write("src/page.md", "# zq1x7secret\n");
        }),
    ];
    for (name, write) in ways {
        let book = Book::new();
        book.write("content/page.md", "# zq1x7secret\n");
        fs::rename(book.path("book.toml"), book.path("real.toml")).unwrap();
        write(&book);
        let run = book.build();
        assert_eq!(run.code, 2, "{name}: {}", run.findings);
        assert!(!book.path("book").exists(), "{name}: something was published");
    }
}

#[test]
fn what_is_no_plain_file_is_not_waited_for() {
    let book = Book::new();
    for path in ["content/pipe.md", "content/pipe.png", "themes/desk/pipe.css"] {
        pipe(&book, path);
    }
    let _socket = std::os::unix::net::UnixListener::bind(book.path("content/socket.md")).unwrap();
    // only the superuser makes devices
    let made = Command::new("mknod").arg(book.path("content/zero.md")).args(["c", "1", "5"]).output().unwrap();
    book.page("content/page.md", "![x](pipe.png)\n");
    let run = book.build();
    assert!(run.finds("bad-file", "content/socket.md"), "{}", run.findings);
    assert!(!made.status.success() || run.finds("bad-file", "content/zero.md"), "{}", run.findings);
    assert!(
        run.finds("bad-file", "content/pipe.md") && run.finds("missing-asset", "content/page.md"),
        "{}",
        run.findings
    );
}

#[test]
fn what_may_not_be_read_is_a_finding() {
    let book = Book::new();
    book.page("content/page.md", "# Page\n");
    book.page("content/folder/inside.md", "# Inside\n");
    for (path, mode) in [("content/page.md", 0o000), ("content/folder", 0o000)] {
        fs::set_permissions(book.path(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    // the superuser reads everything
    let readable = fs::read(book.path("content/page.md")).is_ok();
    let run = book.build();
    fs::set_permissions(book.path("content/folder"), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(run.code <= 1, "{}", run.findings);
    assert_eq!(book.public("page.html").is_some(), readable, "{}", run.findings);
    assert!(readable || run.finds("bad-file", "content/page.md"), "{}", run.findings);
}

#[test]
fn strange_names() {
    let fine = [
        "two words",
        "it's",
        "\"quoted\"",
        "100%",
        "%41",
        "a#b",
        "a?b",
        "a&b",
        "a;b",
        "a=b,c",
        "<b>",
        "{x}",
        "[y]",
        "$HOME",
        "`x`",
        "😀",
        "naïve",
        "вывод",
        "ends.",
        "..two",
        "...",
        "CON",
        "nul",
        "aux.x",
        "a:b",
        "a|b",
        "a*b",
        "~",
        "-rf",
        "--",
        "@",
        "!",
        "\u{202e}gpj",
        "e\u{301}",
        " space ",
    ];
    let book = Book::new();
    let links: String = (0..fine.len()).map(|at| format!("[{at}](<{}.md>)\n", escaped(fine[at]))).collect();
    book.page("content/page.md", &links);
    for (at, name) in fine.iter().enumerate() {
        book.page(&format!("content/{name}.md"), &format!("# Name {at}!\n"));
    }
    let run = book.build();
    let page = book.public("page.html").unwrap_or_else(|| panic!("{}", run.findings));
    for (at, name) in fine.iter().enumerate().filter(|(_, name)| !name.starts_with('.')) {
        assert!(book.shows(&format!("Name {at}!")), "{name}: {}", run.findings);
        let link = page
            .split('\n')
            .find(|line| line.contains(&format!(">{at}</a>")))
            .unwrap_or_else(|| panic!("{name}: {page}"));
        let href = link.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let file = percent_encoding::percent_decode_str(href).decode_utf8().unwrap().replace("&amp;", "&");
        assert!(book.public(&file).is_some_and(|page| page.contains(&format!("Name {at}!"))), "{name}: {href}");
    }
}

/// A path as it stands in a link.
fn escaped(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[test]
fn names_that_cannot_be_addresses() {
    let book = Book::new();
    let deep = "d/".repeat(60);
    let long = "x".repeat(240);
    for path in [
        "content/a\\b.md",
        "content/line\nbreak.md",
        "content/bell\u{7}.md",
        &format!("content/{long}.md"),
        &format!("content/{deep}page.md"),
    ] {
        book.page(path, "# zq1x7secret\n");
    }
    let name = std::ffi::OsStr::from_bytes(b"content/bytes\xff.md");
    fs::write(book.dir.path().join(name), format!("{PUBLIC}# zq1x7secret\n")).unwrap();
    book.page("content/fine.md", "# Fine\n");
    let run = book.build();
    assert!(run.code <= 1 && run.findings.matches("[bad-file]").count() >= 6, "{}", run.findings);
    let coloured = book.run_with(&["check"], &[("CLICOLOR_FORCE", "1")]).findings;
    assert!(!coloured.contains(['\u{7}', '\r']) && !coloured.contains("\nbreak.md"), "{coloured}");
    assert!(book.shows("Fine") && !book.shows("zq1x7secret"), "{}", run.findings);
}

#[test]
fn no_address_is_a_folder_of_another() {
    let book = Book::new();
    book.page("content/x.md", "# X\n");
    book.page("content/x.html/y.md", "# Y\n");
    book.page("content/404.html/z.md", "# Z\n");
    book.write("content/search", "file");
    book.write(
        "content/alias.md",
        format!("---\naudience: public\naliases: [x.html/old, \"a\\0b\", \"{}\"]\n---\n[s](search)\n", "l".repeat(300)),
    );
    let run = book.build();
    assert!(run.code <= 1, "{}", run.findings);
    assert!(run.findings.matches("[duplicate-address]").count() >= 5, "{}", run.findings);
    assert!(book.public("x.html").is_some());
}
