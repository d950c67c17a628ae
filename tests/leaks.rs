//! Internal text never reaches a public byte.

mod support;

use deskbook::pipeline::Memory;
use support::{Built, Files, build};

const SECRET: &str = "zq1x7secret";

const CONFIG: &str = "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\nbase-url = \"https://help.example.com/\"\n[edition.academy]\naudience = \"staff\"\n[search]\nsynonyms = \"synonyms.yaml\"\ntests = \"searches.yaml\"\n[variables]\nhidden = \"zq1x7secret\"\n";

const HOME: (&str, &str) = ("content/index.md", "---\ntitle: Home\naudience: public\n---\nWelcome.\n");
const HOME_RU: (&str, &str) = ("content/index.ru.md", "---\ntitle: Начало\n---\nПривет.\n");

fn contains_secret(files: &Files) -> Option<&str> {
    let secret = SECRET.as_bytes();
    let hides = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret));
    files.iter().find(|(address, bytes)| hides(address.as_bytes()) || hides(bytes)).map(|(address, _)| address.as_str())
}

fn assert_hidden(case: &str, files: &[(&str, &str)]) -> Built {
    let mut all = vec![("book.toml", CONFIG), HOME, HOME_RU];
    all.retain(|(path, _)| files.iter().all(|(other, _)| other != path));
    all.extend_from_slice(files);
    let built = build(&all, &Memory::default());
    assert_eq!(contains_secret(&built.sites["help"]), None, "{case}: {:#?}", built.findings);
    built
}

#[test]
fn every_internal_place_stays_internal() {
    let staff_page = format!(
        "---\ntitle: {SECRET}\ndescription: {SECRET}\ntags: {SECRET}\nkeywords: {SECRET}\nowner: {SECRET}\nversion: {SECRET}\nobjectives: [{SECRET}]\naliases: [{SECRET}.html]\n---\n# {SECRET} {{#{SECRET}}}\n\n{SECRET}\n\n![{SECRET}]({SECRET}.png)\n\n:::quiz\n### {SECRET}? {{#q-{SECRET}}}\n- [x] {SECRET}\n- [ ] no\n\nHint: {SECRET}\n:::\n\n:::reply\n{SECRET}\n:::\n\n:::asked\n{SECRET}\n:::\n\n:::scenario\n### {SECRET} {{#a outcome=good}}\n:::\n"
    );
    let places: Vec<(String, String)> = vec![
        (format!("content/{SECRET}.md"), staff_page.clone()),
        ("content/staff.md".into(), staff_page.clone()),
        (format!("content/{SECRET}/page.md"), staff_page.clone()),
        (format!("content/{SECRET}/index.md"), format!("---\nkind: track\n---\n{SECRET}\n")),
        (format!("content/{SECRET}.png"), SECRET.into()),
        ("content/synonyms.yaml".into(), format!("en: [[{SECRET}, x]]\n")),
        ("content/searches.yaml".into(), format!("- {{query: {SECRET}}}\n")),
        ("content/draft.md".into(), format!("---\naudience: public\ndraft: true\ntitle: {SECRET}\n---\n{SECRET}\n")),
        ("content/owned.md".into(), format!("---\naudience: public\ntitle: Owned\nowner: {SECRET}\n---\nText.\n")),
        ("content/index.ru.md".into(), format!("---\naudience: staff\ntitle: {SECRET}\n---\n{SECRET}\n")),
        (
            "content/comment.md".into(),
            format!("---\naudience: public\n---\n# Comment\n\n<!-- {SECRET} -->\n\ntext <!-- {SECRET} --> text\n"),
        ),
        (
            "content/asked.md".into(),
            format!(
                "---\naudience: public\nkind: topic\n---\n## Question?\n\nAnswer.\n\n:::only staff\n:::asked\n{SECRET}\n:::\n:::\n"
            ),
        ),
    ];
    for (path, text) in &places {
        let built = assert_hidden(path, &[(path, text)]);
        let shown = contains_secret(&built.sites["academy"]).is_some();
        let never = path.contains("synonyms")
            || path.contains("searches")
            || path.contains(".png")
            || path.contains("draft")
            || path.contains("comment")
            || path.contains("asked");
        assert!(shown || never, "{path} should show in the academy: {:#?}", built.findings);
    }
    let all: Vec<(&str, &str)> = places
        .iter()
        .filter(|(path, _)| !path.contains("index.md"))
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert_hidden("all at once", &all);
}

