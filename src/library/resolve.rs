//! Where references lead inside an edition. What does not exist, or not for these readers, is a finding.

use super::document::Document;
use super::markdown::{Reference, Role};
use super::near::Neighbours;
use super::outline::Readings;
use super::{Library, ids};
use crate::address::join;
use crate::article::{Article, AssetId, Language, Target, WorkId};
use crate::audience::Audience;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{ByteRange, Span};
use percent_encoding::percent_decode_str;
use std::collections::HashSet;
use std::sync::OnceLock;

/// An edition in the making, as far as links need it.
pub(super) struct Resolver<'a> {
    pub library: &'a Library,
    pub reader: Audience,
    pub readings: &'a Readings,
    /// The numbers of works in this edition, by place on the shelf; `None`: not in this edition.
    pub numbers: &'a [Option<WorkId>],
    /// The ids of each work's articles, by place on the shelf and language, once a link has asked for them.
    anchors: Vec<OnceLock<HashSet<&'a str>>>,
    /// The paths of pages and of assets, once a link was broken.
    pages: OnceLock<Neighbours<'a>>,
    assets: OnceLock<Neighbours<'a>>,
}

/// The page that holds a reference.
pub(super) struct Origin<'a> {
    pub document: &'a Document,
    /// Place on the shelf.
    pub work: usize,
    pub language: Language,
}

impl<'a> Resolver<'a> {
    pub fn new(library: &'a Library, reader: Audience, readings: &'a Readings, numbers: &'a [Option<WorkId>]) -> Self {
        let anchors = (0..readings.len() * library.config.languages.len()).map(|_| OnceLock::new()).collect();
        let (pages, assets) = (OnceLock::new(), OnceLock::new());
        Resolver { library, reader, readings, numbers, anchors, pages, assets }
    }

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
                    findings.push(
                        finding(from, reference, Code::MissingAsset, format!("`{href}` is a page, not a picture"))
                            .hint("write the link without `!`"),
                    );
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
        if let Some(found) = shelf.find(path) {
            return Some(found);
        }
        let folder = path.trim_end_matches('/');
        shelf.indexes.get(folder).map(|&work| (work, None))
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
            findings.push(self.missing_anchor(from, reference, from.work, from.language, &fragment));
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

    /// What a reader of `language` gets of a work.
    fn article(&self, work: usize, language: Language) -> Option<&Article> {
        let articles = self.readings[work].as_ref()?;
        articles[language.0 as usize].as_ref().or(articles[0].as_ref())
    }

    fn has_anchor(&self, work: usize, language: Language, fragment: &str) -> bool {
        let ids = self.ids(work, language).or_else(|| self.ids(work, Language::DEFAULT));
        ids.is_some_and(|ids| ids.contains(fragment))
    }

    /// The ids of an article; `None` where this edition has no such article.
    fn ids(&self, work: usize, language: Language) -> Option<&HashSet<&'a str>> {
        let article = self.readings[work].as_ref()?[language.0 as usize].as_ref()?;
        let place = work * self.library.config.languages.len() + language.0 as usize;
        Some(self.anchors[place].get_or_init(|| ids::all(&article.body)))
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
        let place = &copy.document.shown;
        if ids::all(&copy.document.body).contains(fragment) {
            let audience = self.library.config.audiences.name(self.reader);
            let message = format!("readers of `{audience}` see this link, but not `#{fragment}` in `{place}`");
            return finding(from, reference, Code::HiddenTarget, message)
                .hint("put the link into the same `:::only`, or what it points at outside of it");
        }
        let message = match work == from.work {
            true => format!("this page has no `#{fragment}`"),
            false => format!("`{place}` has no `#{fragment}`"),
        };
        let near = self.article(work, reader).and_then(|article| ids::nearest(&article.body, fragment));
        finding(from, reference, Code::BrokenAnchor, message).hint(match near {
            Some(id) => format!("did you mean `#{id}`?"),
            None => format!("write `{{#{fragment}}}` after the heading that is meant"),
        })
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
        // without a summary, another page has its place: that is another finding's
        self.library.summaries[0].as_ref()?;
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
        let by_path = &self.library.shelf.by_path;
        let stem_of = |path: &'a str| path.strip_suffix(".md").unwrap_or(path);
        let stems = self.pages.get_or_init(|| Neighbours::of(by_path.keys().map(|path| stem_of(path))));
        let stem = path.strip_suffix(".html").or(path.strip_suffix(".md")).unwrap_or(path);
        finding.hint(match stems.nearest(stem) {
            _ if stems.contains(stem) => format!("link to the source file, `{stem}.md`"),
            _ if stems.has_below(path) => {
                "this folder has no `index.md`: write one, or link to a page in the folder".to_owned()
            }
            Some(known) => format!("did you mean `{known}.md`?"),
            None => "links name Markdown files, as seen from this file's folder".to_owned(),
        })
    }

    fn missing_asset(&self, from: &Origin, reference: &Reference, path: &str) -> Diagnostic {
        let paths = || self.library.assets.iter().map(|asset| &*asset.path);
        let finding = finding(from, reference, Code::MissingAsset, format!("there is no file `{path}`"));
        match self.assets.get_or_init(|| Neighbours::of(paths())).nearest(path) {
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
pub(super) fn is_outside(href: &str) -> bool {
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
