//! The pages of a site, each with its address and its place among the others. What each of them costs does not grow
//! with the book: whatever speaks of many pages is made once and shared.

mod front;
mod navigation;

use crate::article::{Article, Kind, Language, WorkId};
use crate::config::Config;
use crate::library::{Edition, Work};

pub use front::{Front, Question, Style, questions};
pub use navigation::{Line, Navigation, Spot};

/// A page, by its place in the plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PageId(pub u32);

/// The outputs of one edition, before any byte of them.
#[derive(Clone, Debug)]
pub struct Plan {
    pub pages: Vec<Page>,
    /// By language, then by work: its page in that language.
    pub by_work: Vec<Vec<Option<PageId>>>,
    /// By language.
    pub homes: Vec<PageId>,
    /// By language: what its first page shows of the whole site.
    pub fronts: Vec<Front>,
    /// By language: the page that search leads to.
    pub searches: Vec<PageId>,
    pub navigations: Vec<Navigation>,
    pub redirects: Vec<Redirect>,
}

/// One planned page.
#[derive(Clone, Debug)]
pub struct Page {
    pub address: String,
    /// The language of everything around the text.
    pub language: Language,
    pub content: Content,
    /// In the order of the table of contents.
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
    pub spot: Option<Spot>,
    /// What stands directly below this page in the table of contents.
    pub children: Vec<Child>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    Work(WorkId),
    /// The first page of a book that has no index page of its own.
    Home,
    /// Where questions are searched for; it lists all of them.
    Search,
    NotFound,
}

/// A line of a list of pages.
#[derive(Clone, PartialEq, Debug)]
pub enum Child {
    Part(Box<str>),
    Page {
        title: Box<str>,
        page: PageId,
        below: usize,
    },
    /// A chapter without a page leads to the first page below it.
    Title {
        title: Box<str>,
        below: usize,
        first: PageId,
    },
}

impl Child {
    /// The page, where there is one.
    pub fn page(&self) -> Option<PageId> {
        match self {
            Child::Page { page, .. } => Some(*page),
            Child::Part(_) | Child::Title { .. } => None,
        }
    }
}

/// An old address and the page that it leads to.
#[derive(Clone, Debug)]
pub struct Redirect {
    pub address: String,
    pub to: PageId,
}

impl Plan {
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// The page that a reader of `language` gets of a work; one in another language where there is none in theirs.
    pub fn page_of(&self, work: WorkId, language: Language) -> Option<PageId> {
        let of = |pages: &Vec<Option<PageId>>| pages.get(work.0 as usize).copied().flatten();
        self.by_work.get(language.0 as usize).and_then(of).or_else(|| self.by_work.iter().find_map(of))
    }
}

impl Page {
    /// The work that the page shows.
    pub fn work<'a>(&self, edition: &'a Edition) -> Option<&'a Work> {
        match self.content {
            Content::Work(id) => edition.works.get(id.0 as usize),
            Content::Home | Content::Search | Content::NotFound => None,
        }
    }

    /// The article that the page shows, in its own language or the default one.
    pub fn article<'a>(&self, edition: &'a Edition) -> Option<&'a Article> {
        self.work(edition)?.article(self.language)
    }
}

/// The template of a kind, without `.html`.
pub fn template_of(kind: Kind) -> &'static str {
    kind.name()
}

/// The pages of an edition in all its languages.
pub fn plan(edition: &Edition, config: &Config) -> Plan {
    let mut plan = Plan {
        pages: Vec::new(),
        by_work: vec![vec![None; edition.works.len()]; config.languages.len()],
        homes: Vec::new(),
        fronts: Vec::new(),
        searches: Vec::new(),
        navigations: Vec::new(),
        redirects: Vec::new(),
    };
    for language in config.all_languages() {
        add_works(&mut plan, edition, config, language);
        let home = home(&mut plan, edition, config, language);
        plan.homes.push(home);
        let search = in_language(config, language, "search/index.html");
        let search = add_page(&mut plan, search, language, Content::Search);
        plan.searches.push(search);
    }
    for language in config.all_languages() {
        navigation::place(&mut plan, edition, language);
        let front = front::front(&plan, edition, language);
        plan.fronts.push(front);
    }
    add_page(&mut plan, "404.html".to_string(), Language::DEFAULT, Content::NotFound);
    plan.redirects = redirects(&plan, edition, config);
    plan
}

/// `address` below the folder of `language`; the default language has none.
fn in_language(config: &Config, language: Language, address: &str) -> String {
    match language {
        Language::DEFAULT => address.to_string(),
        Language(index) => format!("{}/{address}", config.languages[index as usize].code),
    }
}

fn add_page(plan: &mut Plan, address: String, language: Language, content: Content) -> PageId {
    let id = PageId(plan.pages.len() as u32);
    let children = Vec::new();
    plan.pages.push(Page { address, language, content, previous: None, next: None, spot: None, children });
    id
}

fn add_works(plan: &mut Plan, edition: &Edition, config: &Config, language: Language) {
    for (index, work) in edition.works.iter().enumerate() {
        if work.article(language).is_some() {
            let address = in_language(config, language, &work.address);
            let id = add_page(plan, address, language, Content::Work(WorkId(index as u32)));
            plan.by_work[language.0 as usize][index] = Some(id);
        }
    }
}

/// The book's own first page, else one made for it.
fn home(plan: &mut Plan, edition: &Edition, config: &Config, language: Language) -> PageId {
    let own = edition.works.iter().position(|work| work.address == "index.html");
    let planned = own.and_then(|index| plan.by_work[language.0 as usize][index]);
    planned.unwrap_or_else(|| add_page(plan, in_language(config, language, "index.html"), language, Content::Home))
}

fn redirects(plan: &Plan, edition: &Edition, config: &Config) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (index, work) in edition.works.iter().enumerate() {
        for (language, alias) in &work.aliases {
            let page = plan.by_work.get(language.0 as usize).and_then(|pages| pages[index]);
            let folder = in_language(config, *language, "");
            let address = if alias.starts_with(&folder) { alias.clone() } else { format!("{folder}{alias}") };
            redirects.extend(page.map(|to| Redirect { address, to }));
        }
    }
    redirects
}
