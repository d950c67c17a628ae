//! What the parser makes of a text: `check(text, expected)` compares a compact rendering of tree and findings.

use super::*;
use proptest::prelude::*;

fn parsed(source: &str) -> Parsed {
    let settings = Settings {
        audiences: vec!["public".into(), "staff".into()],
        variables: vec![("brand".into(), "Northlight".into())],
        channels: vec!["chat".into()],
        raw_html: false,
    };
    parse(&"a.md".into(), source, 0, &settings)
}

fn check(source: &str, expected: &str) {
    assert_eq!(shown(&parsed(source)), expected, "{source}");
}

/// `blocks | code@first bytes of the place`.
fn shown(parsed: &Parsed) -> String {
    let mut text = blocks(&parsed.body);
    for finding in parsed.findings.iter() {
        text.push_str(&format!(" !{}", finding.code));
    }
    text
}

fn blocks(blocks: &[Block]) -> String {
    let each: Vec<String> = blocks.iter().map(|found| block(&found.kind)).collect();
    each.join(" ")
}

fn block(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Paragraph(words) => format!("p({})", inlines(words)),
        BlockKind::Plain(words) => inlines(words),
        BlockKind::Heading(heading) => {
            let id = if heading.explicit { format!("#{}", heading.id) } else { String::new() };
            let popular = if heading.popular { ".popular" } else { "" };
            let keywords: String = heading.keywords.iter().map(|word| format!("+{word}")).collect();
            let others: String = heading.attributes.iter().map(|(key, value)| format!(",{key}={value}")).collect();
            format!("h{}{id}{popular}{keywords}{others}({})", heading.level, inlines(&heading.inlines))
        }
        BlockKind::Code(code) => format!("code({:?})", code.text),
        BlockKind::Quote(inner) => format!("quote({})", blocks(inner)),
        BlockKind::List(list) => {
            let items = list.items.iter().map(|item| {
                let tick = item.checked.map_or("", |checked| if checked { "[x]" } else { "[ ]" });
                let attributes: String =
                    item.attributes.iter().map(|(key, value)| format!("{{{key}={value}}}")).collect();
                format!("-{tick}{}{attributes}", blocks(&item.blocks))
            });
            format!("list({})", items.collect::<Vec<_>>().join(" "))
        }
        BlockKind::Definitions(all) => {
            let all = all.iter().map(|one| {
                let meanings: Vec<String> = one.meanings.iter().map(|meaning| blocks(meaning)).collect();
                format!("{}={}", inlines(&one.term), meanings.join("/"))
            });
            format!("dl({})", all.collect::<Vec<_>>().join(" "))
        }
        BlockKind::Table(table) => {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            let rows = rows.map(|row| row.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join("|"));
            format!("table{:?}({})", table.alignments, rows.collect::<Vec<_>>().join("/"))
        }
        BlockKind::Rule => "rule".into(),
        BlockKind::Html(words) => format!("html({})", inlines(words)),
        BlockKind::Footnote { label, blocks: inner } => format!("note[{label}]({})", blocks(inner)),
        BlockKind::Callout(callout) => {
            format!("{:?}[{}]({})", callout.tone, inlines(&callout.title), blocks(&callout.blocks))
        }
        BlockKind::Details { title, blocks: inner, .. } => format!("details[{}]({})", inlines(title), blocks(inner)),
        BlockKind::Steps(inner) => format!("steps({})", blocks(inner)),
        BlockKind::Tabs(tabs) => {
            let tabs = tabs.iter().map(|tab| format!("{}:{}", inlines(&tab.title), blocks(&tab.blocks)));
            format!("tabs({})", tabs.collect::<Vec<_>>().join(" "))
        }
        BlockKind::Only { name, blocks: inner } => format!("only-{name}({})", blocks(inner)),
        BlockKind::Reply(reply) => {
            let channel = reply.channel.as_deref().unwrap_or_default();
            format!("reply-{channel}[{}]({})", inlines(&reply.title), blocks(&reply.blocks))
        }
        BlockKind::Checklist { blocks: inner, .. } => format!("checklist({})", blocks(inner)),
        BlockKind::Asked(lines) => format!("asked({})", lines.join("/")),
        BlockKind::Quiz(_) => "quiz".into(),
        BlockKind::Scenario(_) => "scenario".into(),
    }
}

