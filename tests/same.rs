//! The same book gives the same bytes and the same findings: whoever builds it, wherever, and after whatever.

mod support;

use deskbook::pipeline::Memory;
use deskbook::source;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use support::{Built, as_bytes, build_book, build_bytes};

fn in_threads<R: Send>(threads: usize, run: impl FnOnce() -> R + Send) -> R {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started").install(run)
}

fn assert_same(one: &Built, other: &Built, case: &str) {
    assert_eq!(one.findings, other.findings, "{case}");
    for (edition, files) in &one.sites {
        let others = &other.sites[edition];
        assert!(files.keys().eq(others.keys()), "{case}: `{edition}` has other files");
        let differing = files.iter().find(|(address, bytes)| others[*address] != **bytes);
        assert_eq!(differing.map(|(address, _)| address), None, "{case}: `{edition}` differs");
    }
    assert!(one == other, "{case}");
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn book_at(root: &Path) -> Built {
    build_book(&source::open(root).expect("the book is there"), &Memory::default())
}

/// Every file of the repository's book, by path.
fn files_of_the_book() -> Vec<PathBuf> {
    let root = repository();
    let below = ["book.toml", "content", "themes"].map(|name| walkdir::WalkDir::new(root.join(name)));
    let entries = below.into_iter().flatten().flatten().filter(|entry| entry.file_type().is_file());
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.path().strip_prefix(&root).expect("below the root").to_owned()).collect();
    files.sort();
    files
}

#[test]
fn any_number_of_threads() {
    let one = in_threads(1, || book_at(&repository()));
    assert!(one.sites.values().all(|files| files.len() > 10), "the book has pages");
    for threads in [2, 8] {
        assert_same(&one, &in_threads(threads, || book_at(&repository())), &format!("{threads} threads"));
    }
}

#[test]
fn any_folder_and_any_order_of_files() {
    let here = book_at(&repository());
    let forwards = files_of_the_book();
    let backwards = forwards.iter().rev().cloned().collect();
    for order in [forwards, backwards] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let elsewhere = folder.path().join("elsewhere");
        for path in order {
            let to = elsewhere.join(&path);
            std::fs::create_dir_all(to.parent().expect("files lie in folders")).expect("a folder can be made");
            std::fs::copy(repository().join(&path), to).expect("the file can be copied");
        }
        assert_same(&here, &book_at(&elsewhere), "a copy");
    }
}

const PATHS: &[&str] = &[
    "content/index.md",
    "content/index.ru.md",
    "content/a/index.md",
    "content/a/one.md",
    "content/a/one.ru.md",
    "content/a/02-two.md",
    "content/b/x.md",
    "content/b/deep/y.md",
    "content/SUMMARY.md",
    "content/picture.png",
    "content/a/picture.png",
];

const FRONTS: &[&str] = &[
    "",
    "---\ntitle: Title {{ brand }}\naudience: public\n---\n",
    "---\naudience: staff\nkind: track\nowner: {{ brand }}\n---\n",
    "---\naudience: public\nkind: faq\naliases: [old, a/one]\norder: 1\n---\n",
    "---\naudience: public\ndraft: true\nrequires: a/one.md\n---\n",
    "---\naudience: partner\nminutes: 5\nversion: 2.10\n---\n",
    "---\ntitel: x\n---\n",
];

const TEXTS: &[&str] = &[
    "# Heading\n",
    "## Same\n\n## Same\n",
    "text {{ brand }} and {{ brnad }}\n",
    "[one](/a/one.md#same) [two](02-two.md) [up](../index.md) [gone](gone.md)\n",
    "![picture](picture.png) ![none](none.png)\n",
    ":::only staff\nfor staff [y](/b/deep/y.md)\n:::\n",
    ":::only partner\nfor partners\n:::\n",
    ":::note\nnot closed\n",
    "<b>bold</b> <blink>raw</blink>\n",
    ":::quiz {pass=80%}\n### Q?\n- [x] a\n- [ ] b\n\nHint: h\n:::\n",
    ":::scenario\n### S {#s}\n- [go](#e)\n\n### E {#e outcome=good}\n:::\n",
    ":::reply {channel=chat}\nHello {name}\n:::\n",
    "- [One](a/one.md)\n  - [X](b/x.md)\n- [Gone](c.md)\n",
    "a[^1]\n\n[^1]: note\n",
];

