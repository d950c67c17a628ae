//! `search`: a book asked as its readers ask it.

use super::args::{Format, Search};
use super::{End, book, check_edition, language, print, report, tell};
use crate::article::Language;
use crate::pipeline::{self, Request};
use crate::search::index::Index;
use crate::search::{Answer, Hit, Indexes, answer, rank};
use crate::source::{self, Book};
use rayon::prelude::*;
use std::fmt::Write;

pub(super) fn search(options: &Search) -> End {
    let opened = match source::open(&options.book) {
        Ok(book) => book,
        Err(error) => return End::Failed(error.to_string()),
    };
    let asked = options.language.as_ref().map_or(Ok(Language::DEFAULT), |code| language(&opened.config, code));
    let (request, language) = match (request(options, &opened), asked) {
        (Ok(request), Ok(language)) => (request, language),
        (Err(message), _) | (_, Err(message)) => return End::Failed(message),
    };
    pipeline::search(&opened, &request, &book::memory(), |findings, indexes| {
        if pipeline::misconfigured(findings) {
            let shown = report::report(findings, Format::Human, &options.book, &|file| opened.text(file));
            tell(&shown);
            return End::Failed("the configuration has errors".to_owned());
        }
        match indexes.first() {
            Some(indexes) => ask(options, indexes, language),
            None => End::Failed("the book has no edition to search".to_owned()),
        }
    })
}

/// The one edition that is asked.
fn request(options: &Search, book: &Book) -> Result<Request, String> {
    let name = options.edition.as_ref().unwrap_or(&book.config.editions[0].name);
    check_edition(&book.config, name)?;
    Ok(Request { editions: vec![name.clone()], ..Request::default() })
}

fn ask(options: &Search, indexes: &Indexes, language: Language) -> End {
    let index = indexes.of(language);
    if let Some(path) = &options.batch {
        return match source::named_file(path) {
            Ok(text) => print(&batch(index, &text, options.number), End::Fine),
            Err(error) => End::Failed(format!("cannot read `{}`: {error}", path.display())),
        };
    }
    let query = options.query.join(" ");
    let answer = answer(index, &query, options.number, None);
    if options.json {
        let json = serde_json::to_string(&answer).expect("texts and numbers are JSON");
        return print(&format!("{json}\n"), End::Fine);
    }
    if let Some(corrected) = &answer.corrected {
        tell(&format!("searched for `{corrected}`\n"));
    }
    if answer.hits.is_empty() {
        tell(&nothing(&query, indexes, index));
    }
    print(&listed(index, &query, &answer, options.explain), End::Fine)
}

/// A line for each answer to each query.
fn batch(index: &Index, text: &str, number: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let lines = lines.par_iter().filter_map(|line| {
        let (id, query) = line.split_once('\t')?;
        Some(ranked(index, id, query, number))
    });
    lines.collect()
}

fn ranked(index: &Index, id: &str, query: &str, number: usize) -> String {
    let mut lines = String::new();
    for (hit, rank) in rank::search(index, query, number, None).hits.iter().zip(1..) {
        let _ = writeln!(lines, "{id}\t{rank}\t{}\t{}", hit.score, index.units[hit.unit as usize].url);
    }
    lines
}

/// What to do about a question that nothing answers.
fn nothing(query: &str, indexes: &Indexes, index: &Index) -> String {
    let (edition, language) = (&indexes.edition.name, &index.language);
    format!(
        "nothing in `{edition}`, in `{language}`, answers `{query}`\n\
         help: ask another edition with `-e` or another language with `-l`; if an entry answers this, write the words \
         below it in `:::asked`, or as `keywords`\n"
    )
}

fn listed(index: &Index, query: &str, answer: &Answer, explains: bool) -> String {
    let mut out = String::new();
    for (hit, rank) in answer.hits.iter().zip(1..) {
        let _ = writeln!(out, "{rank}. {} ({}, {})", printable(&hit.title), hit.kind, hit.score);
        let _ = writeln!(out, "   {}", printable(&hit.url));
        if !hit.snippet.is_empty() {
            let _ = writeln!(out, "   {}", printable(&hit.snippet));
        }
        if explains {
            explain(index, query, hit, &mut out);
        }
    }
    out
}

/// The words that an answer was found by.
fn explain(index: &Index, query: &str, hit: &Hit, out: &mut String) {
    for reason in rank::explain(index, query, hit.unit) {
        let _ = writeln!(
            out,
            "   - `{}` as `{}`, {} percent sure: {:.2} points",
            printable(&reason.word),
            printable(&reason.stem),
            reason.percent,
            reason.points
        );
    }
}

/// Text that cannot move a terminal's cursor.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
