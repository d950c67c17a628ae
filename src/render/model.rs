//! What a template receives: all that its page shows, and nothing of the rest of the site.

mod around;
mod front;

use super::Site;
use super::html::{Writer, push_escaped};
use super::machines;
use super::place::Place;
use crate::address;
use crate::article::{Article, Heading, Kind, Language, Meta, Target, WorkId, plain_text};
use crate::plan::{Content, Page, PageId, Style};
use crate::theme::Words;
use serde::Serialize;
use tera::{Context, Value};

#[derive(Serialize)]
struct Link {
    title: String,
    href: String,
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
    view.front(&mut context);
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

    fn language(&self) -> usize {
        self.page.language.0 as usize
    }

    fn site_title(&self) -> &'a str {
        &self.site.config.languages[self.language()].title
    }

    fn code(&self, language: Language) -> &'a str {
        &self.site.config.languages[language.0 as usize].code
    }

    fn title(&self) -> &'a str {
        match (self.article, self.page.content) {
            // the window of a first page that the theme makes bears the site's name
            (Some(_), _) if self.id == self.home() && self.style() != Style::Plain => self.site_title(),
            (Some(article), _) => &article.title,
            (None, Content::NotFound) => self.words.get("not_found"),
            (None, Content::Search) => self.words.get("all_questions"),
            (None, _) => self.site_title(),
        }
    }

    fn style(&self) -> Style {
        self.site.plan.fronts[self.language()].style
    }

    fn home(&self) -> PageId {
        self.site.plan.homes[self.language()]
    }

    fn kind(&self) -> Option<Kind> {
        self.page.work(self.site.edition).map(|work| work.kind)
    }

    fn is_fallback(&self) -> bool {
        self.article.is_some_and(|article| article.language != self.page.language)
    }

    /// The window, the links in the head and the bar at the top.
    fn frame(&self, context: &mut Context) {
        let (site, index) = (self.site, self.language());
        let label = site.edition.label.get(index).filter(|label| !label.is_empty());
        let logo = site.edition.logo.and_then(|logo| self.place.href(&Target::Asset(logo)));
        context.insert("lang", self.code(self.page.language));
        context.insert("dir", if is_right_to_left(self.code(self.page.language)) { "rtl" } else { "ltr" });
        context.insert("title", self.title());
        context.insert("site_title", self.site_title());
        context.insert("label", &label);
        context.insert("logo", &logo);
        context.insert("edition", &site.edition.name);
        context.insert("root", &self.place.root_link());
        context.insert("home", &self.place.to(&site.plan.page(self.home()).address));
        context.insert("search", &self.place.to(&site.plan.page(site.plan.searches[index]).address));
        context.insert_value("files", site.shared.files(&self.place));
        context.insert("noindex", &(!site.edition.widest || self.is_beside()));
        context.insert("canonical", &self.canonical());
        context.insert("alternates", &self.alternates());
        context.insert("policy", machines::POLICY);
        context.insert("twin", &self.twin());
        context.insert("feed", &self.feed());
        context.insert("social", &site.edition.widest);
        context.insert("structured", &machines::structured(site, self.id, &self.path()));
        context.insert("switches", &self.switches());
        context.insert("footer", &self.footer());
        context.insert("description", &self.article.and_then(|article| article.meta.description.as_deref()));
        context.insert_value("words", site.shared.words(self.page.language));
    }

    /// Whether the page is no content of the book: search engines have no use for it.
    fn is_beside(&self) -> bool {
        matches!(self.page.content, Content::Search | Content::NotFound)
    }

    /// The same page in the languages that it is written in; titles are codes.
    fn alternates(&self) -> Vec<Link> {
        let links = machines::translations(self.site, self.page).into_iter();
        links.map(|(code, href)| Link { title: code.to_string(), href }).collect()
    }

    /// The Markdown of the page.
    fn twin(&self) -> Option<String> {
        machines::has_twin(self.page, self.site).then(|| self.place.to(&machines::twin_address(&self.page.address)))
    }

    fn feed(&self) -> Option<String> {
        let language = self.page.language;
        let address = || machines::of_language(self.site.plan, language, "feed.xml");
        machines::has_feed(self.site, language).then(|| self.place.to(&address()))
    }

    /// A page shown in another language points at the original.
    fn canonical(&self) -> Option<String> {
        let original = match (self.page.content, self.is_fallback()) {
            (Content::NotFound, _) => return None,
            (Content::Work(work), true) => self.site.plan.page_of(work, Language::DEFAULT)?,
            _ => self.id,
        };
        machines::absolute(self.site, &self.site.plan.page(original).address)
    }

    /// The same page in every language; where there is none, that language's home.
    fn switches(&self) -> Vec<Switch> {
        let plan = self.site.plan;
        let same = |language: Language| match self.page.content {
            Content::Work(work) => plan.by_work[language.0 as usize][work.0 as usize],
            Content::Search => Some(plan.searches[language.0 as usize]),
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

    fn link_to(&self, page: PageId) -> Link {
        let target = self.site.plan.page(page);
        let title = target.article(self.site.edition).map_or(self.site_title(), |article| &article.title);
        Link { title: title.to_string(), href: self.place.to(&target.address) }
    }

    /// The page's own text.
    fn text(&self, context: &mut Context) {
        let lang = self.is_fallback().then(|| self.article.map(|article| self.code(article.language))).flatten();
        context.insert("text_lang", &lang);
        context.insert("ui_lang", &lang.map(|_| self.code(self.page.language)));
        let (mut heading, mut body, mut scripts) = (String::new(), String::new(), Vec::new());
        match self.article {
            Some(article) => (heading, body, scripts) = self.written(article),
            None => push_escaped(&mut heading, self.title()),
        }
        context.insert_value("heading", Value::safe_string(&heading));
        context.insert_value("body", Value::safe_string(body.trim()));
        context.insert("scripts", &scripts);
        context.insert("toc", &self.article.map(contents).unwrap_or_default());
    }

    /// Heading, body, and the scripts for what stands in it.
    fn written(&self, article: &'a Article) -> (String, String, Vec<&'static str>) {
        let mut writer = Writer::new(self.place, self.words, article);
        match article.heading() {
            Some(heading) => writer.title(heading),
            None => push_escaped(&mut writer.out, &article.title),
        }
        let heading = writer.out.clone();
        writer.out.clear();
        match self.kind() {
            Some(Kind::Topic) => writer.topic(article.text()),
            Some(Kind::Procedure) => writer.procedure(article.text()),
            _ => writer.blocks(article.text()),
        }
        writer.footnotes();
        if article.meta.review_due.is_some() {
            writer.scripts.insert("stale-notice.js");
        }
        (heading, writer.out, writer.scripts.into_iter().collect())
    }

    /// What the front matter says.
    fn facts(&self, context: &mut Context) {
        let none = Meta::default();
        let meta = self.article.map_or(&none, |article| &article.meta);
        let answers = self.article.filter(|_| self.kind() == Some(Kind::Topic));
        let answers = answers.map(|article| crate::plan::questions(article.text()).count());
        context.insert("answers", &answers.map(|count| self.words.count("answers", count as u64)));
        context.insert("minutes", &meta.minutes.map(|minutes| self.words.duration(minutes)));
        context.insert("owner", &meta.owner.as_deref().map(|owner| self.words.with_name("owner", owner)));
        context.insert("version", &meta.version.as_deref().map(|version| self.words.with_name("version", version)));
        context.insert("reviewed", &meta.reviewed.as_deref());
        context.insert("reviewed_text", &meta.reviewed.as_deref().map(|date| self.words.date(date)));
        context.insert("review_due", &meta.review_due.as_deref());
        context.insert("date", &meta.date.as_deref());
        context.insert("date_text", &meta.date.as_deref().map(|date| self.words.date(date)));
        context.insert("objectives", &meta.objectives);
        context.insert("requires", &self.links(&meta.requires));
        context.insert("affects", &self.links(&meta.affects));
        context.insert("significant", &meta.significant);
        context.insert("notices", &self.notices(meta));
    }

    fn links(&self, works: &[WorkId]) -> Vec<Link> {
        let page = |work: &WorkId| self.site.plan.page_of(*work, self.page.language);
        works.iter().filter_map(page).map(|page| self.link_to(page)).collect()
    }

    /// In a fixed order, the most important first.
    fn notices(&self, meta: &Meta) -> Vec<Notice> {
        let notice = |title: &str, text: &str| Notice {
            title: self.words.get(title).to_string(),
            text: self.words.get(text).to_string(),
        };
        let draft = meta.draft.then(|| notice("draft", "draft_text"));
        let outdated = meta.outdated.then(|| notice("outdated", "outdated_text"));
        let fallback = self.is_fallback().then(|| notice("fallback", "fallback_text"));
        draft.into_iter().chain(outdated).chain(fallback).collect()
    }
}

fn is_right_to_left(code: &str) -> bool {
    ["ar", "fa", "he", "ur", "yi"].contains(&code.split('-').next().unwrap_or_default())
}

/// The path of the base address, from `/` to `/`.
pub(super) fn root_path<'a>(site: &Site<'a>) -> &'a str {
    let base = site.edition.base_url.as_deref().unwrap_or("/");
    let after = base.find("://").map_or(base, |scheme| &base[scheme + 3..]);
    after.find('/').map_or("/", |slash| &after[slash..])
}

/// Headings of level 2, with links to them.
fn contents(article: &Article) -> Vec<Link> {
    let written = crate::plan::questions(article.text()).filter(|heading| !heading.id.is_empty());
    let line = |heading: &Heading| Link {
        title: plain_text(&heading.inlines),
        href: format!("#{}", address::encode_fragment(&heading.id)),
    };
    written.map(line).collect()
}
