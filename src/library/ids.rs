//! Ids of headings, questions, scenes and boxes: the author's own stay, the others are made from the text.
//! Made anew once hidden text is removed, so that no id tells of it.

use crate::address::slug;
use crate::article::{Block, BlockKind, Heading, plain_text};
use crate::span::ByteRange;
use std::collections::{HashMap, HashSet};

/// Gives every heading without an id of its own one that is unique on the page.
/// Returns the author's ids that stand more than once, at their later places.
pub(super) fn assign(blocks: &mut [Block]) -> Vec<(Box<str>, ByteRange)> {
    let mut taken = Taken::default();
    let mut repeated = Vec::new();
    visit(blocks, &mut |id, at| {
        if let Id::Written(id) = id
            && taken.ids.insert(id.into(), 0).is_some()
        {
            repeated.push((Box::from(id), at));
        }
    });
    visit(blocks, &mut |id, _| {
        if let Id::Heading(heading) = id {
            heading.id = taken.unique(&slug(&plain_text(&heading.inlines)));
        }
    });
    repeated
}

/// Every id of the page.
pub(super) fn all(blocks: &[Block]) -> HashSet<Box<str>> {
    let mut ids = HashSet::new();
    any(blocks, &mut |id| {
        ids.insert(id.into());
        false
    });
    ids
}

/// The author's own ids, in the order of the text.
pub(super) fn written(blocks: &[Block]) -> Vec<Box<str>> {
    let mut ids = Vec::new();
    each_heading(blocks, &mut |heading| {
        if heading.explicit {
            ids.push(heading.id.clone());
        }
    });
    ids
}

/// Takes back the ids that were made from texts.
pub(super) fn clear(blocks: &mut [Block]) {
    visit(blocks, &mut |id, _| {
        if let Id::Heading(heading) = id {
            heading.id = Box::default();
        }
    });
}

/// The ids of a page, each with the highest number that was put behind it to make another.
#[derive(Default)]
struct Taken {
    ids: HashMap<Box<str>, u32>,
}

impl Taken {
    /// Takes an id made from `slug` that nobody has: with a number, if need be, one higher than the last.
    fn unique(&mut self, slug: &str) -> Box<str> {
        let base = if slug.is_empty() { "section" } else { slug };
        let id = match self.ids.get(base) {
            None => base.to_owned(),
            Some(&last) => self.numbered(base, last),
        };
        self.ids.insert(id.as_str().into(), 0);
        id.into()
    }

    fn numbered(&mut self, base: &str, last: u32) -> String {
        let free = |number: &u32| !self.ids.contains_key(format!("{base}-{number}").as_str());
        let number = (last + 1..).find(free).expect("there is always a next number");
        self.ids.insert(base.into(), number);
        format!("{base}-{number}")
    }
}

enum Id<'a> {
    Written(&'a str),
    /// A heading whose id is made from its text.
    Heading(&'a mut Heading),
}

fn visit(blocks: &mut [Block], found: &mut dyn FnMut(Id, ByteRange)) {
    for block in blocks {
        let at = block.at;
        match &mut block.kind {
            BlockKind::Heading(heading) => visit_heading(heading, at, found),
            BlockKind::Reply(reply) => visit_written(reply.id.as_deref(), at, found),
            BlockKind::Checklist { id, .. } => visit_written(id.as_deref(), at, found),
            BlockKind::Quiz(quiz) => {
                visit_written(quiz.id.as_deref(), at, found);
                for question in &mut quiz.questions {
                    visit_heading(&mut question.heading, question.at, found);
                }
            }
            BlockKind::Scenario(scenario) => {
                visit_written(scenario.id.as_deref(), at, found);
                for scene in &mut scenario.scenes {
                    visit_heading(&mut scene.heading, scene.at, found);
                }
            }
            _ => {}
        }
        super::walk::children_mut(&mut block.kind, &mut |inner| visit(inner, found));
    }
}

fn visit_heading(heading: &mut Heading, at: ByteRange, found: &mut dyn FnMut(Id, ByteRange)) {
    if heading.explicit {
        found(Id::Written(&heading.id), at);
    } else {
        found(Id::Heading(heading), at);
    }
}

fn visit_written(id: Option<&str>, at: ByteRange, found: &mut dyn FnMut(Id, ByteRange)) {
    if let Some(id) = id {
        found(Id::Written(id), at);
    }
}

fn any(blocks: &[Block], wanted: &mut dyn FnMut(&str) -> bool) -> bool {
    blocks.iter().any(|block| {
        let own = match &block.kind {
            BlockKind::Heading(heading) => wanted(&heading.id),
            BlockKind::Reply(reply) => reply.id.as_deref().is_some_and(&mut *wanted),
            BlockKind::Checklist { id, .. } => id.as_deref().is_some_and(&mut *wanted),
            BlockKind::Quiz(quiz) => {
                quiz.id.as_deref().is_some_and(&mut *wanted)
                    || quiz.questions.iter().any(|question| wanted(&question.heading.id))
            }
            BlockKind::Scenario(scenario) => {
                scenario.id.as_deref().is_some_and(&mut *wanted)
                    || scenario.scenes.iter().any(|scene| wanted(&scene.heading.id))
            }
            _ => false,
        };
        own || {
            let mut inside = false;
            super::walk::children(&block.kind, &mut |inner| inside = inside || any(inner, wanted));
            inside
        }
    })
}

fn each_heading(blocks: &[Block], found: &mut dyn FnMut(&Heading)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => found(heading),
            BlockKind::Quiz(quiz) => quiz.questions.iter().for_each(|question| found(&question.heading)),
            BlockKind::Scenario(scenario) => scenario.scenes.iter().for_each(|scene| found(&scene.heading)),
            _ => {}
        }
        super::walk::children(&block.kind, &mut |inner| each_heading(inner, found));
    }
}
