//! Frames turned into blocks when they end, and container lines, which end frames of their own.

use super::inlines::trim;
use super::*;
use crate::library::{quiz, scenario};

impl Builder<'_> {
    /// The end of a block or an inline of Markdown.
    pub(super) fn end(&mut self) {
        self.close_containers();
        self.flush_text();
        self.flush_plain();
        let Some(frame) = self.stack.pop() else { return };
        if !matches!(frame.kind, FrameKind::Html { .. }) {
            self.check_tags(&frame);
        }
        self.close(frame);
    }

    /// Raw HTML has to end where it began.
    pub(super) fn check_tags(&mut self, frame: &Frame) {
        for (name, at) in &frame.tags {
            self.report(
                Code::UnsafeHtml,
                *at,
                format!("`<{name}>` is not closed here"),
                format!("write `</{name}>` in the same place"),
            );
        }
    }

    /// Containers must not outlive the block they were opened in.
    pub(super) fn close_containers(&mut self) {
        while let Some(FrameKind::Container { header, colons, .. }) = self.stack.last().map(|frame| &frame.kind) {
            let (at, line) = (header.at, ":".repeat(*colons));
            let message = format!("`:::{}` is not closed", header.name);
            self.report(
                Code::UnclosedContainer,
                at,
                message,
                format!("write `{line}` below it, as deep in lists and quotes as this line"),
            );
            self.close_top_container();
        }
    }

    fn close_top_container(&mut self) {
        self.flush_text();
        self.flush_plain();
        let Some(frame) = self.stack.pop() else { return };
        self.check_tags(&frame);
        self.close_container(frame);
    }

    pub(super) fn push_block(&mut self, kind: BlockKind, at: ByteRange) {
        self.flush_text();
        self.flush_plain();
        self.top().blocks.push(Piece::Block(Block { at, kind }));
    }

    /// The blocks among pieces. A part outside of a quiz is plain Markdown.
    pub(super) fn blocks_of(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match piece {
                Piece::Block(block) => blocks.push(block),
                Piece::Part(part) => blocks.extend(self.fragment(part.at)),
            }
        }
        blocks
    }

    /// A title on a container's line: Markdown within one paragraph. What would be more than that stays as it is written.
    fn title(&mut self, at: ByteRange) -> Vec<Inline> {
        let blocks = if at.start < at.end { self.fragment(at) } else { Vec::new() };
        match <[Block; 1]>::try_from(blocks) {
            Ok([Block { kind: BlockKind::Paragraph(inlines), .. }]) => inlines.to_vec(),
            Err(blocks) if blocks.is_empty() => Vec::new(),
            _ => vec![Inline::Text(at.of(self.source).into())],
        }
    }

    /// A stretch of the source as Markdown of its own. Its references and findings join those of the file.
    fn fragment(&mut self, at: ByteRange) -> Vec<Block> {
        let text = at.of(self.source);
        let mut builder = Builder::new(self.file, self.source, self.settings, at.start as usize, text, &[], &[]);
        builder.definitions = self.definitions.clone();
        builder.expanded = self.expanded.clone();
        builder.first_only = self.first_only;
        builder.depth = self.depth + self.stack.len();
        std::mem::swap(&mut builder.parsed.references, &mut self.parsed.references);
        builder.run();
        builder.finish();
        self.parsed.references = builder.parsed.references;
        self.parsed.findings.extend(builder.parsed.findings.into_vec(self.file));
        self.defined.extend(builder.defined);
        builder.parsed.body
    }

    fn close(&mut self, mut frame: Frame) {
        let at = frame.at;
        // documents stay in memory: no room is kept for what will not come
        frame.inlines.shrink_to_fit();
        match frame.kind {
            FrameKind::Paragraph => self.close_paragraph(frame.inlines, at),
            FrameKind::Heading { level, attributes } => {
                let heading = self.heading(level, attributes, frame.inlines);
                self.push_block(BlockKind::Heading(Box::new(heading)), at);
            }
            FrameKind::Quote(kind) => {
                let blocks = self.blocks_of(frame.blocks);
                self.push_block(quote(kind, blocks), at);
            }
            FrameKind::List { start, mut items } => {
                items.shrink_to_fit();
                self.push_block(BlockKind::List(Box::new(List { start, items })), at);
            }
            FrameKind::Item { checked, attributes } => {
                let blocks = self.blocks_of(frame.blocks);
                // a heading or a list that opens the item has read them as its own
                let own = blocks
                    .first()
                    .is_none_or(|first| matches!(first.kind, BlockKind::Plain(_) | BlockKind::Paragraph(_)));
                let attributes = self.known_attributes(if own { attributes } else { Vec::new() }, &["score"]);
                if let FrameKind::List { items, .. } = &mut self.top().kind {
                    items.push(Item { at, checked, blocks, attributes });
                }
            }
            FrameKind::Code { language, text, fenced } => {
                if fenced {
                    self.codes.push(at);
                    self.check_mdbook(at);
                    self.torn |= is_torn(at.of(self.source));
                }
                self.push_block(BlockKind::Code(Arc::new(crate::article::Code { language, text: text.into() })), at);
            }
            FrameKind::Html { lines } => self.close_html(at, lines),
            FrameKind::Footnote(label) => {
                let blocks = self.blocks_of(frame.blocks);
                self.push_block(BlockKind::Footnote { label, blocks }, at);
            }
            FrameKind::Definitions(definitions) => self.push_block(BlockKind::Definitions(definitions), at),
            FrameKind::Term => {
                if let FrameKind::Definitions(definitions) = &mut self.top().kind {
                    definitions.push(Definition { term: frame.inlines, meanings: Vec::new() });
                }
            }
            FrameKind::Meaning => {
                let blocks = self.blocks_of(frame.blocks);
                if let FrameKind::Definitions(definitions) = &mut self.top().kind
                    && let Some(last) = definitions.last_mut()
                {
                    last.meanings.push(blocks);
                }
            }
            FrameKind::Table { alignments, head, mut rows } => {
                rows.shrink_to_fit();
                self.push_block(BlockKind::Table(Arc::new(Table { alignments, head, rows })), at);
            }
            FrameKind::Row { head: is_head, mut cells } => {
                cells.shrink_to_fit();
                if let FrameKind::Table { head, rows, .. } = &mut self.top().kind {
                    if is_head { *head = cells } else { rows.push(cells) }
                }
            }
            FrameKind::Cell => {
                if let FrameKind::Row { cells, .. } = &mut self.top().kind {
                    cells.push(frame.inlines);
                }
            }
            FrameKind::Emphasis => self.close_inline(Inline::Emphasis, frame.inlines, at),
            FrameKind::Strong => self.close_inline(Inline::Strong, frame.inlines, at),
            FrameKind::Strikethrough => self.close_inline(Inline::Strikethrough, frame.inlines, at),
            FrameKind::Link { target, title } => {
                self.push_inline(Inline::Link { target, title, inlines: frame.inlines }, at);
            }
            FrameKind::Image { target, title } => {
                let alt = plain_text(&frame.inlines).into();
                self.push_inline(Inline::Image { target, title, alt }, at);
            }
            FrameKind::Root | FrameKind::Other | FrameKind::Container { .. } => {
                let blocks = frame.blocks;
                self.top().blocks.extend(blocks);
            }
        }
    }

    fn close_inline(&mut self, kind: fn(Vec<Inline>) -> Inline, inlines: Vec<Inline>, at: ByteRange) {
        if !inlines.is_empty() {
            self.push_inline(kind(inlines), at);
        }
    }

    fn close_paragraph(&mut self, mut inlines: Vec<Inline>, at: ByteRange) {
        trim(&mut inlines);
        if !inlines.is_empty() {
            self.push_block(BlockKind::Paragraph(inlines.into()), at);
        }
    }

    fn heading(&mut self, level: u8, attributes: Vec<Attribute>, mut inlines: Vec<Inline>) -> Heading {
        trim(&mut inlines);
        let mut heading = Heading { level, inlines, ..Heading::default() };
        let mut others = Vec::new();
        for attribute in attributes {
            match &*attribute.key {
                "#" => {
                    heading.id = attribute.value;
                    heading.explicit = true;
                }
                "." if &*attribute.value == "popular" => heading.popular = true,
                "." => heading.classes.push(attribute.value),
                "keywords" => {
                    heading.keywords = attribute
                        .value
                        .split(',')
                        .map(str::trim)
                        .filter(|word: &&str| !word.is_empty())
                        .map(Into::into)
                        .collect();
                }
                _ => others.push(attribute),
            }
        }
        heading.attributes = self.known_attributes(others, &["points", "outcome", "deadline"]);
        heading
    }

    fn known_attributes(&mut self, attributes: Vec<Attribute>, known: &[&str]) -> Vec<(Box<str>, Box<str>)> {
        let mut kept = Vec::new();
        for attribute in attributes {
            if known.contains(&&*attribute.key) {
                kept.push((attribute.key, attribute.value));
            } else {
                let shown = if matches!(&*attribute.key, "#" | ".") {
                    format!("{}{}", attribute.key, attribute.value)
                } else {
                    attribute.key.to_string()
                };
                let hint = did_you_mean(&attribute.key, known.iter().copied());
                self.report(Code::UnknownKey, attribute.at, format!("there is no attribute `{shown}` here"), hint);
            }
        }
        kept
    }

    /// A block of raw HTML: a masked container line, or tags of the author.
    fn close_html(&mut self, at: ByteRange, lines: Vec<ByteRange>) {
        let first = self.masks.partition_point(|mask| mask.at.end <= at.start);
        let inside = self.masks[first..].iter().take_while(|mask| mask.at.start < at.end).count();
        let source = at.of(self.source);
        if inside > 0
            && self.masks[first].at.start >= at.start
            && source[..(self.masks[first].at.start - at.start) as usize].trim().is_empty()
        {
            for index in first..first + inside {
                self.met[index] = true;
                self.marker(index);
            }
            return;
        }
        let kind = FrameKind::Html { lines: Vec::new() };
        self.stack.push(Frame { kind, at, blocks: Vec::new(), inlines: Vec::new(), tags: Vec::new() });
        self.raw_html(&lines);
        self.flush_text();
        let Some(frame) = self.stack.pop() else { return };
        if frame.inlines.iter().any(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty())) {
            self.push_block(BlockKind::Html(frame.inlines.into()), at);
        }
    }

    fn marker(&mut self, index: usize) {
        let mask = &self.masks[index];
        match mask.kind.clone() {
            MaskKind::Open { colons } => self.open_container(mask.at, colons),
            MaskKind::Close { colons } => self.close_line(mask.at, colons),
            MaskKind::Tab { name } => self.tab(mask.at, name),
            MaskKind::Part { kind, whole, raw } => self.part(kind, whole, raw),
            MaskKind::Continued => {}
        }
    }

    fn open_container(&mut self, at: ByteRange, colons: usize) {
        if self.is_deepest() {
            return self.report_depth(at);
        }
        let mut header = containers::header(at.of(self.source), at.start as usize);
        if header.name != "only" {
            header.title = self.title(header.rest_at);
        }
        self.check_header(&header);
        self.open(FrameKind::Container { header, colons, tabs: Vec::new(), tab: None }, at);
    }

    fn check_header(&mut self, header: &Header) {
        let known: &[&str] = match &*header.name {
            "quiz" => &["pass", "attempts", "draw", "pool", "shuffle", "exam", "minutes"],
            "scenario" => &["pass"],
            "reply" => &["channel", "title"],
            _ => &[],
        };
        if !containers::NAMES.contains(&&*header.name) {
            let hint = did_you_mean(&header.name, containers::NAMES.iter().copied());
            let message = match header.name.is_empty() {
                true => "this container has no name".to_owned(),
                false => format!("there is no container `{}`", header.name),
            };
            return self.report(Code::UnknownContainer, header.at, message, hint);
        }
        self.check_label(header);
        for attribute in &header.attributes {
            if !known.contains(&&*attribute.key) {
                let hint = if known.is_empty() {
                    "remove it".to_owned()
                } else {
                    did_you_mean(&attribute.key, known.iter().copied())
                };
                self.report(
                    Code::UnknownKey,
                    attribute.at,
                    format!("`:::{}` has no attribute `{}`", header.name, attribute.key),
                    hint,
                );
            }
        }
        if header.name == "only" && !self.settings.audiences.contains(&header.rest) {
            let hint = did_you_mean(&header.rest, self.settings.audiences.iter().map(String::as_str));
            let message = match header.rest.is_empty() {
                true => "`:::only` names no audience".to_owned(),
                false => format!("the book has no audience `{}`", header.rest),
            };
            self.report(Code::UnknownAudience, header.at, message, hint);
        }
        let channel = header.attributes.iter().find(|attribute| &*attribute.key == "channel");
        if let Some(channel) = channel.filter(|channel| !self.settings.channels.iter().any(|id| **id == *channel.value))
        {
            let hint = match self.settings.channels.is_empty() {
                true => format!("describe it in `book.toml`: `[[channel]]` with `id = \"{}\"`", channel.value),
                false => did_you_mean(&channel.value, self.settings.channels.iter().map(String::as_str)),
            };
            let message = format!("the book has no channel `{}`", channel.value);
            self.report(Code::BadAttribute, channel.at, message, hint);
        }
    }

    /// A title or an id where none is shown would be lost; a title that is missing leaves nothing to unfold.
    fn check_label(&mut self, header: &Header) {
        let (name, title) = (&*header.name, &header.rest);
        if let Some(id) = header.id.as_ref().filter(|_| matches!(name, "steps" | "tabs" | "asked" | "only")) {
            let message = format!("`:::{name}` has no place for `#{id}`");
            self.report(Code::UnknownKey, header.at, message, "give the id to a heading");
        }
        match name {
            "steps" | "tabs" | "asked" if !title.is_empty() => {
                let message = format!("`:::{name}` shows no title");
                self.report(Code::BadAttribute, header.at, message, format!("write `{title}` above it"));
            }
            "details" if title.is_empty() => {
                let message = "`:::details` has no title";
                self.report(Code::BadAttribute, header.at, message, "write `:::details Title`");
            }
            _ => {}
        }
    }

    /// A bare `:::`: closes the innermost container of this place with as many colons.
    fn close_line(&mut self, at: ByteRange, colons: usize) {
        let run = self.stack.iter().rev().take_while(|frame| matches!(frame.kind, FrameKind::Container { .. }));
        let matching = run
            .map(|frame| matches!(frame.kind, FrameKind::Container { colons: open, .. } if open == colons))
            .position(|fits| fits);
        let Some(above) = matching else {
            let hint = "remove it, or open a container above it, as deep in lists and quotes as this line";
            return self.report(Code::StrayClose, at, "this line closes no container", hint);
        };
        for _ in 0..above {
            if let Some(FrameKind::Container { header, .. }) = self.stack.last().map(|frame| &frame.kind) {
                let (at, message) = (header.at, format!("`:::{}` is not closed", header.name));
                self.report(Code::UnclosedContainer, at, message, "close it before the container around it");
            }
            self.close_top_container();
        }
        self.top().at.end = at.end;
        self.close_top_container();
    }

    fn tab(&mut self, at: ByteRange, name: ByteRange) {
        self.flush_text();
        self.flush_plain();
        let title = self.title(trimmed(name, self.source));
        let pieces = std::mem::take(&mut self.top().blocks);
        let blocks = self.blocks_of(pieces);
        match &mut self.top().kind {
            FrameKind::Container { tabs, tab, header, .. } if header.name == "tabs" => {
                // what stands before the first `@tab` is a tab without a name
                let before = tab.replace(title);
                if before.is_some() || !blocks.is_empty() {
                    tabs.push(Tab { title: before.unwrap_or_default(), blocks });
                }
            }
            _ => self.report(
                Code::MisplacedContainer,
                at,
                "`@tab` stands outside of `:::tabs`",
                "put it directly into `:::tabs`",
            ),
        }
    }

    fn part(&mut self, kind: PartKind, whole: ByteRange, raw: ByteRange) {
        self.flush_text();
        self.flush_plain();
        let in_quiz = matches!(&self.top().kind, FrameKind::Container { header, .. } if header.name == "quiz");
        let is_read_raw = matches!(kind, PartKind::Answer | PartKind::Half);
        let blocks = if in_quiz && !is_read_raw { self.fragment(trimmed(raw, self.source)) } else { Vec::new() };
        self.top().blocks.push(Piece::Part(Part { at: whole, kind, raw, blocks }));
    }

    /// The questions in a `:::asked`, one a line or list item. Read from the blocks, never from the source: a comment or
    /// an `:::only` in it would come out.
    fn asked(&mut self, blocks: &[Block]) -> Vec<Box<str>> {
        let mut questions = Vec::new();
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                    let lines = inlines.split(|inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak));
                    let lines = lines.map(|line| plain_text(line).trim().to_owned()).filter(|line| !line.is_empty());
                    questions.extend(lines.map(Into::into));
                }
                BlockKind::List(list) => {
                    list.items.iter().for_each(|item| questions.extend(self.asked(&item.blocks)));
                }
                _ => {
                    let hint = "write one question a line, or one a list item";
                    self.report(Code::MisplacedContainer, block.at, "`:::asked` holds plain questions only", hint);
                }
            }
        }
        questions
    }

    fn close_container(&mut self, frame: Frame) {
        let FrameKind::Container { header, mut tabs, tab, .. } = frame.kind else { return };
        let at = frame.at;
        if header.name == "quiz" {
            let (source, file, blanks) = (self.source, self.file, self.blanks);
            let context = quiz::Context { source, file, blanks, findings: &mut self.parsed.findings };
            let quiz = quiz::build(&header, frame.blocks, context);
            return self.push_block(BlockKind::Quiz(Box::new(quiz)), at);
        }
        let blocks = self.blocks_of(frame.blocks);
        let title = header.title.clone();
        let kind = match &*header.name {
            "note" => callout(Tone::Note, header.id, title, blocks),
            "tip" => callout(Tone::Tip, header.id, title, blocks),
            "warning" => callout(Tone::Warning, header.id, title, blocks),
            "danger" => callout(Tone::Danger, header.id, title, blocks),
            "details" => BlockKind::Details { id: header.id, title, blocks },
            "steps" => BlockKind::Steps(blocks),
            "tabs" => {
                tabs.push(Tab { title: tab.unwrap_or_default(), blocks });
                BlockKind::Tabs(tabs)
            }
            "only" => {
                self.parsed.divided = true;
                self.only.push(at);
                BlockKind::Only { name: header.rest.into(), blocks }
            }
            "reply" => reply(header, blocks),
            "checklist" => BlockKind::Checklist { id: header.id, title, blocks },
            "asked" => BlockKind::Asked(self.asked(&blocks)),
            "scenario" => {
                let built = scenario::build(
                    &header,
                    blocks,
                    &mut self.parsed.references,
                    self.source,
                    self.file,
                    &mut self.parsed.findings,
                );
                BlockKind::Scenario(Box::new(built))
            }
            // an unknown name is a finding that withholds the file; what stands in it is not shown
            _ => return,
        };
        self.push_block(kind, at);
    }
}

