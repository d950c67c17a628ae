//! Sections, side bars and reading order, from the table of contents.

use super::{Child, PageId, Plan};
use crate::address::shared_folders;
use crate::article::{Language, WorkId};
use crate::library::{Edition, Entry};
use std::collections::BTreeMap;

/// A section of more pages than this shows a part of itself beside each page.
const WHOLE: usize = 150;
/// How many pages such a part has.
const PART: usize = 100;

/// A side bar, shared by the pages of one section (or a part of it) that lie equally deep, so that the same links lead
/// from all of them.
#[derive(Clone, PartialEq, Debug)]
pub struct Navigation {
    pub language: Language,
    /// The folder that all pages of this part lie in: with a final `/`, or empty.
    pub folder: String,
    /// How many folders below that one the pages lie that show this side bar.
    pub below: usize,
    /// Empty for the pages that belong to no section.
    pub title: Box<str>,
    pub lines: Vec<Line>,
    /// Where the whole list stands, if this is a part of it.
    pub whole: Option<PageId>,
}

/// A line of a side bar.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub title: Box<str>,
    /// Chapters without a page have none.
    pub page: Option<PageId>,
    /// 0 for the pages of the section itself.
    pub depth: u8,
}

/// Where a page stands: a side bar and the line in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    pub navigation: u32,
    pub line: u32,
}

/// Gives the pages of a language their side bars, their neighbours and the lists of what is below them.
pub(super) fn place(plan: &mut Plan, edition: &Edition, language: Language) {
    let Some(contents) = edition.contents.get(language.0 as usize) else { return };
    let home = plan.homes[language.0 as usize];
    plan.pages[home.0 as usize].children = children(plan, contents, language, Some(home));
    let mut loose = Vec::new();
    for entry in contents {
        match entry {
            Entry::Chapter { title, work, children } if !children.is_empty() => {
                let index = work.and_then(|work| page_in(plan, work, language));
                section(plan, language, title, index, flattened(plan, std::slice::from_ref(entry), language));
            }
            Entry::Chapter { .. } | Entry::Part(_) => {
                loose.extend(flattened(plan, std::slice::from_ref(entry), language));
            }
        }
    }
    section(plan, language, "", Some(home), loose);
    neighbours(plan, &flattened(plan, contents, language));
    lists(plan, contents, language, home);
}

fn page_in(plan: &Plan, work: WorkId, language: Language) -> Option<PageId> {
    plan.by_work[language.0 as usize].get(work.0 as usize).copied().flatten()
}

/// All lines of a tree, in order.
fn flattened(plan: &Plan, entries: &[Entry], language: Language) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Vec<(std::slice::Iter<Entry>, u8)> = vec![(entries.iter(), 0)];
    while let Some((rest, depth)) = open.last_mut() {
        let depth = *depth;
        match rest.next() {
            None => drop(open.pop()),
            Some(Entry::Part(title)) => lines.push(Line { title: title.clone(), page: None, depth }),
            Some(Entry::Chapter { title, work, children }) => {
                let page = work.and_then(|work| page_in(plan, work, language));
                lines.push(Line { title: title.clone(), page, depth });
                open.push((children.iter(), depth.saturating_add(1)));
            }
        }
    }
    lines
}

fn section(plan: &mut Plan, language: Language, title: &str, index: Option<PageId>, lines: Vec<Line>) {
    let size = if lines.len() > WHOLE { PART } else { WHOLE };
    let whole = (lines.len() > WHOLE).then(|| index.unwrap_or(plan.homes[language.0 as usize]));
    for part in lines.chunks(size) {
        let folder = common_folder(plan, part).to_owned();
        // the side bar of each depth that this part has pages at
        let mut bars: BTreeMap<usize, u32> = BTreeMap::new();
        for (place, page) in part.iter().enumerate().filter_map(|(place, line)| Some((place, line.page?))) {
            let page = page.0 as usize;
            if plan.pages[page].spot.is_some() {
                continue;
            }
            let below = folder_of(&plan.pages[page].address)[folder.len()..].matches('/').count();
            let navigation = *bars.entry(below).or_insert_with(|| {
                let (folder, title, lines) = (folder.clone(), title.into(), part.to_vec());
                plan.navigations.push(Navigation { language, folder, below, title, lines, whole });
                plan.navigations.len() as u32 - 1
            });
            plan.pages[page].spot = Some(Spot { navigation, line: place as u32 });
        }
    }
}

/// The folder that all pages of these lines lie in.
fn common_folder<'a>(plan: &'a Plan, lines: &[Line]) -> &'a str {
    let addresses = lines.iter().filter_map(|line| Some(plan.page(line.page?).address.as_str()));
    let common = |folder: &'a str, address| &folder[..shared_folders(folder, address)];
    addresses.fold(None, |folder, address| Some(common(folder.unwrap_or(folder_of(address)), address))).unwrap_or("")
}

fn folder_of(address: &str) -> &str {
    &address[..address.rfind('/').map_or(0, |slash| slash + 1)]
}

fn neighbours(plan: &mut Plan, lines: &[Line]) {
    let mut last: Option<PageId> = None;
    for page in lines.iter().filter_map(|line| line.page) {
        if plan.pages[page.0 as usize].previous.is_some() || last == Some(page) {
            continue;
        }
        if let Some(last) = last {
            plan.pages[last.0 as usize].next = Some(page);
            plan.pages[page.0 as usize].previous = Some(last);
        }
        last = Some(page);
    }
}

/// Gives every page with chapters below it the list of them.
fn lists(plan: &mut Plan, contents: &[Entry], language: Language, home: PageId) {
    let mut open: Vec<&Entry> = contents.iter().collect();
    while let Some(entry) = open.pop() {
        let Entry::Chapter { work, children: below, .. } = entry else { continue };
        open.extend(below);
        let Some(page) = work.and_then(|work| page_in(plan, work, language)) else { continue };
        if page != home && !below.is_empty() {
            plan.pages[page.0 as usize].children = children(plan, below, language, None);
        }
    }
}

fn children(plan: &Plan, entries: &[Entry], language: Language, without: Option<PageId>) -> Vec<Child> {
    let child = |entry: &Entry| match entry {
        Entry::Part(title) => Some(Child::Part(title.clone())),
        Entry::Chapter { title, work, children } => {
            let (title, below) = (title.clone(), children.len());
            match work.and_then(|work| page_in(plan, work, language)) {
                Some(page) if Some(page) == without => None,
                Some(page) => Some(Child::Page { title, page, below }),
                None => Some(Child::Title { title, below, first: first_page(plan, children, language)? }),
            }
        }
    };
    entries.iter().filter_map(child).collect()
}

/// The first page of a tree, in its order.
fn first_page(plan: &Plan, entries: &[Entry], language: Language) -> Option<PageId> {
    let mut open: Vec<&Entry> = entries.iter().rev().collect();
    while let Some(entry) = open.pop() {
        let Entry::Chapter { work, children, .. } = entry else { continue };
        let page = work.and_then(|work| page_in(plan, work, language));
        if page.is_some() {
            return page;
        }
        open.extend(children.iter().rev());
    }
    None
}
