//! Blocks as the words that a search may find them by.

use crate::article::*;

/// What a unit says.
#[derive(Default)]
pub(super) struct Text {
    /// What readers see, a line for each block.
    pub lines: Vec<String>,
    /// What they do not: past questions, keywords.
    pub aliases: Vec<String>,
    /// The footnotes that the lines refer to.
    pub cited: Vec<Box<str>>,
}

impl Text {
    /// The heading that the unit is called after.
    pub fn title(&mut self, heading: &Heading) {
        text(&heading.inlines, &mut self.cited);
        self.keywords(heading);
    }

    fn keywords(&mut self, heading: &Heading) {
        self.aliases.extend(heading.keywords.iter().map(|word| word.to_string()));
    }

    pub fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(&block.kind));
    }

    pub fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) | BlockKind::Html(inlines) => self.line(inlines),
            BlockKind::Heading(heading) => {
                self.line(&heading.inlines);
                self.keywords(heading);
            }
            BlockKind::Code(code) => self.push(code.text.trim_end()),
            BlockKind::Table(table) => std::iter::once(&table.head).chain(&table.rows).for_each(|row| self.row(row)),
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.line(&definition.term);
                    definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Steps(blocks) | BlockKind::Only { blocks, .. } => self.blocks(blocks),
            BlockKind::Callout(callout) => self.titled(&callout.title, &callout.blocks),
            BlockKind::Details { title, blocks, .. } | BlockKind::Checklist { title, blocks, .. } => {
                self.titled(title, blocks);
            }
            BlockKind::Tabs(tabs) => tabs.iter().for_each(|tab| self.titled(&tab.title, &tab.blocks)),
            BlockKind::Reply(reply) => self.titled(&reply.title, &reply.blocks),
            BlockKind::Asked(questions) => self.aliases.extend(questions.iter().map(|asked| asked.to_string())),
            BlockKind::Quiz(quiz) => self.quiz(quiz),
            BlockKind::Scenario(scenario) => self.scenario(scenario),
            // a footnote is read where it is referred to
            BlockKind::Rule | BlockKind::Footnote { .. } => {}
        }
    }

    fn titled(&mut self, title: &[Inline], blocks: &[Block]) {
        self.line(title);
        self.blocks(blocks);
    }

    /// What is asked. Options, answers and what is said to them would give the quiz away.
    fn quiz(&mut self, quiz: &Quiz) {
        self.titled(&quiz.title, &quiz.intro);
        quiz.questions.iter().for_each(|question| self.titled(&question.heading.inlines, &question.stem));
    }

    /// The conversation, without what is said to choices.
    fn scenario(&mut self, scenario: &Scenario) {
        self.titled(&scenario.title, &scenario.intro);
        for scene in &scenario.scenes {
            self.titled(&scene.heading.inlines, &scene.blocks);
            scene.choices.iter().for_each(|choice| self.line(&choice.inlines));
        }
    }

    fn row(&mut self, cells: &[Vec<Inline>]) {
        let cells = cells.iter().map(|cell| text(cell, &mut self.cited));
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        self.push(&cells.join(" | "));
    }

    fn line(&mut self, inlines: &[Inline]) {
        let text = text(inlines, &mut self.cited);
        self.push(&text);
    }

    fn push(&mut self, line: &str) {
        if !line.trim().is_empty() {
            self.lines.push(line.to_owned());
        }
    }
}

fn text(inlines: &[Inline], cited: &mut Vec<Box<str>>) -> String {
    let mut text = String::new();
    push(inlines, &mut text, cited);
    text.trim().to_owned()
}

/// Like [`plain_text`], but words that a tag parts stay apart, and pictures written as HTML have their alternative text.
fn push(inlines: &[Inline], out: &mut String, cited: &mut Vec<Box<str>>) {
    for inline in inlines {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => push(inner, out, cited),
            Inline::Link { inlines, .. } => push(inlines, out, cited),
            Inline::FootnoteReference(label) => cited.push(label.clone()),
            Inline::Tag(tag) => tag_text(tag, out),
            other => out.push_str(&plain_text(std::slice::from_ref(other))),
        }
    }
}

fn tag_text(tag: &Tag, out: &mut String) {
    if is_void(&tag.name) {
        out.push(' ');
    }
    for (name, value) in &tag.attributes {
        if let Value::Text(alt) = value
            && &**name == "alt"
        {
            out.push_str(alt);
            out.push(' ');
        }
    }
}
