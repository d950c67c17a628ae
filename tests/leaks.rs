//! Internal text never reaches a public byte.

mod support;
#[path = "leaks/places.rs"]
mod places;
#[path = "leaks/slips.rs"]
mod slips;
#[path = "leaks/redacted.rs"]
mod redacted;

use std::io::Read;
use support::Files;

const SECRET: &str = "zq1x7secret";

const CONFIG: &str = "# zq1x7secret: a comment\n[book]\ntitle = \"Desk\"\naudiences = [\"public\", \"staff\"]\n\
    [languages.ru]\n[edition.help]\naudience = \"public\"\nbase-url = \"https://help.example.com/\"\n\
    [edition.zq1x7secret]\naudience = \"staff\"\nbase-url = \"https://zq1x7secret.example.com/\"\n\
    [search]\nsynonyms = \"synonyms.yaml\"\ntests = \"searches.yaml\"\n[variables]\nhidden = \"zq1x7secret\"\n";

const HOME: (&str, &str) = ("content/index.md", "---\ntitle: Home\naudience: public\n---\nWelcome.\n");
const HOME_RU: (&str, &str) = ("content/index.ru.md", "---\ntitle: Начало\n---\nПривет.\n");

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
