//! The table of contents: from `SUMMARY.md`, else from folders, orders, numbers and titles.

use super::Entry;
use super::near::Neighbours;
use super::shelf::{Shelf, split};
use super::summary::{Summary, SummaryItem};
use crate::address::{number_prefix, readable};
use crate::article::{Article, Kind, Language, WorkId};
use crate::diagnostic::{Code, Diagnostic, Severity};
use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an edition shows of each work of the shelf, by language; `None` for a work it does not show.
pub(super) type Readings = [Option<Vec<Option<Article>>>];

/// A line of the contents before works have their numbers.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub part: bool,
    /// The title where the page itself does not give it.
    pub title: Option<Box<str>>,
    /// Place on the shelf.
    pub work: Option<usize>,
    pub children: Vec<Node>,
}

/// The contents as the folders lie. `by_title`: members without an order stand by title, else by file name.
pub(super) fn by_folder(shelf: &Shelf, readings: &Readings, by_title: bool) -> Vec<Node> {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (work, binding) in shelf.works.iter().enumerate().filter(|(work, _)| readings[*work].is_some()) {
        members.entry(&binding.folder).or_default().push(work);
        let mut folder = binding.folder.as_str();
        while !folder.is_empty() && folders.entry(split(folder).0).or_default().insert(folder) {
            folder = split(folder).0;
        }
    }
    let tree = Tree { shelf, readings, by_title, members, folders };
    let home = tree.index("").map(|work| Node { part: false, title: None, work: Some(work), children: Vec::new() });
    home.into_iter().chain(tree.inside("")).collect()
}

struct Tree<'a> {
    shelf: &'a Shelf,
    readings: &'a Readings,
    by_title: bool,
    members: BTreeMap<&'a str, Vec<usize>>,
    folders: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Where a line stands among its siblings: order or number, newest update, title or name.
type Place = (i64, Reverse<Option<Box<str>>>, String);

impl Tree<'_> {
    fn index(&self, folder: &str) -> Option<usize> {
        self.members.get(folder)?.iter().copied().find(|&work| self.shelf.works[work].is_index())
    }

    fn inside(&self, folder: &str) -> Vec<Node> {
        let singles = self.members.get(folder).into_iter().flatten();
        let singles = singles.filter(|&&work| !self.shelf.works[work].is_index()).map(|&work| self.single(work));
        let folders = self.folders.get(folder).into_iter().flatten().map(|path| self.folder(path));
        let mut lines: Vec<(Place, Node)> = singles.chain(folders).collect();
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        lines.into_iter().map(|(_, node)| node).collect()
    }

    fn single(&self, work: usize) -> (Place, Node) {
        let node = Node { part: false, title: None, work: Some(work), children: Vec::new() };
        (self.place(work, self.shelf.works[work].number), node)
    }

    fn folder(&self, path: &str) -> (Place, Node) {
        let (number, name) = number_prefix(split(path).1);
        let children = self.inside(path);
        match self.index(path) {
            Some(work) => {
                let node = Node { part: false, title: None, work: Some(work), children };
                (self.place(work, number), node)
            }
            None => {
                let place = (number.map_or(i64::MAX, i64::from), Reverse(None), name.to_lowercase());
                (place, Node { part: false, title: Some(readable(name).into()), work: None, children })
            }
        }
    }

    fn place(&self, work: usize, number: Option<u32>) -> Place {
        let binding = &self.shelf.works[work];
        let order = binding.source().document.front.order.as_ref().map(|order| order.value);
        let order = order.or(number.map(i64::from)).unwrap_or(i64::MAX);
        let Some(article) = first_article(self.readings, work) else { return (order, Reverse(None), String::new()) };
        let date = article.meta.date.clone().filter(|_| binding.kind == Kind::Update);
        let name = match self.by_title {
            true => article.title.to_lowercase(),
            false if binding.is_index() => split(&binding.folder).1.to_lowercase(),
            false => binding.name.to_lowercase(),
        };
        (order, Reverse(date), name)
    }
}

pub(super) fn first_article(readings: &Readings, work: usize) -> Option<&Article> {
    readings[work].as_ref()?.iter().flatten().next()
}

/// The contents as `SUMMARY.md` says. Chapters that this edition does not show are left out, those below them move up.
pub(super) fn by_summary(summary: &Summary, shelf: &Shelf, readings: &Readings) -> Vec<Node> {
    // a part whose chapters are all hidden tells nothing, not even its title; a line `---` ends a part
    let parts = summary.items.split_inclusive(|item| matches!(item, SummaryItem::Separator));
    let mut kept: Vec<Node> = Vec::new();
    for part in parts {
        for node in chapters(part, shelf, readings) {
            if node.part {
                drop_empty_part(&mut kept);
            }
            kept.push(node);
        }
        drop_empty_part(&mut kept);
    }
    kept
}

fn drop_empty_part(nodes: &mut Vec<Node>) {
    if nodes.last().is_some_and(|last| last.part) {
        nodes.pop();
    }
}

