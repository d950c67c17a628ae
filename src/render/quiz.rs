//! Quizzes and scenarios as plain readable text: answers folded away, scenes linked.

use super::html::{Writer, push_escaped};
use crate::article::*;
use std::fmt::Write;

impl<'a> Writer<'a> {
    pub(super) fn quiz(&mut self, quiz: &'a Quiz) {
        self.opening("quiz", quiz.id.as_deref(), &quiz.title);
        self.out.push_str("<p class=\"label\">");
        let words = self.words;
        push_escaped(&mut self.out, &words.count("questions", quiz.questions.len() as u64));
        if let Some(pass) = quiz.pass {
            let _ = write!(self.out, " · {}", words.with_name("pass", &pass.to_string()));
        }
        self.out.push_str("</p></header>\n");
        self.intro(&quiz.intro);
        if quiz.exam {
            self.out.push_str("<div class=\"q\"><p>");
            self.word("exam");
            self.out.push_str("</p></div>\n");
        }
        self.raise(quiz.questions.first().map(|question| &question.heading));
        for (question, number) in quiz.questions.iter().zip(1..) {
            self.question(question, number, quiz.exam);
        }
        self.raised = 0;
        self.out.push_str("</section>\n");
    }

    /// Begins the frame of a quiz or a scenario; its head stays open.
    fn opening(&mut self, name: &'static str, id: Option<&str>, title: &'a [Inline]) {
        let _ = write!(self.out, "<section class=\"{name}\"");
        self.id(id);
        let words = self.words;
        let label = if title.is_empty() { words.get(name).to_string() } else { plain_text(title) };
        self.attribute("aria-label", &label);
        self.out.push_str(">\n<header>");
        // the heading above has said what this is
        if !title.is_empty() {
            self.element("p class=\"label\"", title);
        }
    }

    /// Headings of a quiz begin one level below the page's, whatever level the author wrote.
    fn raise(&mut self, first: Option<&Heading>) {
        self.raised = first.map_or(0, |heading| heading.level.saturating_sub(self.level + 1));
    }

    fn intro(&mut self, blocks: &'a [Block]) {
        if !blocks.is_empty() {
            self.out.push_str("<div class=\"q\">\n");
            self.blocks(blocks);
            self.out.push_str("</div>\n");
        }
    }

    /// An exam shows neither answers nor hints.
    fn question(&mut self, question: &'a Question, number: u32, exam: bool) {
        let words = self.words;
        self.out.push_str("<div class=\"q\">\n<p class=\"label\">");
        push_escaped(&mut self.out, &words.get("question").replace("{n}", &number.to_string()));
        if question.points != 1 {
            let _ = write!(self.out, " · {}", words.count("points", question.points.into()));
        }
        self.out.push_str("</p>\n");
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
                options.iter().for_each(|option| self.choice(option));
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

    fn choice(&mut self, option: &'a Choice) {
        self.out.push_str("<li class=\"opt\">");
        self.blocks(&option.blocks);
        self.out.push_str("</li>\n");
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
            Answer::Choice { options, .. } => {
                self.out.push_str("<ul class=\"opts\">\n");
                options.iter().for_each(|option| self.option(option));
                self.out.push_str("</ul>\n");
            }
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
        let _ = write!(self.out, "<li class=\"opt {class}\"><p class=\"verdict\">");
        self.word(word);
        self.out.push_str("</p>\n");
        self.blocks(&option.blocks);
        if !option.feedback.is_empty() {
            self.out.push_str("<div class=\"reason\">");
            self.blocks(&option.feedback);
            self.out.push_str("</div>");
        }
        self.out.push_str("</li>\n");
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
        self.out.push_str("<p class=\"label\">");
        let words = self.words;
        push_escaped(&mut self.out, &words.count("scenes", scenario.scenes.len() as u64));
        self.out.push_str("</p></header>\n");
        self.intro(&scenario.intro);
        self.raise(scenario.scenes.first().map(|scene| &scene.heading));
        scenario.scenes.iter().for_each(|scene| self.scene(scene));
        self.raised = 0;
        self.out.push_str("</section>\n");
    }

    fn scene(&mut self, scene: &'a Scene) {
        self.out.push_str("<div class=\"q scene\">\n");
        self.heading(&scene.heading);
        if let Some(outcome) = scene.outcome {
            let (class, word) = match outcome {
                Outcome::Good => ("good", "outcome_good"),
                Outcome::Fair => ("fair", "outcome_fair"),
                Outcome::Bad => ("bad", "outcome_bad"),
            };
            let _ = write!(self.out, "<p class=\"outcome {class}\">");
            self.word(word);
            self.out.push_str("</p>\n");
        }
        self.blocks(&scene.blocks);
        if !scene.choices.is_empty() {
            self.labelled("your_turn");
            self.out.push_str("<ul class=\"opts\">\n");
            scene.choices.iter().for_each(|turn| self.turn(turn));
            self.out.push_str("</ul>\n");
        }
        self.out.push_str("</div>\n");
    }

    fn turn(&mut self, turn: &'a Turn) {
        self.out.push_str("<li class=\"opt\"><a");
        self.attribute("href", &format!("#{}", crate::address::encode_fragment(&turn.to)));
        self.out.push('>');
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
