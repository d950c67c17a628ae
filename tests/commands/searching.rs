use super::*;
use serde_json::Value;

fn asked() -> Desk {
    Desk::with(&[
        (
            "book.toml",
            "[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n[languages.ru]\n[edition.help]\naudience = \"public\"\n\
             [edition.academy]\naudience = \"staff\"\n",
        ),
        ("content/index.md", "---\naudience: public\n---\n# Home\n"),
        ("content/faq/index.md", "---\nkind: faq\naudience: public\n---\n# Questions\n"),
        (
            "content/faq/money.md",
            "# Money\n\n## How do I withdraw? {#withdraw}\n\nIn the wallet.\n\n:::only staff\nThe ledger knows.\n:::\n\n\
             ## How do I deposit? {#deposit}\n\nBy card.\n",
        ),
        ("content/faq/money.ru.md", "# Деньги\n\n## Как вывести деньги? {#withdraw}\n\nВ кошельке.\n"),
    ])
}

#[test]
fn an_answer_has_its_title_its_address_and_what_it_says() {
    let desk = asked();
    let ended = desk.ends(0, &["search", "how", "to", "withdraw"]);
    let lines: Vec<&str> = ended.out.lines().take(3).collect();
    assert!(lines[0].starts_with("1. How do I withdraw? (faq, "), "{}", ended.out);
    assert_eq!(lines[1..], ["   faq/money.html#withdraw", "   In the wallet."]);
    let explained = desk.ends(0, &["search", "withdrow", "-n", "1", "--explain"]);
    assert_eq!(explained.err, "searched for `withdraw`\n");
    assert!(explained.out.contains("   - `withdrow` as `withdraw`, "), "{}", explained.out);
    assert_eq!(explained.out.lines().filter(|line| line.contains(". How do I")).count(), 1, "{}", explained.out);
}

#[test]
fn an_edition_and_a_language_are_searched_by_themselves() {
    let desk = asked();
    let nothing = desk.ends(0, &["search", "ledger"]);
    assert_eq!(nothing.out, "");
    assert!(nothing.err.starts_with("nothing in `help`, in `en`, answers `ledger`\nhelp: "), "{}", nothing.err);
    let staff = desk.ends(0, &["search", "ledger", "-e", "academy"]);
    assert!(staff.out.contains("faq/money.html#withdraw"), "{}", staff.out);
    let russian = desk.ends(0, &["search", "ltymub", "-l", "ru"]);
    assert!(russian.out.contains("ru/faq/money.html#withdraw"), "{}", russian.out);
    desk.refuses(&["search", "a", "-e", "hlep"], &["the book has no edition `hlep`; did you mean `help`?"]);
    desk.refuses(&["search", "a", "-l", "rr"], &["the book has no language `rr`; did you mean `ru`?"]);
    desk.refuses(&["search"], &["<QUERY>"]);
    desk.refuses(&["search", "--batch", "none.tsv"], &["cannot read `none.tsv`"]);
}

#[test]
fn programs_get_one_object_or_one_line_for_each_answer() {
    let desk = asked();
    let json: Value = serde_json::from_str(&desk.ends(0, &["search", "withdraw", "--json"]).out).unwrap();
    let hit = &json["hits"][0];
    assert_eq!(hit["url"], "faq/money.html#withdraw");
    assert_eq!(hit["page"], serde_json::json!({"url": "faq/money.html", "title": "Money"}));
    assert_eq!(hit["marks"], serde_json::json!({"title": [[9, 17]], "snippet": []}));
    assert_eq!((&hit["kind"], &hit["snippet"]), (&"faq".into(), &"In the wallet.".into()));
    assert_eq!((&json["corrected"], &json["kinds"]["faq"]), (&Value::Null, &1.into()));
    desk.write("asked.tsv", "q1\twithdraw\nno query\nq2\tdeposit card\n");
    let lines = desk.ends(0, &["search", "--batch", "asked.tsv", "-n", "1"]).out;
    let rows: Vec<Vec<&str>> = lines.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 2, "{lines}");
    assert_eq!((rows[0][0], rows[0][1], rows[0][3]), ("q1", "1", "faq/money.html#withdraw"));
    assert_eq!(rows[0][2], hit["score"].to_string(), "the score is the same");
    assert_eq!((rows[1][0], rows[1][3]), ("q2", "faq/money.html#deposit"));
}
