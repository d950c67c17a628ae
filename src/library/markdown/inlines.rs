//! Text, code and raw HTML within blocks.

use super::{Builder, FrameKind, Role};
use crate::article::{BlockKind, Inline, Tag, Value, is_void};
use crate::diagnostic::Code;
use crate::library::html::{self, Token};
use crate::library::pieces::Piece;
use crate::library::variables;
use crate::span::ByteRange;

impl Builder<'_> {
    pub(super) fn text(&mut self, text: &str, at: ByteRange) {
        if let FrameKind::Code { .. } = self.top().kind {
            return self.code_text(text, at);
        }
        if matches!(self.top().kind, FrameKind::Html { .. }) {
            return;
        }
        let literal = at.of(self.source) == text || self.overlaps_blank(at);
        // cuts are noted in order
        let first = self.cuts.partition_point(|cut| cut.end <= at.start as usize);
        match self.cuts.get(first).filter(|cut| cut.start < at.end as usize) {
            Some(cut) if cut.start <= at.start as usize => {}
            Some(cut) if literal => {
                let kept = ByteRange { end: cut.start as u32, ..at };
                let length = kept.of(self.source).trim_end().len();
                self.push_with_blanks(ByteRange::new(at.start as usize, at.start as usize + length));
            }
            _ if literal => self.push_with_blanks(at),
            _ => self.push_text(text, at),
        }
    }

    fn overlaps_blank(&self, at: ByteRange) -> bool {
        let first = self.blanks.partition_point(|blank| blank.end <= at.start);
        self.blanks.get(first).is_some_and(|blank| blank.start < at.end)
    }

    /// Text as it stands in the source, its cloze gaps apart.
    fn push_with_blanks(&mut self, at: ByteRange) {
        let mut start = at.start;
        let first = self.blanks.partition_point(|blank| blank.end <= at.start);
        let blanks = self.blanks;
        for (blank, number) in blanks[first..].iter().zip(first as u32..).take_while(|(blank, _)| blank.start < at.end)
        {
            if start < blank.start {
                let before = ByteRange { start, end: blank.start };
                self.push_text(before.of(self.source), before);
            }
            self.push_inline(Inline::Blank(number), *blank);
            start = blank.end;
        }
        if start < at.end {
            let rest = ByteRange { start, end: at.end };
            self.push_text(rest.of(self.source), rest);
        }
    }

    fn push_text(&mut self, text: &str, at: ByteRange) {
        self.pending.push_str(text);
        self.pending_at = Some(match self.pending_at {
            Some(before) => ByteRange { start: before.start, end: at.end.max(before.end) },
            None => at,
        });
    }

    /// Ends the run of text: variables and placeholders are found in it whole.
    pub(super) fn flush_text(&mut self) {
        let Some(at) = self.pending_at.take() else { return };
        let mut text = std::mem::take(&mut self.pending);
        self.check_text(at);
        self.note_plain(at);
        let in_reply = self
            .stack
            .iter()
            .any(|frame| matches!(&frame.kind, FrameKind::Container { header, .. } if header.name == "reply"));
        let shown = self.with_variables(&text);
        match in_reply {
            true => self.top().inlines.extend(with_slots(&shown)),
            false => self.top().inlines.push(Inline::Text(shown.into())),
        }
        // the next text is collected in the same room
        text.clear();
        self.pending = text;
    }

    /// Variables replaced, as long as the page does not become too long by it.
    pub(super) fn with_variables(&mut self, text: &str) -> String {
        let replaced = variables::replace(text, self.settings);
        let fits = super::spend(&self.expanded, replaced.len().saturating_sub(text.len()));
        if fits { replaced.into_owned() } else { text.to_owned() }
    }

    fn check_text(&mut self, at: ByteRange) {
        for (place, written, meant) in variables::misspelt(at.of(self.source), self.settings) {
            let message = format!("there is no variable `{written}`, so this stays as it is");
            let at = ByteRange::from(place).shifted(at.start as usize);
            self.report(Code::UnknownVariable, at, message, format!("did you mean `{{{{ {meant} }}}}`?"));
        }
        self.check_mdbook(at);
        if has_bare_marks(self.source, at) {
            let hint = "a container line stands alone on its line; in text, write `\\:::`";
            self.report(Code::MisplacedContainer, at, "`:::` stands inside of text", hint);
        }
    }

    /// What mdBook reads from other files stays as it is written, and that is hardly what was meant.
    pub(super) fn check_mdbook(&mut self, at: ByteRange) {
        if let Some(line) = variables::of_mdbook(at.of(self.source)) {
            let message = format!("`{line}` of mdBook is not read, so this stays as it is");
            self.report(Code::UnknownVariable, at, message, "put the text itself here");
        }
    }

    pub(super) fn code_span(&mut self, code: &str, at: ByteRange) {
        let source = at.of(self.source);
        let ticks = source.bytes().take_while(|byte| *byte == b'`').count();
        // what was masked inside of code comes from the source again
        let masked = ByteRange::new(at.start as usize - self.base, at.end as usize - self.base).of(self.masked);
        let code = match masked == source || source.len() < 2 * ticks {
            true => code.to_owned(),
            false => source[ticks..source.len() - ticks].trim().replace('\n', " "),
        };
        self.push_inline(Inline::Code(code.into()), at);
    }

    fn code_text(&mut self, text: &str, at: ByteRange) {
        let masked = ByteRange::new(at.start as usize - self.base, at.end as usize - self.base).of(self.masked);
        let restored = if masked == text { at.of(self.source) } else { text }.to_owned();
        if let FrameKind::Code { text, .. } = &mut self.top().kind {
            text.push_str(&restored);
        }
    }

    pub(super) fn push_inline(&mut self, inline: Inline, at: ByteRange) {
        self.flush_text();
        self.note_plain(at);
        self.top().inlines.push(inline);
    }

    /// Text directly in an item or a root: it becomes a `Plain` block, which begins at its first inline.
    fn note_plain(&mut self, at: ByteRange) {
        self.plain_at = Some(match self.plain_at {
            Some(before) if !self.stack.last().is_some_and(|frame| frame.inlines.is_empty()) => {
                ByteRange { start: before.start, end: at.end.max(before.end) }
            }
            _ => at,
        });
    }

    /// Inlines that stand in a block with no paragraph of their own.
    pub(super) fn flush_plain(&mut self) {
        let holds_blocks = !matches!(
            self.top().kind,
            FrameKind::Paragraph
                | FrameKind::Heading { .. }
                | FrameKind::Term
                | FrameKind::Cell
                | FrameKind::Html { .. }
                | FrameKind::Code { .. }
        );
        if !holds_blocks || self.top().inlines.is_empty() || !super::is_block(&self.top().kind) {
            return;
        }
        let mut inlines = std::mem::take(&mut self.top().inlines);
        trim(&mut inlines);
        let at = self.plain_at.take().unwrap_or(self.top().at);
        if !inlines.is_empty() {
            self.top().blocks.push(Piece::Block(crate::article::Block { at, kind: BlockKind::Plain(inlines.into()) }));
        }
    }

    /// The raw HTML on `lines`, tag by tag, as inlines of the open frame.
    pub(super) fn raw_html(&mut self, lines: &[ByteRange]) {
        let html: String = lines.iter().map(|line| line.of(self.source)).collect();
        let mut places = Places { lines, passed: 0 };
        for (token, range) in html::tokens(&html) {
            let at = places.of(range.clone());
            if let Token::Text(text) = token {
                self.check_marks(text, at);
            }
            match token {
                // dropped with the container lines in it: those that the source shows inside, not those that a mask put there
                Token::Comment => {
                    self.codes.push(at);
                    if !html[range].ends_with("-->") {
                        self.report(Code::UnsafeHtml, at, "this comment is not closed", "end it with `-->`");
                    }
                }
                Token::Text(_) | Token::Broken(_) | Token::Tag { .. } if self.settings.raw_html => {
                    self.push_inline(Inline::Raw(html[range].into()), at);
                }
                Token::Text(text) => self.push_inline(Inline::Text(text.into()), at),
                Token::Broken(_) => {
                    self.report(
                        Code::UnsafeHtml,
                        at,
                        "this is no HTML of the safe list",
                        "remove it, or write `&lt;` for a plain `<`",
                    );
                }
                Token::Tag { name, closing, attributes } => self.tag(&name, closing, attributes, at),
            }
        }
    }

    /// A container line may stand behind a tag, where it would show what it should hide.
    fn check_marks(&mut self, text: &str, at: ByteRange) {
        let is_mask = self
            .masks
            .get(self.masks.partition_point(|mask| mask.at.end <= at.start))
            .is_some_and(|mask| mask.at.start < at.end);
        if text.contains(":::") && !is_mask {
            self.report(
                Code::MisplacedContainer,
                at,
                "`:::` stands inside of HTML",
                "put a container line on a line of its own, outside of HTML",
            );
        }
    }

    fn tag(&mut self, name: &str, closing: bool, attributes: Vec<(String, String)>, at: ByteRange) {
        if !html::is_safe_tag(name) {
            let hint = "use Markdown, or set `[book] raw-html = true` where every author is trusted";
            return self.report(Code::UnsafeHtml, at, format!("`<{name}>` is not on the safe list"), hint);
        }
        if !self.balance(name, closing, at) {
            return;
        }
        let mut kept = Vec::new();
        for (key, value) in attributes {
            if !html::is_safe_attribute(name, &key) {
                self.report(
                    Code::UnsafeHtml,
                    at,
                    format!("`{key}` of `<{name}>` is not on the safe list"),
                    "remove the attribute",
                );
            } else if matches!(&*key, "href" | "src" | "poster") {
                let role = match name {
                    "a" => Role::Link,
                    "img" => Role::Image,
                    _ => Role::Media,
                };
                let target = self.reference(&value, at, role);
                kept.push((key.into(), Value::Target(target)));
            } else {
                kept.push((key.into(), Value::Text(value.into())));
            }
        }
        let tag = Tag { name: name.into(), closing, attributes: kept };
        self.push_inline(Inline::Tag(Box::new(tag)), at);
    }

    /// Whether a tag fits those that are open; one that does not is a finding.
    fn balance(&mut self, name: &str, closing: bool, at: ByteRange) -> bool {
        if is_void(name) {
            return !closing;
        }
        let is_html = matches!(self.top().kind, FrameKind::Html { .. });
        let depth = self.stack.len() - 1 - usize::from(is_html);
        let tags = &mut self.stack[depth].tags;
        if !closing {
            tags.push((name.into(), at));
            return true;
        }
        let fits = tags.last().is_some_and(|(open, _)| **open == *name);
        if fits {
            tags.pop();
        } else {
            self.report(
                Code::UnsafeHtml,
                at,
                format!("`</{name}>` closes nothing here"),
                "open and close a tag in the same place",
            );
        }
        fits
    }
}