/// Public text around a block for staff, in every kind of nest.
fn nests(block: &str) -> Vec<String> {
    let nested = |prefix: &str, rest: &str| {
        let lines: Vec<String> = block
            .lines()
            .enumerate()
            .map(|(index, line)| format!("{}{line}", if index == 0 { prefix } else { rest }))
            .collect();
        format!("# Page\n\n{}\n\nEnd.\n", lines.join("\n"))
    };
    vec![
        nested("", ""),
        nested("> ", "> "),
        nested("- ", "  "),
        nested("1. ", "   "),
        nested("> - ", ">   "),
        nested("- > - ", "  >   "),
        format!("# Page\n\n::::note\n{block}\n::::\n"),
        format!("# Page\n\n::::tabs\n@tab One\n{block}\n@tab Two\ntext\n::::\n"),
        format!("# Page\n\ntext\n{block}\ntext\n"),
        format!("# Page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n{block}\n"),
        format!("# Page\n\n::::quiz\n### Q?\n- [x] a\n- [ ] b\n\n{block}\n::::\n"),
        format!("# Page\n\n::::scenario\n### S {{#s outcome=good}}\n{block}\n::::\n"),
    ]
}

#[test]
fn blocks_for_staff_are_removed_at_any_depth() {
    let inner = [
        SECRET.to_owned(),
        format!("## {SECRET}"),
        format!("- {SECRET}\n- [{SECRET}](x.md)"),
        format!("[x]: https://example.com/{SECRET}"),
        format!("[^n]: {SECRET}"),
        format!("```\n{SECRET}\n```"),
    ];
    for text in inner {
        for page in nests(&format!(":::only staff\n{text}\n:::")) {
            let page = format!("---\naudience: public\n---\n{page}\nSee [x] and [y][x] and a note[^n].\n");
            assert_hidden(&page, &[("content/page.md", &page)]);
        }
    }
}

#[test]
fn no_misspelling_lets_text_for_staff_through() {
    let openings = [
        ":::only staff",
        "::: only staff",
        ":::  only   staff",
        "::::only staff",
        ":::only  staff ",
        ":::Only staff",
        ":::ONLY STAFF",
        ":::onlystaff",
        ":::only",
        ":::only Staff",
        ":::only stuff",
        ":::only staff public",
        ":::only staff {x}",
        ":::only staff {#a}",
        ":::only {staff}",
        ":::only=staff",
        ":::only staff:::",
        ":::olny staff",
        ":::onyl staff",
        ":::onlу staff",
        ":::оnly staff",
        ":::only stаff",
        "::only staff",
        ":: only staff",
        "::Only staff",
        ";;;only staff",
        "::;only staff",
        "：：：only staff",
        "::：only staff",
        ": : :only staff",
        ":: :only staff",
        ":::staff",
        ":::only\tstaff",
        "\u{200b}:::only staff",
        ":\u{200b}::only staff",
        "text :::only staff",
        "**:::only staff**",
        "- :::only staff",
        "> :::only staff",
        "    :::only staff",
        "\t:::only staff",
        "  :::only staff",
        "   :::only staff",
        "<!-- x --> :::only staff",
        "<div>:::only staff",
        "# :::only staff",
        "| :::only staff |",
        "1. :::only staff",
        "+ :::only staff",
        "[^1]: :::only staff",
        ": :::only staff",
        "* :::only staff",
        "::::: only staff",
    ];
    let closings = [
        ":::",
        "::::",
        "::",
        ": : :",
        "> :::",
        "- :::",
        "    :::",
        "",
        "::: only",
        ":::end",
        "：：：",
        "text :::",
        "`:::`",
        "  :::",
    ];
    let mut tried = 0;
    let mut leaks = Vec::new();
    for opening in openings {
        for closing in closings {
            for (before, after) in [
                ("", ""),
                ("Intro.\n\n", "\n\nEnd."),
                ("Intro.\n", "\nEnd."),
                ("<details>\n", "\n</details>"),
                ("```\nx\n```\n", ""),
                ("- item\n\n  ", ""),
            ] {
                let page =
                    format!("---\naudience: public\n---\n# Page\n\n{before}{opening}\n{SECRET}\n{closing}{after}\n");
                let built =
                    build(&[("book.toml", CONFIG), HOME, HOME_RU, ("content/page.md", &page)], &Memory::default());
                let leak = contains_secret(&built.sites["help"]);
                if leak.is_some() {
                    leaks.push(format!("{page:?}"));
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 200);
    assert!(leaks.is_empty(), "{} of {tried} leak:\n{}", leaks.len(), leaks.join("\n"));
}
