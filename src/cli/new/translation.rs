//! A translation begins as its source: the same text to write over, with the same ids and links.

use super::skeletons::quoted;

/// What a translation says for itself: words for readers, and by which review and version it is measured.
/// Everything else it has from its source.
const OWN: &[&str] = &["title", "description", "tags", "keywords", "objectives", "version", "reviewed"];

/// The text of a new translation of `source`, a draft.
pub(super) fn of(source: &str, title: Option<&str>) -> String {
    let (front, body) = divide(source.trim_start_matches('\u{feff}'));
    let mut own = entries(front);
    own.retain(|(key, _)| OWN.contains(key));
    let mut body = body.trim_start_matches(['\r', '\n']).to_owned();
    if let Some(title) = title {
        let front_has_it = own.iter().any(|(key, _)| *key == "title");
        match retitled(&body, title).filter(|_| !front_has_it) {
            Some(retitled) => body = retitled,
            None => {
                own.retain(|(key, _)| *key != "title");
                own.insert(0, ("title", format!("title: {}\n", quoted(title))));
            }
        }
    }
    let own: String = own.into_iter().map(|(_, lines)| lines).collect();
    format!("---\n{own}draft: true\n---\n\n{body}")
}

/// The lines of the front matter, and the text after it.
fn divide(source: &str) -> (&str, &str) {
    let mut lines = source.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return ("", source) };
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return (&source[first.len()..at], &source[at + line.len()..]);
        }
        at += line.len();
    }
    ("", source)
}

/// The keys of front matter, each with all its lines.
fn entries(front: &str) -> Vec<(&str, String)> {
    let mut entries: Vec<(&str, String)> = Vec::new();
    for line in front.lines() {
        let key = line.split_once(':').map(|(key, _)| key.trim_end()).filter(|_| !line.starts_with([' ', '-', '#']));
        match (key, entries.last_mut()) {
            (Some(key), _) => entries.push((key, format!("{line}\n"))),
            (None, Some((_, lines))) => *lines += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    entries
}

/// The text with another heading of level 1, where it opens with one. The heading's attributes stay.
fn retitled(body: &str, title: &str) -> Option<String> {
    let heading = body.lines().next().filter(|line| line.starts_with("# "))?;
    let attributes = heading.rfind('{').filter(|_| heading.trim_end().ends_with('}'));
    let attributes = attributes.map_or(String::new(), |open| format!(" {}", heading[open..].trim_end()));
    Some(format!("# {title}{attributes}{}", &body[heading.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_measures_are_kept() {
        let source = "---\ntitle: A\nkind: topic\naudience: public\naliases:\n  - old\nobjectives:\n  - One\n\n  - Two\nreviewed: 2026-11-01\ndraft: false\n---\n# A {#a}\n\nText.\n";
        assert_eq!(
            of(source, None),
            "---\ntitle: A\nobjectives:\n  - One\n\n  - Two\nreviewed: 2026-11-01\ndraft: true\n---\n\n# A {#a}\n\nText.\n"
        );
    }

    #[test]
    fn the_title_goes_where_the_source_has_its_own() {
        assert_eq!(of("# A {#a}\n\nText.\n", Some("Б")), "---\ndraft: true\n---\n\n# Б {#a}\n\nText.\n");
        assert_eq!(
            of("---\ntitle: >\n  A\n  long one\n---\n\n# A\n", Some("Б \"в\"")),
            "---\ntitle: \"Б \\\"в\\\"\"\ndraft: true\n---\n\n# A\n"
        );
        assert_eq!(of("Text.\n", Some("Б")), "---\ntitle: \"Б\"\ndraft: true\n---\n\nText.\n");
    }
}
