//! Addresses and HTML that could run, and paths that leave the book.

use super::Book;

/// Ways to write an address that runs.
fn running() -> Vec<String> {
    let mut all: Vec<String> = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "javascript&#x3A;alert(1)",
        "javascript&#0058;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x1;javascript:alert(1)",
        "&#14;javascript:alert(1)",
        "\u{200b}javascript:alert(1)",
        "\u{feff}javascript:alert(1)",
        "\u{a0}javascript:alert(1)",
        "java\u{ad}script:alert(1)",
        "java\0script:alert(1)",
        "view-source:javascript:alert(1)",
        "vbscript:msgbox(1)",
        "VBSCRIPT:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/svg+xml,x",
        "blob:https://x/y",
        "file:///etc/passwd",
        "filesystem:https://x/y",
        "about:blank",
        "ms-settings:x",
    ]
    .map(str::to_owned)
    .into();
    all.push("javascript\\:alert(1)".into());
    all
}

/// The addresses of a page as a browser reads them: entities decoded, what it drops dropped.
fn addresses(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["href=\"", "src=\"", "poster=\"", "content=\"0; url="] {
        for rest in page.split(attribute).skip(1) {
            let value = rest.split('"').next().unwrap_or_default();
            let value = value
                .replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
            let kept = value.chars().filter(|letter| !letter.is_control());
            found.push(kept.collect::<String>().trim().to_lowercase());
        }
    }
    found
}

fn assert_harmless(book: &Book, address: &str, case: &str) {
    let Some(page) = book.public(address) else { return };
    for found in addresses(&page) {
        let scheme = found.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
        let fine = scheme.is_none_or(|scheme| ["https", "http", "mailto", "tel"].contains(&scheme));
        assert!(fine, "{case}: `{found}`\n{page}");
    }
    assert_nested(&page, case);
    // the theme's own search form is no author's
    let lower = without_own_scripts(&page)
        .to_lowercase()
        .replace("<form role=\"search\"", "")
        .replace("<form class=\"seek\"", "");
    for mark in MARKS {
        assert!(!lower.contains(mark), "{case}: `{mark}`\n{page}");
    }
}