fn inlines(all: &[Inline]) -> String {
    all.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(words) => words.to_string(),
        Inline::Code(words) => format!("`{words}`"),
        Inline::SoftBreak => "~".into(),
        Inline::HardBreak => "\\".into(),
        Inline::Emphasis(inner) => format!("*{}*", inlines(inner)),
        Inline::Strong(inner) => format!("**{}**", inlines(inner)),
        Inline::Strikethrough(inner) => format!("--{}--", inlines(inner)),
        Inline::Link { target, title, inlines: inner } => format!("a{}{title}({})", target.0, inlines(inner)),
        Inline::Image { target, alt, .. } => format!("img{}({alt})", target.0),
        Inline::Tag(tag) => {
            let close = if tag.closing { "/" } else { "" };
            let attributes = tag.attributes.iter().map(|(key, value)| match value {
                Value::Text(text) => format!(" {key}={text}"),
                Value::Target(target) => format!(" {key}@{}", target.0),
            });
            format!("<{close}{}{}>", tag.name, attributes.collect::<String>())
        }
        Inline::Raw(html) => format!("raw({html})"),
        Inline::FootnoteReference(label) => format!("^{label}"),
        Inline::Blank(number) => format!("_{number}_"),
        Inline::Slot(name) => format!("${name}$"),
    }
}

#[test]
fn plain_markdown() {
    check("# Вывод *денег*\n\nтекст `a` **b** ~~c~~\nд", "h1(Вывод *денег*) p(текст `a` **b** --c--~д)");
    check("- a\n- [x] b\n- [ ] c\n", "list(-a -[x]b -[ ]c)");
    check("2. a\n\n   b\n", "list(-p(a) p(b))");
    check("> [!IMPORTANT]\n> a\n\n> [!CAUTION]\n> b\n\n> c\n", "Warning[](p(a)) Danger[](p(b)) quote(p(c))");
    check("|a|b|\n|:-|-:|\n|1|2|\n", "table[Start, End](a|b/1|2)");
    check("a[^1]\n\n[^1]: b\n", "p(a^1) note[1](p(b))");
    check("Term\n: meaning\n", "dl(Term=meaning)");
    check("    code\n\n```rust\nfn\n```\n---\n", "code(\"code\\n\") code(\"fn\\n\") rule");
    check("a\\*b &amp; c", "p(a*b & c)");
}

#[test]
fn addresses() {
    let hrefs = |source: &str| {
        let parsed = parsed(source);
        let codes: Vec<&str> = parsed.findings.iter().map(|finding| finding.code.as_str()).collect();
        let hrefs: Vec<&str> = parsed.references.iter().map(|reference| &*reference.href).collect();
        format!("{} {}", hrefs.join(","), codes.join(",")).trim().to_owned()
    };
    for (source, expected) in [
        ("[a](b.md#c) ![d](e.png)", "b.md#c,e.png"),
        ("<https://x.y> <a@b.c>", "https://x.y,mailto:a@b.c"),
        ("[a](javascript:x)", "unsafe-html"),
        ("[a](JaVa&#115;cript:x)", "unsafe-html"),
        ("[a](javascript&colon;x)", "unsafe-html"),
        ("[a](<java\tscript:x>)", "unsafe-html"),
        ("[a]\n\n[a]: data:text/html,x", "unsafe-html"),
        ("<javascript:alert(1)>", "unsafe-html"),
        ("<a href=\"jav&#x61;script:x\">a</a>", "unsafe-html"),
        ("<a href=\"?a_b=1&amp;c=*2*\">a</a>", "?a_b=1&c=*2*"),
        ("<a href=\"1. x&amp;y\">a</a>", "1. x&y"),
    ] {
        assert_eq!(hrefs(source), expected, "{source}");
    }
}

