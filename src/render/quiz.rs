//! Quizzes and scenarios as plain readable text: answers folded away, scenes linked.

use super::html::{Writer, push_escaped};
use crate::article::*;
use std::fmt::Write;

impl<'a> Writer<'a> {
    pub(super) fn quiz(&mut self, quiz: &'a Quiz) {
        self.opening("quiz", quiz.id.as_deref(), &quiz.title);
        self.blocks(&quiz.intro);
        for question in &quiz.questions {
            self.question(question, quiz.exam);
        }
        self.out.push_str("</div>\n");
    }

    fn opening(&mut self, name: &str, id: Option<&str>, title: &'a [Inline]) {
        let _ = write!(self.out, "<div class=\"{name}\"");
        self.id(id);
        self.out.push_str(">\n<p class=\"label\">");
        match title.is_empty() {
            true => self.word(name),
            false => self.inlines(title),
        }
        self.out.push_str("</p>\n");
    }

    /// An exam shows neither answers nor hints.
    fn question(&mut self, question: &'a Question, exam: bool) {
        self.out.push_str("<div class=\"q\">\n");
        self.heading(&question.heading);
        self.blocks(&question.stem);
        self.offer(&question.answer);
        if !exam {
            if !question.hint.is_empty() {
                self.folded("hint", |writer| writer.blocks(&question.hint));
            }
            self.folded("answer", |writer| {
                writer.answer(&question.answer);
                writer.part("why", &question.why);
            });
        }
        self.out.push_str("</div>\n");
    }

    fn part(&mut self, word: &str, blocks: &'a [Block]) {
        if !blocks.is_empty() {
            self.labelled(word);
            self.blocks(blocks);
        }
    }

    /// What the learner chooses from, in an order that gives nothing away.
    fn offer(&mut self, answer: &'a Answer) {
        match answer {
            Answer::Choice { several, options } => {
                if *several {
                    self.labelled("several");
                }
                self.out.push_str("<ul class=\"opts\">\n");
                options.iter().for_each(|option| self.item(&option.blocks));
                self.out.push_str("</ul>\n");
            }
            Answer::Matching { pairs, distractors } => {
                self.lines("ul", pairs.iter().map(|(left, _)| left));
                self.sorted_lines(pairs.iter().map(|(_, right)| right).chain(distractors));
            }
            Answer::Ordering { items } => self.sorted_lines(items.iter()),
            Answer::Text { .. } | Answer::Number { .. } | Answer::Open { .. } | Answer::Cloze { .. } => {}
        }
    }

    fn lines(&mut self, tag: &str, lines: impl Iterator<Item = &'a Vec<Inline>>) {
        let _ = writeln!(self.out, "<{tag}>");
        lines.for_each(|line| self.element("li", line));
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn sorted_lines(&mut self, lines: impl Iterator<Item = &'a Vec<Inline>>) {
        let mut lines: Vec<&Vec<Inline>> = lines.collect();
        lines.sort_by_cached_key(|line| plain_text(line));
        self.lines("ul", lines.into_iter());
    }

    fn answer(&mut self, answer: &'a Answer) {
        match answer {
            Answer::Choice { options, .. } => options.iter().for_each(|option| self.option(option)),
            Answer::Text { accepted, half } => {
                self.texts(accepted.iter().map(accepted_text));
                self.half(half.iter().map(accepted_text).collect());
            }
            Answer::Number { accepted, half } => {
                let text = |writer: &Self, interval: &Interval| writer.interval(interval);
                let accepted: Vec<String> = accepted.iter().map(|interval| text(self, interval)).collect();
                let half = half.iter().map(|interval| text(self, interval)).collect();
                self.texts(accepted.into_iter());
                self.half(half);
            }
            Answer::Open { rubric } => self.part("rubric", rubric),
            Answer::Cloze { blanks } => {
                self.out.push_str("<ol>\n");
                for blank in blanks {
                    self.out.push_str("<li>");
                    push_escaped(&mut self.out, &blank.join(" / "));
                    self.out.push_str("</li>\n");
                }
                self.out.push_str("</ol>\n");
            }
            Answer::Matching { pairs, .. } => self.pairs(pairs),
            Answer::Ordering { items } => self.lines("ol", items.iter()),
        }
    }

    fn option(&mut self, option: &'a Choice) {
        let (class, word) = if option.right { ("good", "right") } else { ("bad", "wrong") };
        let _ = write!(self.out, "<div class=\"{class}\"><strong>");
        self.word(word);
        self.out.push_str("</strong>\n");
        self.blocks(&option.blocks);
        self.blocks(&option.feedback);
        self.out.push_str("</div>\n");
    }

    fn texts(&mut self, texts: impl Iterator<Item = String>) {
        self.out.push_str("<ul>\n");
        for text in texts {
            self.out.push_str("<li>");
            push_escaped(&mut self.out, &text);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    fn half(&mut self, texts: Vec<String>) {
        if !texts.is_empty() {
            self.labelled("half");
            self.texts(texts.into_iter());
        }
    }

    fn interval(&self, interval: &Interval) -> String {
        if interval.low == interval.high {
            return interval.low.to_string();
        }
        let (low, high) = (interval.low.to_string(), interval.high.to_string());
        self.words.get("from_to").replace("{low}", &low).replace("{high}", &high)
    }

    fn pairs(&mut self, pairs: &'a [(Vec<Inline>, Vec<Inline>)]) {
        self.out.push_str("<ul>\n");
        for (left, right) in pairs {
            self.out.push_str("<li>");
            self.inlines(left);
            self.out.push_str(" → ");
            self.inlines(right);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    pub(super) fn scenario(&mut self, scenario: &'a Scenario) {
        self.opening("scenario", scenario.id.as_deref(), &scenario.title);
        self.blocks(&scenario.intro);
        for scene in &scenario.scenes {
            self.scene(scene);
        }
        self.out.push_str("</div>\n");
    }

    fn scene(&mut self, scene: &'a Scene) {
        self.out.push_str("<div class=\"q\">\n");
        self.heading(&scene.heading);
        if let Some(outcome) = scene.outcome {
            self.labelled(match outcome {
                Outcome::Good => "outcome_good",
                Outcome::Fair => "outcome_fair",
                Outcome::Bad => "outcome_bad",
            });
        }
        self.blocks(&scene.blocks);
        if !scene.choices.is_empty() {
            self.out.push_str("<ul class=\"opts\">\n");
            scene.choices.iter().for_each(|turn| self.turn(turn));
            self.out.push_str("</ul>\n");
        }
        self.out.push_str("</div>\n");
    }

    fn turn(&mut self, turn: &'a Turn) {
        self.out.push_str("<li><a href=\"#");
        push_escaped(&mut self.out, &crate::address::encode_fragment(&turn.to));
        self.out.push_str("\">");
        self.inlines(&turn.inlines);
        self.out.push_str("</a>\n");
        if !turn.feedback.is_empty() {
            self.folded("feedback", |writer| writer.blocks(&turn.feedback));
        }
        self.out.push_str("</li>\n");
    }
}

fn accepted_text(accepted: &Accepted) -> String {
    match accepted {
        Accepted::Text(text) => text.to_string(),
        Accepted::Pattern(pattern) => format!("/{pattern}/"),
    }
}
