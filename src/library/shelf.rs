//! Documents put in their places: each with its translations, its kind, its audience and its address.

use super::document::Document;
use crate::article::{Kind, Language};
use crate::audience::Audience;
use crate::config::{Config, is_language_code};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every work of the book, whoever may see it, in the order of source paths.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub works: Vec<Binding>,
    /// The work and the language of each source path below `src`.
    pub by_path: BTreeMap<Arc<str>, (usize, Language)>,
    /// Folders whose index page marks an audience, by path below `src`.
    pub marks: BTreeMap<String, Audience>,
}

/// A document bound together with its translations.
#[derive(Debug)]
pub(super) struct Binding {
    /// The folder below `src`; empty for the root.
    pub folder: String,
    /// The file's name without number, language and ending; `index` for `README.md` too.
    pub name: String,
    /// The number before the name.
    pub number: Option<u32>,
    pub kind: Kind,
    /// In the default language: `platform/accounts.html`.
    pub address: String,
    /// By language.
    pub copies: Vec<Option<Copy>>,
}

/// The document of one language.
#[derive(Debug)]
pub(super) struct Copy {
    pub document: Arc<Document>,
    pub audience: Audience,
    /// Never published: its own mistake, its folder's or its source's could let hidden text through.
    pub withheld: bool,
    pub draft: bool,
}

impl Binding {
    /// The default language's document, else the first translation.
    pub fn source(&self) -> &Copy {
        self.copies.iter().flatten().next().expect("a work has at least one document")
    }

    pub fn is_index(&self) -> bool {
        self.name == "index"
    }

    /// The address of the page in one language.
    pub fn address_in(&self, language: Language, config: &Config) -> String {
        in_language(&self.address, language, config)
    }
}

/// An address of the default language as it is in another: below that language's folder.
pub(super) fn in_language(address: &str, language: Language, config: &Config) -> String {
    match language {
        Language::DEFAULT => address.to_owned(),
        Language(index) => format!("{}/{address}", config.languages[index as usize].code),
    }
}

/// What `numbered` says of file names: whether a leading `01-` is an order rather than a part of the name.
pub(super) fn shelve(
    documents: Vec<Arc<Document>>,
    config: &Config,
    numbered: bool,
    findings: &mut Vec<Diagnostic>,
) -> Shelf {
    let mut groups: Groups = BTreeMap::new();
    let mut lost: Vec<Arc<str>> = Vec::new();
    for document in documents {
        match identify(&document, config, findings) {
            Some((key, language)) => groups.entry(key).or_default().push((language, document)),
            None => lost.push(document.path.clone()),
        }
    }
    let folders = folders(&groups, &lost, numbered, config);
    let mut shelf = Shelf { marks: marks(&folders, config), ..Shelf::default() };
    for (key, copies) in groups {
        let binding = bind(&key, copies, &folders, config, numbered, findings);
        for (language, copy) in binding.copies.iter().enumerate() {
            if let Some(copy) = copy {
                shelf.by_path.insert(copy.document.path.clone(), (shelf.works.len(), Language(language as u8)));
            }
        }
        shelf.works.push(binding);
    }
    shelf
}

/// The path without language and ending, and the language; `None` for a language that the book does not have.
fn identify(document: &Document, config: &Config, findings: &mut Vec<Diagnostic>) -> Option<(String, Language)> {
    let path = document.path.strip_suffix(".md").unwrap_or(&document.path);
    let name_start = path.rfind('/').map_or(0, |slash| slash + 1);
    let Some((name, suffix)) = path[name_start..].rsplit_once('.').filter(|(name, _)| !name.is_empty()) else {
        return Some((path.to_owned(), Language::DEFAULT));
    };
    if let Some(language) = config.language(suffix) {
        return Some((format!("{}{name}", &path[..name_start]), language));
    }
    let folded = suffix.to_ascii_lowercase().replace('_', "-");
    let similar = config.languages.iter().any(|language| language.code.eq_ignore_ascii_case(&folded));
    if !is_language_code(suffix) && !similar {
        return Some((path.to_owned(), Language::DEFAULT));
    }
    let message = format!("the file name ends in the language `{suffix}`, which the book does not have");
    findings.push(
        Diagnostic::at(&document.shown, 0..0, Code::UnknownLanguage, message)
            .hint(format!("add `[languages.{suffix}]` to `book.toml`, or rename the file"))
            .hint(did_you_mean(suffix, config.languages.iter().map(|language| language.code.as_str()))),
    );
    None
}