#[test]
fn containers_nest_anywhere() {
    check(":::note Заметка\nтекст\n:::\n", "Note[Заметка](p(текст))");
    check("::: tip\na\n:::", "Tip[](p(a))");
    check("text\n:::note\na\n:::\nb", "p(text) Note[](p(a)) p(b)");
    check(
        "- a\n  > :::warning\n  > b\n  > - :::only staff\n  >   c\n  >   :::\n  > :::\n",
        "list(-a quote(Warning[](p(b) list(-only-staff(c)))))",
    );
    check("::::note\n:::tip\na\n:::\n::::\n", "Note[](Tip[](p(a)))");
    check("|a|\n|-|\n:::note\n|b|\n|-|\n|c|\n:::\n", "table[None](a) Note[](table[None](b/c))");
    check("a\n: b\n:::note\nc\n:::\n", "dl(a=b) Note[](p(c))");
    check("[^1]: a\n:::note\nb\n:::\nc[^1]", "note[1](p(a)) Note[](p(b)) p(c^1)");
    check("# a\n:::details T {{ brand }}\n# b\n:::", "h1(a) details[T Northlight](h1(b))");
    check(":::steps\n1. a\n2. b\n:::", "steps(list(-a -b))");
    check(":::note\r\na\r\n:::\r\n", "Note[](p(a))");
}

#[test]
fn code_shows_container_lines() {
    check("```\n:::only staff\na\n:::\n```\n", "code(\":::only staff\\na\\n:::\\n\")");
    check("> ```\n> :::note\n> ```\n", "quote(code(\":::note\\n\"))");
    check("- ~~~\n  :::\n  ~~~\n", "list(-code(\":::\\n\"))");
    check("write `:::note` here", "p(write `:::note` here)");
    check("write \\::: here", "p(write ::: here)");
    check("\\:::", "p(:::)");
}

#[test]
fn broken_containers_withhold_the_file() {
    for (source, code) in [
        (":::only staff\nsecret\n", "unclosed-container"),
        ("- :::only staff\n  secret\n\n:::\n", "unclosed-container"),
        ("::::only staff\nsecret\n:::\n", "stray-close"),
        ("a\n:::\n", "stray-close"),
        ("    :::only staff\n    secret\n", "misplaced-container"),
        ("<details>\n:::only staff\nsecret\n:::\n</details>\n", "misplaced-container"),
        ("<div>:::only staff\nsecret\n</div>\n", "misplaced-container"),
        ("[a]:\n:::only staff\n", "unclosed-container"),
        ("text :::only staff\n", "misplaced-container"),
        ("# :::only staff\n", "misplaced-container"),
        ("- [ ] :::only staff\n", "misplaced-container"),
        ("**:::only staff**\n", "misplaced-container"),
        ("|:::only staff|\n|-|\n", "misplaced-container"),
        (":::only\nsecret\n:::\n", "unknown-audience"),
        (":::only Staff\nsecret\n:::\n", "unknown-audience"),
        (":::only staff public\nsecret\n:::\n", "unknown-audience"),
        (":::onlystaff\nsecret\n:::\n", "unknown-container"),
        (":::Only staff\nsecret\n:::\n", "unknown-container"),
        ("<!--\n:::-->\n:::only staff\nsecret\n:::\n", "misplaced-container"),
        (":::asked\n:::only staff\nsecret\n:::\n:::\n", "misplaced-container"),
        (":::quiz\n### Q\n::only staff\nsecret\n::\n:::\n", "unknown-container"),
        (":::quiz\n### Q\nHint: a\n::only staff\nsecret\n:::\n", "unknown-container"),
        (":::tabs\n::only staff\n@tab a\n:::\n", "unknown-container"),
    ] {
        let parsed = parsed(source);
        let codes: Vec<&str> = parsed.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert!(codes.contains(&code), "{source}: {codes:?}");
        assert!(parsed.findings.iter().any(|finding| finding.code.withholds()), "{source}");
    }
}

#[test]
fn no_misspelling_of_only_passes() {
    let marks = [
        "::",
        ":",
        ": :",
        ":: :",
        "：：：",
        "::：",
        ";;;",
        "::;",
        ";::",
        ":::",
        "\u{200b}::",
        "\u{2060}::",
        "\u{a0}::",
        "::\u{200b}:",
        "∶∶∶",
    ];
    let words = [
        "only staff",
        " only staff",
        "onyl staff",
        "Only staff",
        "ONLY staff",
        "only  staff",
        "onlystaff",
        "only{staff}",
        "only:staff",
        "onli staff",
        "оnly staff",
    ];
    for prefix in ["", "> ", "- ", "1. ", "> - ", "text\n", "- a\n  "] {
        for mark in marks {
            for word in words {
                let source = format!("{prefix}{mark}{word}\n");
                let withheld = parsed(&source).findings.iter().any(|finding| finding.code.withholds());
                // one mark and a word that is no container is prose
                assert!(withheld || (mark == ":" && !word.trim().starts_with("only ")), "{source:?}");
            }
        }
    }
}

