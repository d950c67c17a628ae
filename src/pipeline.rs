//! The path from a folder of Markdown to finished sites. Start reading here.

use crate::config::{Config, EditionConfig};
use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean, sorted};
use crate::highlight;
use crate::library::{self, Edition, Library};
use crate::plan::{self, Plan};
use crate::render::{self, Site};
use crate::search::{Indexes, trials};
use crate::source::Book;
use crate::theme::{self, Theme};
use rayon::prelude::*;

/// What a later run may reuse, by everything that went into it.
#[derive(Default)]
pub struct Memory {
    pub documents: library::Memory,
    pub code: highlight::Memory,
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Names of editions; empty: all of them.
    pub editions: Vec<String>,
    /// Whether pages with `draft: true` are pages.
    pub drafts: bool,
    /// The day that reviews are counted from, as ISO 8601; `None`: staleness is not looked at.
    pub today: Option<String>,
}

/// Walks the whole path: everything the book says is read, checked and turned into one site for each edition asked for.
/// `publish` gets the findings and the sites, and decides.
pub fn run<R>(
    book: &Book,
    request: &Request,
    memory: &Memory,
    publish: impl FnOnce(Vec<Diagnostic>, &[Site]) -> R,
) -> R {
    let (planned, mut findings) = planned(book, request, memory);
    let indexes = planned.indexes(&book.config);
    findings.extend(planned.tried(book, request, &indexes));
    let sites: Vec<Site> =
        indexes.par_iter().map(|indexes| render::site(indexes, &planned.theme, &memory.code)).collect();
    drop(indexes);
    publish(sorted(findings), &sites)
}

/// Every finding of the book; nothing is written.
pub fn check(book: &Book, request: &Request, memory: &Memory) -> Vec<Diagnostic> {
    let (planned, mut findings) = planned(book, request, memory);
    findings.extend(planned.tried(book, request, &planned.indexes(&book.config)));
    sorted(findings)
}

/// Walks the path up to the plan, and hands what may be searched to `ask`, with the findings.
pub fn search<R>(
    book: &Book,
    request: &Request,
    memory: &Memory,
    ask: impl FnOnce(&[Diagnostic], &[Indexes]) -> R,
) -> R {
    let (planned, findings) = planned(book, request, memory);
    ask(&findings, &planned.indexes(&book.config))
}

/// Everything that is known before any byte is made.
struct Planned {
    theme: Theme,
    library: Library,
    editions: Vec<Edition>,
    /// By edition.
    plans: Vec<Plan>,
}

impl Planned {
    /// By edition.
    fn indexes<'a>(&'a self, config: &'a Config) -> Vec<Indexes<'a>> {
        self.editions.iter().zip(&self.plans).map(|(edition, plan)| Indexes::new(edition, plan, config)).collect()
    }

    /// What the book's own searches do not find. Without any, no index is built for them.
    fn tried(&self, book: &Book, request: &Request, indexes: &[Indexes]) -> Vec<Diagnostic> {
        trials::findings(&book.searches, &self.library, indexes, request.editions.is_empty())
    }
}

/// With the findings so far.
fn planned(book: &Book, request: &Request, memory: &Memory) -> (Planned, Vec<Diagnostic>) {
    let mut findings = book.findings.clone();
    let (wanted, unknown) = editions(book, request);
    findings.extend(unknown);
    let codes: Vec<String> = book.config.languages.iter().map(|language| language.code.clone()).collect();
    let (theme, theme_findings) = theme::load(&book.config.theme, book.config.look.hue, &book.theme_files, &codes);
    findings.extend(theme_findings);
    let (library, library_findings) = Library::load(book, &memory.documents);
    findings.extend(library_findings);
    findings.extend(library.unknown_templates(&theme.template_names()));
    findings.extend(request.today.iter().flat_map(|today| library.stale(today)));
    let mut editions = Vec::new();
    for config in wanted {
        let (edition, edition_findings) = library.edition(config, request.drafts);
        findings.extend(edition_findings);
        editions.push(edition);
    }
    let plans: Vec<_> = editions.par_iter().map(|edition| plan::plan(edition, &book.config)).collect();
    (Planned { theme, library, editions, plans }, findings)
}

/// Whether nothing may be published: the content has errors, or, where `strict`, warnings of another kind than staleness.
pub fn fails(findings: &[Diagnostic], strict: bool) -> bool {
    findings.iter().any(|finding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => strict && finding.code != Code::StalePage,
        Severity::Notice => false,
    })
}

/// Whether `book.toml` itself is wrong. Then nothing can be published, not even leniently: who may read what is not known.
pub fn misconfigured(findings: &[Diagnostic]) -> bool {
    let of_config = |finding: &Diagnostic| {
        finding.code == Code::BadConfig || finding.span.as_ref().is_some_and(|span| &*span.file == "book.toml")
    };
    findings.iter().any(|finding| finding.severity == Severity::Error && of_config(finding))
}

/// The editions asked for, and a finding for each name that is none.
fn editions<'a>(book: &'a Book, request: &Request) -> (Vec<&'a EditionConfig>, Vec<Diagnostic>) {
    let all = &book.config.editions;
    let unknown = request.editions.iter().filter(|name| all.iter().all(|edition| edition.name != **name));
    let findings = unknown.map(|name| {
        let hint = did_you_mean(name, all.iter().map(|edition| edition.name.as_str()));
        Diagnostic::of_book(Code::BadConfig, format!("the book has no edition `{name}`")).hint(hint)
    });
    let wanted = all.iter().filter(|edition| request.editions.is_empty() || request.editions.contains(&edition.name));
    (wanted.collect(), findings.collect())
}
