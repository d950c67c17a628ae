use super::*;
use crate::span::Position;

/// The findings as `line:column code: message | hint`.
fn findings(text: &str) -> Vec<String> {
    let file: Arc<str> = "a.md".into();
    let (_, _, findings) = parse(&file, text);
    findings
        .iter()
        .map(|finding| {
            let place = Position::of(text, finding.span.as_ref().expect("each has a place").range.start as usize);
            format!(
                "{}:{} {}: {} | {}",
                place.line,
                place.column,
                finding.code,
                finding.message,
                finding.hints.join(" | ")
            )
        })
        .collect()
}

fn front(yaml: &str) -> FrontMatter {
    let text = format!("---\n{yaml}\n---\ntext\n");
    assert_eq!(findings(&text), Vec::<String>::new());
    parse(&"a.md".into(), &text).0
}

#[test]
fn values_of_every_kind() {
    let front = front(
        "title: \"Refunds: the rules\"\nversion: 2.10\ntags: one\nkeywords: [a, b]\nobjectives:\n  - раз\n  - два\nminutes: 5\ndraft: true\npass: 80%\nreview-every: 90 days\ndate: 2026-11-24\nkind: faq",
    );
    assert_eq!(front.title.unwrap().value, "Refunds: the rules");
    assert_eq!(front.version.unwrap().value, "2.10");
    assert_eq!(front.tags.len(), 1);
    assert_eq!(front.keywords[1].value, "b");
    assert_eq!(front.objectives[1].value, "два");
    assert_eq!(front.minutes.unwrap().value, 5);
    assert!(front.draft.unwrap().value);
    assert_eq!(front.pass.unwrap().value, 80);
    assert_eq!(front.review_every.unwrap().value, 90);
    assert_eq!(front.kind.unwrap().value, Kind::Faq);
}

#[test]
fn all_mistakes_at_once_each_at_its_line() {
    let text = "---\ntitle: Refunds: the rules\nowner: @anna\ndescription: {{ brand }}\nversion: !important\norder: first\ntitel: x\ndate: 2026-02-30\nminutes:5\n\tdraft: true\n---\n";
    let found = findings(text);
    let codes: Vec<&str> = found.iter().map(|line| line.split(':').next().unwrap_or("")).collect();
    assert_eq!(found.len(), 9, "{found:#?}");
    for line in ["2", "3", "4", "5", "6", "7", "8", "9", "10"] {
        assert!(codes.contains(&line), "line {line} in {found:#?}");
    }
    assert!(found.iter().any(|line| line.contains("write `title: \"Refunds: the rules\"`")), "{found:#?}");
    assert!(found.iter().any(|line| line.contains("did you mean `title`")), "{found:#?}");
}

#[test]
fn a_slip_in_who_may_read_withholds_the_page() {
    for key in ["audiance: staff", "Audience: staff", " audience: staff", "drafts: true"] {
        let (_, _, findings) = parse(&"a.md".into(), &format!("---\n{key}\n---\n"));
        assert!(findings.iter().any(|finding| finding.code.withholds()), "{key}: {findings:?}");
    }
}

#[test]
fn front_matter_that_is_none_withholds_the_page() {
    for text in [
        "\n---\naudience: staff\n---\n",
        "\u{feff}\u{200b}---\naudience: staff\n---\n",
        "----\ntitle: x\n----\n",
        "+++\naudience = \"staff\"\n+++\n",
        "\u{2014}\ndraft: true\n\u{2014}\n",
        "audience: staff\n---\n",
        "--- audience: staff\n---\n",
        "---\npublished: false\n---\n",
        "---\ntitle: x\n audience: staff\n---\n",
        "---\ndescription: >\n  words\n  audience: staff\n---\n",
        "---\ntags:\n- audience: staff\n---\n",
    ] {
        let (_, _, findings) = parse(&"a.md".into(), text);
        assert!(findings.iter().any(|finding| finding.code.withholds()), "{text:?}: {findings:?}");
    }
    for text in ["# Title\n\nThe audience: staff of the desk\n", "Audience: staff\n", "a\n\n---\n\nversion: x\n"] {
        let lost = lost::unread(&"a.md".into(), text, 0);
        assert_eq!(lost, None, "{text:?}");
    }
}

#[test]
fn unclosed_hides_everything() {
    let (_, start, findings) = parse(&"a.md".into(), "---\ntitle: x\n\nsecret");
    assert_eq!(start, "---\ntitle: x\n\nsecret".len());
    assert_eq!(findings[0].code, Code::BadFrontMatter);
}

#[test]
fn places_in_cyrillic_text() {
    let text = "---\ntitle: Правила\naffects: [модуль/один.md, два.md]\n---\n";
    let (front, start, _) = parse(&"a.md".into(), text);
    assert_eq!(front.affects[1].at.of(text), "два.md");
    assert_eq!(start, text.len());
}

#[test]
fn an_alias_bomb_is_a_finding() {
    let bomb = "---\ntags: [&a [x,x,x,x,x,x,x,x,x], &b [*a,*a,*a,*a,*a,*a,*a,*a,*a], [*b,*b,*b,*b,*b]]\n---\n";
    assert_eq!(findings(bomb).len(), 1);
}

proptest::proptest! {
    #[test]
    fn total(text in "(---\n)?[-a-z: \"'\\[\\]{}\n\t#!&*@ж]{0,80}(\n---\n)?.{0,20}") {
        let (_, start, findings) = parse(&"a.md".into(), &text);
        assert!(text.is_char_boundary(start));
        for finding in findings {
            let range = finding.span.expect("each has a place").range;
            assert!(text.get(std::ops::Range::from(range)).is_some());
        }
    }
}