/// Whether three colons stand in the text, none of them behind a backslash.
fn has_bare_marks(source: &str, at: ByteRange) -> bool {
    // most texts stop here, and two letters are found faster than three
    if !at.of(source).contains("::") {
        return false;
    }
    let before = &source[..at.start as usize];
    let escapes = before.len() - before.trim_end_matches('\\').len();
    let mut run = 0;
    let mut escaped = escapes % 2 == 1;
    for letter in at.of(source).chars() {
        run = if letter == ':' && !escaped { run + 1 } else { 0 };
        escaped = letter == '\\' && !escaped;
        if run == 3 {
            return true;
        }
    }
    false
}

/// Text with `{name}` placeholders apart.
fn with_slots(text: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_slot(rest) {
        if !before.is_empty() {
            inlines.push(Inline::Text(before.into()));
        }
        inlines.push(Inline::Slot(name.into()));
        rest = after;
    }
    if !rest.is_empty() {
        inlines.push(Inline::Text(rest.into()));
    }
    inlines
}

fn next_slot(text: &str) -> Option<(&str, &str, &str)> {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    let mut from = 0;
    loop {
        let open = from + text[from..].find('{')?;
        from = open + 1;
        let end = from + text[from..].find(|letter| !plain(letter))?;
        let name = text[from..end].trim();
        if text[end..].starts_with('}') && !name.is_empty() {
            return Some((&text[..open], name, &text[end + 1..]));
        }
    }
}

