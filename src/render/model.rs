//! What a template receives: all that its page shows, and nothing of the rest of the site.

use super::Site;
use super::html::{Writer, push_escaped};
use super::place::Place;
use crate::address;
use crate::article::{Article, Block, BlockKind, Kind, Language, Meta, WorkId, plain_text};
use crate::plan::{Child, Content, Page, PageId};
use crate::theme::Words;
use serde::Serialize;
use tera::{Context, Value};

#[derive(Serialize)]
struct Link {
    title: String,
    href: String,
}

#[derive(Serialize, Default)]
struct Row {
    title: String,
    href: Option<String>,
    text: Option<String>,
    count: Option<String>,
    date: Option<String>,
}

#[derive(Serialize)]
struct Notice {
    title: String,
    text: String,
}

#[derive(Serialize)]
struct Switch {
    code: String,
    name: String,
    href: String,
    current: bool,
}

/// The model of a page.
pub(super) fn page_context(site: &Site, id: PageId) -> Context {
    let page = site.plan.page(id);
    let view = View::new(site, page, id);
    let mut context = Context::new();
    view.frame(&mut context);
    view.around(&mut context);
    view.text(&mut context);
    view.facts(&mut context);
    context
}

/// One page and what is needed to speak of it.
struct View<'a> {
    site: &'a Site<'a>,
    page: &'a Page,
    id: PageId,
    place: Place<'a>,
    words: &'a Words,
    article: Option<&'a Article>,
}

impl<'a> View<'a> {
    fn new(site: &'a Site<'a>, page: &'a Page, id: PageId) -> Self {
        let root = (page.content == Content::NotFound).then(|| root_path(site));
        let place = Place { site, address: &page.address, language: page.language, root };
        let words = &site.theme.words[page.language.0 as usize];
        View { site, page, id, place, words, article: page.article(site.edition) }
    }

