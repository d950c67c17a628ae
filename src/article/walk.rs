//! The blocks inside a block: the one place that knows where text may nest.

use super::{Answer, Block, BlockKind};

/// Hands every list of blocks directly inside `$kind` to `$found`; with `mut`, to be changed.
macro_rules! lists {
    ($kind:expr, $found:expr $(, $mut:tt)?) => {
        match $kind {
            BlockKind::Quote(blocks)
            | BlockKind::Steps(blocks)
            | BlockKind::Footnote { blocks, .. }
            | BlockKind::Details { blocks, .. }
            | BlockKind::Only { blocks, .. }
            | BlockKind::Checklist { blocks, .. } => $found(blocks),
            BlockKind::List(list) => (&$($mut)? list.items).into_iter().for_each(|item| $found(&$($mut)? item.blocks)),
            BlockKind::Definitions(definitions) => {
                let meanings = definitions.into_iter().flat_map(|definition| &$($mut)? definition.meanings);
                meanings.for_each(|blocks| $found(blocks));
            }
            BlockKind::Callout(callout) => $found(&$($mut)? callout.blocks),
            BlockKind::Tabs(tabs) => tabs.into_iter().for_each(|tab| $found(&$($mut)? tab.blocks)),
            BlockKind::Reply(reply) => $found(&$($mut)? reply.blocks),
            BlockKind::Quiz(quiz) => {
                $found(&$($mut)? quiz.intro);
                for question in &$($mut)? quiz.questions {
                    $found(&$($mut)? question.stem);
                    match &$($mut)? question.answer {
                        Answer::Choice { options, .. } => options.into_iter().for_each(|option| {
                            $found(&$($mut)? option.blocks);
                            $found(&$($mut)? option.feedback);
                        }),
                        Answer::Open { rubric } => $found(rubric),
                        _ => {}
                    }
                    $found(&$($mut)? question.hint);
                    $found(&$($mut)? question.why);
                }
            }
            BlockKind::Scenario(scenario) => {
                $found(&$($mut)? scenario.intro);
                for scene in &$($mut)? scenario.scenes {
                    $found(&$($mut)? scene.blocks);
                    (&$($mut)? scene.choices).into_iter().for_each(|choice| $found(&$($mut)? choice.feedback));
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
    };
}

/// Hands every list of blocks directly inside `kind` to `found`.
pub fn children<'a>(kind: &'a BlockKind, found: &mut dyn FnMut(&'a [Block])) {
    lists!(kind, found);
}

/// The same, to change them: blocks may be removed.
pub fn lists_mut(kind: &mut BlockKind, found: &mut dyn FnMut(&mut Vec<Block>)) {
    lists!(kind, found, mut);
}

/// The same, to change the blocks but not their number.
pub fn children_mut(kind: &mut BlockKind, found: &mut dyn FnMut(&mut [Block])) {
    lists_mut(kind, &mut |blocks| found(blocks));
}
