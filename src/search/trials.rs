//! Searches as tests: whether a book finds what `searches.yaml` says it must.

use super::index::Index;
use super::rank::{self, CANDIDATES, Hit};
use super::{Indexes, Unit};
use crate::address::{encode_readably, join};
use crate::config::{Placed, SearchTest};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::library::{Library, Work};
use rayon::prelude::*;

/// How many of those that came instead are named, and how many of the words they came by.
const NAMED: usize = 3;
const WORDS: usize = 4;

/// What does not hold in the editions at hand. `all` says that these are all that the book has: only then is it a mistake to
/// name what none of them shows.
pub fn findings(tests: &[SearchTest], library: &Library, indexes: &[Indexes], all: bool) -> Vec<Diagnostic> {
    tests.par_iter().flat_map_iter(|test| try_one(test, library, indexes, all)).collect()
}

/// A page or an entry, as a test names it.
struct Goal<'a> {
    named: &'a Placed,
    /// The page's address in the default language.
    address: &'a str,
    fragment: Option<String>,
}

/// The addresses of a goal in one index.
struct Place {
    page: String,
    /// Of the entry; `None` where any part of the page will do.
    entry: Option<String>,
}

impl Place {
    fn holds(&self, unit: &Unit) -> bool {
        unit.page_url == self.page && self.entry.as_ref().is_none_or(|entry| unit.url == *entry)
    }
}

fn try_one(test: &SearchTest, library: &Library, indexes: &[Indexes], all: bool) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let finds = test.finds.as_ref().map(|named| goal(test, named, library)).transpose();
    let not = test.not.as_ref().map(|named| goal(test, named, library)).transpose();
    let (finds, not) = match (finds, not) {
        (Ok(finds), Ok(not)) => (finds, not),
        (finds, not) => return [finds.err(), not.err()].into_iter().flatten().map(|finding| *finding).collect(),
    };
    let asked: Vec<&Indexes> = indexes.iter().filter(|indexes| is_meant(test, indexes)).collect();
    if let Some(goal) = &finds {
        let tried: Vec<bool> = asked.iter().map(|indexes| must_find(test, goal, indexes, &mut findings)).collect();
        findings.extend(absent(test, goal, &asked).filter(|_| all && !tried.contains(&true)));
    }
    if let Some(goal) = &not {
        let tried: Vec<bool> = asked.iter().map(|indexes| must_not_find(test, goal, indexes, &mut findings)).collect();
        findings.extend(absent(test, goal, &asked).filter(|_| all && !tried.contains(&true)));
    }
    findings
}

fn goal<'a>(test: &SearchTest, named: &'a Placed, library: &'a Library) -> Result<Goal<'a>, Box<Diagnostic>> {
    let (path, fragment) =
        named.text.split_once('#').map_or((named.text.as_str(), None), |(path, id)| (path, Some(id)));
    let address = join("", path).and_then(|path| library.address_of(&path));
    match address {
        Some(address) => Ok(Goal { named, address, fragment: fragment.map(str::to_owned) }),
        None => {
            let hint = match library.near(path) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a page from the folder of the text: `finds: \"faq/payments.md#withdraw\"`".to_owned(),
            };
            let message = format!("there is no page `{path}`");
            Err(Diagnostic::at(&test.file, named.at, Code::BrokenLink, message).hint(hint).into())
        }
    }
}

/// Whether a test is for this edition.
fn is_meant(test: &SearchTest, indexes: &Indexes) -> bool {
    let edition = indexes.config.editions.iter().find(|edition| edition.name == indexes.edition.name);
    test.edition.as_ref().is_none_or(|name| *name == indexes.edition.name)
        && test.audience.is_none_or(|audience| edition.is_some_and(|edition| edition.audience == audience))
}

/// Where the goal is in an edition; `None` if its page is not shown there.
fn place(test: &SearchTest, goal: &Goal, indexes: &Indexes) -> Option<Place> {
    let shows = |work: &&Work| work.address == goal.address;
    let work = indexes.edition.works.iter().find(shows)?;
    let page = indexes.plan.by_work[test.language.0 as usize][work.id.0 as usize]?;
    let page = encode_readably(&indexes.plan.page(page).address);
    let entry = goal.fragment.as_ref().map(|id| format!("{page}#{}", encode_readably(id)));
    Some(Place { page, entry })
}

/// The place of the goal, if the edition has something there.
fn shown(test: &SearchTest, goal: &Goal, indexes: &Indexes) -> Option<Place> {
    let place = place(test, goal, indexes)?;
    indexes.of(test.language).units.iter().any(|unit| place.holds(unit)).then_some(place)
}

