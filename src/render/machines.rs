//! What machines read of a site, from the same plan as its pages: for search engines, feed readers, language models and hosts.

mod feed;
mod structured;

use super::Site;
use super::place::Place;
use crate::address;
use crate::article::{Article, Kind, Language};
use crate::plan::{Content, Page, PageId, Plan};
use std::fmt::Write;

pub(super) use feed::feed;
pub(super) use structured::structured;

/// The policy that every page is served under: nothing but the site's own files.
pub(super) const POLICY: &str = "default-src 'self'";

/// The absolute address of an output; `None` where the edition has no base address. Index pages are known by their folder.
pub(super) fn absolute(site: &Site, address: &str) -> Option<String> {
    let base = site.edition.base_url.as_deref()?;
    let folder = address.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    Some(format!("{base}{}", address::encode(folder.unwrap_or(address))))
}

/// Text as XML has it.
fn push_xml(out: &mut String, text: &str) {
    let allowed = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    super::html::push_escaped(out, &text.chars().filter(allowed).collect::<String>());
}

/// The pages of one language that show an article of that language: the others point at their original.
pub(super) fn own_pages<'a>(site: &Site<'a>) -> impl Iterator<Item = (PageId, &'a Page, &'a Article)> {
    let edition = site.edition;
    site.plan.pages.iter().zip(0..).filter_map(move |(page, id)| {
        let article = page.article(edition).filter(|article| article.language == page.language)?;
        Some((PageId(id), page, article))
    })
}

/// Whether the site has a feed in a language: updates, and an address that entries can name.
pub(super) fn has_feed(site: &Site, language: Language) -> bool {
    site.edition.base_url.is_some() && !site.plan.fronts[language.0 as usize].updates.is_empty()
}

/// The updates of a language, the newest first.
fn updates<'a>(site: &Site<'a>, language: Language) -> Vec<(&'a Page, &'a Article)> {
    let is_update = |page: &Page| page.work(site.edition).is_some_and(|work| work.kind == Kind::Update);
    let pages = own_pages(site).filter(|(_, page, _)| page.language == language && is_update(page));
    let mut updates: Vec<_> = pages.map(|(_, page, article)| (page, article)).collect();
    updates.sort_by(|(_, a), (_, b)| b.meta.date.cmp(&a.meta.date));
    updates
}

/// The address of a file that each language has: `feed.xml`, `ru/feed.xml`.
pub(super) fn of_language(site_plan: &Plan, language: Language, name: &str) -> String {
    let home = &site_plan.page(site_plan.homes[language.0 as usize]).address;
    format!("{}{name}", home.strip_suffix("index.html").unwrap_or_default())
}

/// The address of a page's Markdown twin.
pub(super) fn twin_address(address: &str) -> String {
    format!("{}.md", address.strip_suffix(".html").unwrap_or(address))
}

/// `sitemap.xml` (<https://www.sitemaps.org/protocol.html>), with the languages of each page.
pub(super) fn sitemap(site: &Site) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (_, page, article) in own_pages(site) {
        let Some(url) = absolute(site, &page.address) else { continue };
        out.push_str("<url><loc>");
        push_xml(&mut out, &url);
        out.push_str("</loc>");
        if let Some(day) = article.meta.reviewed.as_deref().or(article.meta.date.as_deref()) {
            let _ = write!(out, "<lastmod>{day}</lastmod>");
        }
        for (code, href) in translations(site, page) {
            let _ = write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"");
            push_xml(&mut out, &href);
            out.push_str("\"/>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// The languages a page is written in, with its absolute address in each; none if there is only one.
pub(super) fn translations<'a>(site: &Site<'a>, page: &Page) -> Vec<(&'a str, String)> {
    let Some(work) = page.work(site.edition) else { return Vec::new() };
    let written = site.config.all_languages().filter(|language| work.articles[language.0 as usize].is_some());
    let link = |language: Language| {
        let page = site.plan.page_of(work.id, language)?;
        let code = site.config.languages[language.0 as usize].code.as_str();
        Some((code, absolute(site, &site.plan.page(page).address)?))
    };
    let links: Vec<_> = written.filter_map(link).collect();
    if links.len() > 1 { links } else { Vec::new() }
}

/// `robots.txt` (RFC 9309). An edition that is not for everybody asks to be left alone; that is no lock.
pub(super) fn robots(site: &Site) -> String {
    if !site.edition.widest {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let mut out = String::from("User-agent: *\nDisallow:\n");
    if let Some(sitemap) = absolute(site, "sitemap.xml") {
        let _ = writeln!(out, "Sitemap: {sitemap}");
    }
    out
}

/// `_headers` as static hosts read it (Netlify, Cloudflare Pages): the policy, and how long files may be kept.
pub(super) fn headers(site: &Site) -> String {
    let root = super::model::root_path(site);
    let mut out = format!(
        "{root}*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    if !site.edition.widest {
        out.push_str("  X-Robots-Tag: noindex\n  Cache-Control: private\n");
    }
    let _ = writeln!(out, "{root}theme/*\n  Cache-Control: public, max-age=31536000, immutable");
    out
}

/// `llms.txt` (<https://llmstxt.org>): what the site is, and the Markdown twin of every page of a language.
pub(super) fn llms(site: &Site, language: Language) -> String {
    let index = language.0 as usize;
    let address = of_language(site.plan, language, "llms.txt");
    let place = Place { site, address: &address, language, root: None };
    let label = site.edition.label.get(index).map(String::as_str).unwrap_or_default();
    let mut out = format!("# {}\n", format!("{} {label}", site.config.languages[index].title).trim());
    let home = site.plan.page(site.plan.homes[index]).article(site.edition);
    if let Some(description) = home.and_then(|article| article.meta.description.as_deref()) {
        let _ = writeln!(out, "\n> {description}");
    }
    let _ = writeln!(out, "\n## {}\n", site.theme.words[index].get("all_pages"));
    for (_, page, article) in own_pages(site).filter(|(_, page, _)| page.language == language) {
        let _ =
            write!(out, "- [{}]({})", article.title.replace(['[', ']'], " "), place.to(&twin_address(&page.address)));
        if let Some(description) = article.meta.description.as_deref() {
            let _ = write!(out, ": {description}");
        }
        out.push('\n');
    }
    out
}

/// Whether a page is one of the book's own, and so has a twin.
pub(super) fn has_twin(page: &Page, site: &Site) -> bool {
    matches!(page.content, Content::Work(_))
        && page.article(site.edition).is_some_and(|article| article.language == page.language)
}