/// What the index page of a folder sets for everything in it.
#[derive(Clone, Copy, Debug, Default)]
struct Folder {
    kind: Option<Kind>,
    audience: Option<Audience>,
    withheld: bool,
}

type Groups = BTreeMap<String, Vec<(Language, Arc<Document>)>>;

/// The settings of every folder with an index page, inherited from the folders above.
/// The book's own folder sets nothing: what is unmarked stays hidden, even below a public home page.
/// What stands in an index page of a language that the book does not have (`lost`), nobody reads: its folder is withheld.
fn folders(groups: &Groups, lost: &[Arc<str>], numbered: bool, config: &Config) -> BTreeMap<String, Folder> {
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for (folder, name) in lost.iter().map(|path| split(path)).filter(|(folder, _)| !folder.is_empty()) {
        if name.split_once('.').is_some_and(|(name, _)| is_index(name, numbered)) {
            folders.entry(folder.to_owned()).or_default().withheld = true;
        }
    }
    for (key, copies) in groups {
        let (folder, name) = split(key);
        let Some(source) = copies.iter().map(|(language, _)| *language).min() else { continue };
        let indexes =
            copies.iter().filter(|(language, _)| *language == source && is_index(name, numbered) && !folder.is_empty());
        for (_, index) in indexes {
            // of two index pages, the narrower counts
            let settings = folders.entry(folder.to_owned()).or_default();
            let mark = index.front.audience.as_ref();
            let audience = mark.and_then(|mark| config.audiences.named(&mark.value));
            settings.kind = index.front.kind.as_ref().map(|kind| list_kind(kind.value)).or(settings.kind);
            settings.audience = settings.audience.max(audience);
            // a misspelt mark must not leave the folder as open as the one around it
            settings.withheld |= index.is_withheld() || mark.is_some() && audience.is_none();
        }
    }
    let own = folders.clone();
    for (path, folder) in &mut folders {
        let above = parents(path).find_map(|parent| own.get(parent));
        folder.kind = folder.kind.or_else(|| parents(path).find_map(|parent| own.get(parent)?.kind));
        folder.audience = folder.audience.max(parents(path).filter_map(|parent| own.get(parent)?.audience).max());
        folder.withheld |= above.is_some_and(|above| above.withheld)
            || parents(path).any(|parent| own.get(parent).is_some_and(|folder| folder.withheld));
    }
    folders
}

/// What the files in each folder are marked for. In a withheld folder, nobody knows.
fn marks(folders: &BTreeMap<String, Folder>, config: &Config) -> BTreeMap<String, Audience> {
    let mark = |folder: &Folder| if folder.withheld { Some(config.audiences.narrowest()) } else { folder.audience };
    folders.iter().filter_map(|(path, folder)| Some((path.clone(), mark(folder)?))).collect()
}

/// The settings that hold inside `folder`: its own, or those of the nearest folder above that has an index page.
fn settings(folders: &BTreeMap<String, Folder>, folder: &str) -> Folder {
    std::iter::once(folder).chain(parents(folder)).find_map(|path| folders.get(path)).copied().unwrap_or_default()
}

fn bind(
    key: &str,
    copies: Vec<(Language, Arc<Document>)>,
    folders: &BTreeMap<String, Folder>,
    config: &Config,
    numbered: bool,
    findings: &mut Vec<Diagnostic>,
) -> Binding {
    let (folder, file_name) = split(key);
    let index = is_index(file_name, numbered);
    let inherited = settings(folders, if index { parents(folder).next().unwrap_or("") } else { folder });
    let own_kind =
        copies.iter().min_by_key(|(language, _)| *language).and_then(|(_, document)| document.front.kind.as_ref());
    let kind = match own_kind {
        Some(kind) if index => list_kind(kind.value),
        Some(kind) => single_kind(kind.value),
        None => inherited.kind.map_or(Kind::Page, member_kind),
    };
    let in_updates = inherited.kind == Some(Kind::Updates);
    let (number, name) = match numbered && !in_updates {
        true => number_prefix(file_name),
        false => (None, file_name),
    };
    let name = if index { "index" } else { name };
    let address = address(folder, name, numbered);
    let outer = settings(folders, folder);
    let copies = bind_copies(copies, outer, config, findings);
    Binding { folder: folder.to_owned(), name: name.to_owned(), number, kind, address, copies }
}

