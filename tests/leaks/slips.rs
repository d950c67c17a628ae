//! Blocks for staff on public pages, written well and with every slip: what stands in them is never shown.

use super::{CONFIG, HOME, HOME_RU, SECRET, build, holder};
use deskbook::pipeline::Memory;

/// Panics with the texts of those public pages that show the secret. All are built in one book, each in a folder of its
/// own, so that one withheld page says nothing of the others.
fn assert_hidden(pages: &[String]) {
    let paths: Vec<String> = (0..pages.len()).map(|index| format!("content/{index}/page.md")).collect();
    let texts: Vec<String> = pages.iter().map(|text| format!("---\naudience: public\n---\n{text}")).collect();
    let mut files = vec![("book.toml", CONFIG), HOME, HOME_RU];
    files.extend(paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
    // where all HTML passes, `:::only` still holds
    let trusting = CONFIG.replace("[languages.ru]", "raw-html = true\n[languages.ru]");
    for config in [CONFIG, &trusting] {
        files[0].1 = config;
        assert_book_hides(&files, pages);
    }
}

fn assert_book_hides(files: &[(&str, &str)], pages: &[String]) {
    let built = build(files, &Memory::default());
    let leaks: Vec<&String> = pages
        .iter()
        .enumerate()
        .filter(|(index, _)| {
            let own = |address: &str| {
                address.starts_with(&format!("{index}/")) || address.starts_with(&format!("ru/{index}/"))
            };
            let files = built.sites["help"].iter().filter(|(address, _)| own(address));
            holder(&files.map(|(address, bytes)| (address.clone(), bytes.clone())).collect(), SECRET).is_some()
        })
        .map(|(_, text)| text)
        .collect();
    assert!(leaks.is_empty(), "{} of {} leak:\n{leaks:#?}", leaks.len(), pages.len());
    assert_eq!(holder(&built.sites["help"], SECRET), None, "what is around the pages leaks");
}

/// Public text around a block for staff, in every kind of nest.
fn nests(block: &str) -> Vec<String> {
    let nested = |prefix: &str, rest: &str| {
        let lines: Vec<String> = block
            .lines()
            .enumerate()
            .map(|(index, line)| format!("{}{line}", if index == 0 { prefix } else { rest }))
            .collect();
        format!("# Page\n\n{}\n\nEnd.\n", lines.join("\n"))
    };
    vec![
        nested("", ""),
        nested("> ", "> "),
        nested("- ", "  "),
        nested("1. ", "   "),
        nested("> - ", ">   "),
        nested("- > - ", "  >   "),
        nested("- [ ] ", "  "),
        nested("> [!NOTE]\n> ", "> "),
        nested("term\n: ", "  "),
        nested("[^f]: ", "    ") + "\nA note[^f].\n",
        format!("# Page\n\n::::note\n{block}\n::::\n"),
        format!("# Page\n\n::::details Title\n{block}\n::::\n"),
        format!("# Page\n\n::::checklist\n- [ ] a\n\n{block}\n::::\n"),
        format!("# Page\n\n::::reply\n{block}\n::::\n"),
        format!("# Page\n\n::::steps\n{block}\n::::\n"),
        format!("# Page\n\n::::tabs\n@tab One\n{block}\n@tab Two\ntext\n::::\n"),
        format!("# Page\n\n::::only public\n{block}\n::::\n"),
        format!("# Page\n\ntext\n{block}\ntext\n"),
        format!("# Page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n{block}\n"),
        format!("# Page\n\n::::quiz\n### Q?\n- [x] a\n- [ ] b\n\n{block}\n::::\n"),
        format!("# Page\n\n::::quiz\n{block}\n### Q [[gap]]?\n\n{block}\n\nWhy: so\n::::\n"),
        format!("# Page\n\n::::quiz\n### Q?\n1. a\n2. b\n{block}\n::::\n"),
        format!("# Page\n\n::::scenario\n{block}\n### S {{#s outcome=good}}\n{block}\n::::\n"),
        format!("# Page\n\n::::asked\nquestion\n{block}\n::::\n"),
    ]
}

#[test]
fn blocks_for_staff_are_removed_at_any_depth() {
    let inner = [
        SECRET.to_owned(),
        format!("## {SECRET}"),
        format!("## Part {{#{SECRET}}}"),
        format!("- {SECRET}\n- [{SECRET}](x.md)"),
        format!("[x]: https://example.com/{SECRET}"),
        format!("[x]: https://example.com/ \"{SECRET}\""),
        format!("[^n]: {SECRET}"),
        format!("```\n{SECRET}\n```"),
        format!("The [[{SECRET}]] gap"),
        format!("Answer: {SECRET}"),
        format!("Why: {SECRET}"),
        format!("<b title=\"{SECRET}\">x</b>"),
        format!("![{SECRET}]({SECRET}.png)"),
        format!("::::note {SECRET}\n{SECRET}\n::::"),
        format!("::::quiz\n### {SECRET}\n- [x] a\n- [ ] b\n::::"),
        format!("- [x] {SECRET}\n- [ ] no"),
    ];
    let pages = inner.iter().flat_map(|text| nests(&format!(":::only staff\n{text}\n:::")));
    let pages = pages.map(|page| format!("{page}\nSee [x] and [y][x] and a note[^n].\n\n[z]: <x\n"));
    assert_hidden(&pages.collect::<Vec<_>>());
}

const OPENINGS: &[&str] = &[
    ":::only staff",
    "::: only staff",
    ":::  only   staff",
    "::::only staff",
    ":::only  staff ",
    ":::Only staff",
    ":::ONLY STAFF",
    ":::onlystaff",
    ":::only",
    ":::only Staff",
    ":::only stuff",
    ":::only staff public",
    ":::only staff {x}",
    ":::only staff {#a}",
    ":::only {staff}",
    ":::only=staff",
    ":::only staff:::",
    ":::olny staff",
    ":::onyl staff",
    ":::onlу staff",
    ":::оnly staff",
    ":::only stаff",
    "::only staff",
    ":: only staff",
    "::Only staff",
    ";;;only staff",
    "::;only staff",
    "：：：only staff",
    "::：only staff",
    "∷only staff",
    ": : :only staff",
    ":: :only staff",
    ":::staff",
    ":::only\tstaff",
    ":::only\u{a0}staff",
    ":::only\u{2028}staff",
    "\u{200b}:::only staff",
    "\u{feff}:::only staff",
    "\u{2067}:::only staff",
    "\u{e0020}::only staff",
    ":\u{200b}::only staff",
    ":\0::only staff",
    "text :::only staff",
    "text\u{2028}::only staff",
    "text\u{b}::only staff",
    "text\r::only staff",
    "**:::only staff**",
    "**::only staff**",
    "_::only staff_",
    "~~:::only staff~~",
    "\\:::only staff",
    "\\::only staff",
    "x::only staff",
    "- :::only staff",
    "> :::only staff",
    "    :::only staff",
    "\t:::only staff",
    "  :::only staff",
    "   :::only staff",
    "<!-- x --> :::only staff",
    "<div>:::only staff",
    "<div>::only staff",
    "# :::only staff",
    "# ::only staff",
    "| :::only staff |",
    "| ::only staff |",
    "1. :::only staff",
    "+ :::only staff",
    "[^1]: :::only staff",
    "[x]: :::only staff",
    "[x]:\n:::only staff",
    ": :::only staff",
    "* :::only staff",
    "::::: only staff",
    "```\nnever closed\n\n:::only staff",
    "~~~\nnever closed\n\n::only staff",
    "`never closed\n:::only staff",
    "`never closed\n::only staff",
];

const CLOSINGS: &[&str] = &[
    ":::",
    "::::",
    "::",
    ": : :",
    "> :::",
    "- :::",
    "    :::",
    "",
    "::: only",
    ":::end",
    "：：：",
    "text :::",
    "`:::`",
    "  :::",
    "```\n:::",
    "::: x `",
];

const AROUND: &[(&str, &str)] = &[
    ("", ""),
    ("Intro.\n\n", "\n\nEnd."),
    ("Intro.\n", "\nEnd."),
    ("<details>\n", "\n</details>"),
    ("```\nx\n```\n", ""),
    ("- item\n\n  ", ""),
    ("::::quiz\n### Q?\n- [x] a\n- [ ] b\n\n", "\n::::"),
];

#[test]
fn no_misspelling_lets_text_for_staff_through() {
    for opening in OPENINGS {
        let cases = CLOSINGS.iter().flat_map(|closing| AROUND.iter().map(move |around| (closing, around)));
        let pages = cases
            .map(|(closing, (before, after))| format!("# Page\n\n{before}{opening}\n{SECRET}\n{closing}{after}\n"));
        assert_hidden(&pages.collect::<Vec<_>>());
    }
}

/// What a hand that slips puts there instead.
const LETTERS: &[char] = &[
    ':', ';', ' ', '\t', '\n', '\r', '\0', '\\', '`', '~', '*', '_', '#', '>', '<', '-', '+', '1', '.', ',', '[', ']',
    '(', '{', '}', '|', '"', '\'', '=', '!', '&', '/', '?', '@', 'x', 'S', 'ы', '：', '∶', '\u{a0}', '\u{200b}',
    '\u{2028}', '\u{301}',
];

/// Every text that is one slip away from `text`: a letter too many, too few, another, or two that changed places.
fn slips(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut all = Vec::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let with = |middle: &[char], rest: &[char]| [before, middle, rest].concat().into_iter().collect::<String>();
        for letter in LETTERS {
            all.push(with(&[*letter], after));
            if let [_, rest @ ..] = after {
                all.push(with(&[*letter], rest));
            }
        }
        if let [first, rest @ ..] = after {
            all.push(with(&[], rest));
            if let [second, rest @ ..] = rest {
                all.push(with(&[*second, *first], rest));
            }
        }
    }
    all
}

