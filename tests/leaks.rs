//! Internal text never reaches a public byte.

mod support;
#[path = "leaks/places.rs"]
mod places;
#[path = "leaks/slips.rs"]
mod slips;
#[path = "leaks/redacted.rs"]
mod redacted;

use deskbook::pipeline::{self, Memory, Request};
use deskbook::search::Indexes;
use deskbook::source;
use std::io::Read;
use support::{Built, Files};

const SECRET: &str = "zq1x7secret";

const CONFIG: &str = "# zq1x7secret: a comment\n[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n\
    [languages.ru]\n[edition.help]\naudience = \"public\"\nbase-url = \"https://help.example.com/\"\n\
    [edition.zq1x7secret]\naudience = \"staff\"\nbase-url = \"https://zq1x7secret.example.com/\"\n\
    [search]\nsynonyms = \"synonyms.yaml\"\ntests = \"searches.yaml\"\n[variables]\nhidden = \"zq1x7secret\"\n";

const HOME: (&str, &str) = ("content/index.md", "---\ntitle: Home\naudience: public\n---\nWelcome.\n");
const HOME_RU: (&str, &str) = ("content/index.ru.md", "---\ntitle: Начало\n---\nПривет.\n");

fn build(files: &[(&str, &str)], memory: &Memory) -> Built {
    build_bytes(&support::as_bytes(files), memory)
}

/// Every edition's files, and beside them everything that its search knows, in plain text: in the files of the index words
/// may lie in pieces.
fn build_bytes(files: &[(&str, &[u8])], memory: &Memory) -> Built {
    let mut built = support::build_bytes(files, memory);
    let mut add = |indexes: &Indexes| {
        for language in indexes.config.all_languages() {
            let index = indexes.of(language);
            let site = built.sites.get_mut(&indexes.edition.name).expect("every edition is built");
            assert!(site.contains_key(&format!("search/{}.bin", index.language)));
            site.insert(format!("search/{}", index.language), format!("{index:?}").into_bytes());
        }
    };
    pipeline::search(&source::from_memory(files), &Request::default(), memory, |_, all| all.iter().for_each(&mut add));
    built
}

/// The first file that holds `secret`, in its address or its bytes, whatever the case.
fn holder<'a>(files: &'a Files, secret: &str) -> Option<&'a str> {
    let hides = |bytes: &[u8]| {
        let unpacked = unpacked(bytes);
        let all = unpacked.as_deref().unwrap_or(bytes);
        all.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret.as_bytes()))
    };
    files.iter().find(|(address, bytes)| hides(address.as_bytes()) || hides(bytes)).map(|(address, _)| address.as_str())
}

/// What gzip packed, if it did.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    bytes
        .starts_with(&[0x1f, 0x8b])
        .then(|| flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut content).ok())??;
    Some(content)
}

#[test]
fn the_search_for_secrets_finds_them() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, b"it says ZQ1X7Secret here").unwrap();
    let files = |address: &str, bytes: &[u8]| Files::from([(address.to_owned(), bytes.to_vec())]);
    assert_eq!(holder(&files("a.gz", &packed.finish().unwrap()), SECRET), Some("a.gz"));
    assert_eq!(holder(&files("zq1x7secret.html", b""), SECRET), Some("zq1x7secret.html"));
    assert_eq!(holder(&files("a.html", b"zq1x7secre t"), SECRET), None);
}

fn assert_hidden(case: &str, files: &[(&str, &str)]) {
    let mut all = vec![("book.toml", CONFIG), HOME, HOME_RU];
    all.extend_from_slice(files);
    let built = build(&all, &Memory::default());
    assert_eq!(holder(&built.sites["help"], SECRET), None, "{case}: {:#?}", built.findings);
}

#[test]
fn a_folder_whose_mark_cannot_be_read_is_hidden() {
    let public = ("content/docs/index.md", "---\naudience: public\n---\n# Docs\n");
    let inside = format!("# Inside\n\n{SECRET}\n");
    let page = ("content/docs/inner/page.md", inside.as_str());
    let link = ("content/docs/page.md", "# Page\n\n![x](inner/x.png)\n");
    let picture = ("content/docs/inner/x.png", SECRET);
    for (path, text) in [
        ("content/docs/inner/index.md", "---\naudience: stff\n---\n# Inner\n"),
        ("content/docs/inner/index.md", "---\naudiense: staff\n---\n# Inner\n"),
        ("content/docs/inner/index.md", "---\naudience: staff\n# Inner\n"),
        ("content/docs/inner/Index.md", "---\naudience: staff\n---\n# Inner\n"),
        ("content/docs/inner/readme.md", "---\naudience: staff\n---\n# Inner\n"),
        ("content/docs/inner/index.de.md", "---\naudience: staff\n---\n# Inner\n"),
        ("content/docs/inner/index.ru.md", "---\naudience: staff\n---\n# Inner\n"),
    ] {
        assert_hidden(path, &[public, (path, text), page, link, picture]);
    }
    let open = ("content/docs/inner/README.md", "---\naudience: public\n---\n# Inner\n");
    let narrow = ("content/docs/inner/index.md", "---\naudience: staff\n---\n# Inner\n");
    assert_hidden("two index pages", &[public, open, narrow, page, link, picture]);
    let narrow = ("content/docs/inner/README.md", "---\naudience: staff\n---\n# Inner\n");
    let open = ("content/docs/inner/index.md", "---\naudience: public\n---\n# Inner\n");
    assert_hidden("two index pages", &[public, open, narrow, page, link, picture]);
}

#[test]
fn what_cannot_be_read_takes_its_folder_and_its_translations_along() {
    let build = |files: &[(&str, &[u8])]| {
        let mut all: Vec<(&str, &[u8])> = vec![("book.toml", CONFIG.as_bytes()), (HOME.0, HOME.1.as_bytes())];
        all.extend_from_slice(files);
        build_bytes(&all, &Memory::default())
    };
    let public: (&str, &[u8]) = ("content/docs/index.md", b"---\naudience: public\n---\n# Docs\n");
    let secret = format!("# Inside\n\n{SECRET}\n");
    let broken: &[u8] = b"---\naudience: staff\n---\n# \xff\n";
    let built =
        build(&[public, ("content/docs/inner/index.md", broken), ("content/docs/inner/page.md", secret.as_bytes())]);
    assert_eq!(holder(&built.sites["help"], SECRET), None);
    let built = build(&[public, ("content/docs/page.md", broken), ("content/docs/page.ru.md", secret.as_bytes())]);
    assert_eq!(holder(&built.sites["help"], SECRET), None);
    let narrow: (&str, &[u8]) = ("content/docs/page.en.md", b"---\naudience: staff\n---\n# Page\n");
    let open: (&str, &[u8]) = ("content/docs/page.md", b"# Page\n");
    let built = build(&[public, open, narrow, ("content/docs/page.ru.md", secret.as_bytes())]);
    assert_eq!(holder(&built.sites["help"], SECRET), None, "two sources disagree");
}