/// Every tag ends where it began.
fn assert_nested(page: &str, case: &str) {
    let void =
        ["br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "source", "track", "wbr", "!doctype"];
    let mut open = Vec::new();
    for tag in page.split('<').skip(1) {
        let name = tag.split(|letter: char| letter.is_whitespace() || letter == '>').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{case}\n{page}"),
            None if void.contains(&name) || name.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{case}: {open:?}\n{page}");
}

/// What no page holds, but for what a theme's own files and the data for machines need.
const MARKS: &[&str] = &[
    "<script",
    "<iframe",
    "<object",
    "<embed",
    "<style",
    "<base",
    "<form",
    "<meta http-equiv=\"refresh",
    " onerror=\"",
    " onload=\"",
    " onclick=\"",
    " style=\"",
    "srcdoc=\"",
];

/// A page without the scripts that the theme loads from its own files, and without data that is no script.
fn without_own_scripts(page: &str) -> String {
    let mut pieces = page.split("<script");
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let own = tag.contains(" src=\"") && tag.contains("theme/") && after.starts_with("</script>");
        let data = tag == " type=\"application/ld+json\"";
        rest.push_str(if own || data { "" } else { "<script" });
        rest.push_str(after);
    }
    rest
}

#[test]
fn no_address_runs() {
    for address in running() {
        let places = [
            format!("[x]({address})"),
            format!("[x](<{address}>)"),
            format!("![x]({address})"),
            format!("![x](<{address}>)"),
            format!("<{address}>"),
            format!("[x][y]\n\n[y]: {address}"),
            format!("[x][y]\n\n[y]: <{address}>"),
            format!("<a href=\"{address}\">x</a>"),
            format!("<a href='{address}'>x</a>"),
            format!("<a href={address}>x</a>"),
            format!("<img src=\"{address}\">"),
            format!("<video src=\"{address}\" poster='{address}'></video>"),
            format!("<video><source src=\"{address}\"></video>"),
            format!(":::quiz\n### Q\n- [x] [a]({address})\n- [ ] b\n\nWhy: [a]({address})\n:::"),
            format!(":::scenario\n### S {{outcome=good}}\n\n- [x]({address})\n:::"),
        ];
        let book = Book::new();
        for (at, text) in places.iter().enumerate() {
            book.page(&format!("content/p{at}.md"), text);
        }
        let run = book.build();
        assert!(run.code <= 1, "{}", run.findings);
        for (at, text) in places.iter().enumerate() {
            assert_harmless(&book, &format!("p{at}.html"), text);
        }
    }
}

#[test]
fn no_html_breaks_out() {
    let book = Book::new();
    let texts = [
        "<script>alert(1)</script>",
        "<ScRiPt>alert(1)</sCrIpT>",
        "<scr<script>ipt>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=x onerror\n=\nalert(1)>",
        "<img/onerror=alert(1)/src=x>",
        "<b onclick=alert(1)>x</b>",
        "<b style=\"background:url(javascript:x)\">x</b>",
        "<a href=\"x\"onclick=\"y\">x</a>",
        "<a title=\"\" onclick=\"y\">x</a>",
        "<a title='\"><script>alert(1)</script>'>x</a>",
        "<a title=\"&quot;&gt;&lt;script&gt;\">x</a>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "<iframe srcdoc=\"x\"></iframe>",
        "<object data=x></object><embed src=x>",
        "<base href=\"https://evil.example/\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example/\">",
        "<form action=x><button>y</button></form>",
        "<link rel=stylesheet href=x><style>a{}</style>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea><script>alert(1)</script></textarea>",
        "<template><script>alert(1)</script></template>",
        "<!--><script>alert(1)</script>-->",
        "<!-- --!><script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php <script>alert(1)</script> ?>",
        "<!DOCTYPE x [<!ENTITY y \"<script>\">]>",
        "<div>\n\n</div></div></main></body><script>alert(1)</script>",
        ":::note\n</div></div><script>alert(1)</script>\n:::",
        ":::details <script>alert(1)</script>\ntext\n:::",
        "# <script>alert(1)</script> {#\"onclick=x}",
        "```\"><script>alert(1)</script>\nx\n```",
        "![<script>alert(1)</script>](x.png \"<script>\")",
        "| <script>alert(1)</script> |\n|---|\n| x |",
        "[^<script>]: x\n\na[^<script>]",
        ":::reply {title=\"<script>alert(1)</script>\"}\n{<script>}\n:::",
        ":::quiz\n### <script>alert(1)</script> [[<script>]]\n:::",
        ":::quiz\n### Q\nAnswer: <script>alert(1)</script> | /<script>/\n:::",
        "<details><summary>x</details></summary>",
        "<details>\n\n## Heading\n\n</details>\n\n## Other\n\n<div>\n\n## Third\n\n<br>\n\n</div>",
        "- <div>\n\n  ## Heading\n\n  </div>\n\n## Other",
        "<\0script>alert(1)</script>",
        "<\u{17f}cript>alert(1)</script>",
    ];
    for (at, text) in texts.iter().enumerate() {
        book.page(&format!("content/p{at}.md"), text);
        for kind in ["topic", "procedure"] {
            book.write(
                &format!("content/{kind}{at}.md"),
                format!("---\naudience: public\nkind: {kind}\n---\n{text}\n"),
            );
        }
    }
    book.write("content/meta.md", "---\naudience: public\ntitle: \"<script>alert(1)</script>\"\ndescription: \"\\\"><script>x</script>\"\naliases: [\"<script>.html\", \"a'b\"]\nobjectives: [\"<script>\"]\n---\n");
    let run = book.build();
    assert!(run.code <= 1, "{}", run.findings);
    for (at, text) in texts.iter().enumerate() {
        for name in ["p", "topic", "procedure"] {
            assert_harmless(&book, &format!("{name}{at}.html"), text);
        }
    }
    for address in ["meta.html", "index.html", "404.html"] {
        assert_harmless(&book, address, address);
    }
}

#[test]
fn no_path_leaves_the_book() {
    let book = Book::new();
    book.write("content/../zq1x7secret.md", "# zq1x7secret\n");
    book.write("content/../pic.png", "zq1x7secret");
    let paths = [
        "../zq1x7secret.md",
        "../pic.png",
        "../../../../etc/passwd",
        "/../pic.png",
        "/etc/passwd",
        "..%2fpic.png",
        "%2e%2e/pic.png",
        "..\\pic.png",
        "a/../../pic.png",
        ".././pic.png",
        "....//pic.png",
        "//etc/passwd",
        "\\\\host\\share",
        "%00",
        "..%00/pic.png",
        "../book.toml",
        "/../book.toml",
    ];
    let text: String = paths
        .iter()
        .map(|path| format!("[a](<{path}>) ![b](<{path}>) <a href=\"{path}\">c</a> <img src=\"{path}\">\n\n"))
        .collect();
    book.page("content/page.md", &text);
    let list =
        |key: &str| format!("{key}:\n{}", paths.iter().map(|path| format!("  - '{path}'\n")).collect::<String>());
    book.write(
        "content/front.md",
        format!("---\naudience: public\n{}{}{}---\n# Front\n", list("aliases"), list("requires"), list("affects")),
    );
    book.write("content/look.md", "---\naudience: public\ntemplate: ../../../etc/passwd\n---\n# Look\n");
    let run = book.build();
    assert!(run.code <= 1, "{}", run.findings);
    assert!(!book.shows("zq1x7secret") && !book.shows("root:x:0"), "{}", run.findings);
    assert!(!book.path("etc").exists() && !book.path("book/etc").exists());
    for key in [
        "src = \"../..\"",
        "src = \"/etc\"",
        "src = \"content/../..\"",
        "theme = \"../../etc\"",
        "src = \"a\\\\..\\\\..\"",
    ] {
        book.write("book.toml", format!("[book]\naudiences = [\"public\", \"staff\"]\n{key}\n"));
        assert_eq!(book.build().code, 2, "{key}");
    }
    for key in ["synonyms = \"../../etc/passwd\"", "tests = \"/etc/passwd\""] {
        book.write("book.toml", format!("[search]\n{key}\n"));
        assert_eq!(book.build().code, 2, "{key}");
    }
}

#[test]
fn no_file_that_runs_is_published() {
    let book = Book::new();
    let files = [
        ("script.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
        ("event.svg", "<svg onload=\"alert(1)\"/>"),
        ("link.SVG", "<svg><a href='java&#x73;cript:x'/></svg>"),
        ("page.html", "<script>alert(1)</script>"),
        ("page.XHTML", "<html/>"),
        ("sheet.xml", "<?xml-stylesheet href='x'?><x/>"),
    ];
    for (name, content) in files {
        book.write(&format!("content/{name}"), content);
    }
    book.write("content/fine.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg>");
    let links: String = files.iter().map(|(name, _)| format!("[x]({name}) ![x]({name})\n")).collect();
    book.page("content/shown.md", &format!("{links}![x](fine.svg)\n"));
    let run = book.build();
    for (name, _) in files {
        assert!(
            run.finds("unsafe-html", &format!("content/{name}")) && book.public(name).is_none(),
            "{name}: {}",
            run.findings
        );
    }
    assert!(book.public("fine.svg").is_some());
}

/// What an author wrote must not speak to a terminal or to a program that reads the findings.
#[test]
fn findings_carry_no_commands() {
    let book = Book::new();
    let evil = "x\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}";
    book.page(
        "content/page.md",
        &format!(
            "[a](<{evil}.md>) [b](&#10;::error::owned&#10;.md) :::\u{1b}[31m\n\n:::{evil}\n:::\n\n# A {{#{evil}}}\n"
        ),
    );
    book.write("content/front.md", format!("---\ntitle: x\nkind: \"{evil}\"\n{evil}: x\n---\n"));
    for format in ["human", "short", "github", "json", "sarif"] {
        let run = book.run(&["check", "--format", format]);
        let bad = |letter: char| letter.is_control() && letter != '\n';
        assert!(!run.findings.contains(bad), "{format}: {:?}", run.findings);
        assert!(!run.findings.contains("\n::error::owned"), "{format}: {}", run.findings);
        // on a terminal, colour is the only command
        let coloured = book.run_with(&["check", "--format", format], &[("CLICOLOR_FORCE", "1")]).findings;
        let commands = coloured.split('\u{1b}').skip(1);
        let colours = commands
            .filter(|rest| rest.trim_start_matches(|letter: char| "[;0123456789".contains(letter)).starts_with('m'));
        assert_eq!(colours.count(), coloured.matches('\u{1b}').count(), "{format}: {coloured:?}");
        assert!(!coloured.contains(['\u{7}', '\u{202e}']), "{format}: {coloured:?}");
        assert!(format == "human" || !coloured.contains('\u{1b}'), "{format}: {coloured:?}");
    }
}
