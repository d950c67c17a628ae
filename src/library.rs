//! All documents of a book. A document, whole, is private to this room: the only way out is `Library::edition`,
//! which removes what an audience may not see before anything is derived.

mod pieces;
mod attributes;
mod variables;
mod html;
mod containers;
mod quiz;
mod scenario;
mod markdown;
mod walk;
mod ids;
mod near;
mod front_matter;
mod summary;
mod document;
mod shelf;
mod outline;
mod addresses;
mod translations;
mod resolve;
mod assets;
mod look;
mod edition;

use crate::article::{Article, AssetId, Kind, Language, Target, WorkId};
use crate::audience::{Audience, Audiences};
use crate::config::{Config, SynonymGroup};
use crate::diagnostic::{Code, Diagnostic, Findings, nearest};
use crate::memo::Memo;
use crate::source::{AssetFile, Book, MarkdownFile};
use document::Document;
use rayon::prelude::*;
use std::sync::Arc;
use summary::{Summary, SummaryItem};

/// All documents of a book, whoever may read them.
pub struct Library {
    config: Config,
    settings: markdown::Settings,
    synonyms: Vec<SynonymGroup>,
    shelf: shelf::Shelf,
    /// By language. The default language's summary decides the order.
    summaries: Vec<Option<Summary>>,
    assets: Vec<AssetFile>,
    aliases: addresses::Aliases,
    /// Whether pages without an order stand by title rather than by file name.
    by_title: bool,
}

/// The documents of the last load, by everything that went into them.
#[derive(Default)]
pub struct Memory {
    documents: Memo<Document>,
}

impl Library {
    /// Parses and shelves every document of the book, and checks what does not depend on an audience.
    pub fn load(book: &Book, memory: &Memory) -> (Library, Vec<Diagnostic>) {
        let config = book.config.clone();
        let settings = markdown::Settings {
            audiences: config.audiences.names.clone(),
            variables: config.variables.clone(),
            channels: config.channels.iter().map(|channel| channel.id.clone()).collect(),
            raw_html: config.raw_html,
        };
        let (summary_files, files): (Vec<_>, Vec<_>) =
            book.sources.markdown.iter().partition(|file| summary_language(&file.path, &config).is_some());
        let (documents, mut findings) = documents(&files, &settings, memory);
        let numbered = summary_files.is_empty();
        let shelf = shelf::shelve(documents, &config, numbered, &mut findings);
        let summaries = summaries(&summary_files, &config, &shelf, &mut findings);
        let aliases = addresses::check(&shelf, &book.sources.assets, &config, &mut findings);
        translations::check(&shelf, &config, &mut findings);
        let assets = book.sources.assets.clone();
        let library = Library {
            config,
            settings,
            synonyms: book.synonyms.clone(),
            shelf,
            summaries,
            assets,
            aliases,
            by_title: book.configured,
        };
        (library, findings)
    }

    /// The pages whose review is overdue on `today`, an ISO 8601 date.
    pub fn stale(&self, today: &str) -> Vec<Diagnostic> {
        translations::stale(&self.shelf, &self.config, today)
    }

    /// The address in the default language of the page at a path below `src`, whoever may read it.
    pub fn address_of(&self, path: &str) -> Option<&str> {
        let (work, _) = self.shelf.find(path)?;
        Some(&self.shelf.works[work].address)
    }

    /// The path of a page that may be meant by one that leads nowhere.
    pub fn near(&self, path: &str) -> Option<&str> {
        near::Neighbours::of(self.shelf.by_path.keys().map(|path| &**path)).nearest(path)
    }

    /// The pages that ask for a template which is not among `known`.
    pub fn unknown_templates(&self, known: &[&str]) -> Vec<Diagnostic> {
        let copies = self.shelf.works.iter().flat_map(|binding| binding.copies.iter().flatten());
        let asked = copies.filter_map(|copy| Some((&copy.document.shown, copy.document.front.template.as_ref()?)));
        let unknown = asked.filter(|(_, template)| !known.contains(&template.value.as_str()));
        let finding = |(file, template): (&Arc<str>, &front_matter::Placed<String>)| {
            let message = format!("the theme has no template `{}`", template.value);
            let hint = match nearest(&template.value, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write it: `themes/{}/{}.html`", self.config.theme, template.value),
            };
            Diagnostic::at(file, template.at, Code::BadTheme, message).hint(hint)
        };
        unknown.map(finding).collect()
    }

    /// The audience that the nearest marked folder around an asset sets for everything in it.
    fn asset_audience(&self, index: usize) -> Audience {
        let mut folder = shelf::split(&self.assets[index].path).0;
        while !folder.is_empty() {
            if let Some(audience) = self.shelf.marks.get(folder) {
                return *audience;
            }
            folder = shelf::split(folder).0;
        }
        Audiences::WIDEST
    }
}

/// Every document, and what is wrong with each. One that cannot be read stays in the book as what it is, withheld: who may
/// see it, its translations and its folder is not known.
fn documents(
    files: &[&MarkdownFile],
    settings: &markdown::Settings,
    memory: &Memory,
) -> (Vec<Arc<Document>>, Vec<Diagnostic>) {
    let settings_key = format!("{settings:?}");
    let read = |file: &&MarkdownFile| document::read(file, settings, &settings_key, &memory.documents);
    let documents: Vec<Arc<Document>> = files.par_iter().map(read).collect();
    memory.documents.forget_unused();
    let findings = documents.iter().flat_map(|document| document.findings.clone()).collect();
    (documents, findings)
}

