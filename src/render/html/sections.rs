//! Pages that are cut into sections at their headings of level 2: topics into answers, procedures into stages.

use super::{Writer, push_escaped};
use crate::article::*;
use std::fmt::Write;

fn begins_section(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 2)
}

/// What stands before the first section, and the sections. A heading inside of raw HTML begins none: a tag that is open
/// there would end in another.
fn cut(blocks: &[Block]) -> (&[Block], Vec<&[Block]>) {
    let mut open = 0;
    let mut sections: Vec<&[Block]> = blocks
        .chunk_by(|block, next| {
            open += block.kind.open_tags();
            open > 0 || !begins_section(next)
        })
        .collect();
    let has_opening = sections.first().is_some_and(|first| !begins_section(&first[0]));
    let before = if has_opening { sections.remove(0) } else { &[] };
    (before, sections)
}

impl<'a> Writer<'a> {
    /// Each question with its answer.
    pub fn topic(&mut self, blocks: &'a [Block]) {
        let (before, answers) = cut(blocks);
        self.opening_text(before);
        for answer in answers {
            self.wrapped("<section class=\"answer prose\">", answer, "</section>");
        }
    }

    /// The stages of a procedure, the number of each hung in the margin.
    pub fn procedure(&mut self, blocks: &'a [Block]) {
        let (before, stages) = cut(blocks);
        self.opening_text(before);
        for stage in stages {
            let Some((Block { kind: BlockKind::Heading(heading), .. }, rest)) = stage.split_first() else { continue };
            self.out.push_str("<section class=\"stage prose\"");
            self.attribute("aria-labelledby", &heading.id);
            self.out.push_str("><header>");
            self.stage_heading(heading);
            self.level = heading.level;
            self.out.push_str("</header>\n");
            self.blocks(rest);
            self.out.push_str("</section>\n");
        }
    }

    fn opening_text(&mut self, blocks: &'a [Block]) {
        if !blocks.is_empty() {
            self.wrapped("<div class=\"prose\">", blocks, "</div>");
        }
    }

    fn stage_heading(&mut self, heading: &'a Heading) {
        let (number, rest) = match heading.inlines.split_first() {
            Some((Inline::Text(text), rest)) => match numbered(text) {
                Some((number, title)) => (Some((number, title)), rest),
                None => (None, &heading.inlines[..]),
            },
            _ => (None, &heading.inlines[..]),
        };
        if let Some((number, _)) = number {
            let _ = write!(self.out, "<span aria-hidden=\"true\">{number}</span>");
        }
        self.out.push_str("<h2");
        self.id(Some(&heading.id));
        self.out.push('>');
        self.anchor(heading);
        if let Some((number, title)) = number {
            // for those who hear the page, the number belongs to the heading
            let _ = write!(self.out, "<span class=\"hear\">{number}. </span>");
            push_escaped(&mut self.out, title);
        }
        self.inlines(rest);
        self.out.push_str("</h2>");
        if let Some((_, deadline)) = heading.attributes.iter().find(|(key, _)| &**key == "deadline") {
            self.out.push_str("<small>");
            push_escaped(&mut self.out, deadline);
            self.out.push_str("</small>");
        }
    }
}

/// `1. Register` as number and title.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let title = text[digits..].strip_prefix('.')?.strip_prefix(' ')?;
    (1..=2).contains(&digits).then_some((&text[..digits], title))
}
