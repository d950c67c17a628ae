//! What the first page of a language shows of the whole site, gathered once.

use super::{PageId, Plan};
use crate::article::{Block, BlockKind, Heading, Kind, Language, plain_text};
use crate::library::Edition;
use std::cmp::Reverse;

/// How many questions the first page lists.
const QUESTIONS: usize = 8;
/// How many updates it lists.
const UPDATES: usize = 3;
/// How many words it proposes to search for.
const CHIPS: usize = 4;

/// The parts of a first page, each in reading order.
#[derive(Clone, Debug, Default)]
pub struct Front {
    pub style: Style,
    pub topics: Vec<PageId>,
    /// Questions of customers: the popular ones, or those of a single topic.
    pub questions: Vec<Question>,
    /// What customers search for most, in a word or two, with the question that answers it.
    pub chips: Vec<Question>,
    /// How many questions all topics answer.
    pub answers: usize,
    pub tracks: Vec<PageId>,
    /// The newest first.
    pub updates: Vec<PageId>,
    /// The pages that list everything of a kind.
    pub lists: Vec<(Kind, PageId)>,
}

/// What a site is for, by what it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Style {
    /// Training, for those who look into tracks first.
    Academy,
    /// Questions and answers.
    Help,
    #[default]
    Plain,
}

/// A question that a topic answers.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    pub page: PageId,
    pub id: Box<str>,
    pub title: Box<str>,
}

/// The headings of level 2 of a topic: its questions.
pub fn questions(blocks: &[Block]) -> impl Iterator<Item = &Heading> {
    blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) if heading.level == 2 => Some(&**heading),
        _ => None,
    })
}

/// Gathers the parts of the first page of a language.
pub(super) fn front(plan: &Plan, edition: &Edition, language: Language) -> Front {
    let pages = |kind: Kind| -> Vec<PageId> {
        let by_work = &plan.by_work[language.0 as usize];
        edition.works.iter().zip(by_work).filter(|(work, _)| work.kind == kind).filter_map(|(_, page)| *page).collect()
    };
    let tracks = pages(Kind::Track);
    let topics = pages(Kind::Topic);
    let style = match (tracks.is_empty(), topics.is_empty()) {
        (false, _) => Style::Academy,
        (true, false) => Style::Help,
        (true, true) => Style::Plain,
    };
    let mut updates = pages(Kind::Update);
    updates
        .sort_by_key(|page| Reverse(plan.page(*page).article(edition).and_then(|article| article.meta.date.clone())));
    updates.truncate(UPDATES);
    let lists = [Kind::Faq, Kind::Updates, Kind::Procedures, Kind::Scenarios];
    let lists = lists.into_iter().flat_map(|kind| pages(kind).into_iter().map(move |page| (kind, page))).collect();
    let mut front = Front { style, tracks, updates, lists, ..Front::default() };
    gather_questions(&mut front, plan, edition, &topics);
    front.topics = topics;
    front
}

fn gather_questions(front: &mut Front, plan: &Plan, edition: &Edition, topics: &[PageId]) {
    for &page in topics {
        let Some(article) = plan.page(page).article(edition) else { continue };
        let question = |heading: &Heading, title: Box<str>| Question { page, id: heading.id.clone(), title };
        for heading in questions(article.text()) {
            front.answers += 1;
            if front.questions.len() < QUESTIONS && (heading.popular || topics.len() == 1) {
                front.questions.push(question(heading, plain_text(&heading.inlines).into()));
            }
            if let Some(word) = heading.keywords.first().filter(|_| heading.popular && front.chips.len() < CHIPS) {
                front.chips.push(question(heading, word.clone()));
            }
        }
    }
}
