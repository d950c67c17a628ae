//! Pages → units: what an edition shows in one language, cut at its headings. Nothing is left out here: what a reader may
//! not see is not in an edition.

mod text;

use super::{Corpus, Unit};
use crate::address::encode_readably;
use crate::article::walk;
use crate::article::{Article, Block, BlockKind, Heading, Kind, Language, plain_text};
use crate::config::Config;
use crate::library::Edition;
use crate::plan::{Page, Plan};
use std::collections::BTreeMap;
use text::Text;

/// What an edition says in one language; where a page has no translation, in the language that it shows instead.
pub fn corpus(edition: &Edition, plan: &Plan, config: &Config, language: Language) -> Corpus {
    let pages = plan.pages.iter().filter(|page| page.language == language);
    let shown = pages.filter_map(|page| Some((page, page.work(edition)?.kind, page.article(edition)?)));
    Corpus {
        language: config.languages[language.0 as usize].code.clone(),
        units: shown.flat_map(|(page, kind, article)| units(page, kind, article)).collect(),
        synonyms: edition.synonyms[language.0 as usize].clone(),
    }
}

/// The page's own unit, which is its beginning, and one for each of its sections.
fn units(page: &Page, kind: Kind, article: &Article) -> Vec<Unit> {
    let page_url = encode_readably(&page.address);
    sections(article, deepest(kind))
        .into_iter()
        .map(|section| {
            let part = section.heading;
            Unit {
                url: part.map_or_else(|| page_url.clone(), |part| format!("{page_url}#{}", encode_readably(&part.id))),
                title: part.map_or_else(|| article.title.to_string(), |part| one_line(&plain_text(&part.inlines))),
                page_url: page_url.clone(),
                page_title: article.title.to_string(),
                kind: if part.is_some() && answers(kind) { Kind::Faq.name() } else { kind.name() },
                text: section.text.lines.join("\n"),
                aliases: section.text.aliases,
            }
        })
        .collect()
}

/// Whether the sections of such a page are questions with their answers.
fn answers(kind: Kind) -> bool {
    matches!(kind, Kind::Topic | Kind::Faq)
}

/// The level of the smallest headings that begin a section: an answer is whole.
fn deepest(kind: Kind) -> u8 {
    if answers(kind) { 2 } else { 3 }
}

/// The text below one heading, or before the first.
#[derive(Default)]
struct Section<'a> {
    heading: Option<&'a Heading>,
    text: Text,
}

fn sections(article: &Article, deepest: u8) -> Vec<Section<'_>> {
    let mut sections = vec![beginning(article)];
    cut(article.text(), deepest, &mut sections);
    add_notes(&article.body, &mut sections);
    sections
}

/// Adds each footnote to the first section that refers to it. What no text refers to is not shown.
fn add_notes(body: &[Block], sections: &mut [Section]) {
    let mut notes = BTreeMap::new();
    notes_in(body, &mut notes);
    for section in sections {
        let mut next = 0;
        while let Some(blocks) = section.text.cited.get(next).map(|label| notes.remove(&**label)) {
            next += 1;
            section.text.blocks(blocks.unwrap_or_default());
        }
    }
}

fn notes_in<'a>(blocks: &'a [Block], notes: &mut BTreeMap<&'a str, &'a [Block]>) {
    for block in blocks {
        if let BlockKind::Footnote { label, blocks } = &block.kind {
            notes.entry(label).or_insert(blocks);
        }
        walk::children(&block.kind, &mut |inner| notes_in(inner, notes));
    }
}

/// What stands above the text of a page, and what its author said of it as a whole.
fn beginning(article: &Article) -> Section<'_> {
    let meta = &article.meta;
    let mut section = Section::default();
    let own = article.heading().map(|heading| one_line(&plain_text(&heading.inlines)));
    section.text.lines.extend(own.filter(|own| *own != *article.title));
    section.text.lines.extend(meta.description.iter().chain(&meta.objectives).map(|line| line.to_string()));
    section.text.aliases.extend(meta.keywords.iter().chain(&meta.tags).map(|word| word.to_string()));
    section
}

/// Hands each block to the section it belongs to. What is shown to some readers only has sections of its own.
fn cut<'a>(blocks: &'a [Block], deepest: u8, sections: &mut Vec<Section<'a>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) if heading.level <= deepest && begins(heading) => {
                sections.push(Section { heading: Some(heading), ..Section::default() });
                current(sections).title(heading);
            }
            BlockKind::Only { blocks, .. } => cut(blocks, deepest, sections),
            other => current(sections).block(other),
        }
    }
}

fn current<'s>(sections: &'s mut [Section]) -> &'s mut Text {
    &mut sections.last_mut().expect("the beginning is always there").text
}

/// Whether a heading can be shown and reached.
fn begins(heading: &Heading) -> bool {
    !heading.id.is_empty() && !plain_text(&heading.inlines).trim().is_empty()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
