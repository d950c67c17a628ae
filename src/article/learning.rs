//! What a learner answers: quizzes, and scenarios to practise in.

use super::{Block, Heading, Inline};
use crate::span::ByteRange;

#[derive(Clone, Debug, Default)]
pub struct Quiz {
    pub id: Option<Box<str>>,
    pub title: Vec<Inline>,
    /// Pass mark in percent.
    pub pass: Option<u8>,
    pub attempts: Option<u32>,
    /// How many questions one attempt asks.
    pub draw: Option<u32>,
    pub pool: Option<Box<str>>,
    pub shuffle: bool,
    pub exam: bool,
    pub minutes: Option<u32>,
    /// What stands before the first question.
    pub intro: Vec<Block>,
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub at: ByteRange,
    /// The heading; its `inlines` are the question, its id is the question's.
    pub heading: Heading,
    pub points: u32,
    /// What stands between the heading and the deciding block.
    pub stem: Vec<Block>,
    pub answer: Answer,
    pub hint: Vec<Block>,
    pub why: Vec<Block>,
}

#[derive(Clone, Debug)]
pub enum Answer {
    /// One right option (`several` is false) or any number of them.
    Choice {
        several: bool,
        options: Vec<Choice>,
    },
    /// Short text.
    Text {
        accepted: Vec<Accepted>,
        half: Vec<Accepted>,
    },
    Number {
        accepted: Vec<Interval>,
        half: Vec<Interval>,
    },
    /// Open answer; the learner checks it against these points.
    Open {
        rubric: Vec<Block>,
    },
    /// The accepted words of each gap, in order.
    Cloze {
        blanks: Vec<Vec<Box<str>>>,
    },
    Matching {
        pairs: Vec<(Vec<Inline>, Vec<Inline>)>,
        distractors: Vec<Vec<Inline>>,
    },
    /// Items in the right order.
    Ordering {
        items: Vec<Vec<Inline>>,
    },
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub right: bool,
    pub blocks: Vec<Block>,
    pub feedback: Vec<Block>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Accepted {
    Text(Box<str>),
    /// What stands between the slashes.
    Pattern(Box<str>),
}

/// A number from `low` to `high`, both included.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Scenario {
    pub id: Option<Box<str>>,
    pub title: Vec<Inline>,
    /// Score needed to pass.
    pub pass: Option<i32>,
    pub intro: Vec<Block>,
    pub scenes: Vec<Scene>,
}

#[derive(Clone, Debug)]
pub struct Scene {
    pub at: ByteRange,
    pub heading: Heading,
    pub outcome: Option<Outcome>,
    pub blocks: Vec<Block>,
    pub choices: Vec<Turn>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Good,
    Fair,
    Bad,
}

/// A choice in a scenario: what the agent says or does, and the scene it leads to.
#[derive(Clone, Debug)]
pub struct Turn {
    pub at: ByteRange,
    pub inlines: Vec<Inline>,
    /// The id of a scene of this scenario.
    pub to: Box<str>,
    pub score: i32,
    pub feedback: Vec<Block>,
}