/// Removes space and breaks at both ends.
pub(super) fn trim(inlines: &mut Vec<Inline>) {
    let blank = |inline: &Inline| match inline {
        Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    while inlines.last().is_some_and(blank) {
        inlines.pop();
    }
    let start = inlines.iter().take_while(|inline| blank(inline)).count();
    inlines.drain(..start);
    if let Some(Inline::Text(text)) = inlines.last_mut()
        && text.ends_with(char::is_whitespace)
    {
        *text = text.trim_end().into();
    }
}

/// Places in the source of bytes in lines that were joined. Asked for in order, so that all lines are passed once.
struct Places<'a> {
    lines: &'a [ByteRange],
    /// Bytes of the joined text before the first of `lines`.
    passed: usize,
}

impl Places<'_> {
    fn of(&mut self, range: std::ops::Range<usize>) -> ByteRange {
        let start = self.offset(range.start);
        // a range ends with its last byte, not with the next line's first
        let end = self.offset(range.end - 1) + 1;
        ByteRange::new(start, end)
    }

    fn offset(&mut self, at: usize) -> usize {
        while let [first, rest @ ..] = self.lines
            && !rest.is_empty()
            && at >= self.passed + (first.end - first.start) as usize
        {
            self.passed += (first.end - first.start) as usize;
            self.lines = rest;
        }
        self.lines.first().map_or(0, |first| first.start as usize + at - self.passed)
    }
}