#[test]
fn prose_is_no_container() {
    for source in
        ["note: take care", "Term\n: definition", ":smile:", "a::b", "12:30", "Only: staff", "tip; more", "a : b"]
    {
        assert!(parsed(source).findings.is_empty(), "{source}: {:?}", parsed(source).findings);
    }
}

#[test]
fn tabs_lose_nothing() {
    check(":::tabs\n@tab A\na\n@tab Б\nb\n:::", "tabs(A:p(a) Б:p(b))");
    check(":::tabs\nintro\n@tab A\na\n:::", "tabs(:p(intro) A:p(a))");
    check("@tab a", " !misplaced-container");
}

#[test]
fn replies_and_questions() {
    check(
        ":::reply {channel=chat title=\"Hi\"}\nDear {name}, {{brand}}\n:::",
        "reply-chat[Hi](p(Dear $name$, Northlight))",
    );
    check(":::asked\nhow *much*\nгде деньги\n- a\n- b\n\n<!-- private -->\n:::", "asked(how much/где деньги/a/b)");
    check(":::note {colour=red}\na\n:::", "Note[](p(a)) !unknown-key");
}

#[test]
fn attributes_of_headings_and_items() {
    check("## A {#a .popular keywords=\"x y, z\"}", "h2#a.popular+x y+z(A)");
    check("## Reply to {name}", "h2(Reply to {name})");
    check("## A {#y}{points=2} ##", "h2#y,points=2(A)");
    check("A *b* {#c}\n===", "h1#c(A *b*)");
    check("- [a](#b) {score=2}\n  > c\n", "list(-a0(a) quote(p(c)){score=2})");
    check("- ## a {#b}\n", "list(-h2#b(a))");
    check("## A {colour=red}", "h2(A) !unknown-key");
}

#[test]
fn variables_in_text_only() {
    check("{{ brand }} `{{ brand }}` {{other}}", "p(Northlight `{{ brand }}` {{other}})");
    check("{{ brnad }}", "p({{ brnad }}) !unknown-variable");
}

#[test]
fn html_is_held_to_the_list() {
    check("a<br>b<KBD>c</KBD>", "p(a<br>b<kbd>c</kbd>)");
    check("a<!-- b -->c", "p(ac)");
    check("<!-- :::only staff -->\n", "");
    check("> <div>\n> a\n> </div>\n", "quote(html(<div>\na\n</div>\n))");
    check("<a title=\"x>y\" href='b.md'>c</a>", "p(<a title=x>y href@0>c</a>)");
    for source in [
        "<script>a</script>",
        "a<b onclick=x>b</b>",
        "<p style='a'>b</p>",
        "<!doctype html>",
        "<?php ?>",
        "a <b>c",
        "a</b>",
        "<div>\n\n# a\n",
        "*<b>x*</b>",
        "<iframe>",
        "<svg>",
    ] {
        let codes: Vec<Code> = parsed(source).findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&Code::UnsafeHtml), "{source}: {codes:?}");
    }
}

#[test]
fn definitions_inside_only_stay_there() {
    let source = "[a] ![a]\n\n:::only staff\n[a]: secret.md \"secret title\"\n\n[a]\n:::\n";
    let parsed = parsed(source);
    assert_eq!(parsed.findings.iter().filter(|finding| finding.code == Code::HiddenTarget).count(), 2);
    let open: Vec<Block> =
        parsed.body.into_iter().filter(|block| !matches!(block.kind, BlockKind::Only { .. })).collect();
    assert!(!format!("{open:?}").contains("secret"));
    assert!(parsed.references[..2].iter().all(|reference| reference.href.is_empty()));
    assert_eq!(&*parsed.references[2].href, "secret.md");
}

#[test]
fn parts_know_the_definitions_of_the_file() {
    let known = parsed(":::quiz\n### Q\nAnswer: x\nWhy: see [a].\n:::\n\n[a]: b.md\n");
    assert_eq!(known.references.iter().map(|reference| &*reference.href).collect::<Vec<_>>(), ["b.md"]);
    let hidden = parsed(":::quiz\n### Q\nAnswer: x\nWhy: see [a].\n:::\n\n:::only staff\n[a]: b.md\n:::\n");
    assert!(hidden.references.iter().all(|reference| reference.href.is_empty()));
    assert!(hidden.findings.iter().any(|finding| finding.code == Code::HiddenTarget));
}

