//! Where references lead inside an edition. What does not exist, or not for these readers, is a finding.

use super::document::Document;
use super::markdown::{Reference, Role};
use super::outline::Readings;
use super::{Library, ids};
use crate::address::join;
use crate::article::{Article, AssetId, Language, Target, WorkId};
use crate::audience::Audience;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::span::{ByteRange, Span};
use percent_encoding::percent_decode_str;
use std::cell::Cell;
use std::collections::HashSet;
use std::sync::OnceLock;

/// An edition in the making, as far as links need it.
pub(super) struct Resolver<'a> {
    pub library: &'a Library,
    pub reader: Audience,
    pub readings: &'a Readings,
    /// The numbers of works in this edition, by place on the shelf; `None`: not in this edition.
    pub numbers: &'a [Option<WorkId>],
    pub anchors: Anchors,
}

/// The ids of each article, gathered when the first link asks for one of them.
pub(super) struct Anchors {
    /// By place on the shelf, then by language.
    ids: Vec<Vec<OnceLock<HashSet<Box<str>>>>>,
}

impl Anchors {
    pub fn new(readings: &Readings) -> Self {
        let empty = |articles: &Option<Vec<Option<Article>>>| {
            articles.iter().flatten().map(|_| OnceLock::new()).collect::<Vec<_>>()
        };
        Anchors { ids: readings.iter().map(empty).collect() }
    }

    fn of(&self, work: usize, article: &Article) -> &HashSet<Box<str>> {
        self.ids[work][article.language.0 as usize].get_or_init(|| ids::all(&article.body))
    }
}

/// The page that holds a reference.
pub(super) struct Origin<'a> {
    pub document: &'a Document,
    /// Place on the shelf.
    pub work: usize,
    pub language: Language,
    /// How many more hints are worth a search among all files: a page full of broken links has one cause.
    pub hints: Cell<u32>,
}

impl<'a> Origin<'a> {
    pub fn new(document: &'a Document, work: usize, language: Language) -> Self {
        Origin { document, work, language, hints: Cell::new(50) }
    }

    /// The name meant by `path`.
    fn meant<'n>(&self, path: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        self.hints.set(self.hints.get().saturating_sub(1));
        if self.hints.get() > 0 { nearest(path, known) } else { None }
    }
}