/// The language of a `SUMMARY.md` or `SUMMARY.ru.md`; `None` for any other file.
fn summary_language(path: &str, config: &Config) -> Option<Language> {
    match path.strip_prefix("SUMMARY")?.strip_suffix(".md")? {
        "" => Some(Language::DEFAULT),
        suffix => config.language(suffix.strip_prefix('.')?),
    }
}

fn summaries(
    files: &[&MarkdownFile],
    config: &Config,
    shelf: &shelf::Shelf,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Option<Summary>> {
    let mut summaries: Vec<Option<Summary>> = config.all_languages().map(|_| None).collect();
    for file in files {
        let mut own = Findings::default();
        let text = file.text().unwrap_or_else(|finding| {
            own.push(finding);
            String::new()
        });
        let (summary, summary_findings) = summary::parse(&file.shown, &text);
        own.extend(summary_findings);
        own.extend(outline::check_summary(&file.shown, &summary, shelf));
        findings.extend(own.into_vec(&file.shown));
        if summary_language(&file.path, config) == Some(Language::DEFAULT) {
            findings.extend(outline::unlisted(&summary, shelf));
        }
        if let Some(language) = summary_language(&file.path, config) {
            summaries[language.0 as usize] = Some(summary);
        }
    }
    summaries
}

/// Hands every chapter's path and title to `found`.
fn summary_titles(items: &[SummaryItem], found: &mut dyn FnMut(&str, &str)) {
    for item in items {
        if let SummaryItem::Chapter { title, path, children, .. } = item {
            if let Some(path) = path {
                found(path, title);
            }
            summary_titles(children, found);
        }
    }
}

/// What one audience may see of the book, in all its languages.
#[derive(Clone, Debug)]
pub struct Edition {
    pub name: String,
    /// What distinguishes its site from the others, by language; empty where nothing does.
    pub label: Vec<String>,
    /// Ends with `/`.
    pub base_url: Option<String>,
    /// Whether this edition is for the widest audience; all others carry `noindex`.
    pub widest: bool,
    /// In reading order.
    pub works: Vec<Work>,
    /// The table of contents of each language, by language.
    pub contents: Vec<Vec<Entry>>,
    /// The files that pages of this edition use.
    pub assets: Vec<Asset>,
    /// The picture before the title.
    pub logo: Option<AssetId>,
    pub footer: Vec<FooterLink>,
    /// By language: groups of words and phrases that mean the same.
    pub synonyms: Vec<Vec<Vec<String>>>,
}

/// A link at the foot of every page.
#[derive(Clone, Debug)]
pub struct FooterLink {
    /// By language.
    pub label: Vec<String>,
    pub target: Target,
}

/// A document with its translations.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: WorkId,
    pub kind: Kind,
    /// The address in the default language, without a language's folder: `platform/accounts.html`.
    pub address: String,
    /// By language; `None` where there is no translation. At least one is there.
    pub articles: Vec<Option<Article>>,
    /// Addresses that lead here too, each for one language: `(language, address)`.
    pub aliases: Vec<(Language, String)>,
    /// The index page of the folder this work stands in, or of the one above.
    pub parent: Option<WorkId>,
}

impl Work {
    /// The article that a reader of `language` gets: its own, else the default language's.
    pub fn article(&self, language: Language) -> Option<&Article> {
        let own = self.articles[language.0 as usize].as_ref();
        own.or(self.articles[Language::DEFAULT.0 as usize].as_ref())
    }
}

/// A line of the table of contents.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A title between parts (`# Part` in `SUMMARY.md`).
    Part(Box<str>),
    /// A page, or, without one, a folder or a chapter yet to be written.
    Chapter { title: Box<str>, work: Option<WorkId>, children: Vec<Entry> },
}

#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address in the site, the same as its path below `src`.
    pub address: Arc<str>,
    pub origin: crate::source::Origin,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::source;

    #[test]
    fn a_memory_holds_one_book_however_often_it_changes() {
        let memory = Memory::default();
        for round in 0..20 {
            let text = format!("# Version {round}\n");
            let book = source::from_memory(&[("a.md", text.as_bytes()), ("b.md", b"# B\n")]);
            Library::load(&book, &memory);
            assert_eq!(memory.documents.remembered(), 2);
        }
    }

    #[test]
    fn editions_share_what_hides_nothing() {
        let config = "[book]\naudiences = [\"public\", \"staff\"]\n[edition.a]\naudience = \"public\"\n[edition.b]\naudience = \"staff\"\n";
        let page = "---\naudience: public\n---\nfor all\n\n:::only staff\nfor staff\n:::\n";
        let book = source::from_memory(&[("book.toml", config.as_bytes()), ("content/a.md", page.as_bytes())]);
        let (library, _) = Library::load(&book, &Memory::default());
        let bodies = book.config.editions.iter().map(|edition| {
            let (edition, _) = library.edition(edition, false);
            edition.works[0].article(Language::DEFAULT).expect("the page is shown").body.clone()
        });
        let [public, staff] = bodies.collect::<Vec<_>>().try_into().expect("two editions");
        assert_eq!((public.len(), staff.len()), (1, 2));
        let original = &library.shelf.works[0].source().document.body;
        assert!(Arc::ptr_eq(original, &staff), "to whom nothing is hidden, the page is the document");
        let [BlockKind::Paragraph(text), BlockKind::Paragraph(shared)] = [&original[0].kind, &public[0].kind] else {
            panic!("the page begins with a paragraph");
        };
        assert!(Arc::ptr_eq(text, shared), "the text beside what is hidden is shared");
    }
}
