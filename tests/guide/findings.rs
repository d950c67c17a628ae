//! Every code has a page, and the examples of each page do what it says.

use super::examples::{self, Files, TODAY, lines};
use super::page::{self, Page, Section};
use deskbook::diagnostic::{Code, Diagnostic, Severity};
use deskbook::pipeline;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

fn page_of(code: Code) -> Page {
    page::one(&format!("findings/{code}.md"))
}

fn book(section: &Section, base: &Files) -> Files {
    let groups = examples::groups(&section.blocks);
    assert_eq!(groups.len(), 1, "{:?} holds one example", section.id);
    examples::book(&groups[0], base)
}

/// The wrong forms of a page, each with its mended one.
fn pairs(page: &Page) -> Vec<(&Section, &Section)> {
    let ids = page.sections.iter().filter_map(|section| section.id.as_deref());
    let examples: Vec<&str> = ids.filter(|id| id.starts_with("example")).collect();
    assert!(!examples.is_empty(), "{} has an example", page.path);
    let pair = |id: &&str| (page.section(id), page.section(&id.replace("example", "mend")));
    examples.iter().map(pair).collect()
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> = page::all()
        .into_iter()
        .filter_map(|page| Some(page.path.strip_prefix("findings/")?.strip_suffix(".md")?.to_owned()))
        .filter(|name| name != "index")
        .collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.to_string()).collect();
    assert_eq!(pages, codes);
}

#[test]
fn the_list_of_findings_is_whole() {
    let index = page::one("findings/index.md");
    let rows = index.sections.iter().flat_map(|section| &section.rows);
    let listed: Vec<&str> = rows.flat_map(|row| row.names.iter().map(String::as_str)).collect();
    let unique: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(unique, Code::ALL.iter().map(|code| code.as_str()).collect());
    assert_eq!(unique.len(), listed.len(), "each stands there once");
}

#[test]
fn every_page_says_what_the_code_means() {
    for &code in Code::ALL {
        let page = page_of(code);
        let meaning = code.meaning().replace('`', "");
        assert_eq!(page.front("description"), Some(meaning.as_str()), "the description of {}", page.path);
        assert!(page.text.contains(&format!("\n# `{code}`\n")), "{} is called after its code", page.path);
    }
}

#[test]
fn every_page_says_how_severe_it_is_and_what_lenient_does() {
    let base = examples::base();
    for &code in Code::ALL {
        let page = page_of(code);
        let facts = page.sections[1].rows.first().unwrap_or_else(|| panic!("{} has a table of facts", page.path));
        assert!(facts.cells[0].starts_with(code.severity().as_str()), "{}", page.path);
        let (example, _) = pairs(&page)[0];
        let kept = code.withholds() || pipeline::misconfigured(&examples::run(&book(example, &base)));
        let begins = if kept { "does not publish" } else { "publishes" };
        assert!(facts.cells[1].starts_with(begins), "{}: `--lenient` {begins}", page.path);
    }
}

#[test]
fn every_example_causes_its_finding_and_the_mended_one_none() {
    let base = examples::base();
    let mut report = String::new();
    for &code in Code::ALL {
        let page = page_of(code);
        for (example, mended) in pairs(&page) {
            let counts = |finding: &&Diagnostic| finding.code == code || finding.severity != Severity::Notice;
            let found = examples::run(&book(example, &base));
            let codes: BTreeSet<Code> = found.iter().filter(counts).map(|finding| finding.code).collect();
            if codes != BTreeSet::from([code]) {
                report += &format!("{}, {:?} finds\n{}", page.path, example.id, lines(&found));
            }
            let left = examples::run(&book(mended, &base));
            if left.iter().any(|finding| counts(&finding)) {
                report += &format!("{}, {:?} leaves\n{}", page.path, mended.id, lines(&left));
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// What the program says of a book, as people read it.
fn said(files: &Files) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_deskbook"))
        .current_dir(folder.path())
        .args(["check", "--today", TODAY])
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>().trim_end().to_owned() + "\n"
}

#[test]
fn every_page_shows_what_the_program_says() {
    let base = examples::base();
    let update = std::env::var_os("UPDATE").is_some();
    let mut report = String::new();
    for &code in Code::ALL {
        let page = page_of(code);
        let mut text = page.text.clone();
        for (example, _) in pairs(&page).into_iter().rev() {
            let shown = example.blocks.iter().find(|block| block.language == "text");
            let shown = shown.unwrap_or_else(|| panic!("{}, {:?} shows what is said", page.path, example.id));
            let said = said(&book(example, &base));
            if shown.text != said && update {
                text.replace_range(shown.at.clone(), &said);
            } else if shown.text != said {
                report += &format!("{}, {:?}: the program says\n{said}", page.path, example.id);
            }
        }
        if text != page.text {
            fs::write(&page.file, text).unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}\n`UPDATE=1 cargo test --test guide` writes it down");
}
