//! Documents put in their places: each with its translations, its kind, its audience and its address.

use super::document::Document;
use crate::address::{is_index, number_prefix};
use crate::article::{Kind, Language};
use crate::audience::Audience;
use crate::config::{Config, is_language_code};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Every work of the book, whoever may see it, in the order of source paths.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub works: Vec<Binding>,
    /// The work and the language of each source path below `src`.
    pub by_path: HashMap<Arc<str>, (usize, Language)>,
    /// The index page of each folder that has one, by path below `src`.
    pub indexes: HashMap<String, usize>,
    /// Folders whose index page marks an audience, by path below `src`.
    pub marks: BTreeMap<String, Audience>,
    /// How the files of the default language may end: `.en.md`.
    suffix: String,
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

impl Shelf {
    /// The work at a source path, and the language that the path names, if it names one. `a.en.md` and `a.md` are one
    /// in the default language; the shorter form means the page in whatever language its reader has.
    pub fn find(&self, path: &str) -> Option<(usize, Option<Language>)> {
        let stem = path.strip_suffix(&self.suffix);
        let other = || match stem {
            Some(stem) => Some(format!("{stem}.md")),
            None => Some(path.strip_suffix(".md")?.to_owned() + &self.suffix),
        };
        let found = self.by_path.get(path).or_else(|| self.by_path.get(other()?.as_str()));
        let &(work, language) = found.filter(|(_, language)| stem.is_none() || *language == Language::DEFAULT)?;
        Some((work, Some(language).filter(|language| stem.is_some() || *language != Language::DEFAULT)))
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
    let mut groups: BTreeMap<String, Vec<(Language, Arc<Document>)>> = BTreeMap::new();
    let mut lost = BTreeSet::new();
    for document in documents {
        match identify(&document, config, findings) {
            Some((key, language)) => groups.entry(key).or_default().push((language, document)),
            None => lost.extend(folder_of_index(&document.path, numbered)),
        }
    }
    let folders = folders(&groups, &lost, numbered, config);
    let suffix = format!(".{}.md", config.languages[0].code);
    let mut shelf = Shelf { marks: marks(&folders, config), suffix, ..Shelf::default() };
    for (key, copies) in groups {
        let binding = bind(&key, copies, &folders, config, numbered, findings);
        let place = shelf.works.len();
        for (language, copy) in binding.copies.iter().enumerate() {
            if let Some(copy) = copy {
                shelf.by_path.insert(copy.document.path.clone(), (place, Language(language as u8)));
            }
        }
        if binding.is_index() {
            shelf.indexes.entry(binding.folder.clone()).or_insert(place);
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
    // `pt_br` and `RU` are meant as languages too
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

/// The folder whose index page this is, in whatever language.
fn folder_of_index(path: &str, numbered: bool) -> Option<String> {
    let (folder, name) = split(path);
    let name = name.split('.').next().unwrap_or(name);
    (is_index_file(name, numbered) && !folder.is_empty()).then(|| folder.to_owned())
}

/// Whether a file is its folder's index page, with or without a number: what it says of readers must not be lost.
fn is_index_file(name: &str, numbered: bool) -> bool {
    is_index(if numbered { number_prefix(name).1 } else { name })
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
/// `lost` are folders with an index page in a language that the book does not have: what it says is not known.
fn folders(groups: &Groups, lost: &BTreeSet<String>, numbered: bool, config: &Config) -> BTreeMap<String, Folder> {
    let mut own: BTreeMap<String, Folder> = BTreeMap::new();
    for folder in lost {
        own.insert(folder.clone(), Folder { withheld: true, ..Folder::default() });
    }
    for (key, copies) in groups {
        let (folder, name) = split(key);
        let source = copies.iter().min_by_key(|(language, _)| *language);
        let Some((_, index)) = source.filter(|_| is_index_file(name, numbered) && !folder.is_empty()) else { continue };
        // of two index pages, which is a mistake, the narrower counts
        let settings = own.entry(folder.to_owned()).or_default();
        let mark = index.front.audience.as_ref().map(|mark| config.audiences.named(&mark.value));
        settings.kind = index.front.kind.as_ref().map(|kind| kind.value.list()).or(settings.kind);
        settings.audience = settings.audience.max(mark.flatten());
        settings.withheld |= index.is_withheld() || mark == Some(None);
    }
    own.iter().map(|(path, folder)| (path.clone(), inherited(path, *folder, &own))).collect()
}

/// The settings of a folder with what the folders above it set.
fn inherited(path: &str, own: Folder, all: &BTreeMap<String, Folder>) -> Folder {
    let above = || parents(path).filter_map(|parent| all.get(parent));
    let limit = above().filter_map(|folder| folder.audience).max();
    // one that would be wider than the folder around it is a mistake
    let too_wide = own.audience.is_some() && own.audience < limit;
    Folder {
        kind: own.kind.or_else(|| above().find_map(|folder| folder.kind)),
        audience: own.audience.max(limit),
        withheld: own.withheld || too_wide || above().any(|folder| folder.withheld),
    }
}

/// For whom the files of each marked folder are. Those of a withheld one are for as few as can be.
fn marks(folders: &BTreeMap<String, Folder>, config: &Config) -> BTreeMap<String, Audience> {
    let mark = |folder: &Folder| match folder.withheld {
        true => Some(config.audiences.narrowest()),
        false => folder.audience,
    };
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
    let index = is_index_file(file_name, numbered);
    let inherited = settings(folders, if index { parents(folder).next().unwrap_or("") } else { folder });
    let own_kind =
        copies.iter().min_by_key(|(language, _)| *language).and_then(|(_, document)| document.front.kind.as_ref());
    let kind = match own_kind {
        Some(kind) if index => kind.value.list(),
        Some(kind) => single_kind(kind.value),
        None => inherited.kind.map_or(Kind::Page, Kind::member),
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
            Some(first) => {
                // which of them says who may read the page is not known
                first.withheld = true;
                withheld = true;
                findings.push(two_files(&first.document, &document));
            }
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

fn address(folder: &str, name: &str, numbered: bool) -> String {
    let shown = |part| if numbered { number_prefix(part).1 } else { part };
    let mut address = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        address.push_str(shown(part));
        address.push('/');
    }
    address + name + ".html"
}

/// What a single page is, when its front matter names the kind of its folder.
fn single_kind(kind: Kind) -> Kind {
    if kind == Kind::Faq { Kind::Topic } else { kind }
}
