use super::*;
use crate::library::{Library, Memory};
use crate::{plan, source};

const CONFIG: &str = "[book]\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\n\
    [edition.academy]\naudience = \"staff\"\n";

/// The units of an edition in one language.
fn found(files: &[(&str, &str)], edition: usize, language: usize) -> Vec<Unit> {
    let files: Vec<(&str, &[u8])> =
        [("book.toml", CONFIG)].iter().chain(files).map(|(path, text)| (*path, text.as_bytes())).collect();
    let book = source::from_memory(&files);
    let (library, _) = Library::load(&book, &Memory::default());
    let (edition, _) = library.edition(&book.config.editions[edition], false);
    let plan = plan::plan(&edition, &book.config);
    corpus(&edition, &plan, &book.config, Language(language as u8)).units
}

fn lines(units: &[Unit]) -> Vec<String> {
    let line = |unit: &Unit| {
        let text = unit.text.replace('\n', " / ");
        format!("{} {} “{}” {text} [{}]", unit.kind, unit.url, unit.title, unit.aliases.join(", "))
    };
    units.iter().map(line).collect()
}

const FAQ: (&str, &str) = ("content/faq/index.md", "---\nkind: faq\naudience: public\n---\n# Questions\n");

#[test]
fn an_answer_is_a_unit_and_its_page_is_another() {
    let page = "---\ntags: [money]\nkeywords: cash\ndescription: All on money.\n---\n# Payments\n\nBefore.\n\n\
        ## How do I withdraw? {#withdraw keywords=\"cash out, payout\"}\n\nIn **Account**.\n\n### By card {keywords=plastic}\n\n\
        Soon.\n\n:::asked\ngimme money\n:::\n\n:::only staff\nCall the bank.\n\n## And secretly? {#secret}\n\nNo.\n:::\n";
    let files = [FAQ, ("content/faq/payments.md", page)];
    let own = "topic faq/payments.html “Payments” All on money. / Before. [cash, money]";
    let answer = "faq faq/payments.html#withdraw “How do I withdraw?” In Account. / By card / Soon.";
    let aliases = "[cash out, payout, plastic, gimme money]";
    let public = lines(&found(&files, 0, 0));
    assert_eq!(public, ["faq faq/index.html “Questions”  []", own, &format!("{answer} {aliases}")]);
    let staff = lines(&found(&files, 1, 0));
    assert_eq!(staff[2..], [format!("{answer} / Call the bank. {aliases}"), staff[3].clone()]);
    assert_eq!(staff[3], "faq faq/payments.html#secret “And secretly?” No. []");
}

#[test]
fn a_page_is_cut_at_its_headings() {
    let page = "# Rules: *all* of them\n\n## One\n\nFirst.\n\n### Part\n\n#### Deep\n\nText ![a map](x.png)\n\n```\nrun it\n```\n\n\
        | a | b |\n| - | - |\n| c | d |\n\n# Two[^a]\n\n[^a]: noted\n[^b]: not shown\n\n:::details More\n- item\n:::\n\n<p>new<br>line <img src=\"x.png\" alt=\"a card\"></p>\n";
    let units = found(&[("content/rules.md", page)], 1, 0);
    assert_eq!(
        lines(&units),
        [
            "page rules.html “Rules: all of them”  []",
            "page rules.html#one “One” First. []",
            "page rules.html#part “Part” Deep / Text a map / run it / a | b / c | d []",
            "page rules.html#two “Two” More / item / new line  a card / noted []",
        ]
    );
    assert!(units.iter().all(|unit| unit.page_url == "rules.html" && unit.page_title == "Rules: all of them"));
}

#[test]
fn a_quiz_is_found_by_what_it_asks_alone() {
    let page = "# Test\n\n:::quiz\n### How long? {#long}\n\nThink of ___ plans.\n\n- [x] thirty days\n  > well done\n- [ ] fourteen\n\n\
        Hint: longer\nWhy: annual\n:::\n\n:::scenario\n### Opening {#o}\nHello?\n\n- [Sorry](#end) {score=1}\n  > warm\n\n\
        ### End {#end outcome=good}\n:::\n";
    assert_eq!(
        lines(&found(&[("content/test.md", page)], 1, 0)),
        ["page test.html “Test” How long? / Think of ___ plans. / Opening / Hello? / Sorry / End []"]
    );
}

#[test]
fn a_language_has_what_its_pages_show() {
    let files = [
        ("content/a.md", "# One\n\n## Sub part\n"),
        ("content/a.ru.md", "# Раз\n\n## Часть два\n"),
        ("content/b.md", "# Two\n"),
    ];
    assert_eq!(
        lines(&found(&files, 1, 1)),
        ["page ru/a.html “Раз”  []", "page ru/a.html#часть-два “Часть два”  []", "page ru/b.html “Two”  []"]
    );
}
