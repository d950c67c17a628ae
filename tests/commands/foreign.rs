//! Folders that were not written for deskbook: an mdBook, and plain Markdown.

use super::*;

const MDBOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"A book\"\nauthors = [\"Somebody\"]\nlanguage = \"en\"\nsrc = \"src\"\n\n\
         [rust]\nedition = \"2024\"\n\n[build]\nbuild-dir = \"out\"\ncreate-missing = false\n\n\
         [preprocessor.links]\n\n[output.html]\ndefault-theme = \"navy\"\n[output.html.fold]\nenable = true\n",
    ),
    (
        "src/SUMMARY.md",
        "# Summary\n\n[Introduction](README.md)\n[Preface](preface.md)\n\n# User guide\n\n\
         - [Installation](guide/README.md)\n  - [Linux](guide/linux.md)\n    - [Deep](guide/deep/a-b.md)\n\
         - [Yet to be written]()\n  - [Below it](guide/below.md)\n\n---\n\n# Reference\n\n\
         - [`code` in *title*](ref/index.md)\n- [Numbered](ref/01-numbered.md)\n\n-----\n\n[Contributors](contributors.md)\n",
    ),
    ("src/README.md", "# Intro\n\nSee [Linux](guide/linux.md#setup), [the folder](guide/) ![i](img/a.svg)\n"),
    ("src/preface.md", "# Preface\n"),
    ("src/guide/README.md", "# Install\n"),
    ("src/guide/linux.md", "# Linux\n\n## Setup\n\n[up](../preface.md) [here](#setup) [root](/preface.md)\n"),
    ("src/guide/deep/a-b.md", "# Deep\n"),
    ("src/guide/below.md", "# Below\n"),
    ("src/ref/index.md", "# Reference\n"),
    ("src/ref/01-numbered.md", "# Numbered\n\nA note.[^1]\n\n[^1]: The note.\n"),
    ("src/contributors.md", "# Contributors\n"),
    ("src/snippet.md", "a part of another page\n"),
    ("src/img/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
];

#[test]
fn an_mdbook_builds() {
    let desk = Desk::with(MDBOOK);
    let ended = desk.ends(0, &["build", "--format", "short"]);
    let line = "warning[ignored-key]: settings of mdBook that mean nothing here: `output`, `preprocessor`, `rust`, \
                `book.authors`, `build.create-missing`\n";
    assert!(ended.err.contains(line), "{}", ended.err);
    assert!(ended.err.contains("src/snippet.md:1:1: notice[bad-summary]: this file is not listed"), "{}", ended.err);
    let html = files_below(&desk.path("out/site")).into_iter().filter(|path| path.ends_with(".html"));
    let expected = [
        "404.html",
        "contributors.html",
        "guide/below.html",
        "guide/deep/a-b.html",
        "guide/index.html",
        "guide/linux.html",
        "index.html",
        "preface.html",
        "ref/01-numbered.html",
        "ref/index.html",
    ];
    let pages: Vec<String> = html.filter(|path| !path.starts_with("search/")).collect();
    assert_eq!(pages, expected, "numbers stay in addresses where SUMMARY.md gives the order");
}

#[test]
fn the_summary_gives_order_titles_and_the_way_to_every_page() {
    let desk = Desk::with(MDBOOK);
    desk.ends(0, &["build"]);
    let mut address = "preface.html".to_owned();
    let mut walked = Vec::new();
    loop {
        walked.push(address.clone());
        let page = desk.read(&format!("out/site/{address}"));
        let Some(next) = page.split("rel=\"next\" href=\"").nth(1) else { break };
        let href = next.split('"').next().unwrap();
        address = deskbook::address::join(&address, href).unwrap();
    }
    assert_eq!(
        walked,
        [
            "preface.html",
            "guide/index.html",
            "guide/linux.html",
            "guide/deep/a-b.html",
            "guide/below.html",
            "ref/index.html",
            "ref/01-numbered.html",
            "contributors.html"
        ]
    );
    let home = desk.read("out/site/index.html");
    for part in ["User guide", "href=\"guide/below.html\"", "Yet to be written", "code in title"] {
        assert!(home.contains(part), "no `{part}` in {home}");
    }
}

