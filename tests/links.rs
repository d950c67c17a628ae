//! Every address in every page of every edition leads to a file, and to a place in it; and every page can be reached.

use deskbook::diagnostic::Diagnostic;
use deskbook::pipeline::Memory;
use deskbook::pipeline::{self, Request};
use deskbook::source::{self, Book};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files of an edition by address.
type Files = BTreeMap<String, Vec<u8>>;

/// What has to be known of a page to follow the links of others.
struct Page<'a> {
    html: &'a str,
    ids: BTreeSet<String>,
}

fn decoded(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// The values of an attribute. Texts hold no plain `"`, so what looks like an attribute is one.
fn values(html: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    html.split(&opening).skip(1).map(|rest| decoded(rest.split('"').next().unwrap_or_default())).collect()
}

fn addresses(html: &str) -> Vec<String> {
    let plain = ["href", "src", "poster"].iter().flat_map(|name| values(html, name));
    let refresh =
        values(html, "content").into_iter().filter_map(|value| Some(value.split_once("; url=")?.1.to_owned()));
    plain.chain(refresh).collect()
}

fn pages(files: &Files) -> BTreeMap<&str, Page<'_>> {
    let html = files.iter().filter(|(address, _)| address.ends_with(".html"));
    html.map(|(address, bytes)| {
        let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
        let all = values(html, "id");
        let ids: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(ids.len(), all.len(), "{address}: an id stands twice");
        (address.as_str(), Page { html, ids })
    })
    .collect()
}

/// Where a link leads: a file and a fragment; `None` for another site.
fn follow(from: &str, href: &str, base: &str) -> Option<(String, Option<String>)> {
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
    let fragment = fragment.map(|fragment| percent_decode_str(fragment).decode_utf8_lossy().into_owned());
    let file = |path: &str| {
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
    };
    if let Some(path) = path.strip_prefix(base) {
        return Some((file(path), fragment));
    }
    if ["https:", "http:", "mailto:", "tel:"].iter().any(|scheme| path.starts_with(scheme)) {
        return None;
    }
    if path.is_empty() {
        return Some((from.to_owned(), fragment));
    }
    let root = base.splitn(4, '/').nth(3).map_or("/".to_owned(), |path| format!("/{path}"));
    if from == "404.html" {
        let path =
            path.strip_prefix(&root).unwrap_or_else(|| panic!("404.html: `{href}` does not begin with `{root}`"));
        return Some((file(path), fragment));
    }
    assert!(!path.starts_with('/'), "{from}: `{href}` is not relative");
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let joined = deskbook::address::join(from, &path).unwrap_or_else(|| panic!("{from}: `{href}` leaves the edition"));
    Some((if path.ends_with('/') { format!("{joined}/index.html") } else { joined }, fragment))
}