/// Whether the edition shows the goal; a finding if it does and the search does not find it.
fn must_find(test: &SearchTest, goal: &Goal, indexes: &Indexes, findings: &mut Vec<Diagnostic>) -> bool {
    let Some(place) = shown(test, goal, indexes) else { return false };
    let index = indexes.of(test.language);
    let hits = rank::search(index, &test.query.text, CANDIDATES, None).hits;
    let rank = rank_of(&place, &hits, index);
    if rank.is_some_and(|rank| rank <= test.within) {
        return true;
    }
    let comes = rank.map_or("it is not found at all".to_owned(), |rank| format!("it comes as number {rank}"));
    let message = format!(
        "`{}` does not find `{}` among the first {} in `{}`: {comes}",
        test.query.text, goal.named.text, test.within, indexes.edition.name
    );
    let mut finding = Diagnostic::at(&test.file, goal.named.at, Code::SearchTestFailed, message);
    for (hit, rank) in hits.iter().zip(1..).take(NAMED) {
        finding = finding.hint(format!("number {rank} is {}", named(index, &test.query.text, *hit)));
    }
    findings.push(finding.hint(
        "write words that lead there into the question, its `keywords` or `:::asked`, or words that mean the same into \
         the file of synonyms",
    ));
    true
}

fn must_not_find(test: &SearchTest, goal: &Goal, indexes: &Indexes, findings: &mut Vec<Diagnostic>) -> bool {
    let Some(place) = shown(test, goal, indexes) else { return false };
    let index = indexes.of(test.language);
    let hits = rank::search(index, &test.query.text, test.within, None).hits;
    if let Some(rank) = rank_of(&place, &hits, index) {
        let message = format!(
            "`{}` must not find `{}` among the first {} in `{}`, and it comes as number {rank}",
            test.query.text, goal.named.text, test.within, indexes.edition.name
        );
        let came = format!("number {rank} is {}", named(index, &test.query.text, hits[rank - 1]));
        findings.push(Diagnostic::at(&test.file, goal.named.at, Code::SearchTestFailed, message).hint(came));
    }
    true
}

/// From 1.
fn rank_of(place: &Place, hits: &[Hit], index: &Index) -> Option<usize> {
    hits.iter().position(|hit| place.holds(&index.units[hit.unit as usize])).map(|at| at + 1)
}

/// What came, and by which words.
fn named(index: &Index, query: &str, hit: Hit) -> String {
    let unit = &index.units[hit.unit as usize];
    let reasons = rank::explain(index, query, hit.unit);
    let words: Vec<String> = reasons
        .iter()
        .take(WORDS)
        .map(|reason| match reason.percent {
            100 => format!("`{}`", reason.word),
            percent => format!("`{}` as `{}` ({percent} %)", reason.word, reason.stem),
        })
        .collect();
    format!("`{}` (`{}`), by {}", unit.title, unit.url, words.join(", "))
}

/// The finding on a goal that no edition asked shows.
fn absent<'a>(test: &'a SearchTest, goal: &'a Goal, asked: &'a [&Indexes]) -> impl Iterator<Item = Diagnostic> + 'a {
    std::iter::once_with(move || {
        let pages = asked.iter().filter_map(|indexes| Some((indexes, place(test, goal, indexes)?.page)));
        let shown: Vec<(&&Indexes, String)> = pages.collect();
        let (path, id) = goal.named.text.split_once('#').unwrap_or((&goal.named.text, ""));
        if shown.is_empty() {
            let message = format!("no edition that this search is tried in shows `{path}`");
            let hint = "name a page that its readers may see, or their `edition`";
            return Diagnostic::at(&test.file, goal.named.at, Code::HiddenTarget, message).hint(hint);
        }
        let ids = shown.iter().flat_map(|(indexes, page)| {
            let units = indexes.of(test.language).units.iter().filter(move |unit| unit.page_url == *page);
            units.filter_map(|unit| Some(unit.url.split_once('#')?.1))
        });
        let hint = match nearest(id, ids) {
            Some(near) => format!("did you mean `{path}#{near}`?"),
            None => format!("write `{{#{id}}}` after the heading that is meant: what is found begins at a heading"),
        };
        let message = format!("a search finds no `#{id}` on `{path}`");
        Diagnostic::at(&test.file, goal.named.at, Code::BrokenAnchor, message).hint(hint)
    })
}