fn chapters(items: &[SummaryItem], shelf: &Shelf, readings: &Readings) -> Vec<Node> {
    let mut nodes = Vec::new();
    for item in items {
        match item {
            SummaryItem::Part { title, .. } => {
                nodes.push(Node { part: true, title: Some(title.as_str().into()), work: None, children: Vec::new() });
            }
            SummaryItem::Separator => {}
            SummaryItem::Chapter { title, path, children, .. } => {
                let children = chapters(children, shelf, readings);
                let work = path.as_ref().and_then(|path| shelf.find(path)).map(|(work, _)| work);
                match (path, work.filter(|work| readings[*work].is_some())) {
                    (Some(_), None) => nodes.extend(children),
                    // a chapter yet to be written shows its title, which nobody marked as open to all
                    (None, _) if children.is_empty() => {}
                    (_, work) => {
                        nodes.push(Node { part: false, title: Some(title.as_str().into()), work, children });
                    }
                }
            }
        }
    }
    nodes
}

/// What is wrong with a summary, held against the files that are there.
pub(super) fn check_summary(file: &Arc<str>, summary: &Summary, shelf: &Shelf) -> Vec<Diagnostic> {
    let known = LazyCell::new(|| Neighbours::of(shelf.by_path.keys().map(|path| &**path)));
    let missing = |path: &String| shelf.find(path).is_none().then(|| known.nearest(path));
    let mut findings = Vec::new();
    check_chapters(file, &summary.items, &missing, &mut findings);
    findings
}

/// The works that the default language's summary does not list.
pub(super) fn unlisted(summary: &Summary, shelf: &Shelf) -> Vec<Diagnostic> {
    let mut listed = BTreeSet::new();
    super::summary_titles(&summary.items, &mut |path, _| {
        listed.extend(shelf.by_path.get(path).map(|(work, _)| *work));
    });
    let others = shelf.works.iter().enumerate().filter(|(work, _)| !listed.contains(work));
    let finding = |shown: &Arc<str>| {
        Diagnostic::at(shown, 0..0, Code::BadSummary, "this file is not listed in `SUMMARY.md`, so it is no page")
            .severity(Severity::Notice)
            .hint("list it there, or leave it out if it is no page of its own")
    };
    others.map(|(_, binding)| finding(&binding.source().document.shown)).collect()
}

/// `missing` says of a path that is not there what may be meant by it.
fn check_chapters<'a>(
    file: &Arc<str>,
    items: &[SummaryItem],
    missing: &dyn Fn(&String) -> Option<Option<&'a str>>,
    findings: &mut Vec<Diagnostic>,
) {
    for item in items {
        let SummaryItem::Chapter { path, at, children, .. } = item else { continue };
        if let Some((path, meant)) = path.as_ref().and_then(|path| Some((path, missing(path)?))) {
            let finding = Diagnostic::at(file, *at, Code::BrokenLink, format!("there is no file `{path}`"));
            findings.push(match meant {
                Some(meant) => finding.hint(format!("did you mean `{meant}`?")),
                None => finding.hint("chapters name Markdown files, as seen from the folder of this file"),
            });
        }
        check_chapters(file, children, missing, findings);
    }
}

/// The works in reading order, each once.
pub(super) fn reading_order(nodes: &[Node]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    collect(nodes, &mut |work| {
        if seen.insert(work) {
            order.push(work);
        }
    });
    order
}

fn collect(nodes: &[Node], found: &mut dyn FnMut(usize)) {
    for node in nodes {
        node.work.into_iter().for_each(&mut *found);
        collect(&node.children, found);
    }
}

/// The work above each work of the shelf.
pub(super) fn parents(nodes: &[Node], above: Option<usize>, parents: &mut BTreeMap<usize, usize>) {
    for node in nodes {
        if let (Some(work), Some(above)) = (node.work, above) {
            parents.entry(work).or_insert(above);
        }
        self::parents(&node.children, node.work.or(above), parents);
    }
}

/// The contents of one language. `ids` numbers the works of the shelf.
pub(super) fn entries(nodes: &[Node], language: Language, readings: &Readings, ids: &[Option<WorkId>]) -> Vec<Entry> {
    let mut lines = Vec::new();
    for node in nodes {
        if node.part {
            lines.push(Entry::Part(node.title.clone().unwrap_or_default()));
            continue;
        }
        let children = entries(&node.children, language, readings, ids);
        let article = node.work.and_then(|work| in_language(readings, work, language));
        let own_title = article.map(|article| article.title.clone());
        match (node.work, own_title.or(node.title.clone())) {
            (Some(_), Some(_)) if article.is_none() => lines.extend(children),
            (work, Some(title)) if work.is_some() || !children.is_empty() => {
                lines.push(Entry::Chapter { title, work: work.and_then(|work| ids[work]), children });
            }
            _ => lines.extend(children),
        }
    }
    lines
}

/// What a reader of `language` gets of a work: its own article, else the default language's.
fn in_language(readings: &Readings, work: usize, language: Language) -> Option<&Article> {
    let articles = readings[work].as_ref()?;
    articles[language.0 as usize].as_ref().or(articles[0].as_ref())
}