    fn site_title(&self) -> &'a str {
        &self.site.config.languages[self.page.language.0 as usize].title
    }

    fn code(&self, language: Language) -> &'a str {
        &self.site.config.languages[language.0 as usize].code
    }

    fn title(&self) -> &'a str {
        match (self.article, self.page.content) {
            (Some(article), _) => &article.title,
            (None, Content::NotFound) => self.words.get("not_found"),
            (None, _) => self.site_title(),
        }
    }

    fn is_fallback(&self) -> bool {
        self.article.is_some_and(|article| article.language != self.page.language)
    }

    /// The window, the links in the head and the bar at the top.
    fn frame(&self, context: &mut Context) {
        let site = self.site;
        let home = &site.plan.page(site.plan.homes[self.page.language.0 as usize]).address;
        let rtl = ["ar", "he", "fa", "ur"].contains(&self.code(self.page.language).split('-').next().unwrap_or(""));
        context.insert("lang", self.code(self.page.language));
        context.insert("dir", if rtl { "rtl" } else { "ltr" });
        context.insert("title", self.title());
        context.insert("site_title", self.site_title());
        context.insert("home", &self.place.to(home));
        context.insert_value("files", site.shared.files(&self.place));
        context.insert("noindex", &(!site.edition.widest || self.page.content == Content::NotFound));
        context.insert("canonical", &self.canonical());
        context.insert("alternates", &self.alternates());
        context.insert("switches", &self.switches());
        context.insert("description", &self.article.and_then(|article| article.meta.description.as_deref()));
        context.insert_value("words", site.shared.words(self.page.language));
    }

    fn absolute(&self, address: &str) -> Option<String> {
        let base = self.site.edition.base_url.as_deref()?;
        let address = address
            .strip_suffix("index.html")
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .unwrap_or(address);
        Some(format!("{base}{}", address::encode(address)))
    }

    /// A page shown in another language points at the original.
    fn canonical(&self) -> Option<String> {
        let original = match (self.page.content, self.is_fallback()) {
            (Content::NotFound, _) => return None,
            (Content::Work(work), true) => self.site.plan.page_of(work, Language::DEFAULT)?,
            _ => self.id,
        };
        self.absolute(&self.site.plan.page(original).address)
    }

    /// The same page in the languages that it is written in.
    fn alternates(&self) -> Vec<Link> {
        let Some(work) = self.page.work(self.site.edition) else { return Vec::new() };
        let written = self.site.config.all_languages().filter(|language| work.articles[language.0 as usize].is_some());
        let link = |language: Language| {
            let page = self.site.plan.page_of(work.id, language)?;
            let href = self.absolute(&self.site.plan.page(page).address)?;
            Some(Link { title: self.code(language).to_string(), href })
        };
        let links: Vec<Link> = written.filter_map(link).collect();
        if links.len() > 1 { links } else { Vec::new() }
    }

    /// The same page in every language; where there is none, that language's home.
    fn switches(&self) -> Vec<Switch> {
        let plan = self.site.plan;
        let same = |language: Language| match self.page.content {
            Content::Work(work) => plan.by_work[language.0 as usize][work.0 as usize],
            Content::Home | Content::NotFound => None,
        };
        let switch = |language: Language| {
            let page = same(language).unwrap_or(plan.homes[language.0 as usize]);
            Switch {
                code: self.code(language).to_string(),
                name: self.site.theme.words[language.0 as usize].get("language").to_string(),
                href: self.place.to(&plan.page(page).address),
                current: language == self.page.language,
            }
        };
        self.site.config.all_languages().map(switch).collect()
    }

    fn link_to(&self, page: PageId) -> Option<Link> {
        let target = self.site.plan.page(page);
        let title = target.article(self.site.edition).map_or(self.site_title(), |article| &article.title);
        Some(Link { title: title.to_string(), href: self.place.to(&target.address) })
    }

    /// The ways to other pages.
    fn around(&self, context: &mut Context) {
        context.insert("crumbs", &self.crumbs());
        context.insert("previous", &self.page.previous.and_then(|page| self.link_to(page)));
        context.insert("next", &self.page.next.and_then(|page| self.link_to(page)));
        context.insert_value("nav", self.nav().map_or(Value::none(), |html| Value::safe_string(&html)));
        context.insert("rows", &self.rows());
        context.insert_value("channels", self.site.shared.channels(self.page.language));
    }

    fn crumbs(&self) -> Vec<Link> {
        let language = self.page.language;
        let home = self.site.plan.homes[language.0 as usize];
        if self.id == home {
            return Vec::new();
        }
        let mut crumbs = Vec::new();
        let mut parent = self.page.work(self.site.edition).and_then(|work| work.parent);
        // no book has folders this deep; the bound keeps a circle from turning forever
        for _ in 0..32 {
            let Some(work) = parent else { break };
            let page = self.site.plan.by_work[language.0 as usize][work.0 as usize];
            crumbs.extend(page.filter(|page| *page != home).and_then(|page| self.link_to(page)));
            parent = self.site.edition.works[work.0 as usize].parent;
        }
        let href = self.place.to(&self.site.plan.page(home).address);
        crumbs.push(Link { title: self.words.get("home").to_string(), href });
        crumbs.reverse();
        crumbs
    }

    fn nav(&self) -> Option<String> {
        let spot = self.page.spot?;
        Some(self.site.shared.side_bar(spot))
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<(Option<&str>, Row)> = self.page.children.iter().map(|child| self.row(child)).collect();
        if self.page.work(self.site.edition).is_some_and(|work| work.kind == Kind::Updates) {
            rows.sort_by(|(a, _), (b, _)| b.cmp(a));
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// A row with the date it is sorted by.
    fn row(&self, child: &Child) -> (Option<&'a str>, Row) {
        let (title, page, below) = match child {
            Child::Part(title) => return (None, Row { title: title.to_string(), ..Row::default() }),
            Child::Title { title, below } => (title, None, *below),
            Child::Page { title, page, below } => (title, Some(self.site.plan.page(*page)), *below),
        };
        let article = page.and_then(|page| page.article(self.site.edition));
        let kind = page.and_then(|page| page.work(self.site.edition)).map(|work| work.kind);
        let meta = article.map(|article| &article.meta);
        let date = meta.and_then(|meta| meta.date.as_deref());
        let row = Row {
            title: title.to_string(),
            href: page.map(|page| self.place.to(&page.address)),
            text: meta.and_then(|meta| meta.description.as_deref()).map(str::to_string),
            count: self.count(kind, article, below),
            date: date.map(|date| self.words.date(date)),
        };
        (date, row)
    }

    fn count(&self, kind: Option<Kind>, article: Option<&Article>, below: usize) -> Option<String> {
        let minutes = article.and_then(|article| article.meta.minutes);
        match (kind, article, minutes) {
            (Some(Kind::Topic), Some(article), _) => {
                let answers = article.body.iter().filter(|block| level_of(block) == Some(2)).count();
                Some(self.words.count("answers", answers as u64))
            }
            _ if below > 0 => Some(self.words.count("pages", below as u64)),
            (_, _, Some(minutes)) => Some(self.words.count("minutes", minutes.into())),
            _ => None,
        }
    }

    /// The page's own text.
    fn text(&self, context: &mut Context) {
        let lang = self.is_fallback().then(|| self.article.map(|article| self.code(article.language))).flatten();
        context.insert("text_lang", &lang);
        let (mut heading, mut body) = (String::new(), String::new());
        match self.article {
            Some(article) => (heading, body) = self.written(article),
            None => push_escaped(&mut heading, self.title()),
        }
        context.insert_value("heading", Value::safe_string(&heading));
        context.insert_value("body", Value::safe_string(&body));
        context.insert("toc", &self.article.map(contents).unwrap_or_default());
    }

    fn written(&self, article: &'a Article) -> (String, String) {
        let mut writer = Writer::new(self.place, self.words, article);
        match article.heading() {
            Some(heading) => writer.inlines(&heading.inlines),
            None => push_escaped(&mut writer.out, &article.title),
        }
        let heading = writer.out.clone();
        writer.out.clear();
        match self.page.work(self.site.edition).map(|work| work.kind) {
            Some(Kind::Topic) => writer.topic(article.text()),
            _ => writer.blocks(article.text()),
        }
        writer.footnotes();
        (heading, writer.out)
    }

    /// What the front matter says.
    fn facts(&self, context: &mut Context) {
        let none = Meta::default();
        let meta = self.article.map_or(&none, |article| &article.meta);
        let links = |works: &[WorkId]| -> Vec<Link> {
            let page = |work: &WorkId| self.site.plan.page_of(*work, self.page.language);
            works.iter().filter_map(page).filter_map(|page| self.link_to(page)).collect()
        };
        context.insert("minutes", &meta.minutes.map(|minutes| self.words.count("minutes", minutes.into())));
        context.insert("owner", &meta.owner.as_deref().map(|owner| self.words.with_name("owner", owner)));
        context.insert("version", &meta.version.as_deref().map(|version| self.words.with_name("version", version)));
        context.insert("reviewed", &meta.reviewed.as_deref());
        context.insert("reviewed_text", &meta.reviewed.as_deref().map(|date| self.words.date(date)));
        context.insert("date", &meta.date.as_deref());
        context.insert("date_text", &meta.date.as_deref().map(|date| self.words.date(date)));
        context.insert("objectives", &meta.objectives);
        context.insert("requires", &links(&meta.requires));
        context.insert("affects", &links(&meta.affects));
        context.insert("significant", &meta.significant);
        context.insert("notices", &self.notices(meta));
    }

    fn notices(&self, meta: &Meta) -> Vec<Notice> {
        let notice = |title: &str, text: &str| Notice {
            title: self.words.get(title).to_string(),
            text: self.words.get(text).to_string(),
        };
        let draft = meta.draft.then(|| notice("draft", "draft_text"));
        let fallback = self.is_fallback().then(|| notice("fallback", "fallback_text"));
        draft.into_iter().chain(fallback).collect()
    }
}

/// The path of the base address, from `/` to `/`.
fn root_path<'a>(site: &Site<'a>) -> &'a str {
    let base = site.edition.base_url.as_deref().unwrap_or("/");
    let after = base.find("://").map_or(base, |scheme| &base[scheme + 3..]);
    after.find('/').map_or("/", |slash| &after[slash..])
}

fn level_of(block: &Block) -> Option<u8> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading.level),
        _ => None,
    }
}

/// Headings of level 2, with links to them.
fn contents(article: &Article) -> Vec<Link> {
    let line = |block: &Block| match &block.kind {
        BlockKind::Heading(heading) if heading.level == 2 && !heading.id.is_empty() => Some(Link {
            title: plain_text(&heading.inlines),
            href: format!("#{}", address::encode_fragment(&heading.id)),
        }),
        _ => None,
    };
    article.text().iter().filter_map(line).collect()
}
