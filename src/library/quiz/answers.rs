//! `Answer:` and `Half:` lines, read raw, and the words of cloze gaps.

mod patterns;

use super::Context;
use crate::article::{Accepted, Answer, Interval};
use crate::diagnostic::Code;
use crate::library::pieces::{Part, PartKind};
use crate::span::ByteRange;

/// In bytes. A longer pattern is no answer that a person would give.
const LONGEST_PATTERN: usize = 1000;

/// Short text, or a number where every alternative is one.
pub(super) fn read(parts: &[Part], context: &mut Context) -> Answer {
    let accepted = alternatives(parts, PartKind::Answer, context);
    let half = alternatives(parts, PartKind::Half, context);
    let numbers = |list: &[Accepted]| list.iter().map(number).collect::<Option<Vec<Interval>>>();
    match (numbers(&accepted), numbers(&half)) {
        (Some(accepted), Some(half)) if !accepted.is_empty() => Answer::Number { accepted, half },
        _ => Answer::Text { accepted: unquoted(accepted), half: unquoted(half) },
    }
}

fn unquoted(list: Vec<Accepted>) -> Vec<Accepted> {
    let text = |text: Box<str>| match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inner) => inner.into(),
        None => text,
    };
    list.into_iter()
        .map(|accepted| match accepted {
            Accepted::Text(words) => Accepted::Text(text(words)),
            pattern => pattern,
        })
        .collect()
}

fn alternatives(parts: &[Part], kind: PartKind, context: &mut Context) -> Vec<Accepted> {
    let mut all = Vec::new();
    for part in parts.iter().filter(|part| part.kind == kind) {
        let raw = part.raw.of(context.source);
        for piece in split(raw) {
            match accepted(&piece) {
                Ok(accepted) => all.push(accepted),
                Err(message) => {
                    let hint = "write `Answer: F2 | Fn+F2 | /f\\s*2/`, `Answer: 15 +- 1` or `Answer: 10..20`";
                    context.report(Code::QuizBadAnswer, part.at, message, hint);
                }
            }
        }
    }
    all
}

/// Cuts at `|`, but not inside of `/…/`, and not at `\|`.
fn split(raw: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut in_pattern = false;
    let mut letters = raw.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let piece = pieces.last_mut().expect("there is always a piece");
        match letter {
            '\\' if !in_pattern && letters.peek() == Some(&'|') => {
                letters.next();
                piece.push('|');
            }
            '\\' if in_pattern => {
                piece.push(letter);
                piece.extend(letters.next());
            }
            '/' if in_pattern || piece.trim().is_empty() => {
                in_pattern = !in_pattern;
                piece.push(letter);
            }
            '|' if !in_pattern => pieces.push(String::new()),
            _ => piece.push(letter),
        }
    }
    pieces.into_iter().map(|piece| piece.trim().to_owned()).collect()
}

fn accepted(piece: &str) -> Result<Accepted, String> {
    if piece.is_empty() {
        return Err("one of the accepted answers is empty".to_owned());
    }
    let Some(rest) = piece.strip_prefix('/') else {
        return check_number(piece).map(|()| Accepted::Text(piece.into()));
    };
    let Some(pattern) = rest.strip_suffix('/').filter(|pattern| !pattern.is_empty()) else {
        return Err(format!("the pattern `{piece}` has no closing `/`"));
    };
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("a pattern has more than {LONGEST_PATTERN} bytes"));
    }
    let pattern = pattern.replace("\\/", "/");
    match regex_syntax::parse(&pattern) {
        Ok(tree) if patterns::may_run_forever(&tree) => {
            Err(format!("the pattern `{piece}` repeats what is itself repeated, and may run forever in a browser"))
        }
        Ok(_) => Ok(Accepted::Pattern(pattern.into())),
        Err(error) => Err(format!("the pattern `{piece}` does not work: {}", last_line(&error.to_string()))),
    }
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or(text).trim_start_matches("error: ")
}

/// Ranges and tolerances that cannot hold any number are mistakes.
fn check_number(piece: &str) -> Result<(), String> {
    let sides = piece.split_once("..").or_else(|| tolerance(piece));
    let Some((left, right)) = sides.filter(|(left, right)| parse(left).is_some() || parse(right).is_some()) else {
        return Ok(());
    };
    match (parse(left), parse(right)) {
        (Some(low), Some(high)) if !piece.contains("..") || low <= high => {
            if piece.contains("..") || high >= 0.0 {
                Ok(())
            } else {
                Err(format!("`{piece}` has a tolerance below zero"))
            }
        }
        (Some(_), Some(_)) => Err(format!("the range `{piece}` ends before it begins")),
        _ => Err(format!("`{piece}` is half a number: quote it if it is text")),
    }
}

fn tolerance(piece: &str) -> Option<(&str, &str)> {
    piece.split_once("+-").or_else(|| piece.split_once('±'))
}

/// A number with a decimal point or comma.
fn parse(text: &str) -> Option<f64> {
    let text = text.trim().replace(['\u{a0}', '\u{202f}'], "").replace(',', ".");
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

fn number(accepted: &Accepted) -> Option<Interval> {
    let Accepted::Text(text) = accepted else { return None };
    if let Some((low, high)) = text.split_once("..") {
        return Some(Interval { low: parse(low)?, high: parse(high)? });
    }
    if let Some((middle, spread)) = tolerance(text) {
        let (middle, spread) = (parse(middle)?, parse(spread)?);
        return Some(Interval { low: middle - spread, high: middle + spread });
    }
    parse(text).map(|number| Interval { low: number, high: number })
}

/// The accepted words of the gaps with these numbers, which count the gaps of the file.
pub(super) fn blanks(numbers: &[u32], context: &mut Context) -> Vec<Vec<Box<str>>> {
    numbers.iter().map(|&number| words(context.blanks[number as usize], context)).collect()
}

fn words(blank: ByteRange, context: &mut Context) -> Vec<Box<str>> {
    let gap = blank.of(context.source);
    let words: Vec<Box<str>> = gap[2..gap.len() - 2].split('|').map(|word| word.trim().into()).collect();
    if words.iter().any(|word| word.is_empty()) {
        let hint = "write `[[word]]` or `[[word|other]]`";
        context.report(Code::QuizBadAnswer, blank, "a gap has an empty answer", hint);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_bars_outside_of_patterns() {
        assert_eq!(split(" F2 | Fn+F2 | /f\\s*(2|3)/ "), ["F2", "Fn+F2", "/f\\s*(2|3)/"]);
        assert_eq!(split("a\\|b | c"), ["a|b", "c"]);
    }

    #[test]
    fn numbers() {
        let interval = |text: &str| number(&Accepted::Text(text.into())).map(|interval| (interval.low, interval.high));
        assert_eq!(interval("15 +- 1"), Some((14.0, 16.0)));
        assert_eq!(interval("10..20"), Some((10.0, 20.0)));
        assert_eq!(interval("1,5"), Some((1.5, 1.5)));
        assert_eq!(interval("\"10..20\""), None);
    }

    #[test]
    fn what_cannot_be_an_answer() {
        let long = format!("/{}/", "x".repeat(2000));
        for piece in ["", "/(/", "/x", "20..10", "15 +- x", "3..", "/(a+)+b/", &long] {
            assert!(accepted(piece).is_err(), "{piece}");
        }
        for piece in ["F2", "/f2/", "\"20..10\"", "and..so", "5"] {
            assert!(accepted(piece).is_ok(), "{piece}");
        }
    }
}
