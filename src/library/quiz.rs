//! Quizzes: a question's type follows from its shape, never from a keyword.

mod answers;
mod blocks;
mod checks;

pub(super) use blocks::{feedback, keep_blanks, with_feedback};

use super::pieces::{Header, Part, PartKind, Piece};
use crate::article::*;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::span::ByteRange;
use std::sync::Arc;

/// What all of a quiz's questions are read with.
pub(super) struct Context<'a> {
    pub source: &'a str,
    pub file: &'a Arc<str>,
    /// Where the gaps of cloze questions stand, by the number that `Inline::Blank` has until its question is read.
    pub blanks: &'a [ByteRange],
    pub findings: &'a mut Findings,
}

impl Context<'_> {
    pub fn report(&mut self, code: Code, at: ByteRange, message: impl Into<String>, hint: impl Into<String>) {
        self.findings.push(Diagnostic::at(self.file, at, code, message).hint(hint));
    }
}

/// Reads the quiz between `:::quiz` and its end.
pub(super) fn build(header: &Header, pieces: Vec<Piece>, mut context: Context) -> Quiz {
    let mut quiz = settings(header, &mut context);
    let level = pieces.iter().find_map(heading_level);
    let mut current: Option<Draft> = None;
    for piece in pieces {
        match piece {
            Piece::Block(Block { at, kind: BlockKind::Heading(heading) }) if Some(heading.level) == level => {
                quiz.questions.extend(current.take().map(|draft| draft.finish(&mut context)));
                current = Some(Draft::new(*heading, at));
            }
            Piece::Block(block) => match &mut current {
                Some(draft) => draft.blocks.push(block),
                None => quiz.intro.push(block),
            },
            Piece::Part(part) => match &mut current {
                Some(draft) => draft.parts.push(part),
                None => context.report(
                    Code::QuizNoType,
                    part.at,
                    "this belongs to no question",
                    "write it below a question's heading",
                ),
            },
        }
    }
    quiz.questions.extend(current.take().map(|draft| draft.finish(&mut context)));
    if quiz.questions.is_empty() {
        context.report(
            Code::QuizNoType,
            header.at,
            "this quiz has no questions",
            "write each question as a heading: `### Question?`",
        );
    }
    checks::draw(&quiz, header, &mut context);
    quiz
}

fn heading_level(piece: &Piece) -> Option<u8> {
    match piece {
        Piece::Block(Block { kind: BlockKind::Heading(heading), .. }) => Some(heading.level),
        _ => None,
    }
}

fn settings(header: &Header, context: &mut Context) -> Quiz {
    let mut quiz = Quiz { id: header.id.clone(), title: header.title.clone(), ..Quiz::default() };
    for attribute in &header.attributes {
        let number = attribute.value.parse::<u32>().ok().filter(|number| *number > 0);
        let percent = attribute.value.trim_end_matches('%').parse::<u8>().ok().filter(|percent| *percent <= 100);
        let sound = match &*attribute.key {
            "pass" => {
                quiz.pass = percent;
                percent.is_some()
            }
            "attempts" => set(&mut quiz.attempts, number),
            "draw" => set(&mut quiz.draw, number),
            "minutes" => set(&mut quiz.minutes, number),
            "shuffle" => flag(&mut quiz.shuffle, &attribute.value),
            "exam" => flag(&mut quiz.exam, &attribute.value),
            "pool" => {
                quiz.pool = Some(attribute.value.clone());
                true
            }
            _ => true,
        };
        if !sound {
            let message = format!("`{}` does not work with `{}`", attribute.key, attribute.value);
            context.report(
                Code::BadAttribute,
                attribute.at,
                message,
                "write it as in `{pass=80% attempts=3 draw=5 shuffle}`",
            );
        }
    }
    quiz
}

fn set(slot: &mut Option<u32>, number: Option<u32>) -> bool {
    *slot = number;
    number.is_some()
}

fn flag(slot: &mut bool, value: &str) -> bool {
    *slot = matches!(value, "" | "true");
    matches!(value, "" | "true" | "false")
}

/// A question whose type is not known yet.
struct Draft {
    heading: Heading,
    at: ByteRange,
    blocks: Vec<Block>,
    parts: Vec<Part>,
}

impl Draft {
    fn new(heading: Heading, at: ByteRange) -> Self {
        Draft { heading, at, blocks: Vec::new(), parts: Vec::new() }
    }

