//! The references inside of blocks.

pub(super) use crate::article::walk::{children, children_mut, lists_mut};

use crate::article::{Answer, Block, BlockKind, Inline, TargetId, Value};

/// Every reference that the blocks hold, at any depth, in no promised order.
pub(super) fn targets(blocks: &[Block], found: &mut dyn FnMut(TargetId)) {
    for block in blocks {
        own_inlines(&block.kind, &mut |inlines| targets_of(inlines, found));
        children(&block.kind, &mut |inner| targets(inner, found));
    }
}

fn targets_of(inlines: &[Inline], found: &mut dyn FnMut(TargetId)) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => targets_of(inner, found),
            Inline::Link { target, inlines, .. } => {
                found(*target);
                targets_of(inlines, found);
            }
            Inline::Image { target, .. } => found(*target),
            Inline::Tag(tag) => tag.attributes.iter().for_each(|(_, value)| {
                if let Value::Target(target) = value {
                    found(*target);
                }
            }),
            _ => {}
        }
    }
}

/// Every run of inlines that stands in the block itself, outside of `children`.
fn own_inlines(kind: &BlockKind, found: &mut dyn FnMut(&[Inline])) {
    match kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) | BlockKind::Html(inlines) => found(inlines),
        BlockKind::Heading(heading) => found(&heading.inlines),
        BlockKind::Definitions(definitions) => definitions.iter().for_each(|definition| found(&definition.term)),
        BlockKind::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| found(cell)),
        BlockKind::Callout(callout) => found(&callout.title),
        BlockKind::Details { title, .. } | BlockKind::Checklist { title, .. } => found(title),
        BlockKind::Tabs(tabs) => tabs.iter().for_each(|tab| found(&tab.title)),
        BlockKind::Reply(reply) => found(&reply.title),
        BlockKind::Quiz(quiz) => {
            found(&quiz.title);
            for question in &quiz.questions {
                found(&question.heading.inlines);
                match &question.answer {
                    Answer::Matching { pairs, distractors } => {
                        for (left, right) in pairs {
                            found(left);
                            found(right);
                        }
                        distractors.iter().for_each(|inlines| found(inlines));
                    }
                    Answer::Ordering { items } => items.iter().for_each(|inlines| found(inlines)),
                    _ => {}
                }
            }
        }
        BlockKind::Scenario(scenario) => {
            found(&scenario.title);
            for scene in &scenario.scenes {
                found(&scene.heading.inlines);
                scene.choices.iter().for_each(|choice| found(&choice.inlines));
            }
        }
        _ => {}
    }
}
