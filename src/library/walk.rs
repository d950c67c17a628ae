//! The blocks inside a block: the one place that knows where text may nest.

use crate::article::{Answer, Block, BlockKind, Inline, TargetId, Value};

/// Hands every list of blocks directly inside `kind` to `found`.
pub(super) fn children<'a>(kind: &'a BlockKind, found: &mut dyn FnMut(&'a [Block])) {
    match kind {
        BlockKind::Quote(blocks)
        | BlockKind::Steps(blocks)
        | BlockKind::Footnote { blocks, .. }
        | BlockKind::Details { blocks, .. }
        | BlockKind::Only { blocks, .. }
        | BlockKind::Checklist { blocks, .. } => found(blocks),
        BlockKind::List(list) => list.items.iter().for_each(|item| found(&item.blocks)),
        BlockKind::Definitions(definitions) => {
            definitions.iter().flat_map(|definition| &definition.meanings).for_each(|blocks| found(blocks));
        }
        BlockKind::Callout(callout) => found(&callout.blocks),
        BlockKind::Tabs(tabs) => tabs.iter().for_each(|tab| found(&tab.blocks)),
        BlockKind::Reply(reply) => found(&reply.blocks),
        BlockKind::Quiz(quiz) => {
            found(&quiz.intro);
            for question in &quiz.questions {
                found(&question.stem);
                match &question.answer {
                    Answer::Choice { options, .. } => options.iter().for_each(|option| {
                        found(&option.blocks);
                        found(&option.feedback);
                    }),
                    Answer::Open { rubric } => found(rubric),
                    _ => {}
                }
                found(&question.hint);
                found(&question.why);
            }
        }
        BlockKind::Scenario(scenario) => {
            found(&scenario.intro);
            for scene in &scenario.scenes {
                found(&scene.blocks);
                scene.choices.iter().for_each(|choice| found(&choice.feedback));
            }
        }
        BlockKind::Paragraph(_)
        | BlockKind::Plain(_)
        | BlockKind::Heading(_)
        | BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Rule
        | BlockKind::Html(_)
        | BlockKind::Asked(_) => {}
    }
}

/// The same, to change them: blocks may be removed.
pub(super) fn lists_mut(kind: &mut BlockKind, found: &mut dyn FnMut(&mut Vec<Block>)) {
    match kind {
        BlockKind::Quote(blocks)
        | BlockKind::Steps(blocks)
        | BlockKind::Footnote { blocks, .. }
        | BlockKind::Details { blocks, .. }
        | BlockKind::Only { blocks, .. }
        | BlockKind::Checklist { blocks, .. } => found(blocks),
        BlockKind::List(list) => list.items.iter_mut().for_each(|item| found(&mut item.blocks)),
        BlockKind::Definitions(definitions) => {
            definitions.iter_mut().flat_map(|definition| &mut definition.meanings).for_each(found);
        }
        BlockKind::Callout(callout) => found(&mut callout.blocks),
        BlockKind::Tabs(tabs) => tabs.iter_mut().for_each(|tab| found(&mut tab.blocks)),
        BlockKind::Reply(reply) => found(&mut reply.blocks),
        BlockKind::Quiz(quiz) => {
            found(&mut quiz.intro);
            for question in &mut quiz.questions {
                found(&mut question.stem);
                match &mut question.answer {
                    Answer::Choice { options, .. } => options.iter_mut().for_each(|option| {
                        found(&mut option.blocks);
                        found(&mut option.feedback);
                    }),
                    Answer::Open { rubric } => found(rubric),
                    _ => {}
                }
                found(&mut question.hint);
                found(&mut question.why);
            }
        }
        BlockKind::Scenario(scenario) => {
            found(&mut scenario.intro);
            for scene in &mut scenario.scenes {
                found(&mut scene.blocks);
                scene.choices.iter_mut().for_each(|choice| found(&mut choice.feedback));
            }
        }
        BlockKind::Paragraph(_)
        | BlockKind::Plain(_)
        | BlockKind::Heading(_)
        | BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Rule
        | BlockKind::Html(_)
        | BlockKind::Asked(_) => {}
    }
}

pub(super) fn children_mut(kind: &mut BlockKind, found: &mut dyn FnMut(&mut [Block])) {
    lists_mut(kind, &mut |blocks| found(blocks));
}

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
