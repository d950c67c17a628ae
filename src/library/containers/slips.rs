//! Lines that are no container line, but look as if they were meant to be one: what stands below them may not be for all.

use super::{NAMES, name};
use crate::diagnostic::nearest;
use std::ops::Range;

/// The container that a line seems to mean, if it looks like a container line with a slip in its colons.
/// Empty: a closing line.
pub(super) fn misspelt(rest: &str, audiences: &[String]) -> Option<&'static str> {
    let marked = rest.trim_start_matches(|letter| is_decoration(letter) || is_invisible(letter));
    if marked.len() < rest.trim_start_matches(is_invisible).len() {
        // colons behind a backslash or a mark of emphasis are text, but never at the price of showing what an `only` may
        // have meant to hide
        let (colons, name) = colons_in_front(marked, audiences)?;
        return (name == "only" && (colons > 1 || rest.starts_with('\\'))).then_some(name);
    }
    colons_in_front(rest, audiences).map(|(_, name)| name)
}

/// How a tab begins, for those who misspell it.
pub(in crate::library) const TAB: &str = "@tab Name";

/// Whether a line inside of tabs seems to begin one, but does not.
pub(super) fn is_misspelt_tab(rest: &str) -> bool {
    let word = rest.strip_prefix('@').and_then(|rest| rest.split_whitespace().next());
    word.is_some_and(|word| nearest(&bare(word), ["tab"]).is_some())
}

/// How many colons stand in front of a line, and the container it seems to mean.
fn colons_in_front(rest: &str, audiences: &[String]) -> Option<(usize, &'static str)> {
    let text = rest.trim_start_matches(|letter| is_colon(letter) || is_invisible(letter));
    let colons = rest[..rest.len() - text.len()].chars().filter(|letter| is_colon(*letter)).count();
    let name = match colons {
        0 => None,
        1 => single_mark(text, audiences),
        _ if text.is_empty() => Some(""),
        _ => several_marks(text, audiences),
    };
    name.map(|name| (colons, name))
}

fn is_colon(letter: char) -> bool {
    matches!(
        letter,
        ':' | ';'
            | '：'
            | '；'
            | '∶'
            | '∷'
            | 'ː'
            | '︓'
            | '︰'
            | '﹕'
            | '﹔'
            | '꞉'
            | '׃'
            | '։'
            | '܃'
            | '܄'
            | '፡'
            | '⁚'
            | '᠄'
    )
}

/// What may stand before a container line by mistake: emphasis, an escape, a heading's or a table's mark.
fn is_decoration(letter: char) -> bool {
    matches!(
        letter,
        '\\' | '*'
            | '_'
            | '~'
            | '#'
            | '|'
            | '.'
            | ','
            | '-'
            | '–'
            | '—'
            | '•'
            | '·'
            | '('
            | '['
            | '"'
            | '\''
            | '«'
            | '“'
    )
}

/// Space, controls, marks of direction and joining, variation selectors: nothing that a reader sees.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{feff}' | '\u{3164}' | '\u{ffa0}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// `: text` is a definition and `:smile:` a word; only what hides text is worth doubting them.
fn single_mark(text: &str, audiences: &[String]) -> Option<&'static str> {
    let mut words = text.split_whitespace();
    let (first, second, more) = (bare(words.next()?), words.next(), words.next());
    let near = nearest(&first, ["only"]).is_some() && more.is_none();
    let is_near = near && second.is_some_and(|word| nearest(word, audiences.iter().map(String::as_str)).is_some());
    (first == "only" || is_near).then_some("only")
}

fn several_marks(text: &str, audiences: &[String]) -> Option<&'static str> {
    let word = bare(name(text));
    let known = || NAMES.iter().copied();
    let meant = nearest(&word, known()).or_else(|| known().find(|name| word.starts_with(name)));
    let audience = |word: &str| nearest(&bare(word), audiences.iter().map(String::as_str)).is_some();
    meant
        .map(|meant| known().find(|name| *name == meant).unwrap_or("only"))
        .or_else(|| text.split_whitespace().take(2).any(audience).then_some("only"))
}

/// A word in lower case, without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// `::only staff` behind other text on its line, and not in code there.
pub(super) fn only_inside(line: &str, audiences: &[String]) -> Option<Range<usize>> {
    let runs = line.match_indices("::").map(|(at, _)| at).filter(|&at| at > 0 && line.as_bytes()[at - 1] != b':');
    let mut hiding = runs.filter(|&at| {
        let end = line.floor_char_boundary(line.len().min(at + LONGEST_INSIDE));
        let mut words =
            line[at..end].trim_start_matches(|letter| is_colon(letter) || is_invisible(letter)).split_whitespace();
        words.next().is_some_and(|word| bare(word) == "only")
            && words.next().is_some_and(|word| audiences.contains(&bare(word)))
    });
    let at = hiding.next()?;
    let in_code = line[..at].matches('`').count() % 2 == 1 && line[at..].contains('`');
    (!in_code).then_some(at..line.len())
}

/// In bytes: colons, `only` and the name of an audience.
const LONGEST_INSIDE: usize = 120;

/// Vertical tab, form feed, next line, line and paragraph separator.
pub(super) fn is_foreign_break(letter: char) -> bool {
    matches!(letter, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_look_like_containers() {
        for line in [
            "::only staff",
            ":: only staff",
            ": only staff",
            ";;;only staff",
            "：：：only staff",
            ": : : only staff",
            "::olny staff",
            "::",
            "::Only",
            "\\:::only staff",
            "**::only staff**",
            "\u{2066}:::only staff",
            "∷only staff",
        ] {
            assert!(misspelt(line, &[]).is_some(), "{line}");
        }
        for line in ["x::only staff", "see ::: Only staff", "`::only staff"] {
            assert!(only_inside(line, &["staff".into()]).is_some(), "{line}");
        }
        for line in ["write `::only staff`", "x::only here", "::only staff"] {
            assert_eq!(only_inside(line, &["staff".into()]), None, "{line}");
        }
        for line in [
            "note: take care",
            ": a definition",
            ":smile:",
            "text",
            "",
            "a::b",
            ":",
            "only staff",
            "*: only a star*",
            "**::before** selects",
        ] {
            assert_eq!(misspelt(line, &[]), None, "{line}");
        }
    }
}
