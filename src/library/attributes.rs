//! `{#id .class key=value key="quoted value" flag}` at the end of a line: one grammar everywhere.

use super::pieces::Attribute;
use crate::span::ByteRange;

/// The attributes at the end of `text`, and the byte where they begin. Places count from the start of `text`.
/// A final `{…}` counts only if every word in it is an id, a class, `key=value` or one of `flags`; several may follow each other.
pub(super) fn trailing(text: &str, flags: &[&str]) -> Option<(usize, Vec<Attribute>)> {
    let mut end = text.trim_end().len();
    let mut groups = Vec::new();
    let mut start = None;
    while let Some((open, words)) = last_group(&text[..end], flags) {
        groups.push(words);
        start = Some(open);
        end = text[..open].trim_end().len();
    }
    start.map(|start| (start, groups.into_iter().rev().flatten().collect()))
}

fn last_group(text: &str, flags: &[&str]) -> Option<(usize, Vec<Attribute>)> {
    let inner_end = text.strip_suffix('}')?.len();
    // the last `{` that begins a group of nothing but attributes: quoted values may hold braces
    let mut last_quote = None;
    let mut search = inner_end;
    loop {
        let open = text[..search].rfind('{')?;
        if let Some(words) = words(text, open + 1, inner_end, flags).filter(|words| !words.is_empty()) {
            return Some((open, words));
        }
        if *last_quote.get_or_insert_with(|| text[..inner_end].rfind('"').unwrap_or(0)) < open {
            return None;
        }
        search = open;
    }
}

fn words(text: &str, start: usize, end: usize, flags: &[&str]) -> Option<Vec<Attribute>> {
    let mut words = Vec::new();
    let mut at = start;
    while at < end {
        let rest = &text[at..end];
        let space = rest.len() - rest.trim_start().len();
        if space > 0 {
            at += space;
            continue;
        }
        let (attribute, length) = word(rest, at, flags)?;
        at += length;
        if at < end && !text[at..end].starts_with(char::is_whitespace) {
            return None;
        }
        words.push(attribute);
    }
    Some(words)
}

fn word(rest: &str, at: usize, flags: &[&str]) -> Option<(Attribute, usize)> {
    // a brace ends a word too, so that a line of nothing but braces is read once
    let plain_end = rest.find(|letter: char| letter.is_whitespace() || letter == '{').unwrap_or(rest.len());
    let attribute = |key: &str, value: &str, length: usize| {
        let range = ByteRange::new(at, at + length);
        Some((Attribute { at: range, key: key.into(), value: value.into() }, length))
    };
    let plain = &rest[..plain_end];
    for mark in ["#", "."] {
        if let Some(name) = plain.strip_prefix(mark) {
            return if is_name(name) { attribute(mark, name, plain_end) } else { None };
        }
    }
    let Some((key, _)) = plain.split_once('=') else {
        return if flags.contains(&plain) { attribute(plain, "", plain_end) } else { None };
    };
    if !is_name(key) {
        return None;
    }
    let value_start = key.len() + 1;
    match rest[value_start..].strip_prefix('"') {
        Some(quoted) => {
            let length = quoted.find('"')?;
            attribute(key, &quoted[..length], value_start + 1 + length + 1)
        }
        None => {
            let value = &plain[value_start..];
            if value.is_empty() || value.contains(['"', '{', '}']) { None } else { attribute(key, value, plain_end) }
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = trailing(text, &["shuffle"]).map_or("text".into(), |(start, attributes)| {
            let words: Vec<String> =
                attributes.iter().map(|attribute| format!("{}={}", attribute.key, attribute.value)).collect();
            format!("{}|{}", &text[..start], words.join(";"))
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn grammar() {
        check("Title {#a .popular}", "Title |#=a;.=popular");
        check("Title {keywords=\"cash out, payout\"}", "Title |keywords=cash out, payout");
        check("Reply to {name}", "text");
        check("Title {#y}{score=2}", "Title |#=y;score=2");
        check("x {shuffle pass=80%}", "x |shuffle=;pass=80%");
        check("Вывод {#вывод}", "Вывод |#=вывод");
        check("a {} {#b}", "a {} |#=b");
        check("a {k=\"{x}\"}", "a |k={x}");
        check("a {#b", "text");
    }
}
