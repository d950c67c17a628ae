//! Containers: callouts, folding, tabs, canned replies, checklists.

use super::{Writer, push_escaped};
use crate::article::*;
use std::collections::HashSet;
use std::fmt::Write;

impl<'a> Writer<'a> {
    pub(super) fn callout(&mut self, callout: &'a Callout) {
        let tone = match callout.tone {
            Tone::Note => "note",
            Tone::Tip => "tip",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        };
        let _ = write!(self.out, "<div class=\"call {tone}\" role=\"note\"");
        self.id(callout.id.as_deref());
        self.out.push_str("><p>");
        match callout.title.is_empty() {
            true => self.word(tone),
            false => self.inlines(&callout.title),
        }
        self.wrapped("</p>", &callout.blocks, "</div>");
    }

    pub(super) fn only(&mut self, name: &str, blocks: &'a [Block]) {
        let words = self.words;
        let own = format!("only_{name}");
        self.out.push_str("<div class=\"call only\" role=\"note\"><p>");
        match words.list.contains_key(&own) {
            true => self.word(&own),
            false => push_escaped(&mut self.out, &words.with_name("only", name)),
        }
        self.wrapped("</p>", blocks, "</div>");
    }

    pub(super) fn details(&mut self, id: Option<&str>, title: &'a [Inline], blocks: &'a [Block]) {
        self.out.push_str("<details");
        self.id(id);
        self.out.push('>');
        self.element("summary", title);
        self.wrapped("<div>", blocks, "</div></details>");
    }

    /// A folded part with a word of the interface as its title.
    pub fn folded(&mut self, word: &str, inside: impl FnOnce(&mut Self)) {
        self.out.push_str("<details><summary>");
        self.word(word);
        self.out.push_str("</summary><div>\n");
        inside(self);
        self.out.push_str("</div></details>\n");
    }

    /// Readable as a row of titled sections; the script makes tabs of them.
    pub(super) fn tabs(&mut self, tabs: &'a [Tab]) {
        self.scripts.insert("tab-set.js");
        self.out.push_str("<tab-set class=\"tabs\">\n");
        for tab in tabs {
            self.out.push_str("<section><p class=\"label\">");
            self.inlines(&tab.title);
            self.wrapped("</p>", &tab.blocks, "</section>");
        }
        self.out.push_str("</tab-set>\n");
    }

    pub(super) fn reply(&mut self, reply: &'a Reply) {
        self.scripts.insert("canned-reply.js");
        let words = self.words;
        self.out.push_str("<canned-reply");
        self.attribute("data-copied", words.get("copied"));
        self.out.push_str("><figure class=\"reply\"");
        self.id(reply.id.as_deref());
        self.out.push_str("><figcaption>");
        match reply.title.is_empty() {
            true => self.word("reply"),
            false => self.inlines(&reply.title),
        }
        self.channel_tag(reply.channel.as_deref());
        self.out.push_str("<button class=\"btn small\" type=\"button\" hidden>");
        self.word("copy");
        self.out.push_str("</button></figcaption>");
        self.slots(&reply.blocks);
        self.wrapped("<blockquote>", &reply.blocks, "</blockquote></figure></canned-reply>");
    }

    fn channel_tag(&mut self, id: Option<&str>) {
        let channels = &self.place.site.config.channels;
        if let Some(channel) = channels.iter().find(|channel| Some(channel.id.as_str()) == id) {
            let name = channel.name.get(self.place.language.0 as usize).map_or("", String::as_str);
            self.out.push_str(" <span class=\"tag\">");
            push_escaped(&mut self.out, name);
            self.out.push_str("</span>");
        }
    }

    /// A field for each placeholder; without the script they would do nothing, so they are hidden.
    fn slots(&mut self, blocks: &'a [Block]) {
        let (mut names, mut known) = (Vec::new(), HashSet::new());
        slots_of(blocks, &mut names);
        if names.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"slots\" hidden>");
        for name in names.into_iter().filter(|name| known.insert(*name)) {
            self.out.push_str("<label>");
            push_escaped(&mut self.out, name);
            self.out.push_str("<input autocomplete=\"off\"");
            self.attribute("data-slot", name);
            self.out.push_str("></label>");
        }
        self.out.push_str("</div>");
    }

    /// A list to tick; the script remembers it on the reader's device.
    pub(super) fn checklist(&mut self, id: Option<&str>, title: &'a [Inline], blocks: &'a [Block]) {
        self.scripts.insert("check-list.js");
        self.out.push_str("<check-list class=\"checklist\"");
        self.id(id);
        self.out.push_str(">\n");
        if !title.is_empty() {
            self.element("p class=\"label\"", title);
        }
        for block in blocks {
            match &block.kind {
                BlockKind::List(list) => {
                    self.out.push_str("<ul class=\"checks\">\n");
                    list.items.iter().for_each(|item| self.task(&item.blocks, item.checked == Some(true), ""));
                    self.out.push_str("</ul>\n");
                }
                other => self.block(other),
            }
        }
        let words = self.words;
        self.out.push_str("<p class=\"meta\" hidden><output");
        self.attribute("data-text", words.get("checked_of"));
        self.out.push_str("></output><button class=\"btn small\" type=\"button\">");
        self.word("start_again");
        self.out.push_str("</button></p></check-list>\n");
    }
}

/// The names of the placeholders in a reply, in order.
fn slots_of<'a>(blocks: &'a [Block], names: &mut Vec<&'a str>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => slots_in(inlines, names),
            BlockKind::Heading(heading) => slots_in(&heading.inlines, names),
            BlockKind::List(list) => list.items.iter().for_each(|item| slots_of(&item.blocks, names)),
            BlockKind::Quote(blocks) | BlockKind::Steps(blocks) => slots_of(blocks, names),
            BlockKind::Callout(callout) => slots_of(&callout.blocks, names),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| slots_in(cell, names));
            }
            _ => {}
        }
    }
}

fn slots_in<'a>(inlines: &'a [Inline], names: &mut Vec<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Slot(name) => names.push(name),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => slots_in(inner, names),
            Inline::Link { inlines, .. } => slots_in(inlines, names),
            _ => {}
        }
    }
}
