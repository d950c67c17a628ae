//! People: commands, reports, exit codes.

mod args;
mod book;
mod init;
mod new;
mod report;
mod search;

use crate::article::Language;
use crate::config::Config;
use crate::date;
use crate::diagnostic::did_you_mean;
use clap::Parser;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

/// What a command comes to.
pub(crate) enum End {
    Fine,
    /// The content has errors, or warnings where they count.
    Findings,
    /// Wrong usage, configuration or environment; the message says what to do.
    Failed(String),
}

/// Runs the command of this process's arguments. Exit codes: 0 fine, 1 findings, 2 wrong usage or environment.
pub fn main() -> ExitCode {
    match run(args::Arguments::parse()) {
        End::Fine => ExitCode::SUCCESS,
        End::Findings => ExitCode::from(1),
        End::Failed(message) => {
            tell(&format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

/// The command line as the program understands it.
pub fn command() -> clap::Command {
    <args::Arguments as clap::CommandFactory>::command()
}

fn run(arguments: args::Arguments) -> End {
    match arguments.command {
        args::Command::Build(options) => book::build(&options),
        args::Command::Check(options) => book::check(&options),
        args::Command::Init { folder } => init::init(&folder),
        args::Command::New(options) => new::new(&options),
        args::Command::Search(options) => search::search(&options),
        args::Command::Completions { shell } => {
            let mut command = <args::Arguments as clap::CommandFactory>::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "deskbook", &mut script);
            print(&String::from_utf8_lossy(&script), End::Fine)
        }
    }
}

/// Prints what the command is asked for, then comes to `end`. A reader that has seen enough (`| head`) is no failure.
fn print(text: &str, end: End) -> End {
    let mut out = anstream::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            End::Failed(format!("cannot write the output: {error}"))
        }
        _ => end,
    }
}

/// Says something on the side. Where nobody can hear it, nothing is lost.
fn tell(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Whether the book has an edition; what to say if not.
fn check_edition(config: &Config, name: &str) -> Result<(), String> {
    let known = || config.editions.iter().map(|edition| edition.name.as_str());
    let lacking = || format!("the book has no edition `{name}`; {}", did_you_mean(name, known()));
    known().any(|edition| edition == name).then_some(()).ok_or_else(lacking)
}

/// The book's language of that code; what to say if it has none.
fn language(config: &Config, code: &str) -> Result<Language, String> {
    let known = config.languages.iter().map(|language| language.code.as_str());
    config.language(code).ok_or_else(|| format!("the book has no language `{code}`; {}", did_you_mean(code, known)))
}

/// A path below the book's folder, as it is typed from here.
fn inside(book: &Path, path: &Path) -> PathBuf {
    book.join(path).components().filter(|part| !matches!(part, Component::CurDir)).collect()
}

/// Today as ISO 8601, in UTC: what the author says, else `SOURCE_DATE_EPOCH`, else the system's clock.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn today(given: Option<&str>) -> Result<String, String> {
    if let Some(date) = given {
        return Ok(date.to_owned());
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => epoch(&text)?,
        Err(_) => std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs()),
    };
    Ok(date::iso((seconds / 86_400) as i64))
}

/// The seconds since 1970-01-01 that `SOURCE_DATE_EPOCH` holds, of a year of four digits.
fn epoch(text: &str) -> Result<u64, String> {
    let seconds = text.parse::<u64>().ok().filter(|seconds| *seconds < 253_402_300_800);
    seconds
        .ok_or_else(|| format!("`SOURCE_DATE_EPOCH` is `{text}`, no number of seconds since 1970; unset it or mend it"))
}
