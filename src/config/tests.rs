use super::*;

fn codes(text: &str) -> Vec<String> {
    let (_, findings) = parse(&"book.toml".into(), text);
    findings
        .iter()
        .map(|finding| format!("{}: {} | {}", finding.code, finding.message, finding.hints.join(" | ")))
        .collect()
}

const WHOLE: &str = r#"
[book]
title = "Support"
language = "en"
audiences = ["public", "staff"]
[languages.ru]
title = "Поддержка"
[edition.help]
audience = "public"
base-url = "https://help.example.com"
[edition.academy]
audience = "staff"
base-url = "https://academy.example.com/"
[variables]
brand = "Northlight"
limit = 5
[[channel]]
id = "chat"
name = { en = "Live chat", ru = "Онлайн-чат" }
hours = "24/7"
[search]
synonyms = "synonyms.yaml"
[build]
build-dir = "book"
[check]
review-every = "180 days"
"#;

#[test]
fn a_whole_configuration() {
    let (config, findings) = parse(&"book.toml".into(), WHOLE);
    assert_eq!(findings, vec![]);
    assert_eq!(config.languages[1].title, "Поддержка");
    assert_eq!(config.editions[0].name, "help");
    assert_eq!(config.editions[0].base_url.as_deref(), Some("https://help.example.com/"));
    assert_eq!(config.editions[1].audience, Audience(1));
    assert_eq!(config.channels[0].name, ["Live chat", "Онлайн-чат"]);
    assert_eq!(config.variables[1], ("limit".into(), "5".into()));
    assert_eq!(config.review_every, Some(180));
}

#[test]
fn mistakes_are_findings() {
    for (text, expected) in [
        ("[book]\ntitel = 'x'", "did you mean `title`?"),
        ("[edition.help]\naudience = 'publc'", "did you mean `public`?"),
        ("[book]\nsrc = '../x'", "leaves the book"),
        ("[build]\nbuild-dir = 'content'", "is not apart"),
        ("[build]\nbuild-dir = '.'", "is not apart"),
        ("[edition.Help]", "no name of an edition"),
        ("[edition.help]\nbase-url = 'help'", "no address of a site"),
        ("[book]\ntitle = 5", "wants a text"),
        ("[[channel]]\nid='a'\nname = { de = 'x' }", "no language `de`"),
        ("[check]\nreview-every = 'often'", "no length of time"),
        ("[book]\nauthors = ['x']\n[output.html]\n", "`output`, `book.authors`"),
        ("[book\n", "bad-config"),
        ("[edition.site]", "no-base-url"),
        ("[book]\naudiences = ['all', 'staff']\n[edition.site]", "`site` does not say for whom"),
        (
            "[edition.a]\nbase-url = 'https://x.example/h'\n[edition.b]\nbase-url = 'https://X.example/h/'",
            "`a` and `b` have the same `base-url`",
        ),
    ] {
        let found = codes(text);
        assert!(found.iter().any(|line| line.contains(expected)), "{text}: {found:#?}");
    }
}

proptest::proptest! {
    #[test]
    fn total(text in "([\\[\\]a-z.=\"'{}\n ж#0-9,-]{0,60}|\\[book\\]\n[a-z =\"']{0,20})") {
        let (config, findings) = parse(&"book.toml".into(), &text);
        assert!(!config.editions.is_empty() && !config.languages.is_empty());
        for finding in findings {
            let range = finding.span.expect("each has a place").range;
            assert!(text.get(std::ops::Range::from(range)).is_some());
        }
    }
}
