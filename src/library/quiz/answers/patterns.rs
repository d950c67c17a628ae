//! Patterns that a browser may try forever. Its engine goes back and tries again: where a repetition may stand directly
//! inside of another, it can divide the same text between the two in more ways than there is time.

use regex_syntax::hir::{Hir, HirKind};

/// Whether some text makes a browser try this pattern for longer than anybody waits.
pub(super) fn may_run_forever(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Repetition(repetition) => {
            is_endless(repetition.max) && repeats(&repetition.sub) || may_run_forever(&repetition.sub)
        }
        HirKind::Capture(capture) => may_run_forever(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(may_run_forever),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

/// Whether a text that the pattern matches may be nothing but an endless repetition's.
fn repeats(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Repetition(repetition) => is_endless(repetition.max) || repeats(&repetition.sub),
        HirKind::Capture(capture) => repeats(&capture.sub),
        HirKind::Alternation(parts) => parts.iter().any(repeats),
        HirKind::Concat(parts) => {
            let can_be_empty = |part: &Hir| part.properties().minimum_len() == Some(0);
            let needed = parts.iter().filter(|part| !can_be_empty(part)).count();
            parts.iter().any(|part| repeats(part) && needed <= usize::from(!can_be_empty(part)))
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

/// Without an end, or with one that no text reaches.
fn is_endless(most: Option<u32>) -> bool {
    most.is_none_or(|most| most > 50)
}

#[cfg(test)]
mod tests {
    fn forever(pattern: &str) -> bool {
        super::may_run_forever(&regex_syntax::parse(pattern).unwrap())
    }

    #[test]
    fn repetitions_of_repetitions() {
        for pattern in
            ["(a*)*b", "(a+)+", "(\\w+\\s*)+$", "((a+)?)*", "(x|y+)*z", "(a{1,100}){1,100}", "x(?:(?:a+)b?)+"]
        {
            assert!(forever(pattern), "{pattern}");
        }
        for pattern in ["f\\s*2", "\\w+@\\w+\\.\\w+", "(\\w+ )*\\w+", "(a{2}){3}", "(ab+c)+", "[a-z]+|[0-9]+"] {
            assert!(!forever(pattern), "{pattern}");
        }
    }
}