#[test]
fn a_part_outside_of_a_quiz_is_text() {
    check("Hint: a\nb", "p(Hint: a~b)");
    check(":::quiz\n### Q\n> Hint: a\n:::", "quiz !quiz-no-type");
}

#[test]
fn depth_is_bounded() {
    for source in [
        ">".repeat(10_000) + "a",
        "- ".repeat(10_000) + "a",
        ":::note\n".repeat(10_000),
        "*a ".repeat(10_000),
        "[".repeat(10_000),
        "\\".repeat(1_000_000) + ":::only",
    ] {
        let parsed = parsed(&source);
        let deep = parsed.findings.iter().filter(|finding| finding.code == Code::BadFile).count();
        assert!(deep <= 1, "{} of {}", deep, &source[..8]);
        deepest(&parsed.body, 0);
    }
}

fn deepest(blocks: &[Block], depth: usize) {
    assert!(depth <= DEEPEST);
    for block in blocks {
        crate::library::walk::children(&block.kind, &mut |inner| deepest(inner, depth + 1));
    }
}

const FRAGMENTS: &[&str] = &[
    ":::",
    "::::",
    ":::only staff",
    ":::note",
    ":::quiz",
    ":::tabs",
    "@tab a",
    ":::scenario",
    ":::asked",
    "::only",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "- [x] ",
    "# ",
    "### Q {#q}",
    "```",
    "~~~",
    "`",
    "*",
    "**",
    "~~",
    "[",
    "]",
    "](",
    ")",
    "[[a|b]]",
    "[a]: b \"c\"",
    "[^1]",
    "[^1]: ",
    "<details>",
    "</details>",
    "<b>",
    "<!--",
    "-->",
    "<a href=\"",
    "\">",
    "|a|\n|-|\n",
    ": ",
    "Hint: ",
    "Answer: ",
    "Почему: ",
    "{",
    "}",
    "{#a}",
    "{score=2}",
    "{{ brand }}",
    "{{ brnad",
    "&amp;",
    "&",
    "\\",
    "я",
    "：",
    "\u{200b}",
    "😀",
    "\0",
    "a",
    "---",
    "===",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_parsed(pieces in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..40)) {
        let source = pieces.concat();
        let parsed = parsed(&source);
        let valid = |at: ByteRange| source.get(std::ops::Range::<usize>::from(at)).is_some();
        prop_assert!(parsed.references.iter().all(|reference| valid(reference.at)));
        let spans = parsed.findings.iter().flat_map(|finding| finding.span.iter().chain(finding.related.iter().map(|related| &related.span)));
        prop_assert!(spans.into_iter().all(|span| valid(span.range)));
        prop_assert!(all_valid(&parsed.body, &valid));
    }

    /// Staff-only text between its two lines never shows up outside of `Only`, unless the file is withheld.
    #[test]
    fn hidden_text_stays_hidden(before in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..12), after in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..12)) {
        let source = format!("{}\n:::only staff\nzebra\n:::\n{}", before.concat(), after.concat());
        let parsed = parsed(&source);
        let withheld = parsed.findings.iter().any(|finding| finding.code.withholds());
        prop_assert!(withheld || !blocks_seen(&parsed.body).contains("zebra"), "{}", source);
    }
}

fn all_valid(blocks: &[Block], valid: &dyn Fn(ByteRange) -> bool) -> bool {
    let mut all = blocks.iter().all(|block| valid(block.at));
    for block in blocks {
        crate::library::walk::children(&block.kind, &mut |inner| all &= all_valid(inner, valid));
    }
    all
}

/// What a reader of the widest audience would see. Code shows what it shows: a fence around the lines is the author's word.
fn blocks_seen(all: &[Block]) -> String {
    fn strip(blocks: &mut Vec<Block>) {
        blocks.retain(|block| !matches!(block.kind, BlockKind::Only { .. } | BlockKind::Code(_)));
        blocks.iter_mut().for_each(|block| crate::library::walk::lists_mut(&mut block.kind, &mut strip));
    }
    let mut seen = all.to_vec();
    strip(&mut seen);
    format!("{seen:?}")
}
