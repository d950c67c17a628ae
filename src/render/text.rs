//! Blocks as plain text: for structured data, where no markup is wanted.

use crate::article::*;

/// The text that readers see, a line for each block. What is folded away belongs to it; past questions do not.
pub(super) fn of_blocks(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    push_blocks(blocks, &mut lines);
    lines.join("\n")
}

fn push_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        push_block(&block.kind, lines);
    }
}

fn push_block(kind: &BlockKind, lines: &mut Vec<String>) {
    let mut line = |inlines: &[Inline]| {
        let text = plain_text(inlines);
        if !text.trim().is_empty() {
            lines.push(text.trim().to_owned());
        }
    };
    match kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) | BlockKind::Html(inlines) => line(inlines),
        BlockKind::Heading(heading) => line(&heading.inlines),
        BlockKind::Code(code) => lines.push(code.text.trim_end().to_owned()),
        BlockKind::Table(table) => {
            for row in std::iter::once(&table.head).chain(&table.rows) {
                lines.push(row.iter().map(|cell| plain_text(cell)).collect::<Vec<_>>().join(" | "));
            }
        }
        BlockKind::List(list) => list.items.iter().for_each(|item| push_blocks(&item.blocks, lines)),
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                lines.push(plain_text(&definition.term));
                definition.meanings.iter().for_each(|meaning| push_blocks(meaning, lines));
            }
        }
        BlockKind::Quote(blocks)
        | BlockKind::Steps(blocks)
        | BlockKind::Only { blocks, .. }
        | BlockKind::Details { blocks, .. }
        | BlockKind::Checklist { blocks, .. } => push_blocks(blocks, lines),
        BlockKind::Callout(callout) => push_blocks(&callout.blocks, lines),
        BlockKind::Tabs(tabs) => tabs.iter().for_each(|tab| push_blocks(&tab.blocks, lines)),
        BlockKind::Reply(reply) => push_blocks(&reply.blocks, lines),
        BlockKind::Rule
        | BlockKind::Footnote { .. }
        | BlockKind::Asked(_)
        | BlockKind::Quiz(_)
        | BlockKind::Scenario(_) => {}
    }
}
