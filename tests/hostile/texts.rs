//! Texts of great size, depth and number. Nothing may grow with the square of them.

use super::Book;

const N: usize = 100_000;
const DEEP: usize = 10_000;

/// Builds a page of each text: it comes out, or a finding says why not.
fn assert_bounded(texts: &[(&str, String)]) {
    for (name, text) in texts {
        let book = Book::new();
        book.page("content/page.md", text);
        let run = book.build();
        assert!(run.code <= 1, "{name}: {} {}", run.code, &run.findings[..run.findings.len().min(2000)]);
        let shown = book.public("page.html").is_some();
        assert!(shown || run.findings.contains("content/page.md:"), "{name}: neither a page nor a finding");
        assert!(run.findings.lines().count() < 2000, "{name}: {} lines", run.findings.lines().count());
    }
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn large() {
    let book = Book::new();
    let huge = 50 << 20;
    book.page("content/line.md", &"a".repeat(huge));
    book.page("content/lines.md", &"a b\n".repeat(huge / 4));
    let run = book.build();
    for path in ["content/line.md", "content/lines.md"] {
        assert!(run.finds("bad-file", path), "{}", run.findings);
    }
    let size = (2 << 20) - 100;
    assert_bounded(&[
        ("one line", "a".repeat(size)),
        ("one line of words", "ab cd ".repeat(size / 6)),
        ("one line of emphasis", "*a* ".repeat(size / 4)),
        ("lines", "a\n".repeat(size / 2)),
        ("paragraphs", "a\n\n".repeat(size / 3)),
        ("items", "- a\n".repeat(size / 4)),
        ("colons", ":".repeat(size)),
        ("a long word that may be a container", format!("::{}", "x".repeat(size / 2))),
        ("a long path", format!("[a]({}.md)", "x".repeat(size / 2))),
    ]);
}

#[test]
fn deep() {
    let pairs = |open: &str, close: &str| format!("{}a{}\n", open.repeat(DEEP), close.repeat(DEEP));
    assert_bounded(&[
        ("quotes", pairs("> ", "")),
        ("lists", pairs("- ", "")),
        ("numbered lists", pairs("1. ", "")),
        ("indented lists", numbered(1400, |depth| format!("{}- a\n", " ".repeat(depth)))),
        ("brackets", pairs("[", "]")),
        ("links", pairs("[", "](x)")),
        ("pictures", pairs("![", "](x)")),
        ("emphasis", pairs("*", "*")),
        ("emphasis of two kinds", pairs("*_", "_*")),
        ("struck", pairs("~~x ", " x~~")),
        ("containers", pairs(":::note\n", "\n:::")),
        ("containers of more colons", numbered(900, |depth| format!("{}note\n", ":".repeat(903 - depth)))),
        ("containers in quotes", numbered(900, |depth| format!("{}:::note\n", "> ".repeat(depth)))),
        ("blocks of HTML", pairs("<div>\n\n", "\n\n</div>")),
        ("tags in a line", pairs("<b>", "</b>")),
        ("tabs", pairs("::::tabs\n@tab a\n", "")),
        ("definitions", pairs("a\n: ", "")),
        ("footnotes", pairs("[^a]: ", "")),
        ("braces", format!("# {}", pairs("{", "}"))),
        ("gaps", format!(":::quiz\n### Q {}:::\n", pairs("[[", "]]"))),
        ("pattern", format!(":::quiz\n### Q\nAnswer: /{}/\n:::\n", pairs("(", ")").trim())),
    ]);
}

#[test]
fn many_links() {
    assert_bounded(&[
        ("links", "[a](index.md) ".repeat(N)),
        ("broken links", numbered(N, |at| format!("[a](x{at}.md)\n\n"))),
        ("broken pictures", numbered(N, |at| format!("![a](x{at}.png)\n"))),
        ("anchors", format!("# H {{#x}}\n\n{}\n\n{}", "[a](#x) ".repeat(N), "## h\n\n".repeat(N))),
        ("headings of the same text", "## same\n\n".repeat(N)),
        ("headings that look numbered", numbered(N, |at| format!("## a-{at}\n\n"))),
        ("headings with an id", numbered(N, |at| format!("## a {{#i{at}}}\n\n"))),
        ("the same id", "## a {#i}\n\n".repeat(N)),
        ("footnotes", numbered(N, |at| format!("[^{at}]\n")) + "\n" + &numbered(N, |at| format!("[^{at}]:a\n"))),
        ("one footnote", format!("{}\n\n[^1]: a\n", "[^1] ".repeat(N))),
        (
            "footnotes that lead to each other",
            "[^0]\n\n".to_owned() + &numbered(N, |at| format!("[^{at}]: [^{}]\n", at + 1)),
        ),
        ("definitions", numbered(N, |at| format!("[a{at}]: x\n")) + &numbered(N, |at| format!("[a{at}]"))),
        ("one definition", format!("{}\n{}", "[a]: x\n".repeat(N), "[a] ".repeat(N))),
        ("a long definition", format!("[a]: https://x/{}\n\n{}", "y".repeat(1 << 20), "[a] ".repeat(N))),
        (
            "a long definition in a quiz",
            format!(
                "[a]: https://x/{}\n\n:::quiz\n### Q\nAnswer: a\n{}:::\n",
                "y".repeat(1 << 20),
                "Why: [a]\n".repeat(N)
            ),
        ),
        (
            "definitions for staff",
            numbered(N / 3, |at| format!(":::only staff\n[x{at}]: y\n:::\n"))
                + &numbered(N / 3, |at| format!("[x{at}] ")),
        ),
        ("addresses", "<https://a> ".repeat(N)),
        ("open brackets", "[".repeat(N) + &"![".repeat(N)),
    ]);
}

#[test]
fn many_containers_and_questions() {
    let quiz = |text: String| format!(":::quiz\n{text}:::\n");
    let question = "### Q\n- [x] a\n- [ ] b\n\n";
    assert_bounded(&[
        ("containers", ":::note\n:::\n".repeat(N)),
        ("containers that stay open", ":::x\n".repeat(N) + &"text\n".repeat(N)),
        ("closing lines", ":::\n".repeat(N)),
        ("slips", "::only staff\n".repeat(N)),
        ("slips in a line", "a\u{2028}::only staff".repeat(N)),
        ("colons in a line", "a::".repeat(N) + &"a::only staff `".repeat(N)),
        ("tabs", format!(":::tabs\n{}:::\n", "@tab a\nb\n".repeat(N))),
        ("tasks", format!(":::checklist\n{}:::\n", "- [ ] a\n".repeat(N))),
        ("placeholders", format!(":::reply\n{}}}\n{}:::\n", "{".repeat(N), "{a} ".repeat(N))),
        ("placeholders of many names", format!(":::reply\n{}\n:::\n", numbered(N, |at| format!("{{a{at}}} ")))),
        ("questions as typed", format!(":::asked\n{}:::\n", "a\n".repeat(N))),
        ("questions", quiz("### Q\n- [x] a\n- [ ]\n".repeat(N))),
        ("options", quiz("### Q\n".to_owned() + &numbered(N, |at| format!("- [x] a{at}\n")))),
        ("bad options", quiz(question.to_owned() + &"- [] a\n".repeat(N))),
        ("parts", quiz(question.to_owned() + &"Why: a\n\n".repeat(N))),
        ("lines of a part", quiz(question.to_owned() + "Why: a\n" + &"b\n".repeat(N))),
        ("answers", quiz("### Q\nAnswer: ".to_owned() + &numbered(N, |at| format!("a{at} | ")) + "b\n")),
        ("patterns", quiz("### Q\nAnswer: ".to_owned() + &numbered(N, |at| format!("/\\w{{{at}}}/ | ")) + "b\n")),
        ("gaps in a line", quiz("### Q ".to_owned() + &"[[a]] ".repeat(N) + "\n")),
        ("gaps in lines", quiz("### Q\n".to_owned() + &"b [[a]]\n".repeat(N))),
        ("open gaps", quiz("### Q ".to_owned() + &"[[a ".repeat(N) + "\n")),
        (
            "scenes",
            format!(":::scenario\n{}:::\n", numbered(N / 3, |at| format!("### S {{#s{at}}}\n\n- [a](#t{at})\n\n"))),
        ),
        ("choices", format!(":::scenario\n### S {{#s outcome=good}}\n\n{}:::\n", "- [a](#s)\n  > b\n".repeat(N))),
    ]);
}

#[test]
fn many_marks() {
    assert_bounded(&[
        ("attributes", "# H ".to_owned() + &"{#a}".repeat(N)),
        ("attributes of an item", "- a ".to_owned() + &"{score=1} ".repeat(N)),
        ("braces", "# H ".to_owned() + &"{".repeat(N) + "\"}\n\n# H " + &"{k=\"".repeat(N) + "}"),
        ("variables", "{{ brand }} ".repeat(N) + &"{{ ".repeat(N)),
        ("unknown variables", numbered(N, |at| format!("{{{{ brand{at} }}}} "))),
        ("tags", "<b>".repeat(N) + "\n\n" + &"x <i>".repeat(N)),
        ("unknown tags", "<x>".repeat(N) + "\n\n" + &"x </y>".repeat(N)),
        ("angles", "<".repeat(N) + "\n\n" + &"<a ".repeat(N)),
        ("attributes of a tag", format!("<a {}>", "title=\"x\" ".repeat(N))),
        ("open comments", "<!-- ".repeat(N)),
        ("comments", "a <!-- b --> ".repeat(N)),
        ("entities", format!("{}\n\n<b title=\"{}\">x</b>", "&amp;".repeat(N), "&amp;".repeat(N))),
        ("backslashes", "\\".repeat(N) + "\n\n" + &"\\*".repeat(N)),
        ("backticks", numbered(1400, |at| "`".repeat(at) + " ") + "\n\n" + &"`a ".repeat(N)),
        ("fences", "```\n".repeat(N)),
        ("stars", "**a ".repeat(N) + "\n\n" + &"*a_ ".repeat(N) + "\n\n" + &"~~a ".repeat(N)),
        ("rows", "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(N)),
        ("columns", "a|".repeat(5000) + "\n" + &"-|".repeat(5000) + "\n" + &"a\n".repeat(N)),
        ("meanings", "a\n: b\n\n".repeat(N)),
        ("rules", "---\n\n".repeat(N) + &"a\n".repeat(N) + "===\n"),
        ("alerts", "> [!NOTE]\n> a\n\n".repeat(N)),
        ("returns", "a\r".repeat(N) + &"b\r\n".repeat(N)),
        ("characters nobody sees", "a\0".repeat(N) + &"\u{202e}b \u{200b}".repeat(N)),
    ]);
}
