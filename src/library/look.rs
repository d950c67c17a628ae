//! The logo and the footer links of an edition: what `book.toml` names, as far as these readers may see it.

use super::html::is_safe_address;
use super::resolve::{Resolver, is_outside};
use super::{FooterLink, Library};
use crate::address::join;
use crate::article::{AssetId, Target};
use crate::config::Placed;
use crate::diagnostic::{Code, Diagnostic};
use std::sync::Arc;

const FILE: &str = "book.toml";

fn finding(place: &Placed, code: Code, message: String) -> Diagnostic {
    Diagnostic::at(&Arc::from(FILE), place.at, code, message)
}

/// The logo, by its place in the library's assets.
pub(super) fn logo(library: &Library, resolver: &Resolver, findings: &mut Vec<Diagnostic>) -> Option<AssetId> {
    let logo = library.config.look.logo.as_ref()?;
    let Ok(index) = library.assets.binary_search_by(|asset| (*asset.path).cmp(&logo.text)) else {
        let hint = "name it from the folder of the text: `logo = \"img/logo.svg\"`";
        findings.push(finding(logo, Code::MissingAsset, format!("there is no picture `{}`", logo.text)).hint(hint));
        return None;
    };
    if !resolver.reader.may_read(library.asset_audience(index)) {
        let reader = library.config.audiences.name(resolver.reader);
        let message = format!("the logo `{}` lies in a folder that readers of `{reader}` may not see", logo.text);
        findings.push(finding(logo, Code::HiddenTarget, message).hint("move it to a folder that all may see"));
        return None;
    }
    Some(AssetId(index as u32))
}

/// The footer links that these readers may follow. One to a page that is not for them is left out with its label.
pub(super) fn footer(library: &Library, resolver: &Resolver, findings: &mut Vec<Diagnostic>) -> Vec<FooterLink> {
    let mut links = Vec::new();
    for link in &library.config.look.footer {
        let target = target(library, resolver, &link.href, findings);
        links.extend(target.map(|target| FooterLink { label: link.label.clone(), target }));
    }
    links
}

fn target(library: &Library, resolver: &Resolver, href: &Placed, findings: &mut Vec<Diagnostic>) -> Option<Target> {
    if is_outside(&href.text) {
        if is_safe_address(&href.text) {
            return Some(Target::Outside(href.text.as_str().into()));
        }
        let hint = "link to a page, or to an address that begins with `https:`, `mailto:` or `tel:`";
        findings.push(finding(href, Code::UnsafeHtml, "this address could run code".into()).hint(hint));
        return None;
    }
    let path = join("", &href.text).filter(|path| library.shelf.by_path.contains_key(path.as_str()));
    let Some(&(work, _)) = path.and_then(|path| library.shelf.by_path.get(path.as_str())) else {
        let hint = "name a page from the folder of the text: `href = \"about.md\"`";
        findings.push(finding(href, Code::BrokenLink, format!("there is no page `{}`", href.text)).hint(hint));
        return None;
    };
    let work = resolver.numbers[work]?;
    Some(Target::Page { work, language: None, fragment: None })
}