/// Follows every link of an edition.
fn check(name: &str, files: &Files, base: &str) {
    let pages = pages(files);
    let mut reached = BTreeSet::from(["404.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    let mut links: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (address, page) in &pages {
        for href in addresses(page.html) {
            let Some((file, fragment)) = follow(address, &href, base) else { continue };
            assert!(files.contains_key(&file), "{name}/{address}: `{href}` leads to no file");
            if let (Some(fragment), Some(target)) = (fragment, pages.get(file.as_str())) {
                assert!(target.ids.contains(&fragment), "{name}/{address}: `{href}` leads to no place");
            }
            links.entry(address).or_default().push(file);
        }
        assert!(page.html.starts_with("<!doctype html>\n<html lang=\""), "{name}/{address}");
    }
    while let Some(address) = open.pop() {
        if reached.insert(address.clone()) {
            open.extend(links.get(address.as_str()).into_iter().flatten().cloned());
        }
    }
    let is_redirect = |page: &Page| page.html.contains("http-equiv=\"refresh\"");
    for (address, page) in &pages {
        assert!(reached.contains(*address) || is_redirect(page), "{name}/{address}: no page leads there");
        mutual(name, address, page, &pages);
    }
}

/// The next page's previous page is this one, in the same language.
fn mutual(name: &str, address: &str, page: &Page, pages: &BTreeMap<&str, Page>) {
    let neighbour = |page: &Page, rel: &str| {
        let rest = page.html.split(&format!("<a rel=\"{rel}\" href=\"")).nth(1)?;
        Some(decoded(rest.split('"').next()?))
    };
    for (there, back) in [("next", "prev"), ("prev", "next")] {
        let Some(href) = neighbour(page, there) else { continue };
        let (file, _) = follow(address, &href, "https://").expect("neighbours are pages of the edition");
        let other = &pages[file.as_str()];
        let returns = neighbour(other, back).and_then(|href| follow(&file, &href, "https://"));
        // the first page of a section may have no neighbours of its own
        assert!(returns.is_none_or(|(back, _)| back == address), "{name}: {there} of {address} is {file}");
        assert_eq!(language(page.html), language(other.html), "{name}: {there} of {address} is {file}");
    }
}

fn language(html: &str) -> &str {
    html.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("every page has a language")
}

fn said(findings: &[Diagnostic]) -> Vec<String> {
    let file = |finding: &Diagnostic| finding.span.as_ref().map_or("book".to_owned(), |span| span.file.to_string());
    findings.iter().map(|finding| format!("{}: {}: {}", file(finding), finding.code, finding.message)).collect()
}

/// Builds every edition of a book and follows its links; hands out the files.
fn followed(book: &Book) -> BTreeMap<String, Files> {
    pipeline::run(book, &Request::default(), &Memory::default(), |findings, sites| {
        assert!(!pipeline::fails(&findings, false), "{:#?}", said(&findings));
        let mut editions = BTreeMap::new();
        for site in sites {
            let outputs = site.outputs.iter().enumerate();
            let bytes = |index| site.bytes(index).expect("it renders");
            let files: Files = outputs.map(|(index, output)| (output.address.clone(), bytes(index))).collect();
            let base = site.edition.base_url.as_deref().unwrap_or("https://no.base/");
            check(&site.edition.name, &files, base);
            editions.insert(site.edition.name.clone(), files);
        }
        editions
    })
}

fn from_disk(path: &str) -> BTreeMap<String, Files> {
    followed(&source::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the book is there"))
}

fn from_memory(files: &[(&str, &str)]) -> BTreeMap<String, Files> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    followed(&source::from_memory(&files))
}

fn text<'a>(files: &'a Files, address: &str) -> &'a str {
    let bytes = files.get(address).unwrap_or_else(|| panic!("no {address} in {:#?}", files.keys()));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

#[test]
fn the_book_of_the_repository() {
    let editions = from_disk(".");
    assert_eq!(editions.keys().collect::<Vec<_>>(), ["academy", "help"]);
    assert!(editions["academy"].len() > editions["help"].len());
}

#[test]
fn the_starter() {
    assert_eq!(from_disk("src/cli/starter").len(), 2);
}

/// Three languages, of which each page has some, below a path.
const MIXED: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[languages.de]\n\
         [edition.help]\naudience = \"public\"\nbase-url = \"https://example.com/a/help/\"\n\
         [edition.team]\naudience = \"staff\"\n",
    ),
    ("content/index.md", "---\naudience: public\n---\n# Home\n\n[a](faq/a.md#one) [folder](faq/)\n"),
    ("content/index.ru.md", "# Начало\n\n[а](faq/a.md#one) [по-английски](faq/b.md#uebersicht) [b](faq/b.de.md)\n"),
    ("content/faq/index.md", "---\nkind: faq\naudience: public\n---\n# Questions\n"),
    (
        "content/faq/a.md",
        "# A\n\n## One {#one}\n\n[b](b.md#uebersicht) ![p](../img/p.png)\n\n:::only staff\n[s](../staff/s.md)\n:::\n",
    ),
    ("content/faq/a.ru.md", "# А\n\n## Один {#one}\n\n[б](b.md) [сюда](#one) [по-русски](a.ru.md#one)\n"),
    (
        "content/faq/b.md",
        "---\naliases: [old/b, faq/old-b.html]\n---\n# B\n\n## Overview {#uebersicht}\n\n[a](a.md#one)\n",
    ),
    (
        "content/faq/b.de.md",
        "---\naliases: old-b\n---\n# B auf Deutsch\n\n## Übersicht {#uebersicht}\n\n[a](a.md#one)\n",
    ),
    ("content/img/p.png", "png"),
    ("content/staff/s.md", "# Staff\n\n[a](../faq/a.md) [file](Файл с пробелом.pdf)\n"),
    ("content/staff/Файл с пробелом.pdf", "pdf"),
    ("content/staff/deep/er/Глубоко.ru.md", "# Только по-русски\n\n[с](../../s.md)\n"),
    ("content/staff/odd & <name> 100%.md", "# Odd & odd\n\n## Q & A?\n\n[here](#q--a)\n"),
];

