//! Every address once: pages, aliases and assets of all editions share one map, so that none can hide another.

use super::shelf::{Binding, Shelf, in_language};
use crate::address::{self, join};
use crate::article::Language;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::AssetFile;
use crate::span::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// The aliases of each work of the shelf, checked.
pub(super) type Aliases = Vec<Vec<(Language, String)>>;

/// Checks that no two things have one address and reads the aliases; those that cannot be are left out.
pub(super) fn check(shelf: &Shelf, assets: &[AssetFile], config: &Config, findings: &mut Vec<Diagnostic>) -> Aliases {
    let mut taken = Taken { places: HashMap::new(), folders: HashMap::new(), config, findings };
    for binding in &shelf.works {
        for (language, document, _) in copies(binding) {
            taken.claim(&binding.address_in(language, config), language, Span::new(&document, 0..0));
        }
    }
    for asset in assets {
        let shown: Arc<str> = [&*config.src, &*asset.path].join("/").trim_start_matches('/').into();
        taken.claim(&asset.path, Language::DEFAULT, Span::new(&shown, 0..0));
    }
    shelf.works.iter().map(|binding| aliases(binding, &mut taken)).collect()
}

fn copies(binding: &Binding) -> impl Iterator<Item = (Language, Arc<str>, &super::document::Document)> {
    let copies = binding.copies.iter().enumerate();
    copies.filter_map(|(language, copy)| {
        let document = &copy.as_ref()?.document;
        Some((Language(language as u8), document.shown.clone(), &**document))
    })
}

fn aliases(binding: &Binding, taken: &mut Taken) -> Vec<(Language, String)> {
    let mut aliases = Vec::new();
    for (language, shown, document) in copies(binding) {
        for alias in &document.front.aliases {
            let place = Span::new(&shown, alias.at);
            if let Some(address) = taken.alias(&alias.value, language, place) {
                aliases.push((language, address));
            }
        }
    }
    aliases
}

struct Taken<'a> {
    /// By address in lower case: file systems that fold case would lose one of two.
    places: HashMap<String, Span>,
    /// The folders around them: where one of these is a file, the other cannot be.
    folders: HashMap<String, Span>,
    config: &'a Config,
    findings: &'a mut Vec<Diagnostic>,
}

impl Taken<'_> {
    /// Takes `address`; false, with a finding, if it is taken.
    fn claim(&mut self, address: &str, language: Language, place: Span) -> bool {
        let folded = address.to_lowercase();
        if let Some(reserved) = self.reserved(&folded, language) {
            let message = format!("the address `{address}` is taken: `{reserved}` is deskbook's own");
            self.report(message, place, None);
            return false;
        }
        if let Some(first) = self.places.get(&folded).cloned() {
            let message = format!("the address `{address}` is taken by `{}`", first.file);
            self.report(message, place, Some(first));
            return false;
        }
        let above = folders_around(&folded).find_map(|folder| self.places.get(folder));
        if let Some(other) = above.or(self.folders.get(&folded)).cloned() {
            let message = format!(
                "the address `{address}` and that of `{}` cannot both be: one is a folder of the other",
                other.file
            );
            self.report(message, place, Some(other));
            return false;
        }
        for folder in folders_around(&folded) {
            if self.folders.contains_key(folder) {
                break;
            }
            self.folders.insert(folder.to_owned(), place.clone());
        }
        self.places.insert(folded, place);
        true
    }

    fn report(&mut self, message: String, place: Span, first: Option<Span>) {
        let finding = Diagnostic::at(&place.file, place.range, Code::DuplicateAddress, message)
            .hint("give one of them another name");
        self.findings.push(match first {
            Some(first) => finding.related(first, "the first one"),
            None => finding,
        });
    }

    /// The reserved name that an address would take. A language's folder is reserved for that language.
    fn reserved(&self, address: &str, language: Language) -> Option<String> {
        let inside = |folder: &str| address.starts_with(&format!("{folder}/"));
        // every language has a search page and a feed of its own
        let folder = format!("{}/", self.config.languages[language.0 as usize].code.to_lowercase());
        let local = address.strip_prefix(&folder).filter(|_| language != Language::DEFAULT).unwrap_or(address);
        let own = address::RESERVED.iter().find(|name| match name.strip_suffix('/') {
            Some(folder) => local == folder || local.starts_with(*name),
            None => local == **name || local.starts_with(&format!("{name}/")),
        });
        let mut others = self.config.languages.iter().skip(1).enumerate();
        let other =
            others.find(|(index, other)| language.0 as usize != index + 1 && inside(&other.code.to_lowercase()));
        own.map(|name| (*name).to_owned()).or(other.map(|(_, language)| format!("{}/", language.code)))
    }

    /// The address of an alias, as a file of the site: `old/`, `/old`, `old.html`.
    fn alias(&mut self, written: &str, language: Language, place: Span) -> Option<String> {
        let path = written.trim();
        let unusable = path.is_empty() || path.contains("://") || path.starts_with("//") || path.contains(['#', '?']);
        let unusable = unusable || address::unfit(path).is_some();
        let Some(joined) = join("", path).filter(|_| !unusable) else {
            let message = format!("`{written}` is no address of this site");
            let finding = Diagnostic::at(&place.file, place.range, Code::DuplicateAddress, message);
            self.findings.push(finding.hint("write it from the site's root: `old/name.html`"));
            return None;
        };
        let address = file_of(&joined, path.ends_with('/'));
        let code = &self.config.languages[language.0 as usize].code;
        let local = language != Language::DEFAULT && !address.starts_with(&format!("{code}/"));
        let address = if local { in_language(&address, language, self.config) } else { address };
        self.claim(&address, language, place).then_some(address)
    }
}

/// The folders that an address lies in, the nearest first.
fn folders_around(address: &str) -> impl Iterator<Item = &str> {
    address.rmatch_indices('/').map(|(slash, _)| &address[..slash])
}

fn file_of(path: &str, folder: bool) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    match (path.is_empty(), folder) {
        (true, _) => "index.html".to_owned(),
        (_, true) => format!("{path}/index.html"),
        _ if name.ends_with(".html") || name.ends_with(".htm") => path.to_owned(),
        _ => format!("{path}.html"),
    }
}
