//! Raw HTML, held to a safe list: tags are read one by one, and only what is on the list is written again.

use std::ops::Range;

/// A tag as the author wrote it, or what stands in its place.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Comment,
    Tag {
        name: String,
        closing: bool,
        attributes: Vec<(String, String)>,
    },
    /// Something that is no tag of the grammar.
    Broken(&'a str),
}

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "audio",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

const ANYWHERE: &[&str] = &["title", "lang", "dir"];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("audio", &["src", "controls", "loop", "muted", "preload"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start"]),
    ("source", &["src", "type"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("video", &["src", "poster", "controls", "loop", "muted", "preload", "width", "height"]),
];

pub(super) fn is_safe_tag(name: &str) -> bool {
    TAGS.contains(&name)
}

pub(super) fn is_safe_attribute(tag: &str, name: &str) -> bool {
    let own = ATTRIBUTES.iter().find(|(owner, _)| *owner == tag).is_some_and(|(_, names)| names.contains(&name));
    own || ANYWHERE.contains(&name)
}

/// Cuts raw HTML into tokens with the bytes of `html` they stand for.
pub(super) fn tokens(html: &str) -> Vec<(Token<'_>, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let (token, length) = match rest.strip_prefix('<') {
            None => {
                let length = rest.find('<').unwrap_or(rest.len());
                (Token::Text(&rest[..length]), length)
            }
            Some(_) if rest.starts_with("<!--") => match rest[4..].find("-->") {
                Some(end) => (Token::Comment, end + 7),
                // without an end, the rest of the page is a comment to a browser
                None => (Token::Comment, rest.len()),
            },
            Some(_) => tag(rest),
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    tokens
}

fn tag(rest: &str) -> (Token<'_>, usize) {
    let broken = || {
        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
        (Token::Broken(&rest[..length]), length)
    };
    let closing = rest.starts_with("</");
    let name_start = if closing { 2 } else { 1 };
    let name_length = rest[name_start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest[name_start..name_start + name_length].to_ascii_lowercase();
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return broken();
    }
    let mut at = name_start + name_length;
    let mut attributes = Vec::new();
    loop {
        let space = rest[at..].len() - rest[at..].trim_start().len();
        at += space;
        if let Some(length) = ["/>", ">"].into_iter().find(|end| rest[at..].starts_with(end)).map(str::len) {
            return (Token::Tag { name, closing, attributes }, at + length);
        }
        match attribute(&rest[at..]).filter(|_| space > 0 && !closing) {
            Some((key, value, length)) => {
                attributes.push((key, value));
                at += length;
            }
            None => return broken(),
        }
    }
}

/// Name, decoded value and length of the attribute that `rest` begins with.
fn attribute(rest: &str) -> Option<(String, String, usize)> {
    let name_length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    if name_length == 0 {
        return None;
    }
    let name = rest[..name_length].to_ascii_lowercase();
    let after = rest[name_length..].trim_start();
    let Some(value) = after.strip_prefix('=') else { return Some((name, String::new(), name_length)) };
    let value = value.trim_start();
    let value_start = rest.len() - value.len();
    let (raw, length) = match value.chars().next()? {
        quote @ ('"' | '\'') => {
            let inner = &value[1..value[1..].find(quote)? + 1];
            (inner, inner.len() + 2)
        }
        _ => {
            let length =
                value.find(|letter: char| letter.is_whitespace() || "\"'=<>`".contains(letter)).unwrap_or(value.len());
            (&value[..length], length)
        }
    };
    (length > 0).then(|| (name, unescape(raw), value_start + length))
}

/// The text that an attribute's value stands for.
pub(super) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        let length = entity_length(&rest[start..]);
        match length {
            0 => text.push('&'),
            _ => text.push_str(&entity(&rest[start..start + length])),
        }
        rest = &rest[start + length.max(1)..];
    }
    text + rest
}

/// The bytes of `&name;` or `&#…;` at the start of `rest`; 0: there is none.
fn entity_length(rest: &str) -> usize {
    let name = rest[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    if name > 0 && rest[1 + name..].starts_with(';') { name + 2 } else { 0 }
}

/// The Markdown parser knows every entity: it reads this one as text.
fn entity(reference: &str) -> String {
    let mut text = String::new();
    for event in pulldown_cmark::Parser::new(&format!("x{reference}x")) {
        if let pulldown_cmark::Event::Text(words) = event {
            text.push_str(&words);
        }
    }
    let inner = text.strip_prefix('x').and_then(|text| text.strip_suffix('x'));
    inner.map_or_else(|| reference.to_owned(), str::to_owned)
}

/// Whether a link may lead to `href`: no scheme, or one of those that a browser only follows.
pub(super) fn is_safe_address(href: &str) -> bool {
    let visible: String = href.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let Some(colon) = visible.find(':') else { return true };
    let scheme = &visible[..colon];
    let plain = scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'));
    if !plain {
        // a colon after `/`, `?` or `#` is no scheme's
        return scheme.contains(['/', '?', '#']);
    }
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto" | "tel")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_and_unsafe_addresses() {
        for href in ["a.md", "#x", "https://x", "mailto:a@b", "tel:+1", "a/b:c", "?a:b", "файл.md"] {
            assert!(is_safe_address(href), "{href}");
        }
        for href in [
            "javascript:x",
            "JavaScript:x",
            " java\nscript:x",
            "java\u{1}script:x",
            "data:text/html,x",
            "vbscript:x",
            "файл:x",
        ] {
            assert!(!is_safe_address(href), "{href}");
        }
    }

    #[test]
    fn tags_and_what_is_none() {
        let names = |html| {
            let shown = tokens(html).into_iter().map(|(token, _)| match token {
                Token::Text(_) => "text".to_owned(),
                Token::Comment => "comment".to_owned(),
                Token::Tag { name, closing, attributes } => {
                    format!("{}{name}{attributes:?}", if closing { "/" } else { "" })
                }
                Token::Broken(_) => "broken".to_owned(),
            });
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names("<BR/>"), "br[]");
        assert_eq!(names("<a href='x&amp;y' open>t</a>"), "a[(\"href\", \"x&y\"), (\"open\", \"\")] text /a[]");
        assert_eq!(names("<!-- a --> <!-- b"), "comment text comment");
        assert_eq!(names("<a\"b>"), "broken");
        assert_eq!(names("<!doctype html><?x?>"), "broken broken");
    }
}