fn bind_copies(
    mut copies: Vec<(Language, Arc<Document>)>,
    folder: Folder,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Option<Copy>> {
    copies.sort_by_key(|(language, _)| *language);
    let mut bound: Vec<Option<Copy>> = config.all_languages().map(|_| None).collect();
    // what the document must not be wider than, and where that is said
    let mut limit = folder.audience.map(|audience| (audience, "its folder"));
    let mut default = folder.audience.unwrap_or(config.audiences.narrowest());
    let mut withheld = folder.withheld;
    let mut draft = false;
    for (language, document) in copies {
        let (audience, marked_well) = audience(&document, default, limit, config, findings);
        withheld |= document.is_withheld() || !marked_well;
        draft |= document.front.draft.as_ref().is_some_and(|draft| draft.value);
        if bound.iter().all(Option::is_none) {
            default = audience;
            limit = Some((audience, "its source"));
        }
        let slot = &mut bound[language.0 as usize];
        match slot {
            None => *slot = Some(Copy { document, audience, withheld, draft }),
            Some(first) => findings.push(two_files(&first.document, &document)),
        }
    }
    bound
}

fn two_files(first: &Document, second: &Document) -> Diagnostic {
    let message = format!("`{}` and `{}` are the same page in the same language", first.shown, second.shown);
    Diagnostic::at(&second.shown, 0..0, Code::DuplicateAddress, message).hint("remove or rename one of them")
}

/// The audience of a document, and whether it was marked without mistake.
fn audience(
    document: &Document,
    default: Audience,
    limit: Option<(Audience, &str)>,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
) -> (Audience, bool) {
    let Some(mark) = &document.front.audience else { return (default, true) };
    let Some(audience) = config.audiences.named(&mark.value) else {
        let message = format!("the book has no audience `{}`", mark.value);
        let hint = did_you_mean(&mark.value, config.audiences.names.iter().map(String::as_str));
        findings.push(Diagnostic::at(&document.shown, mark.at, Code::UnknownAudience, message).hint(hint));
        return (config.audiences.narrowest(), false);
    };
    match limit {
        Some((limit, whose)) if audience < limit => {
            let narrow = config.audiences.name(limit);
            let message = format!("`{}` is wider than the audience of {whose}, `{narrow}`", mark.value);
            let hint =
                format!("narrow it to `{narrow}`, or move the file to a folder that is open to `{}`", mark.value);
            findings.push(Diagnostic::at(&document.shown, mark.at, Code::WideAudience, message).hint(hint));
            (limit, false)
        }
        _ => (audience, true),
    }
}

/// `(folder, name)` of a path.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The folders above `folder`, nearest first, without the book's own.
fn parents(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(folder.rsplit_once('/').map(|(parent, _)| parent), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    })
}

/// Whether a file is its folder's index page, however its name is written: what it says of readers must not be lost.
fn is_index(name: &str, numbered: bool) -> bool {
    let name = if numbered { number_prefix(name).1 } else { name };
    name.eq_ignore_ascii_case("index") || name.eq_ignore_ascii_case("README")
}

/// The order and the rest of a name such as `01-accounts`.
pub(super) fn number_prefix(name: &str) -> (Option<u32>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    match name[digits..].strip_prefix('-') {
        Some(rest) if (1..=3).contains(&digits) && !rest.is_empty() => (name[..digits].parse().ok(), rest),
        _ => (None, name),
    }
}

fn address(folder: &str, name: &str, numbered: bool) -> String {
    let shown = |part| if numbered { number_prefix(part).1 } else { part };
    let mut address = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        address.push_str(shown(part));
        address.push('/');
    }
    address + name + ".html"
}

/// What an index page is, when its front matter names the kind of its members.
fn list_kind(kind: Kind) -> Kind {
    match kind {
        Kind::Procedure => Kind::Procedures,
        Kind::Scenario => Kind::Scenarios,
        Kind::Update => Kind::Updates,
        Kind::Topic => Kind::Faq,
        Kind::Module => Kind::Track,
        other => other,
    }
}

/// What a single page is, when its front matter names the kind of its folder.
fn single_kind(kind: Kind) -> Kind {
    if kind == Kind::Faq { Kind::Topic } else { kind }
}

/// What stands in a folder of this kind.
fn member_kind(kind: Kind) -> Kind {
    match kind {
        Kind::Track => Kind::Module,
        Kind::Updates => Kind::Update,
        Kind::Procedures => Kind::Procedure,
        Kind::Scenarios => Kind::Scenario,
        Kind::Faq => Kind::Topic,
        other => other,
    }
}
