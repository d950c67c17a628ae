//! Every place lies inside its file, on the borders of characters.

use deskbook::article::{Answer, Block, BlockKind};
use deskbook::diagnostic::Diagnostic;
use deskbook::library::Edition;
use deskbook::source::Book;
use deskbook::span::{ByteRange, Span};

pub fn check(book: &Book, findings: &[Diagnostic]) {
    for finding in findings {
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.') || finding.message.ends_with("…"), "{finding:?}");
        finding.span.iter().for_each(|span| place(book, span, finding));
        finding.related.iter().for_each(|related| place(book, &related.span, finding));
    }
}

fn place(book: &Book, span: &Span, finding: &Diagnostic) {
    let Some(text) = book.text(&span.file) else { return };
    assert!(fits(span.range, &text), "{finding:?} of {} bytes", text.len());
}

fn fits(range: ByteRange, text: &str) -> bool {
    let (start, end) = (range.start as usize, range.end as usize);
    start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
}

pub fn check_blocks(book: &Book, edition: &Edition) {
    for article in edition.works.iter().flat_map(|work| work.articles.iter().flatten()) {
        let text = book.text(&article.file).expect("an article has a file");
        blocks(&article.body, &text, 0);
    }
}

fn blocks(list: &[Block], text: &str, depth: usize) {
    assert!(depth < 120, "nested too deep");
    for block in list {
        assert!(fits(block.at, text), "{block:?}");
        inside(&block.kind, &mut |inner| blocks(inner, text, depth + 1));
    }
}

fn inside(kind: &BlockKind, found: &mut dyn FnMut(&[Block])) {
    match kind {
        BlockKind::Quote(blocks)
        | BlockKind::Steps(blocks)
        | BlockKind::Footnote { blocks, .. }
        | BlockKind::Details { blocks, .. }
        | BlockKind::Only { blocks, .. }
        | BlockKind::Checklist { blocks, .. } => found(blocks),
        BlockKind::List(list) => list.items.iter().for_each(|item| found(&item.blocks)),
        BlockKind::Definitions(list) => list.iter().flat_map(|term| &term.meanings).for_each(|blocks| found(blocks)),
        BlockKind::Callout(callout) => found(&callout.blocks),
        BlockKind::Tabs(tabs) => tabs.iter().for_each(|tab| found(&tab.blocks)),
        BlockKind::Reply(reply) => found(&reply.blocks),
        BlockKind::Quiz(quiz) => quiz.questions.iter().for_each(|question| {
            found(&question.stem);
            found(&question.why);
            if let Answer::Choice { options, .. } = &question.answer {
                options.iter().for_each(|option| found(&option.blocks));
            }
        }),
        BlockKind::Scenario(scenario) => scenario.scenes.iter().for_each(|scene| found(&scene.blocks)),
        _ => {}
    }
}
