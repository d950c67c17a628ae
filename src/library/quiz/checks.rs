//! What is wrong with a question that has a type.

use super::Context;
use crate::article::{Answer, Choice, Quiz, plain_text};
use crate::article::{Block, BlockKind};
use crate::diagnostic::Code;
use crate::library::pieces::Header;
use crate::span::ByteRange;
use std::collections::BTreeSet;

pub(super) fn choice(options: Vec<Choice>, at: ByteRange, context: &mut Context) -> Answer {
    let right = options.iter().filter(|option| option.right).count();
    if options.len() == 1 {
        context.report(
            Code::QuizSingleOption,
            at,
            "this question has one option only",
            "add options that a learner may take for right",
        );
    }
    if right == 0 {
        context.report(
            Code::QuizNoRightAnswer,
            at,
            "no option of this question is right",
            "mark the right ones: `- [x]`",
        );
    }
    let mut seen = BTreeSet::new();
    for option in &options {
        let text = text_of(&option.blocks).to_lowercase();
        if !seen.insert(text) {
            let at = option.blocks.first().map_or(at, |block| block.at);
            context.report(
                Code::QuizDuplicateOption,
                at,
                "this option says the same as one above it",
                "change or remove it",
            );
        }
    }
    Answer::Choice { several: right > 1, options }
}

fn text_of(blocks: &[Block]) -> String {
    let texts = blocks.iter().map(|block| match &block.kind {
        BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines) => plain_text(inlines),
        BlockKind::Code(code) => code.text.to_string(),
        other => format!("{other:?}"),
    });
    texts.collect::<Vec<_>>().join(" ").trim().to_owned()
}

pub(super) fn draw(quiz: &Quiz, header: &Header, context: &mut Context) {
    let Some(draw) = quiz.draw.filter(|draw| quiz.pool.is_none() && *draw as usize > quiz.questions.len()) else {
        return;
    };
    let at = header
        .attributes
        .iter()
        .find(|attribute| &*attribute.key == "draw")
        .map_or(header.at, |attribute| attribute.at);
    let message = format!("`draw={draw}` asks for more questions than there are: {}", quiz.questions.len());
    context.report(Code::QuizDrawTooMany, at, message, "write more questions, or draw fewer");
}

/// Lines that look like an option but are none: the option would silently vanish.
pub(super) fn markers(question: ByteRange, context: &mut Context) {
    let mut offset = question.start as usize;
    let mut fence: Option<&str> = None;
    for line in question.of(context.source).split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let text = line.trim();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark)) {
            fence = if fence == Some(mark) { None } else { fence.or(Some(mark)) };
            continue;
        }
        if let Some(length) = bad_marker(text).filter(|_| fence.is_none()) {
            let indent = line.len() - line.trim_start().len();
            let at = ByteRange::new(start + indent, start + indent + length);
            let hint = "write `- [x] ` for a right option and `- [ ] ` for a wrong one";
            context.report(Code::QuizBadMarker, at, "this looks like an option, but is none", hint);
        }
    }
}

/// The length of a broken marker at the start of a line.
fn bad_marker(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(['-', '*', '+'])?;
    let spaces = rest.len() - rest.trim_start().len();
    let bracket = rest.trim_start();
    let (inside, after) = bracket.strip_prefix('[')?.split_once(']')?;
    let is_marker = inside.chars().count() <= 3 && inside.trim().chars().count() <= 1;
    let is_link = after.starts_with(['(', '[', ':']);
    let good = spaces >= 1 && matches!(inside, " " | "x" | "X") && (after.is_empty() || after.starts_with([' ', '\t']));
    // one letter or digit that is no cross may be text: `- [1]`, `- [a]`
    let crosses = |letter: char| !letter.is_alphanumeric() || "xXvVхХ".contains(letter);
    let cross = inside.trim().chars().next().is_none_or(crosses);
    (is_marker && cross && !is_link && !good).then(|| 1 + spaces + inside.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::bad_marker;

    #[test]
    fn broken_markers() {
        for line in ["- [] x", "- [ ]x", "- [x ] x", "- [v] x", "- [+] x", "- [✓] x", "- [х] x", "-[x] y", "* [X]y"]
        {
            assert!(bad_marker(line).is_some(), "{line}");
        }
        for line in ["- [ ] x", "- [x] x", "- [a](b)", "- [1] x", "text", "- text [x]", "- [x](y)"] {
            assert_eq!(bad_marker(line), None, "{line}");
        }
    }
}
