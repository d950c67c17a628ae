//! A word of its own in every kind of internal place: none of them is in the public edition.

use super::support::Built;
use super::{CONFIG, HOME, HOME_RU, SECRET, build, holder};
use deskbook::pipeline::Memory;

/// A place, the file it is in, and the file's text with `{}` for the word. `seen`: the academy shows it.
struct Place {
    name: &'static str,
    path: &'static str,
    text: &'static str,
    seen: bool,
}

const fn place(name: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { name, path, text, seen: true }
}

const fn unseen(name: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { name, path, text, seen: false }
}

/// Pages without a mark are for staff. `page/…` lies in a public folder, where a page must say so itself.
const PLACES: &[Place] = &[
    place("text", "content/text.md", "# Page\n\n{}\n"),
    place("heading", "content/heading.md", "# {}\n\n## {} again\n"),
    place("id", "content/id.md", "# Page\n\n## Part {#{}}\n"),
    place("file name", "content/{}.md", "text\n"),
    place("folder name", "content/{}/index.md", "text\n"),
    place("folder without an index page", "content/{}/page.md", "# Page\n"),
    place("in a public folder", "content/page/own.md", "---\naudience: staff\n---\n# {}\n"),
    place("title", "content/title.md", "---\ntitle: {}\n---\ntext\n"),
    place("description", "content/description.md", "---\ndescription: {}\n---\n# Page\n"),
    place("version", "content/version.md", "---\nversion: {}\n---\n# Page\n"),
    place("objectives", "content/objectives.md", "---\nkind: module\nobjectives: [\"{}\"]\n---\n# Page\n"),
    place("tags", "content/tags.md", "---\ntags: [{}]\n---\n# Page\n"),
    place("keywords", "content/keywords.md", "---\nkeywords: {}\n---\n# Page\n"),
    place("keywords of a heading", "content/key.md", "# Page\n\n## Part {keywords=\"{}\"}\n"),
    place("alias", "content/alias.md", "---\naliases: old/{}.html\n---\n# Page\n"),
    place("owner", "content/owner.md", "---\nowner: {}\n---\n# Page\n"),
    place("owner of a public page", "content/owned.md", "---\naudience: public\nowner: {}\n---\n# Page\n"),
    unseen("unknown key", "content/unknown.md", "---\naudience: public\nreviewer: {}\n---\n# Page\n"),
    unseen("comment in front matter", "content/remark.md", "---\naudience: public\n# {}\n---\n# Page\n"),
    place("address", "content/address.md", "# Page\n\n[x](https://example.com/{}) <{}@example.com>\n"),
    place("code", "content/code.md", "# Page\n\n`{}`\n\n```{}\n{}\n```\n"),
    place("table", "content/table.md", "| {} |\n|---|\n| {} |\n"),
    place("quiz", "content/quiz.md", ":::quiz\n### {}? {#q}\n- [x] {}\n  > {}\n- [ ] no\n\nHint: {}\nWhy: {}\n:::\n"),
    place("answers", "content/answers.md", ":::quiz\n### A?\nAnswer: {} | /{}/\nHalf: half {}\n\n### B [[{}]]\n:::\n"),
    place("rubric", "content/rubric.md", ":::quiz\n### A?\nRubric: {}\n\n### B?\n- {} => {}\n- => {} too\n:::\n"),
    place(
        "scenario",
        "content/scenario.md",
        ":::scenario\n### A {#{}}\n{}\n\n- [{}](#b)\n  > {}\n\n### B {#b outcome=good}\n:::\n",
    ),
    place("reply", "content/reply.md", ":::reply {} {channel=chat}\n{} {slot}\n:::\n"),
    place("callout", "content/callout.md", ":::note {}\n{}\n:::\n\n:::details {}\n{}\n:::\n"),
    place("tabs", "content/tabs.md", ":::tabs\n@tab {}\n{}\n:::\n\n:::checklist {}\n- [ ] {}\n:::\n"),
    place("asked of a page for staff", "content/asked.md", "# Page\n\n:::asked\n{}\n:::\n"),
    place(
        "asked for staff on a public page",
        "content/page/asked.md",
        "---\naudience: public\n---\n# Page\n\n## Q?\n\nA.\n\n:::only staff\n:::asked\n- {}\n:::\n:::\n",
    ),
    place("picture", "content/picture.md", "![{}](pic/{}.png \"{}\")\n"),
    place("bytes of a file", "content/pic/own.png", "{}"),
    unseen("a file that no page uses", "content/{}.pdf", "x"),
    place("synonyms", "content/synonyms.yaml", "en: [{words: [{}, welcome], audience: staff}]\n"),
    unseen("synonyms with a slip", "content/synonyms.yaml", "en: [{words: [{}, welcome], audiense: staff}]\n"),
    unseen("synonyms for nobody", "content/synonyms.yaml", "en: [[{}, welcome], {words: [a, b], audience: stff}]\n"),
    unseen("search tests", "content/searches.yaml", "- {query: {}, finds: index.md}\n"),
    unseen("draft", "content/draft.md", "---\naudience: public\ndraft: true\ntitle: {}\n---\n{}\n"),
    place("translation for staff", "content/index.ru.md", "---\naudience: staff\ntitle: {}\n---\n{}\n"),
    unseen("translation of a draft", "content/page/plan.ru.md", "# {}\n"),
    unseen("language that the book does not have", "content/page/own.de.md", "# {}\n"),
    unseen(
        "comment in HTML",
        "content/comment.md",
        "---\naudience: public\n---\n# Page\n\n<!-- {} -->\n\na <!-- {} --> b\n",
    ),
    unseen(
        "comment in a quiz",
        "content/gap.md",
        "---\naudience: public\n---\n:::quiz\n### A [[x]]?\n\n<!-- [[{}]] -->\n:::\n",
    ),
    unseen(
        "unused definition",
        "content/unused.md",
        "---\naudience: public\n---\n# Page\n\n[x]: https://example.com/{}\n",
    ),
    unseen("unused footnote", "content/note.md", "---\naudience: public\n---\n# Page\n\n[^x]: {}\n"),
    unseen("comment in a template", "themes/desk/page.html", "{# {} #}{% extends \"base.html\" %}"),
    unseen("template of another theme", "themes/other/page.html", "{}"),
    unseen("hidden file", "content/.{}.md", "---\naudience: public\n---\n# {}\n"),
    unseen("below the build folder", "book/help/{}.html", "{}"),
    place(
        "link to a page for staff",
        "content/page/link.md",
        "---\naudience: public\n---\n# Page\n\n:::only staff\n[{}](own.md)\n:::\n",
    ),
];

