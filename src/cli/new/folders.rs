//! What the folder of a new page says of it already, and what it lacks.

use super::Wanted;
use crate::address;
use crate::article::Kind;
use crate::config::EditionConfig;
use crate::library::Library;
use crate::source::Book;

/// Whether pages of this kind are the first pages of folders.
pub(super) fn is_list(kind: Kind) -> bool {
    kind.member() != kind
}

/// Whether the page wants an index page that its folder does not have.
pub(super) fn needs_index(wanted: &Wanted) -> bool {
    let (list, folder) = (wanted.kind.list(), wanted.folder());
    let belongs = list != wanted.kind && !folder.is_empty();
    belongs && index_of(folder, wanted.book).is_none() && kind_inside(wanted, folder) != Some(list)
}

/// The lines of front matter by which a page of `kind` in the folder is of its kind, and for whom. What the folder says
/// already is left out.
pub(super) fn settings(wanted: &Wanted, kind: Kind) -> String {
    let folder = wanted.folder();
    let outer = if is_list(kind) { above(folder) } else { Some(folder) };
    let implied = outer.and_then(|folder| kind_inside(wanted, folder)).map_or(Kind::Page, Kind::member);
    let mut lines = if implied == kind { String::new() } else { format!("kind: {}\n", kind.name()) };
    let is_marked = folders(folder).any(|folder| index_of(folder, wanted.book).is_some());
    let audiences = &wanted.book.config.audiences.names;
    if kind == Kind::Faq && audiences.len() > 1 && !is_marked {
        lines += &format!("audience: {}\n", audiences[0]);
    }
    lines
}

/// The kind of the index page that the pages of a folder follow.
pub(super) fn kind_inside(wanted: &Wanted, folder: &str) -> Option<Kind> {
    let book = wanted.book;
    let index = folders(folder).find_map(|folder| index_of(folder, book))?;
    let (library, _) = Library::load(book, &wanted.memory.documents);
    let everything = EditionConfig { audience: book.config.audiences.narrowest(), ..book.config.editions[0].clone() };
    let (edition, _) = library.edition(&everything, true);
    let is_index = |file: &str| file == index;
    let mut works = edition.works.iter();
    Some(works.find(|work| work.articles.iter().flatten().any(|article| is_index(&article.file)))?.kind)
}

/// A folder and those above it, without the book's own.
fn folders(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder).filter(|folder| !folder.is_empty()), |folder| above(folder))
}

fn above(folder: &str) -> Option<&str> {
    folder.rsplit_once('/').map(|(above, _)| above)
}

/// The path of a folder's index page, as findings show it.
fn index_of(folder: &str, book: &Book) -> Option<String> {
    let is_index = |path: &str| {
        let name = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".md"));
        name.is_some_and(address::is_index)
    };
    let index = book.sources.markdown.iter().find(|file| is_index(&file.path))?;
    Some(index.shown.to_string())
}
