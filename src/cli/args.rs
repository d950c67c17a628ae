//! The command line, as typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// One folder of Markdown, two sites: an academy for support staff and a help centre for customers.
#[derive(Parser, Debug)]
#[command(
    version,
    after_help = "Start with:\n  deskbook init my-book\n  deskbook build my-book\nthen open my-book/book/ in a browser."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Build the sites: each edition is published whole or not at all
    #[command(
        after_help = "Exit codes: 0 fine; 1 the content has errors, nothing was published; 2 wrong usage or environment."
    )]
    Build(Build),
    /// Check everything, write nothing
    #[command(after_help = "Example for continuous integration:\n  deskbook check --strict --format github")]
    Check(Check),
    /// Write a small working book to start from
    Init {
        /// The folder to write it to: missing or empty
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Write a new page of a kind, with what it needs
    #[command(
        after_help = "Examples:\n  deskbook new module platform/05-limits --title \"Limits\"\n  deskbook new topic faq/accounts --language ru"
    )]
    New(New),
    /// Print completions for a shell
    Completions { shell: clap_complete::Shell },
}

#[derive(Args, Debug)]
pub(crate) struct Build {
    /// The book's folder
    #[arg(default_value = ".")]
    pub book: PathBuf,
    /// The folder to build into, instead of `build-dir` of `book.toml`
    #[arg(short, long, value_name = "DIR")]
    pub dest: Option<PathBuf>,
    /// Only this edition; may be given several times
    #[arg(short, long = "edition", value_name = "EDITION")]
    pub editions: Vec<String>,
    /// Publish pages with `draft: true` too
    #[arg(long)]
    pub drafts: bool,
    /// Take warnings for errors
    #[arg(long)]
    pub strict: bool,
    /// Publish in spite of findings; never a file that could show hidden text or unsafe HTML
    #[arg(long, conflicts_with = "strict")]
    pub lenient: bool,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The book's folder
    #[arg(default_value = ".")]
    pub book: PathBuf,
    /// Take warnings for errors
    #[arg(long)]
    pub strict: bool,
    /// The day that reviews are counted from, instead of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<String>,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct New {
    /// page, track, module, updates, update, procedures, procedure, scenarios, scenario, faq or topic
    #[arg(value_enum)]
    pub kind: Kind,
    /// The file below the book's text, with or without `.md`
    pub path: String,
    /// The page's title; its file name by default
    #[arg(long)]
    pub title: Option<String>,
    /// Write the translation into this language
    #[arg(long)]
    pub language: Option<String>,
    /// The book's folder
    #[arg(long, default_value = ".")]
    pub book: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    /// With the source line and a caret
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Kind {
    Page,
    Track,
    Module,
    Updates,
    Update,
    Procedures,
    Procedure,
    Scenarios,
    Scenario,
    Faq,
    Topic,
}

fn date(text: &str) -> Result<String, String> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let shaped =
        text.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10) && &text[4..5] == "-" && &text[7..8] == "-";
    if shaped { Ok(text.to_owned()) } else { Err("write a date as 2026-11-24".to_owned()) }
}
