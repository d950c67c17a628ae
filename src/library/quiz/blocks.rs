//! The shapes of lists, and the blocks of a question read as what they are.

use crate::article::*;
use crate::span::ByteRange;
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A task list.
    Options,
    /// Every item has `=>`.
    Pairs,
    Numbered,
}

/// The type that a block decides, if it decides one.
pub(super) fn shape(block: &Block) -> Option<Shape> {
    let BlockKind::List(list) = &block.kind else { return None };
    if list.items.iter().any(|item| item.checked.is_some()) {
        return Some(Shape::Options);
    }
    if !list.items.is_empty() && list.items.iter().all(|item| arrow(item).is_some()) {
        return Some(Shape::Pairs);
    }
    list.start.map(|_| Shape::Numbered)
}

/// Merges lists that an unindented quote has split: it is the feedback of the option before it.
pub(in crate::library) fn with_feedback(blocks: Vec<Block>, source: &str) -> Vec<Block> {
    let mut merged: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut open = false;
    for block in blocks {
        let touches = merged.last().is_some_and(|last| touches(last.at, block.at, source));
        match (merged.last_mut(), block.kind) {
            (Some(Block { at, kind: BlockKind::List(list) }), BlockKind::Quote(quote)) if touches => {
                let Some(item) = list.items.last_mut() else { continue };
                item.blocks.push(Block { at: block.at, kind: BlockKind::Quote(quote) });
                at.end = block.at.end;
                open = true;
            }
            (Some(Block { at, kind: BlockKind::List(list) }), BlockKind::List(more))
                if touches && open && list.start.is_some() == more.start.is_some() =>
            {
                list.items.extend(more.items);
                at.end = block.at.end;
            }
            (_, kind) => {
                open = false;
                merged.push(Block { at: block.at, kind });
            }
        }
    }
    merged
}

/// Whether no blank line stands between two blocks.
pub(super) fn touches(before: ByteRange, after: ByteRange, source: &str) -> bool {
    if before.end > after.start {
        return true;
    }
    // a block's range may end with its line's break
    let start = before.end.saturating_sub(1).max(before.start);
    let between = ByteRange { start, end: after.start }.of(source);
    between.matches('\n').count() <= 1
}

/// The options of a task list. A quote at the end of an option is its feedback.
pub(super) fn options(list: List) -> Vec<Choice> {
    list.items
        .into_iter()
        .filter(|item| item.checked.is_some())
        .map(|mut item| {
            let feedback = feedback(&mut item.blocks);
            Choice { right: item.checked == Some(true), blocks: item.blocks, feedback }
        })
        .collect()
}

/// Takes the quote that ends an item.
pub(in crate::library) fn feedback(blocks: &mut Vec<Block>) -> Vec<Block> {
    match blocks.pop() {
        Some(Block { kind: BlockKind::Quote(quote), .. }) => quote,
        Some(other) => {
            blocks.push(other);
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// The inlines of an item's first block.
fn first_line(item: &Item) -> Option<&[Inline]> {
    match &item.blocks.first()?.kind {
        BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines) => Some(inlines),
        _ => None,
    }
}

/// Where `=>` stands: which inline, and which byte of its text.
fn arrow(item: &Item) -> Option<(usize, usize)> {
    first_line(item)?.iter().enumerate().find_map(|(index, inline)| match inline {
        Inline::Text(text) => Some((index, text.find("=>")?)),
        _ => None,
    })
}

pub(super) fn pairs(list: List) -> Answer {
    let mut pairs = Vec::new();
    let mut distractors = Vec::new();
    for item in list.items {
        let (Some((index, byte)), Some(inlines)) = (arrow(&item), first_line(&item)) else { continue };
        let Some(Inline::Text(text)) = inlines.get(index) else { continue };
        let mut left = inlines[..index].to_vec();
        let mut right = vec![Inline::Text(text[byte + 2..].trim_start().into())];
        left.push(Inline::Text(text[..byte].trim_end().into()));
        right.extend_from_slice(&inlines[index + 1..]);
        if plain_text(&left).trim().is_empty() {
            distractors.push(right);
        } else {
            pairs.push((left, right));
        }
    }
    Answer::Matching { pairs, distractors }
}

pub(super) fn items(list: List) -> Vec<Vec<Inline>> {
    list.items.iter().filter_map(|item| first_line(item).map(<[Inline]>::to_vec)).collect()
}

/// Numbers the gaps of a question from 0, in their order, and returns the numbers they had before.
pub(super) fn number_blanks(heading: &mut [Inline], blocks: &mut [Block]) -> Vec<u32> {
    let mut before = Vec::new();
    number(heading, &mut before);
    for block in blocks {
        number_block(block, &mut before);
    }
    before
}

/// Numbers the gaps of a question anew after blocks were removed from it, and keeps the words of those that are left.
pub(in crate::library) fn keep_blanks(question: &mut Question) {
    let left = number_blanks(&mut question.heading.inlines, &mut question.stem);
    if let Answer::Cloze { blanks } = &mut question.answer {
        *blanks = left.iter().map(|&number| blanks[number as usize].clone()).collect();
    }
}

fn number_block(block: &mut Block, before: &mut Vec<u32>) {
    match &mut block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => number(Arc::make_mut(inlines), before),
        BlockKind::Heading(heading) => number(&mut heading.inlines, before),
        BlockKind::Definitions(definitions) => {
            definitions.iter_mut().for_each(|definition| number(&mut definition.term, before));
        }
        BlockKind::Table(table) => {
            let table = Arc::make_mut(table);
            table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| number(cell, before));
        }
        _ => {}
    }
    crate::library::walk::children_mut(&mut block.kind, &mut |inner| {
        inner.iter_mut().for_each(|block| number_block(block, before))
    });
}

fn number(inlines: &mut [Inline], before: &mut Vec<u32>) {
    for inline in inlines {
        match inline {
            Inline::Blank(number) => {
                before.push(*number);
                *number = before.len() as u32 - 1;
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => number(inner, before),
            Inline::Link { inlines, .. } => number(inlines, before),
            _ => {}
        }
    }
}
