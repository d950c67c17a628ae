//! Ids of headings, questions, scenes and boxes: the author's own stay, the others are made from the text.
//! Made anew once hidden text is removed, so that no id tells of it.

use crate::address::slug;
use crate::article::{Block, BlockKind, Heading, plain_text};
use crate::diagnostic;
use crate::span::ByteRange;
use std::collections::{HashMap, HashSet};

/// Gives every heading without an id of its own one that is unique on the page.
/// Returns the author's ids that stand more than once, at their later places.
pub(super) fn assign(blocks: &mut [Block]) -> Vec<(Box<str>, ByteRange)> {
    let mut taken = HashSet::new();
    let mut repeated = Vec::new();
    visit(blocks, &mut |id, at| {
        if let Id::Written(id) = id
            && !taken.insert(Box::from(id))
        {
            repeated.push((Box::from(id), at));
        }
    });
    let mut numbers = Numbers::default();
    visit(blocks, &mut |id, _| {
        if let Id::Heading(heading) = id {
            heading.id = numbers.unique(&plain_text(&heading.inlines), &taken);
            taken.insert(heading.id.clone());
        }
    });
    repeated
}

/// Every id of a page.
pub(super) fn all(blocks: &[Block]) -> HashSet<&str> {
    let mut ids = HashSet::new();
    each(blocks, &mut |id| {
        ids.insert(id);
    });
    ids
}

/// The id of the page that is nearest to `wanted`, if it is near enough to be what was meant.
pub(super) fn nearest(blocks: &[Block], wanted: &str) -> Option<String> {
    let mut ids = Vec::new();
    each(blocks, &mut |id| ids.push(id));
    diagnostic::nearest(wanted, ids).map(str::to_owned)
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

/// Makes ids of texts. A text that stands often is counted on from its last number.
#[derive(Default)]
struct Numbers {
    next: HashMap<String, u32>,
}

impl Numbers {
    fn unique(&mut self, text: &str, taken: &HashSet<Box<str>>) -> Box<str> {
        let mut base = slug(text);
        if base.is_empty() {
            base = "section".to_owned();
        }
        if !taken.contains(base.as_str()) {
            return base.into();
        }
        let next = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = format!("{base}-{next}");
            *next += 1;
            if !taken.contains(id.as_str()) {
                return id.into();
            }
        }
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
            BlockKind::Checklist { id, .. } | BlockKind::Details { id, .. } => visit_written(id.as_deref(), at, found),
            BlockKind::Callout(callout) => visit_written(callout.id.as_deref(), at, found),
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

fn each<'a>(blocks: &'a [Block], found: &mut dyn FnMut(&'a str)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => found(&heading.id),
            BlockKind::Reply(reply) => reply.id.as_deref().into_iter().for_each(&mut *found),
            BlockKind::Checklist { id, .. } | BlockKind::Details { id, .. } => {
                id.as_deref().into_iter().for_each(&mut *found);
            }
            BlockKind::Callout(callout) => callout.id.as_deref().into_iter().for_each(&mut *found),
            BlockKind::Quiz(quiz) => {
                let questions = quiz.questions.iter().map(|question| &*question.heading.id);
                quiz.id.as_deref().into_iter().chain(questions).for_each(&mut *found);
            }
            BlockKind::Scenario(scenario) => {
                let scenes = scenario.scenes.iter().map(|scene| &*scene.heading.id);
                scenario.id.as_deref().into_iter().chain(scenes).for_each(&mut *found);
            }
            _ => {}
        }
        super::walk::children(&block.kind, &mut |inner| each(inner, found));
    }
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
