//! The first page of a language, and the page that search leads to.

use super::around::Row;
use super::{Link, View};
use crate::article::{Kind, WorkId, plain_text};
use crate::library::Entry;
use crate::plan::{Content, Front, PageId, Question, Style, questions};
use serde::Serialize;
use tera::Context;

#[derive(Serialize)]
struct FirstPage {
    topics: Vec<Row>,
    answers: String,
    questions: Vec<Link>,
    chips: Vec<Link>,
    tracks: Vec<Track>,
    /// Where somebody new begins.
    start: Option<Start>,
    updates: Vec<Row>,
    all_updates: Option<String>,
    /// Procedures and scenarios, each list with what it has.
    shelves: Vec<Shelf>,
}

#[derive(Serialize)]
struct Track {
    title: String,
    href: String,
    text: Option<String>,
    modules: String,
    time: Option<String>,
}

#[derive(Serialize)]
struct Start {
    track: String,
    module: Link,
    time: Option<String>,
}

#[derive(Serialize)]
struct Shelf {
    title: String,
    href: String,
    text: Option<String>,
    rows: Vec<Row>,
}

/// A kind of page and what readers call such pages.
#[derive(Serialize)]
struct NamedKind {
    name: &'static str,
    title: String,
    /// What one of them is called.
    one: String,
}

/// A part of the list of everything.
#[derive(Serialize)]
struct Group {
    title: String,
    href: Option<String>,
    pages: Vec<GroupPage>,
}

#[derive(Serialize)]
struct GroupPage {
    page: Link,
    questions: Vec<Link>,
}

impl View<'_> {
    pub(super) fn front(&self, context: &mut Context) {
        if self.id == self.home() {
            context.insert("front", &self.first_page(&self.site.plan.fronts[self.language()]));
        }
        if self.page.content == Content::Search {
            context.insert("groups", &self.groups());
            context.insert("popular", &self.popular());
            context.insert("kinds", &self.kinds());
        }
    }

    fn first_page(&self, front: &Front) -> FirstPage {
        let question = |question: &Question| self.question(question);
        let list = |kind: Kind| front.lists.iter().find(|(of, _)| *of == kind).map(|(_, page)| *page);
        FirstPage {
            topics: front.topics.iter().map(|page| self.row_of(*page)).collect(),
            answers: self.words.count("answers", front.answers as u64),
            questions: front.questions.iter().map(question).collect(),
            chips: front.chips.iter().map(question).collect(),
            tracks: front.tracks.iter().map(|page| self.track(*page)).collect(),
            start: front.tracks.first().and_then(|page| self.start(*page)),
            updates: front.updates.iter().map(|page| self.row_of(*page)).collect(),
            all_updates: list(Kind::Updates).map(|page| self.link_to(page).href),
            shelves: [Kind::Procedures, Kind::Scenarios]
                .into_iter()
                .filter_map(list)
                .map(|page| self.shelf(page))
                .collect(),
        }
    }

    /// The questions for those who found nothing.
    fn popular(&self) -> Vec<Link> {
        self.site.plan.fronts[self.language()].questions.iter().map(|question| self.question(question)).collect()
    }

    /// What results can be narrowed to. Customers do not think in kinds of pages, hence only where staff learn.
    fn kinds(&self) -> Vec<NamedKind> {
        let named = |kind: &Kind| {
            let word = format!("kind_{}", kind.name());
            // no language has a singular for 10
            NamedKind { name: kind.name(), title: self.words.count(&word, 10), one: self.words.count(&word, 1) }
        };
        Kind::ALL.iter().filter(|_| self.style() == Style::Academy).map(named).collect()
    }

    fn question(&self, question: &Question) -> Link {
        let address = &self.site.plan.page(question.page).address;
        let fragment = crate::address::encode_fragment(&question.id);
        Link { title: question.title.to_string(), href: format!("{}#{fragment}", self.place.to(address)) }
    }

    /// The modules of a track, in order.
    fn modules(&self, track: PageId) -> impl Iterator<Item = PageId> {
        let children = &self.site.plan.page(track).children;
        children.iter().filter_map(|child| child.page()).filter(|page| {
            let work = self.site.plan.page(*page).work(self.site.edition);
            work.is_some_and(|work| work.kind == Kind::Module)
        })
    }

    fn minutes(&self, page: PageId) -> u32 {
        let article = self.site.plan.page(page).article(self.site.edition);
        article.and_then(|article| article.meta.minutes).unwrap_or(0)
    }

    fn time(&self, minutes: u32) -> Option<String> {
        (minutes > 0).then(|| self.words.duration(minutes))
    }

    fn track(&self, id: PageId) -> Track {
        let Link { title, href } = self.link_to(id);
        let article = self.site.plan.page(id).article(self.site.edition);
        let text = article.and_then(|article| article.meta.description.as_deref());
        let minutes = self.modules(id).map(|module| self.minutes(module)).sum();
        let modules = self.words.count("modules", self.modules(id).count() as u64);
        Track { title, href, text: text.map(str::to_string), modules, time: self.time(minutes) }
    }

    fn start(&self, track: PageId) -> Option<Start> {
        let module = self.modules(track).next()?;
        let time = self.time(self.minutes(module));
        Some(Start { track: self.link_to(track).title, module: self.link_to(module), time })
    }

    fn shelf(&self, id: PageId) -> Shelf {
        let Link { title, href } = self.link_to(id);
        let page = self.site.plan.page(id);
        let text = page.article(self.site.edition).and_then(|article| article.meta.description.as_deref());
        let rows = page.children.iter().filter_map(|child| child.page()).map(|page| self.row_of(page)).collect();
        Shelf { title, href, text: text.map(str::to_string), rows }
    }

    /// Every page of the language with the questions it answers, by section.
    fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut loose = Vec::new();
        for entry in &self.site.edition.contents[self.language()] {
            match entry {
                Entry::Chapter { title, work, children } if !children.is_empty() => {
                    let mut pages = Vec::new();
                    children.iter().for_each(|child| self.gather(child, &mut pages));
                    let href = work.and_then(|work| self.page_of(work)).map(|page| self.link_to(page).href);
                    groups.push(Group { title: title.to_string(), href, pages });
                }
                entry => self.gather(entry, &mut loose),
            }
        }
        if !loose.is_empty() {
            groups.push(Group { title: self.words.get("all_pages").to_string(), href: None, pages: loose });
        }
        groups
    }

    fn page_of(&self, work: WorkId) -> Option<PageId> {
        self.site.plan.by_work[self.language()].get(work.0 as usize).copied().flatten()
    }

    fn gather(&self, entry: &Entry, pages: &mut Vec<GroupPage>) {
        let Entry::Chapter { work, children, .. } = entry else { return };
        if let Some(page) = work.and_then(|work| self.page_of(work)) {
            pages.push(GroupPage { page: self.link_to(page), questions: self.questions_of(page) });
        }
        children.iter().for_each(|child| self.gather(child, pages));
    }

    fn questions_of(&self, id: PageId) -> Vec<Link> {
        let page = self.site.plan.page(id);
        let topic = page.work(self.site.edition).filter(|work| work.kind == Kind::Topic);
        let article = topic.and_then(|work| work.article(page.language));
        let question = |heading: &crate::article::Heading| {
            let title = plain_text(&heading.inlines).into();
            self.question(&Question { page: id, id: heading.id.clone(), title })
        };
        article.into_iter().flat_map(|article| questions(article.text())).map(question).collect()
    }
}
