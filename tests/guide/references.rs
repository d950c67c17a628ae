//! The references name every key, container, attribute and variable there is. What there is, the program says itself:
//! the hint on an unknown name lists the known ones.

use super::examples::{self, Files};
use super::page::{self, Page};
use deskbook::diagnostic::Code;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A name that is near to no other.
const NO_NAME: &str = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

/// The names that the hint on the unknown one lists.
fn known(files: &[(&str, &str)]) -> BTreeSet<String> {
    let files: Files = files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
    let findings = examples::run(&files);
    let hints = findings.iter().filter(|finding| finding.message.contains(NO_NAME)).flat_map(|finding| &finding.hints);
    let list = hints.filter_map(|hint| hint.strip_prefix("known here: ")).next();
    let list = list.unwrap_or_else(|| panic!("no hint lists the known names:\n{}", examples::lines(&findings)));
    list.split(", ").map(|name| name.trim_matches('`').to_owned()).collect()
}

fn known_in_config(text: &str) -> BTreeSet<String> {
    known(&[("book.toml", text), ("content/index.md", "# Home\n")])
}

fn known_in_page(text: &str) -> BTreeSet<String> {
    known(&[
        ("book.toml", "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n"),
        ("content/index.md", text),
    ])
}

/// What the first cells of a section's tables name.
fn rows(page: &Page, id: &str) -> BTreeSet<String> {
    page.section(id).rows.iter().flat_map(|row| row.names.iter().cloned()).collect()
}

fn all_rows(page: &Page) -> BTreeSet<String> {
    page.sections.iter().flat_map(|section| &section.rows).flat_map(|row| row.names.iter().cloned()).collect()
}

#[test]
fn every_key_of_the_configuration() {
    let page = page::one("reference/book-toml.md");
    let tables = known_in_config(&format!("{NO_NAME} = 1\n"));
    for table in &tables {
        let header = match table.as_str() {
            // the author's own names
            "variables" => continue,
            "languages" => "[languages.de]",
            "edition" => "[edition.one]",
            "channel" => "[[channel]]",
            "footer" => "[[footer]]",
            other => &format!("[{other}]"),
        };
        assert_eq!(rows(&page, table), known_in_config(&format!("{header}\n{NO_NAME} = 1\n")), "{header}");
    }
    assert!(page.section("variables").rows.is_empty());
    let ids = page.sections.iter().filter_map(|section| section.id.clone()).filter(|id| !id.starts_with("about-"));
    assert_eq!(ids.collect::<BTreeSet<_>>(), tables);
}

#[test]
fn every_key_of_front_matter() {
    let page = page::one("reference/front-matter.md");
    assert_eq!(all_rows(&page), known_in_page(&format!("---\n{NO_NAME}: 1\n---\n")));
}

#[test]
fn every_kind() {
    let findings = known_in_page(&format!("---\nkind: {NO_NAME}\n---\n"));
    assert_eq!(rows(&page::one("start/02-layout.md"), "kinds"), findings);
}

#[test]
fn every_container_and_its_attributes() {
    let page = page::one("reference/containers.md");
    let containers = known_in_page(&format!(":::{NO_NAME}\n:::\n"));
    assert_eq!(rows(&page, "containers"), containers.iter().map(|name| format!(":::{name}")).collect());
    for container in &containers {
        let text = match container.as_str() {
            "only" => format!(":::only staff {{{NO_NAME}=1}}\n:::\n"),
            "tabs" => format!(":::tabs {{{NO_NAME}=1}}\n@tab A\na\n:::\n"),
            other => format!(":::{other} {{{NO_NAME}=1}}\ntext\n:::\n"),
        };
        let files: Files = [("content/index.md".to_owned(), text.into_bytes())].into();
        let findings = examples::run(&files);
        let unknown = findings.iter().find(|finding| finding.code == Code::UnknownKey);
        let hints = &unknown.unwrap_or_else(|| panic!("{}", examples::lines(&findings))).hints;
        let list = hints.iter().find_map(|hint| hint.strip_prefix("known here: "));
        let listed = list.into_iter().flat_map(|list| list.split(", ")).map(|name| name.trim_matches('`').to_owned());
        let section = page.sections.iter().find(|section| section.id.as_ref() == Some(container));
        let rows = section.into_iter().flat_map(|section| &section.rows).flat_map(|row| row.names.iter().cloned());
        assert_eq!(rows.collect::<BTreeSet<_>>(), listed.collect(), ":::{container}");
    }
}

#[test]
fn every_attribute_of_headings_and_items() {
    let page = page::one("reference/containers.md");
    let mut headings = known_in_page(&format!("## A {{{NO_NAME}=1}}\n"));
    headings.extend(["#id", ".popular", "keywords"].map(str::to_owned));
    assert_eq!(rows(&page, "headings"), headings);
    assert_eq!(rows(&page, "items"), known_in_page(&format!("- a {{{NO_NAME}=1}}\n")));
}

/// The names that the models of pages hand to templates.
#[test]
fn every_variable_of_a_template() {
    let render = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let files =
        ["model.rs", "model/around.rs", "model/front.rs"].map(|file| fs::read_to_string(render.join(file)).unwrap());
    let mut given = BTreeSet::new();
    for text in &files {
        for call in ["context.insert(\"", "context.insert_value(\""] {
            given.extend(text.split(call).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    let page = page::one("look/03-variables.md");
    let named: BTreeSet<String> = all_rows(&page).into_iter().filter(|name| !name.contains('.')).collect();
    assert_eq!(named, given);
}

#[test]
fn every_template() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/desk");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let templates: BTreeSet<String> = names.filter(|name| name.ends_with(".html")).collect();
    assert_eq!(rows(&page::one("look/02-override.md"), "templates"), templates);
}