/// Whether a block of fenced code is not closed, or holds a line that looks like the opening of another: then the fence
/// that closes it may have been meant to open the next.
fn is_torn(code: &str) -> bool {
    let fence = |line: &str| {
        let line = line[containers::prefix_length(line)..].trim();
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let length = line.len() - line.trim_start_matches(mark).len();
        Some((mark, length, line.len() == length))
    };
    let mut lines = code.trim_end().lines();
    let Some((mark, length, _)) = lines.next().and_then(fence) else { return true };
    let same =
        |line: &&str| fence(line).is_some_and(|(other, other_length, _)| other == mark && other_length >= length);
    let closes = lines.clone().next_back().and_then(fence).is_some_and(|(.., bare)| bare);
    let mut inside = lines.filter(same);
    !closes || inside.next_back().is_none() || inside.next().is_some()
}

fn trimmed(range: ByteRange, source: &str) -> ByteRange {
    let text = range.of(source);
    let start = range.start as usize + (text.len() - text.trim_start().len());
    ByteRange::new(start, start + text.trim().len())
}

fn callout(tone: Tone, id: Option<Box<str>>, title: Vec<Inline>, blocks: Vec<Block>) -> BlockKind {
    BlockKind::Callout(Box::new(Callout { id, tone, title, blocks }))
}

fn quote(kind: Option<pulldown_cmark::BlockQuoteKind>, blocks: Vec<Block>) -> BlockKind {
    use pulldown_cmark::BlockQuoteKind as Alert;
    let tone = match kind {
        None => return BlockKind::Quote(blocks),
        Some(Alert::Note) => Tone::Note,
        Some(Alert::Tip) => Tone::Tip,
        Some(Alert::Important | Alert::Warning) => Tone::Warning,
        Some(Alert::Caution) => Tone::Danger,
    };
    callout(tone, None, Vec::new(), blocks)
}

fn reply(header: Header, blocks: Vec<Block>) -> BlockKind {
    let value = |key: &str| {
        header.attributes.iter().find(|attribute| &*attribute.key == key).map(|attribute| attribute.value.clone())
    };
    let title = value("title").map(|title| vec![Inline::Text(title)]).filter(|_| header.title.is_empty());
    let title = title.unwrap_or(header.title.clone());
    BlockKind::Reply(Box::new(Reply { channel: value("channel"), id: header.id.clone(), title, blocks }))
}
