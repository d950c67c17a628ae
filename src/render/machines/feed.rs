//! The updates of a language as an Atom feed (RFC 4287).

use super::{absolute, of_language, push_xml};
use crate::article::Language;
use crate::render::Site;

/// How many updates a feed carries.
const ENTRIES: usize = 30;

pub(in crate::render) fn feed(site: &Site, language: Language) -> String {
    let index = language.0 as usize;
    let code = &site.config.languages[index].code;
    let own = of_language(site.plan, language, "feed.xml");
    let label = site.edition.label.get(index).map(String::as_str).unwrap_or_default();
    let name = format!("{} {label}", site.config.languages[index].title);
    let title = format!("{}: {}", name.trim(), site.theme.words[index].get("updates"));
    let mut entries = String::new();
    let mut newest = "1970-01-01";
    let updates = super::updates(site, language);
    for (page, article) in updates.iter().take(ENTRIES) {
        let Some(url) = absolute(site, &page.address) else { continue };
        let day = article.meta.date.as_deref().unwrap_or(newest);
        newest = newest.max(day);
        entries.push_str("<entry>\n");
        element(&mut entries, "title", &article.title);
        element(&mut entries, "id", &url);
        link(&mut entries, None, &url);
        element(&mut entries, "updated", &format!("{day}T00:00:00Z"));
        element(&mut entries, "summary", article.meta.description.as_deref().unwrap_or_default());
        entries.push_str("</entry>\n");
    }
    let home = absolute(site, &site.plan.page(site.plan.homes[index]).address).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n"
    );
    element(&mut out, "title", &title);
    element(&mut out, "id", &absolute(site, &own).unwrap_or_default());
    link(&mut out, Some("self"), &absolute(site, &own).unwrap_or_default());
    link(&mut out, None, &home);
    element(&mut out, "updated", &format!("{newest}T00:00:00Z"));
    out.push_str("<author>");
    element(&mut out, "name", &site.config.languages[index].title);
    out.push_str("</author>\n");
    out + &entries + "</feed>\n"
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    push_xml(out, text);
    out.push_str(&format!("</{name}>\n"));
}

fn link(out: &mut String, rel: Option<&str>, href: &str) {
    out.push_str("<link");
    if let Some(rel) = rel {
        out.push_str(&format!(" rel=\"{rel}\""));
    }
    out.push_str(" href=\"");
    push_xml(out, href);
    out.push_str("\"/>\n");
}