impl Resolver<'_> {
    /// Where `reference` leads. `AssetId`s count the library's assets here, not yet the edition's.
    pub fn target(&self, from: &Origin, reference: &Reference, findings: &mut Vec<Diagnostic>) -> Target {
        let href = reference.href.trim();
        if href.is_empty() {
            return Target::Nowhere;
        }
        if is_outside(href) {
            return outside(from, reference, findings);
        }
        let (path, fragment) = divide(href);
        let fragment = fragment.map(|fragment| decoded(fragment).into_boxed_str()).filter(|id| !id.is_empty());
        if path.is_empty() {
            return self.here(from, reference, fragment, findings);
        }
        let Some(path) = join(&from.document.path, &decoded(path)) else {
            let message = format!("`{href}` leaves the book");
            findings
                .push(finding(from, reference, Code::BrokenLink, message).hint("only files of the book can be linked"));
            return Target::Nowhere;
        };
        if let Some((work, language)) = self.work(&path) {
            return match reference.role {
                Role::Link => self.page(from, reference, (work, language), fragment, findings),
                Role::Image | Role::Media => {
                    findings.push(finding(
                        from,
                        reference,
                        Code::MissingAsset,
                        format!("`{href}` is a page, not a picture"),
                    ));
                    Target::Nowhere
                }
            };
        }
        self.asset(from, reference, &path, findings)
    }

    /// The work that a path of front matter names: from the book's root, else from the page's folder.
    pub fn named_work(
        &self,
        from: &Origin,
        path: &str,
        at: ByteRange,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<WorkId> {
        let reference = Reference { href: path.into(), at, role: Role::Link };
        let from_root = join("", path).filter(|path| self.work(path).is_some());
        let from_folder = || join(&from.document.path, path).filter(|path| self.work(path).is_some());
        let Some((work, _)) = from_root.or_else(from_folder).and_then(|path| self.work(&path)) else {
            findings.push(self.missing_page(from, &reference, path));
            return None;
        };
        if self.numbers[work].is_none() {
            findings.extend(self.hidden(from, &reference, work, None));
        }
        self.numbers[work]
    }

    /// The work at a source path: a Markdown file, or a folder that has an index page.
    fn work(&self, path: &str) -> Option<(usize, Option<Language>)> {
        let shelf = &self.library.shelf;
        if let Some(&(work, language)) = shelf.by_path.get(path) {
            // the default language's own name means "this page", whatever the reader's language
            return Some((work, Some(language).filter(|language| *language != Language::DEFAULT)));
        }
        let folder = path.trim_end_matches('/');
        let below = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        ["index.md", "README.md"].iter().find_map(|name| Some((shelf.by_path.get(below(name).as_str())?.0, None)))
    }

    fn here(
        &self,
        from: &Origin,
        reference: &Reference,
        fragment: Option<Box<str>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Target {
        let Some(fragment) = fragment else { return Target::Nowhere };
        if !self.has_anchor(from.work, from.language, &fragment) {
            findings.push(finding(from, reference, Code::BrokenAnchor, format!("this page has no `#{fragment}`")));
            return Target::Nowhere;
        }
        Target::Here { fragment }
    }

    fn page(
        &self,
        from: &Origin,
        reference: &Reference,
        (work, language): (usize, Option<Language>),
        fragment: Option<Box<str>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Target {
        let articles = self.readings[work].as_ref();
        let shown =
            articles.is_some_and(|articles| language.is_none_or(|language| articles[language.0 as usize].is_some()));
        let Some(number) = self.numbers[work].filter(|_| shown) else {
            findings.extend(self.hidden(from, reference, work, language));
            return Target::Nowhere;
        };
        let Some(fragment) = fragment else { return Target::Page { work: number, language, fragment: None } };
        let missing = self.readers_languages(from, language).find(|&reader| !self.has_anchor(work, reader, &fragment));
        match missing {
            None => Target::Page { work: number, language, fragment: Some(fragment) },
            Some(reader) => {
                findings.push(self.missing_anchor(from, reference, work, reader, &fragment));
                Target::Page { work: number, language, fragment: None }
            }
        }
    }

    /// The languages in which readers follow a link: the article's own, and those that see it for want of a translation.
    fn readers_languages(&self, from: &Origin, named: Option<Language>) -> impl Iterator<Item = Language> {
        let own = named.unwrap_or(from.language);
        let articles = self.readings[from.work].as_deref().unwrap_or_default();
        let falls_back = move |language: Language| {
            named.is_none() && from.language == Language::DEFAULT && articles[language.0 as usize].is_none()
        };
        let others =
            (0..articles.len() as u8).map(Language).filter(move |&language| language != own && falls_back(language));
        std::iter::once(own).chain(others.collect::<Vec<_>>())
    }

    fn has_anchor(&self, work: usize, language: Language, fragment: &str) -> bool {
        let Some(articles) = self.readings[work].as_ref() else { return false };
        let Some(article) = articles[language.0 as usize].as_ref().or(articles[0].as_ref()) else { return false };
        self.anchors.of(work, article).contains(fragment)
    }

    fn missing_anchor(
        &self,
        from: &Origin,
        reference: &Reference,
        work: usize,
        reader: Language,
        fragment: &str,
    ) -> Diagnostic {
        let binding = &self.library.shelf.works[work];
        let copy = binding.copies[reader.0 as usize].as_ref().unwrap_or_else(|| binding.source());
        let message = format!("`{}` has no `#{fragment}`", copy.document.shown);
        let hint = format!("write `{{#{fragment}}}` after the heading that is meant");
        finding(from, reference, Code::BrokenAnchor, message).hint(hint)
    }

    /// The finding for a page that exists, but not for these readers. None for a page that is withheld: that is another finding's.
    fn hidden(
        &self,
        from: &Origin,
        reference: &Reference,
        work: usize,
        language: Option<Language>,
    ) -> Option<Diagnostic> {
        let binding = &self.library.shelf.works[work];
        let copy = language.and_then(|language| binding.copies[language.0 as usize].as_ref());
        let copy = copy.unwrap_or_else(|| binding.source());
        if copy.withheld {
            return None;
        }
        let shown = &copy.document.shown;
        let audiences = &self.library.config.audiences;
        let place = Span::new(shown, 0..0);
        let finding = |message: String| finding(from, reference, Code::HiddenTarget, message);
        if !self.reader.may_read(copy.audience) {
            let (reader, audience) = (audiences.name(self.reader), audiences.name(copy.audience));
            let message = format!("readers of `{reader}` see this page, but not `{shown}`, which is for `{audience}`");
            let hint = format!("put the link into `:::only {audience}`, or open the other page to `{reader}`");
            return Some(finding(message).related(place, format!("this page is for `{audience}`")).hint(hint));
        }
        if copy.draft {
            let related = "this page has `draft: true`";
            return Some(
                finding(format!("`{shown}` is a draft")).related(place, related).hint("publish it, or remove the link"),
            );
        }
        let unlisted = finding(format!("`{shown}` is not listed in `SUMMARY.md`, so it is no page"));
        Some(Diagnostic { code: Code::BrokenLink, ..unlisted }.hint("list it in `SUMMARY.md`"))
    }

    fn asset(&self, from: &Origin, reference: &Reference, path: &str, findings: &mut Vec<Diagnostic>) -> Target {
        let library = self.library;
        let Ok(index) = library.assets.binary_search_by(|asset| (*asset.path).cmp(path)) else {
            findings.push(match reference.role {
                Role::Link => self.missing_page(from, reference, path),
                Role::Image | Role::Media => self.missing_asset(from, reference, path),
            });
            return Target::Nowhere;
        };
        let mark = library.asset_audience(index);
        if !self.reader.may_read(mark) {
            let (reader, audience) = (library.config.audiences.name(self.reader), library.config.audiences.name(mark));
            let message =
                format!("readers of `{reader}` see this page, but `{path}` lies in a folder for `{audience}`");
            findings.push(
                finding(from, reference, Code::HiddenTarget, message)
                    .hint("move the file to a folder that they may see"),
            );
            return Target::Nowhere;
        }
        Target::Asset(AssetId(index as u32))
    }

    fn missing_page(&self, from: &Origin, reference: &Reference, path: &str) -> Diagnostic {
        let finding = finding(from, reference, Code::BrokenLink, format!("there is no `{path}`"));
        let stem = path.strip_suffix(".html").unwrap_or(path);
        let source = format!("{stem}.md");
        let known = &self.library.shelf.by_path;
        match known.contains_key(source.as_str()) {
            true => finding.hint(format!("link to the source file, `{source}`")),
            false => match from.meant(path, known.keys().map(|path| &**path)) {
                Some(known) => finding.hint(format!("did you mean `{known}`?")),
                None => finding.hint("links name Markdown files, as seen from this file's folder"),
            },
        }
    }

    fn missing_asset(&self, from: &Origin, reference: &Reference, path: &str) -> Diagnostic {
        let finding = finding(from, reference, Code::MissingAsset, format!("there is no file `{path}`"));
        match from.meant(path, self.library.assets.iter().map(|asset| &*asset.path)) {
            Some(known) => finding.hint(format!("did you mean `{known}`?")),
            None => finding.hint("paths are as seen from this file's folder"),
        }
    }
}

fn finding(from: &Origin, reference: &Reference, code: Code, message: String) -> Diagnostic {
    Diagnostic::at(&from.document.shown, reference.at, code, message)
}

fn outside(from: &Origin, reference: &Reference, findings: &mut Vec<Diagnostic>) -> Target {
    if reference.role == Role::Link {
        return Target::Outside(reference.href.trim().into());
    }
    let message = format!("`{}` comes from another site", reference.href);
    findings.push(
        finding(from, reference, Code::RemoteAsset, message).hint("put the file into the book and link to it there"),
    );
    Target::Nowhere
}

/// Whether an address has a scheme or a host. Which schemes are safe was decided when it was parsed.
fn is_outside(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme);
    let named = scheme.is_some_and(|scheme| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
    });
    named || href.starts_with("//")
}

/// Path and fragment of an address; a query means nothing on a static site.
fn divide(href: &str) -> (&str, Option<&str>) {
    let (path, fragment) = match href.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (href, None),
    };
    (path.split_once('?').map_or(path, |(path, _)| path), fragment)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
