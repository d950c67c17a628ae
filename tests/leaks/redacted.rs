//! The public edition of a book is the same, byte by byte, as that of the book without all that is hidden from the
//! public: nothing in it depends on that, no number, no order, no suffix of an id.

use super::build;
use super::support::Files;
use super::{CONFIG, SECRET, holder};
use deskbook::pipeline::Memory;
use proptest::prelude::*;

/// A piece of a page: what it says, and whether it is for staff.
#[derive(Clone, Debug)]
struct Passage {
    kind: u8,
    word: u8,
    hidden: bool,
}

#[derive(Clone, Debug)]
struct Page {
    folder: u8,
    hidden: bool,
    draft: bool,
    order: Option<u8>,
    russian: Option<bool>,
    passages: Vec<Passage>,
}

fn passage() -> impl Strategy<Value = Passage> {
    (0u8..14, 0u8..4, any::<bool>()).prop_map(|(kind, word, hidden)| Passage { kind, word, hidden })
}

fn page() -> impl Strategy<Value = Page> {
    let parts =
        (0u8..3, any::<bool>(), prop::bool::weighted(0.1), prop::option::of(0u8..3), prop::option::of(any::<bool>()));
    (parts, prop::collection::vec(passage(), 0..6)).prop_map(|((folder, hidden, draft, order, russian), passages)| {
        Page { folder, hidden, draft, order, russian, passages }
    })
}

impl Passage {
    /// Words repeat, so that ids made from them get numbers.
    fn text(&self) -> String {
        let word = ["Refunds", "Limits", "Bonus", "Review"][self.word as usize];
        let word = if self.hidden { format!("{word} {SECRET}") } else { word.to_owned() };
        let label = format!("{}{}", if self.hidden { "staff" } else { "open" }, self.word);
        match self.kind {
            0 => format!("## {}", word.split(' ').next().unwrap_or_default()),
            1 => format!("- {word}\n- [home](../index.md)"),
            // of two definitions with one label the first counts, whoever may read it
            2 => format!("{word}[^{label}].\n\n[^{label}]: Note on {word}"),
            3 => format!("[{word}][{label}]\n\n[{label}]: https://example.com/{label}"),
            4 => format!("::::quiz\n### {word}?\n- [x] yes\n- [ ] no\n::::"),
            5 => format!("::::quiz\n### {word} [[gap]]?\n::::"),
            6 => format!("::::scenario\n### {word} {{outcome=good}}\n::::"),
            7 => format!("::::note {word}\n{word}\n::::"),
            8 => format!("![{word}](../img/{}{}.png)", self.word, if self.hidden { "-staff" } else { "" }),
            9 => format!("> {word}"),
            10 => format!("| {word} |\n|---|\n| x |"),
            _ => word,
        }
    }

    fn push(&self, redacted: bool, page: &mut String) {
        let only = format!(":::only staff\n{}\n:::", self.text());
        let nested = |first: &str, rest: &str| only.replace('\n', &format!("\n{rest}")) + first;
        match (self.hidden, redacted) {
            // hidden inside of something that is not, or that holds nothing else
            (true, _) if self.kind == 12 => {
                let item = if redacted { String::new() } else { format!("1. {}", nested("\n", "   ")) };
                page.push_str(&format!("1. one\n{item}1. two\n\n"));
            }
            (true, false) if self.kind == 13 => page.push_str(&format!("> {}\n\n", nested("", "> "))),
            (true, true) => page.push_str("<!-- two lists are two -->\n\n"),
            (true, false) => page.push_str(&format!(":::only staff\n{}\n:::\n\n", self.text())),
            (false, _) => page.push_str(&format!("{}\n\n", self.text())),
        }
    }
}

impl Page {
    fn is_gone(&self) -> bool {
        self.hidden || self.draft
    }

    fn text(&self, number: usize, redacted: bool) -> String {
        let audience = if self.hidden { "staff" } else { "public" };
        let order = self.order.map_or(String::new(), |order| format!("order: {order}\n"));
        let draft = if self.draft { "draft: true\n" } else { "" };
        let name = if self.is_gone() { SECRET } else { "Topic" };
        let mut page = format!("---\naudience: {audience}\n{order}{draft}---\n# {name} {}\n\n", number % 3);
        self.passages.iter().for_each(|passage| passage.push(redacted, &mut page));
        page
    }
}

/// The book as it is, or as somebody would write it who never heard of what is hidden.
fn book(pages: &[Page], redacted: bool) -> Vec<(String, String)> {
    let mut files = vec![
        ("content/index.md".to_owned(), "---\naudience: public\n---\n# Home\n".to_owned()),
        ("content/faq/index.md".to_owned(), "---\naudience: public\nkind: faq\n---\n# Questions\n".to_owned()),
    ];
    for word in 0..4 {
        files.push((format!("content/img/{word}.png"), "picture".into()));
        if !redacted {
            files.push((format!("content/img/{word}-staff.png"), SECRET.into()));
        }
    }
    for (number, page) in pages.iter().enumerate() {
        let folder = ["faq", "updates", "more"][page.folder as usize];
        if redacted && page.is_gone() {
            continue;
        }
        files.push((format!("content/{folder}/page-{number}.md"), page.text(number, redacted)));
        if let Some(staff) = page.russian.filter(|staff| !(*staff && redacted)) {
            let audience = if staff { "---\naudience: staff\n---\n" } else { "" };
            files.push((
                format!("content/{folder}/page-{number}.ru.md"),
                format!("{audience}# Тема {}\n", if staff { SECRET } else { "" }),
            ));
        }
    }
    files
}

fn public(pages: &[Page], redacted: bool) -> Files {
    let files = book(pages, redacted);
    let mut all: Vec<(&str, &str)> = vec![("book.toml", CONFIG)];
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    build(&all, &Memory::default()).sites.remove("help").expect("the public edition")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_public_depends_on_what_is_hidden(pages in prop::collection::vec(page(), 1..8)) {
        let (whole, redacted) = (public(&pages, false), public(&pages, true));
        prop_assert_eq!(holder(&whole, SECRET), None);
        let addresses = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        prop_assert_eq!(addresses(&whole), addresses(&redacted));
        for (address, bytes) in &whole {
            prop_assert!(bytes == &redacted[address], "{address}:\n{}\n---\n{}", String::from_utf8_lossy(bytes), String::from_utf8_lossy(&redacted[address]));
        }
    }
}
