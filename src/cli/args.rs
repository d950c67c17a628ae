//! The command line, as typed.

use crate::article::Kind;
use clap::builder::PossibleValue;
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
        after_help = "Exit codes: 0 fine; 1 the content has errors, and without `--lenient` nothing was published;\n\
                      2 wrong usage, configuration or environment."
    )]
    Build(Build),
    /// Check everything, write nothing
    #[command(
        after_help = "Exit codes: 0 fine; 1 the content has errors, or warnings under `--strict` other than `stale-page`;\n\
                      2 wrong usage, configuration or environment.\n\n\
                      Example for continuous integration:\n  deskbook check --strict --format github"
    )]
    Check(Check),
    /// Write a small working book to start from
    #[command(after_help = "Example:\n  deskbook init my-desk\n  deskbook build my-desk")]
    Init {
        /// The folder to write it to; what lies there already is left alone
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Write a new page of a kind, with what it needs
    #[command(
        after_help = "Every page begins as a draft: `deskbook build --drafts` shows it; remove `draft: true` once it is ready.\n\n\
                      Examples:\n  deskbook new track onboarding\n  deskbook new module onboarding/01-tools --title \"Your tools\"\n  \
                      deskbook new module onboarding/01-tools --language ru"
    )]
    New(New),
    /// Ask the book a question, as its readers do
    #[command(
        after_help = "The same words find the same answers in the same order on the site. Without `-e` the first edition is asked, \
                      without `-l` in the book's own language.\n\n\
                      Examples:\n  deskbook search how do i get my money\n  deskbook search как вывести деньги -l ru --explain\n  \
                      deskbook search --batch questions.tsv > answers.tsv"
    )]
    Search(Search),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  deskbook completions bash > ~/.local/share/bash-completion/completions/deskbook"
    )]
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
    /// What the page is
    #[arg(value_enum)]
    pub kind: Kind,
    /// The file below the book's text, with or without `.md`; for the first page of a folder, the folder
    pub path: String,
    /// The page's title; made from the file's name by default
    #[arg(long)]
    pub title: Option<String>,
    /// The language to translate a page into that is there already
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The book's folder
    #[arg(long, default_value = ".")]
    pub book: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Search {
    /// What is looked for
    #[arg(required_unless_present = "batch")]
    pub query: Vec<String>,
    /// The book's folder
    #[arg(long, default_value = ".")]
    pub book: PathBuf,
    /// The edition to search; the first one by default
    #[arg(short, long)]
    pub edition: Option<String>,
    /// The language to search in; the book's own by default
    #[arg(short, long)]
    pub language: Option<String>,
    /// How many answers to show at most
    #[arg(short, long, default_value_t = 10, value_name = "N")]
    pub number: usize,
    /// Print one JSON object, as the site's own search gives it
    #[arg(long, conflicts_with = "batch")]
    pub json: bool,
    /// Show which words each answer was found by, and what they count
    #[arg(long, conflicts_with_all = ["batch", "json"])]
    pub explain: bool,
    /// Ask every line `id<TAB>query` of a file, and print lines `id<TAB>rank<TAB>score<TAB>url`
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub batch: Option<PathBuf>,
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

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        Kind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Kind::Page => "A plain page",
            Kind::Track => "The first page of a folder of modules",
            Kind::Module => "A lesson with a quiz, in the folder of a track",
            Kind::Updates => "The first page of a folder of updates",
            Kind::Update => "What changed on a day, in a folder of updates",
            Kind::Procedures => "The first page of a folder of procedures",
            Kind::Procedure => "Stages with checklists and replies, in a folder of procedures",
            Kind::Scenarios => "The first page of a folder of scenarios",
            Kind::Scenario => "A conversation to practise, in a folder of scenarios",
            Kind::Faq => "The first page of a folder of topics",
            Kind::Topic => "Questions with their answers, in a folder of kind `faq`",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

fn date(text: &str) -> Result<String, String> {
    let known = crate::date::days(text).map(|_| text.to_owned());
    known.ok_or_else(|| "write a date as 2026-11-24".to_owned())
}
