//! Structured data of a page (<https://schema.org>, JSON-LD): the path to it, its questions, its course.

use super::absolute;
use crate::article::{Block, BlockKind, Kind, plain_text};
use crate::plan::{Page, PageId};
use crate::render::{Site, text};
use serde_json::{Value, json};

/// What a page says of itself, each as the text of a script element. Only for sites that search engines may read.
pub(in crate::render) fn structured(site: &Site, id: PageId, crumbs: &[PageId]) -> Vec<String> {
    let page = site.plan.page(id);
    if !site.edition.widest {
        return Vec::new();
    }
    let kind = page.work(site.edition).map(|work| work.kind);
    let own = match kind {
        Some(Kind::Topic) => questions(site, page),
        Some(Kind::Track) => course(site, page),
        _ => None,
    };
    // a slash before a name would end the element
    path(site, crumbs).into_iter().chain(own).map(|data| data.to_string().replace('<', "\\u003c")).collect()
}

fn title(site: &Site, id: PageId) -> String {
    let page = site.plan.page(id);
    let site_title = &site.config.languages[page.language.0 as usize].title;
    page.article(site.edition).map_or(site_title.clone(), |article| article.title.to_string())
}

/// `BreadcrumbList`: the pages above, then the page itself.
fn path(site: &Site, crumbs: &[PageId]) -> Option<Value> {
    let item = |(id, position): (&PageId, usize)| {
        let url = absolute(site, &site.plan.page(*id).address)?;
        Some(json!({"@type": "ListItem", "position": position, "name": title(site, *id), "item": url}))
    };
    let items: Option<Vec<Value>> = crumbs.iter().zip(1..).map(item).collect();
    let items = items.filter(|items| items.len() > 1)?;
    Some(json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}))
}

/// `FAQPage`: every question of a topic with its answer as plain text.
fn questions(site: &Site, page: &Page) -> Option<Value> {
    let article = page.article(site.edition)?;
    let begins = |block: &Block| matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 2);
    let first = article.text().iter().position(begins)?;
    let answers = article.text()[first..].chunk_by(|_, next| !begins(next));
    let question = |answer: &[Block]| {
        let (Block { kind: BlockKind::Heading(heading), .. }, rest) = answer.split_first()? else { return None };
        let text = text::of_blocks(rest);
        Some(json!({
            "@type": "Question",
            "name": plain_text(&heading.inlines),
            "acceptedAnswer": {"@type": "Answer", "text": text},
        }))
    };
    let entries: Vec<Value> = answers.filter_map(question).collect();
    Some(json!({"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entries}))
}

/// `Course`: a track.
fn course(site: &Site, page: &Page) -> Option<Value> {
    let article = page.article(site.edition)?;
    let provider = &site.config.languages[page.language.0 as usize].title;
    Some(json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": article.title,
        "description": article.meta.description.as_deref().unwrap_or(&article.title),
        "provider": {"@type": "Organization", "name": provider},
    }))
}