#[test]
fn pages_in_some_of_three_languages_below_a_path() {
    let editions = from_memory(MIXED);
    let help = &editions["help"];
    assert!(!help.keys().any(|address| address.contains("staff")), "{:#?}", help.keys());
    assert!(text(help, "404.html").contains("href=\"/a/help/index.html\""));
    assert!(text(help, "ru/index.html").contains("href=\"../de/faq/b.html\""), "a language that is named is kept");
    let team = &editions["team"];
    assert!(text(team, "404.html").contains("href=\"/index.html\""));
    assert!(team.contains_key("ru/staff/deep/er/Глубоко.html") && !team.contains_key("staff/deep/er/Глубоко.html"));
}

#[test]
fn a_missing_translation_shows_the_default_language_with_a_notice() {
    let help = &from_memory(MIXED)["help"];
    let page = text(help, "de/faq/a.html");
    assert_eq!(language(page), "de", "the language of what is around the text");
    assert!(page.contains("<main") && page.contains(" lang=\"en\""), "the language of the text: {page}");
    assert!(page.contains("<h1><span id=\"a\">A</span></h1>"), "{page}");
    assert!(page.contains("class=\"notice\""), "{page}");
    assert!(page.contains("href=\"b.html#uebersicht\""), "links stay in the reader's language");
    assert!(page.contains("href=\"https://example.com/a/help/faq/a.html\""), "its canonical address is the original's");
    // the switch leads to the same page in each language
    for (code, href) in [("en", "../../faq/a.html"), ("ru", "../../ru/faq/a.html")] {
        assert!(page.contains(&format!("href=\"{href}\" lang=\"{code}\" hreflang=\"{code}\"")), "{page}");
    }
    let original = text(help, "faq/a.html");
    assert!(!original.contains("class=\"notice\""));
    assert!(original.contains("hreflang=\"ru\" href=\"https://example.com/a/help/ru/faq/a.html\""));
    assert!(!original.contains("hreflang=\"de\" href=\"https:"), "a page that is not written is no translation");
}

#[test]
fn an_anchor_has_to_stand_in_every_language_that_follows_the_link() {
    let mut files = MIXED.to_vec();
    files.push(("content/faq/b.ru.md", "# Б\n\n## Обзор {#обзор}\n"));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let findings = pipeline::check(&source::from_memory(&files), &Request::default(), &Memory::default());
    let broken: Vec<String> = said(&findings).into_iter().filter(|line| line.contains("broken-anchor")).collect();
    assert_eq!(broken, ["content/index.ru.md: broken-anchor: `content/faq/b.ru.md` has no `#uebersicht`"]);
}

#[test]
fn folders_without_index_pages_and_without_a_home() {
    let editions = from_memory(&[
        ("b/two.md", "# Two\n\n[one](../a/one.md)\n"),
        ("a/one.md", "# One\n"),
        ("a/inner/deep/three.md", "# Three\n"),
        ("c.md", "# C\n"),
    ]);
    assert!(text(&editions["site"], "index.html").contains("href=\"a/inner/deep/three.html\""));
}

#[test]
fn the_order_of_a_summary() {
    from_memory(&[
        ("book.toml", "[book]\nsrc = \"src\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Intro](intro.md)\n\n# Part\n\n- [A](a/README.md)\n  - [B](a/b.md)\n- [Later]()\n  - [C](c.md)\n\n[End](end.md)\n",
        ),
        ("src/intro.md", "# Intro\n"),
        ("src/a/README.md", "# A\n"),
        ("src/a/b.md", "# B\n\n[up](./)\n"),
        ("src/c.md", "# C\n"),
        ("src/end.md", "# End\n"),
    ]);
}