#[test]
fn no_single_slip_anywhere_in_a_block_for_staff_shows_it() {
    let block = format!(":::only staff\n{SECRET}\n:::\n");
    let (opening, closing) = block.split_once(SECRET).unwrap();
    let first = slips(opening).into_iter().map(|opening| format!("{opening}{SECRET}{closing}"));
    let last = slips(closing).into_iter().map(|closing| format!("{opening}{SECRET}{closing}"));
    let slipped: Vec<String> = first.chain(last).collect();
    assert!(slipped.len() > 1500);
    for (before, after) in [("", ""), ("Intro.\n\n", "\nEnd.\n"), ("Intro `a`\n", "End `b` <br>.\n\n[x]: y\n")] {
        let pages = slipped.iter().map(|block| format!("# Page\n\n{before}{block}{after}"));
        assert_hidden(&pages.collect::<Vec<_>>());
    }
}

/// Builds a book of one public folder and panics with the slips whose files show the secret. `files` makes the files of one.
fn assert_closed(slipped: &[String], files: impl Fn(usize, &str) -> Vec<(String, String)>) {
    let own: Vec<(String, String)> = slipped.iter().enumerate().flat_map(|(index, text)| files(index, text)).collect();
    let folder = ("content/faq/index.md", "---\naudience: public\nkind: faq\n---\n# Questions\n");
    let mut all = vec![("book.toml", CONFIG), HOME, HOME_RU, folder];
    all.extend(own.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let built = build(&all, &Memory::default());
    let public: Vec<(&String, &Vec<u8>)> =
        built.sites["help"].iter().filter(|(address, _)| address.starts_with("faq/")).collect();
    let shows = |index: usize| {
        let secret = format!("{SECRET}-{index}-");
        public.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&secret))
    };
    let leaks: Vec<&String> =
        slipped.iter().enumerate().filter(|(index, _)| shows(*index)).map(|(_, text)| text).collect();
    assert!(leaks.is_empty(), "{} of {} leak:\n{leaks:#?}", leaks.len(), slipped.len());
}

/// A `#` makes a comment of a line: whoever writes it means that.
fn without_comments(slipped: Vec<String>) -> Vec<String> {
    slipped.into_iter().filter(|text| text.lines().all(|line| !line.trim_start().starts_with('#'))).collect()
}

#[test]
fn no_single_slip_in_front_matter_opens_a_page() {
    for block in
        ["---\naudience: staff\n---\n", "---\ntitle: x\naudience: staff\nowner: x\n---\n", "---\ndraft: true\n---\n"]
    {
        assert_closed(&without_comments(slips(block)), |index, text| {
            vec![(format!("content/faq/p{index}.md"), format!("{text}{SECRET}-{index}-\n"))]
        });
    }
}

#[test]
fn no_single_slip_in_the_front_matter_of_a_folder_opens_its_pages() {
    assert_closed(&without_comments(slips("---\naudience: staff\n---\n")), |index, text| {
        let inside = format!("# Inside\n\n{SECRET}-{index}-\n");
        vec![
            (format!("content/faq/f{index}/index.md"), text.to_owned()),
            (format!("content/faq/f{index}/page.md"), inside),
        ]
    });
}