const BOOKS: &[&str] = &[
    "",
    "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\nbase-url = \"https://x.example/\"\n[edition.academy]\naudience = \"staff\"\n[variables]\nbrand = \"North\"\n",
    "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"partner\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\n[edition.partners]\naudience = \"partner\"\n[variables]\nbrand = \"South\"\n",
    "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\nraw-html = true\n[edition.help]\naudience = \"public\"\n[[channel]]\nid = \"chat\"\nname = \"Chat\"\n",
];

const THEMES: &[(&str, &str)] = &[
    ("themes/desk/page.html", "only {{ title }}"),
    ("themes/desk/page.html", "{{ broken"),
    ("themes/desk/desk.css", "body { color: black }"),
    ("themes/desk/words/ru.yaml", "skip: Дальше"),
];

/// What somebody does to a book between two builds.
#[derive(Clone, Debug)]
enum Edit {
    Write { path: usize, front: usize, texts: Vec<usize> },
    Move { from: usize, to: usize },
    Remove { path: usize },
    Configure(usize),
    Theme(usize),
    PlainTheme,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let write = (0..PATHS.len(), 0..FRONTS.len(), proptest::collection::vec(0..TEXTS.len(), 0..4));
    let edit = prop_oneof![
        6 => write.prop_map(|(path, front, texts)| Edit::Write { path, front, texts }),
        2 => (0..PATHS.len(), 0..PATHS.len()).prop_map(|(from, to)| Edit::Move { from, to }),
        1 => (0..PATHS.len()).prop_map(|path| Edit::Remove { path }),
        1 => (0..BOOKS.len()).prop_map(Edit::Configure),
        1 => (0..THEMES.len()).prop_map(Edit::Theme),
        1 => Just(Edit::PlainTheme),
    ];
    proptest::collection::vec(edit, 1..16)
}

type Book = BTreeMap<&'static str, String>;

fn apply(book: &mut Book, edit: &Edit) {
    match edit {
        Edit::Write { path, front, texts } => {
            let texts: Vec<&str> = texts.iter().map(|&text| TEXTS[text]).collect();
            book.insert(PATHS[*path], format!("{}{}", FRONTS[*front], texts.join("\n")));
        }
        Edit::Move { from, to } => {
            if let Some(text) = book.remove(PATHS[*from]) {
                book.insert(PATHS[*to], text);
            }
        }
        Edit::Remove { path } => drop(book.remove(PATHS[*path])),
        Edit::Configure(config) => drop(book.insert("book.toml", BOOKS[*config].to_owned())),
        Edit::Theme(file) => drop(book.insert(THEMES[*file].0, THEMES[*file].1.to_owned())),
        Edit::PlainTheme => book.retain(|path, _| !path.starts_with("themes/")),
    }
}

fn built(book: &Book, memory: &Memory) -> Built {
    let files: Vec<(&str, &str)> = book.iter().map(|(path, text)| (*path, text.as_str())).collect();
    build_bytes(&as_bytes(&files), memory)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What is remembered from earlier builds never shows in a later one.
    #[test]
    fn a_warm_build_equals_a_cold_one(edits in edits()) {
        let memory = Memory::default();
        let mut book = Book::from([("book.toml", BOOKS[1].to_owned()), (PATHS[0], FRONTS[1].to_owned() + TEXTS[0])]);
        for edit in &edits {
            apply(&mut book, edit);
            let warm = in_threads(3, || built(&book, &memory));
            let cold = in_threads(1, || built(&book, &Memory::default()));
            assert_same(&warm, &cold, &format!("{edit:?} in {book:#?}"));
        }
    }
}