    fn finish(mut self, context: &mut Context) -> Question {
        checks::markers(self.whole(), context);
        let points = self.points(context);
        let blocks = blocks::with_feedback(std::mem::take(&mut self.blocks), context.source);
        let mut hint = Vec::new();
        let mut why = Vec::new();
        let mut deciding = Vec::new();
        for part in std::mem::take(&mut self.parts) {
            match part.kind {
                PartKind::Hint => hint.extend(part.blocks),
                PartKind::Why => why.extend(part.blocks),
                _ => deciding.push(part),
            }
        }
        let (stem, answer) = self.answer(blocks, deciding, context);
        Question { at: self.at, heading: self.heading, points, stem, answer, hint, why }
    }

    /// From the heading to the end of the last block or part.
    fn whole(&self) -> ByteRange {
        let ends = self.blocks.iter().map(|block| block.at.end).chain(self.parts.iter().map(|part| part.at.end));
        ByteRange { start: self.at.start, end: ends.max().unwrap_or(self.at.end).max(self.at.end) }
    }

    fn points(&self, context: &mut Context) -> u32 {
        let Some((_, value)) = self.heading.attributes.iter().find(|(key, _)| &**key == "points") else { return 1 };
        match value.parse() {
            Ok(points) if points > 0 => points,
            _ => {
                let message = format!("`points` does not work with `{value}`");
                context.report(Code::BadAttribute, self.at, message, "write a whole number: `{points=2}`");
                1
            }
        }
    }

    /// The stem and the answer, by the first shape that fits.
    fn answer(&mut self, mut blocks: Vec<Block>, parts: Vec<Part>, context: &mut Context) -> (Vec<Block>, Answer) {
        let blanks = blocks::number_blanks(&mut self.heading.inlines, &mut blocks);
        let list = blocks.iter().rposition(|block| blocks::shape(block).is_some());
        let shape = list.and_then(|at| blocks::shape(&blocks[at]));
        let has = |kind| parts.iter().any(|part: &Part| part.kind == kind);
        let found: Vec<&str> = [
            (shape == Some(blocks::Shape::Options), "options"),
            (has(PartKind::Answer), "`Answer:`"),
            (has(PartKind::Rubric), "`Rubric:`"),
            (!blanks.is_empty(), "gaps `[[…]]`"),
            (shape == Some(blocks::Shape::Pairs), "pairs `a => b`"),
        ]
        .into_iter()
        .filter_map(|(found, name)| found.then_some(name))
        .collect();
        if let [one, other, ..] = found[..] {
            let message = format!("this question has {one} and {other}, and each decides its type");
            context.report(Code::QuizMixedType, self.at, message, "keep one, or make two questions of it");
        }
        let numbered = shape == Some(blocks::Shape::Numbered);
        let decided = match found.first().copied() {
            Some("options" | "pairs `a => b`") => list.map(|at| blocks.remove(at)),
            None if numbered => list.map(|at| blocks.remove(at)),
            _ => None,
        };
        let answer = match (found.first().copied(), decided.map(|block| block.kind)) {
            (Some("options"), Some(BlockKind::List(list))) => checks::choice(blocks::options(*list), self.at, context),
            (Some("pairs `a => b`"), Some(BlockKind::List(list))) => blocks::pairs(*list),
            (None, Some(BlockKind::List(list))) => Answer::Ordering { items: blocks::items(*list) },
            (Some("`Answer:`"), _) => answers::read(&parts, context),
            (Some("`Rubric:`"), _) => Answer::Open { rubric: rubric(parts, &mut blocks) },
            (Some(_), _) => Answer::Cloze { blanks: answers::blanks(&blanks, context) },
            (None, _) => {
                let hint =
                    "give it options `- [x]`, `Answer:`, `Rubric:`, gaps `[[…]]`, pairs `a => b` or a numbered list";
                context.report(Code::QuizNoType, self.at, "this question has nothing to answer with", hint);
                Answer::Open { rubric: Vec::new() }
            }
        };
        (blocks, answer)
    }
}

/// The points of a rubric; a list directly below belongs to it.
fn rubric(parts: Vec<Part>, blocks: &mut Vec<Block>) -> Vec<Block> {
    let end = parts.iter().filter(|part| part.kind == PartKind::Rubric).map(|part| part.at.end).max();
    let mut rubric: Vec<Block> =
        parts.into_iter().filter(|part| part.kind == PartKind::Rubric).flat_map(|part| part.blocks).collect();
    let follows =
        blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::List(_)) && Some(block.at.start) > end);
    if follows {
        rubric.extend(blocks.pop());
    }
    rubric
}
