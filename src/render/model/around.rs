//! The ways from a page to others: the path to it, its neighbours, its section, what lies below it, and people.

use super::{Link, View};
use crate::article::{Article, Kind};
use crate::plan::{Child, PageId, questions};
use serde::Serialize;
use tera::{Context, Value};

/// A line of a list of pages.
#[derive(Serialize, Default)]
pub(super) struct Row {
    title: String,
    href: Option<String>,
    text: Option<String>,
    count: Option<String>,
    date: Option<String>,
    date_text: Option<String>,
    version: Option<String>,
    significant: bool,
    affects: Vec<Link>,
}

impl<'a> View<'a> {
    pub(super) fn around(&self, context: &mut Context) {
        context.insert("crumbs", &self.crumbs());
        context.insert("previous", &self.page.previous.map(|page| self.link_to(page)));
        context.insert("next", &self.page.next.map(|page| self.link_to(page)));
        context.insert_value("nav", self.nav().map_or(Value::none(), |html| Value::safe_string(&html)));
        context.insert("rows", &self.rows());
        context.insert_value("channels", self.site.shared.channels(self.page.language));
    }

    /// The pages from the home to this one.
    pub(super) fn path(&self) -> Vec<PageId> {
        let mut path = vec![self.id];
        let mut parent = self.page.work(self.site.edition).and_then(|work| work.parent);
        // no book has folders this deep; the bound keeps a circle from turning forever
        for _ in 0..32 {
            let Some(work) = parent else { break };
            let page = self.site.plan.by_work[self.language()][work.0 as usize];
            path.extend(page.filter(|page| *page != self.home()));
            parent = self.site.edition.works[work.0 as usize].parent;
        }
        path.extend(Some(self.home()).filter(|home| *home != self.id));
        path.reverse();
        path
    }

    /// Links to the pages above this one.
    fn crumbs(&self) -> Vec<Link> {
        let path = self.path();
        let above = &path[..path.len() - 1];
        let link = |page: &PageId| match *page == self.home() {
            true => Link { title: self.words.get("home").to_string(), ..self.link_to(*page) },
            false => self.link_to(*page),
        };
        above.iter().map(link).collect()
    }

    fn nav(&self) -> Option<String> {
        let spot = self.page.spot?;
        Some(self.site.shared.side_bar(spot))
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.page.children.iter().map(|child| self.row(child)).collect();
        if self.kind() == Some(Kind::Updates) {
            rows.sort_by(|a, b| b.date.cmp(&a.date));
        }
        rows
    }

    fn row(&self, child: &Child) -> Row {
        match child {
            Child::Part(title) => Row { title: title.to_string(), ..Row::default() },
            Child::Title { title, below, first } => {
                let href = Some(self.place.to(&self.site.plan.page(*first).address));
                Row { title: title.to_string(), href, count: self.count(None, None, *below), ..Row::default() }
            }
            Child::Page { title, page, below } => {
                let row = self.row_of(*page);
                Row { title: title.to_string(), count: row.count.or(self.count(None, None, *below)), ..row }
            }
        }
    }

    /// A page with its description, what it holds and when it was published.
    pub(super) fn row_of(&self, id: PageId) -> Row {
        let page = self.site.plan.page(id);
        let article = page.article(self.site.edition);
        let kind = page.work(self.site.edition).map(|work| work.kind);
        let Link { title, href } = self.link_to(id);
        let Some(meta) = article.map(|article| &article.meta) else {
            return Row { title, href: Some(href), ..Row::default() };
        };
        Row {
            title,
            href: Some(href),
            text: meta.description.as_deref().map(str::to_string),
            count: self.count(kind, article, page.children.len()),
            date: meta.date.as_deref().map(str::to_string),
            date_text: meta.date.as_deref().map(|date| self.words.date(date)),
            version: meta.version.as_deref().map(|version| self.words.with_name("version", version)),
            significant: meta.significant,
            affects: self.links(&meta.affects),
        }
    }

    fn count(&self, kind: Option<Kind>, article: Option<&Article>, below: usize) -> Option<String> {
        let minutes = article.and_then(|article| article.meta.minutes);
        match (kind, article, minutes) {
            (Some(Kind::Topic), Some(article), _) => {
                Some(self.words.count("answers", questions(article.text()).count() as u64))
            }
            (Some(Kind::Track), ..) => Some(self.words.count("modules", below as u64)),
            _ if below > 0 => Some(self.words.count("pages", below as u64)),
            (_, _, Some(minutes)) => Some(self.words.duration(minutes)),
            _ => None,
        }
    }

    pub(super) fn footer(&self) -> Vec<Link> {
        let link = |link: &crate::library::FooterLink| {
            let title = link.label.get(self.language()).cloned().unwrap_or_default();
            Some(Link { title, href: self.place.href(&link.target)? })
        };
        self.site.edition.footer.iter().filter_map(link).collect()
    }
}