#[test]
fn lines_of_mdbook_stay_as_text_with_a_warning() {
    let desk = Desk::with(MDBOOK);
    desk.write(
        "src/preface.md",
        "# Preface\n\n{{#include part.md}}\n\n```rust\n{{#rustdoc_include code.rs:3}}\n```\n\nHandlebars has `{{#if}}`.\n\n```hbs\n{{#if x}}\n```\n",
    );
    let ended = desk.ends(0, &["build", "--format", "short"]);
    let line = "warning[unknown-variable]: `{{#include part.md}}` of mdBook is not read, so this stays as it is\n";
    assert!(ended.err.contains(&format!("src/preface.md:3:1: {line}")), "{}", ended.err);
    assert!(
        ended.err.contains("src/preface.md:5:1: warning[unknown-variable]: `{{#rustdoc_include code.rs:3}}`"),
        "{}",
        ended.err
    );
    assert_eq!(ended.err.matches("unknown-variable").count(), 2, "{}", ended.err);
    assert!(desk.read("out/site/preface.html").contains("<p>{{#include part.md}}</p>"));
}

#[test]
fn any_folder_of_markdown_builds() {
    let desk = Desk::with(&[
        (
            "README.md",
            "# Проект\n\n[Заметка](<Мои заметки/первая заметка.md>) \
             [раздел](Мои%20заметки/первая%20заметка.md#раздел-один) ![кот](<img/мой кот.png>) \
             [лицензия](LICENSE) [pdf](img/a%20b.pdf) [ещё](docs/setup.linux.md)\n",
        ),
        ("LICENSE", "free"),
        ("img/мой кот.png", "png"),
        ("img/a b.pdf", "pdf"),
        ("img/unused.png", "png"),
        ("Мои заметки/первая заметка.md", "# Первая\n\n## Раздел один\n\n[вниз](<вложенная папка/глубоко.md>)\n"),
        ("Мои заметки/вложенная папка/глубоко.md", "Без заголовка, [наверх](../../README.md).\n"),
        ("docs/setup.linux.md", "# Setup\n"),
        ("docs/Q&A #1 100%.md", "# Q&A\n"),
        ("node_modules/x/README.md", "# Not ours\n"),
        (".git/notes.md", "# Not ours\n"),
    ]);
    let ended = desk.ends(0, &["build", "--strict"]);
    assert!(ended.err.starts_with("there is no `book.toml`: every page is built for everybody\n"), "{}", ended.err);
    let files = files_below(&desk.path("book/site"));
    for file in [
        "index.html",
        "Мои заметки/первая заметка.html",
        "Мои заметки/вложенная папка/глубоко.html",
        "docs/setup.linux.html",
        "docs/Q&A #1 100%.html",
        "img/мой кот.png",
        "img/a b.pdf",
        "LICENSE",
    ] {
        assert!(files.iter().any(|known| known == file), "no {file} in {files:#?}");
    }
    assert!(!files.iter().any(|file| file.contains("unused") || file.contains("node_modules")), "{files:#?}");
    let home = desk.read("book/site/index.html");
    assert!(home.contains("<h1><span id=\"проект\">Проект</span></h1>"));
    let folder = "%D0%9C%D0%BE%D0%B8%20%D0%B7%D0%B0%D0%BC%D0%B5%D1%82%D0%BA%D0%B8/";
    assert!(
        home.contains(&format!("<a href=\"{folder}%D0%B2")),
        "folders without an index lead to their first page: {home}"
    );
    assert!(desk.read("book/site/Мои заметки/вложенная папка/глубоко.html").contains("<h1>Глубоко</h1>"));
}

#[test]
fn a_link_to_a_folder_without_an_index_says_what_to_do() {
    let desk = Desk::with(&[("README.md", "[notes](notes/)\n"), ("notes/a.md", "# A\n")]);
    let ended = desk.ends(1, &["build"]);
    assert!(
        ended.err.contains("this folder has no `index.md`: write one, or link to a page in the folder"),
        "{}",
        ended.err
    );
}

#[test]
fn markdown_under_another_ending_is_named() {
    let desk = Desk::with(&[("README.md", "# A\n"), ("B.MD", "# B\n"), ("c.markdown", "# C\n")]);
    let out = desk.ends(0, &["check", "--format", "short"]).out;
    for name in ["B.MD", "c.markdown"] {
        assert!(out.contains(&format!("{name}:1:1: warning[bad-file]: this file is no page")), "{out}");
    }
}