/// What stands around them: a public folder, a picture, a page for staff, a draft.
const AROUND: &[(&str, &str)] = &[
    HOME,
    HOME_RU,
    ("content/page/index.md", "---\naudience: public\n---\n# Pages\n"),
    ("content/page/own.md", "---\naudience: staff\n---\n# Own\n\n![x](../pic/own.png)\n"),
    ("content/page/plan.md", "---\naudience: public\ndraft: true\n---\n# Plan\n"),
    ("content/page/open.md", "---\naudience: public\n---\n# Open\n\nSee [home](../index.md).\n"),
];

fn file(place: &Place, word: &str) -> (String, String) {
    (place.path.replace("{}", word), place.text.replace("{}", word))
}

fn built(files: &[(String, String)]) -> Built {
    let mut all: Vec<(&str, &str)> = vec![("book.toml", CONFIG)];
    let own = |path: &str| files.iter().any(|(other, _)| other == path);
    all.extend(AROUND.iter().filter(|(path, _)| !own(path)));
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    build(&all, &Memory::default())
}

#[test]
fn every_internal_place_stays_internal() {
    for place in PLACES {
        let built = built(&[file(place, "zq5word")]);
        assert_eq!(holder(&built.sites["help"], "zq5word"), None, "{}: {:#?}", place.name, built.findings);
        let shown = holder(&built.sites[SECRET], "zq5word").is_some();
        assert_eq!(shown, place.seen, "{} in the academy: {:#?}", place.name, built.findings);
    }
}

#[test]
fn all_places_at_once() {
    let word = |index: usize| format!("zq5word{index}x");
    let mut files: Vec<(String, String)> = Vec::new();
    for (index, place) in PLACES.iter().enumerate() {
        let (path, text) = file(place, &word(index));
        if !files.iter().any(|(other, _)| *other == path) {
            files.push((path, text));
        }
    }
    let built = built(&files);
    assert_eq!(holder(&built.sites["help"], "zq5word"), None, "{:#?}", built.findings);
    assert_eq!(holder(&built.sites["help"], SECRET), None, "{:#?}", built.findings);
    let seen = (0..PLACES.len()).filter(|index| holder(&built.sites[SECRET], &word(*index)).is_some()).count();
    assert!(seen > 25, "{seen}");
}

#[test]
fn past_questions_are_searched_and_not_shown() {
    let asked = "---\naudience: public\ntags: [zq5tag]\n---\n# Page\n\n## Q? {keywords=zq5key}\n\nA.\n\n:::asked\nzq5asked\n:::\n";
    let built = built(&[("content/page/asked.md".into(), asked.into())]);
    for word in ["zq5asked", "zq5key", "zq5tag"] {
        let holds = |(address, bytes): &(&String, &Vec<u8>)| {
            !address.starts_with("search/") && String::from_utf8_lossy(bytes).contains(word)
        };
        assert_eq!(built.sites["help"].iter().find(holds), None, "{word}");
        assert!(holder(&built.sites["help"], word).is_some(), "{word} is searched");
    }
}

#[test]
fn a_summary_tells_nothing_of_chapters_for_staff() {
    let summary = "# Summary\n\n[Home](index.md)\n\n# Part\n\n- [zq5word](page/own.md)\n  - [Open](page/open.md)\n\n# zq5word part\n\n- [zq5word](page/inner.md)\n- [zq5word later]()\n\n---\n\n[Pages](page/index.md)\n";
    let inner = ("content/page/inner.md".into(), "---\naudience: staff\n---\n# zq5word\n".into());
    let built = built(&[("content/SUMMARY.md".into(), summary.into()), inner]);
    assert_eq!(holder(&built.sites["help"], "zq5word"), None, "{:#?}", built.findings);
    let home = String::from_utf8_lossy(&built.sites["help"]["index.html"]).into_owned();
    assert!(home.contains("page/open.html") && home.contains("page/index.html"), "{home}");
    assert!(holder(&built.sites[SECRET], "zq5word part").is_some(), "{:#?}", built.findings);
}
