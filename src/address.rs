//! Addresses within a site: `ru/platform/accounts.html`, no leading slash, parts divided by `/`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Names at the root of a site that no page, file or alias may take; those that end in `/` are folders.
pub const RESERVED: &[&str] =
    &["search/", "404.html", "sw.js", "llms.txt", "feed.xml", "sitemap.xml", "robots.txt", "_headers", "theme/"];

/// What must be escaped in a path or a fragment; letters of any script stay for `encode` to percent-encode as UTF-8.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// The relative address that leads from page `from` to `to`, percent-encoded: `../faq/payments.html`.
pub fn relative(from: &str, to: &str) -> String {
    let from_folders = &from[..from.rfind('/').map_or(0, |slash| slash + 1)];
    let shared = shared_folders(from_folders, to);
    let up = from_folders[shared..].matches('/').count();
    let mut address = "../".repeat(up);
    address.extend(utf8_percent_encode(&to[shared..], ESCAPED));
    // a first part with a colon would read as a scheme; an empty address would mean the page itself
    let first = address.split('/').next().unwrap_or_default();
    if address.is_empty() || first.contains(':') { format!("./{address}") } else { address }
}

/// How many bytes of whole leading folders two addresses share.
pub fn shared_folders(folders: &str, address: &str) -> usize {
    let same = folders.bytes().zip(address.bytes()).take_while(|(a, b)| a == b).count();
    folders.as_bytes()[..same].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1)
}

/// A fragment as it stands in an address, percent-encoded, without `#`.
pub fn encode_fragment(id: &str) -> String {
    utf8_percent_encode(id, ESCAPED).to_string()
}

/// The percent-encoded form of a whole address, for sitemaps and the like.
pub fn encode(address: &str) -> String {
    utf8_percent_encode(address, ESCAPED).to_string()
}

/// An address relative to a site's root, or a fragment, as browsers take it and people read it: letters of any script stay.
pub fn encode_readably(address: &str) -> String {
    let first = address.split('/').next().unwrap_or_default();
    // a first part with a colon would read as a scheme
    let colon = |at: usize, letter: char| letter == ':' && at < first.len();
    let mut out = String::with_capacity(address.len());
    for (at, letter) in address.char_indices() {
        match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() && (is_escaped(byte) || colon(at, letter)) => {
                out.push_str(percent_encoding::percent_encode_byte(byte));
            }
            _ => out.push(letter),
        }
    }
    out
}

fn is_escaped(byte: u8) -> bool {
    percent_encoding::percent_encode(&[byte], ESCAPED).next() != std::str::from_utf8(&[byte]).ok()
}

/// The id made from a heading's text: lower case, letters of any script, digits, `_` and `-`; spaces become `-`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.trim().chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || matches!(character, '_' | '-') {
            slug.push(character);
        } else if character.is_whitespace() {
            slug.push('-');
        }
    }
    slug
}

/// The order and the rest of a name such as `01-accounts`.
pub fn number_prefix(name: &str) -> (Option<u32>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    match name[digits..].strip_prefix('-') {
        Some(rest) if (1..=3).contains(&digits) && !rest.is_empty() => (name[..digits].parse().ok(), rest),
        _ => (None, name),
    }
}

/// Whether a file's name, without language and ending, is that of its folder's index page. In any case of letters: a mark
/// on who may read the folder must not be lost to a capital.
pub fn is_index(name: &str) -> bool {
    name.eq_ignore_ascii_case("index") || name.eq_ignore_ascii_case("readme")
}

/// A file's name as a title: `late-payout` → `Late payout`.
pub fn readable(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// A part of a path may have this many bytes: what is made of it must fit into the 255 of every file system.
const LONGEST_PART: usize = 200;
/// A whole path below the text's folder, in bytes.
const LONGEST_PATH: usize = 1000;
/// Folders in folders.
const DEEPEST: usize = 40;

/// Why a path cannot be an address, and what to do, behind a colon.
pub fn unfit(path: &str) -> Option<&'static str> {
    let strange = |letter: char| letter.is_control() || letter == '\\';
    if path.contains(strange) {
        return Some("the name has a character that no address may have: rename it");
    }
    if path.len() > LONGEST_PATH || path.split('/').any(|part| part.len() > LONGEST_PART) {
        return Some("the name is too long for an address: rename it");
    }
    (path.split('/').count() > DEEPEST).then_some("this lies in too many folders: move it up")
}

/// `path` as seen from the folder of `from`, `.` and `..` resolved; `None` if it leaves the book.
/// A leading `/` starts at the book's own root.
pub fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => from.split('/').collect(),
    };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses() {
        for (from, to, expected) in [
            ("index.html", "faq/index.html", "faq/index.html"),
            ("faq/a.html", "faq/b.html", "b.html"),
            ("faq/a.html", "index.html", "../index.html"),
            ("ru/faq/a.html", "faq/a.html", "../../faq/a.html"),
            ("a/x.html", "ab/y.html", "../ab/y.html"),
            ("a.html", "x:y.html", "./x:y.html"),
            ("a.html", "с пробелом.html", "%D1%81%20%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB%D0%BE%D0%BC.html"),
        ] {
            assert_eq!(relative(from, to), expected, "{from} to {to}");
        }
    }

    #[test]
    fn addresses_that_people_read() {
        for (address, expected) in [
            ("ru/вывод денег.html", "ru/вывод%20денег.html"),
            ("100%?.html", "100%25%3F.html"),
            ("a:b/c:d.html", "a%3Ab/c:d.html"),
            ("é\u{7f}", "é%7F"),
        ] {
            assert_eq!(encode_readably(address), expected);
        }
    }

    #[test]
    fn joins_and_refuses_to_leave() {
        assert_eq!(join("faq/a.md", "../b.md").as_deref(), Some("b.md"));
        assert_eq!(join("faq/a.md", "/b.md").as_deref(), Some("b.md"));
        assert_eq!(join("a.md", "../b.md"), None);
    }

    #[test]
    fn names_that_are_no_address() {
        for path in ["a.md", "faq/a b.md", "faq/вывод денег.md", "CON.md", "a%20#?.md", "..a.md"] {
            assert_eq!(unfit(path), None, "{path}");
        }
        let deep = "a/".repeat(DEEPEST) + "b.md";
        for path in ["a\\b.md", "a\nb.md", "a\u{7f}.md", &"x".repeat(201), &deep, &"a/".repeat(501)] {
            assert!(unfit(path).is_some(), "{path}");
        }
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("How do I withdraw?"), "how-do-i-withdraw");
        assert_eq!(slug("Как вывести деньги?"), "как-вывести-деньги");
    }
}
