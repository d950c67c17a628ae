//! People: commands, reports, exit codes.

mod args;
mod book;
mod report;
mod write;

use clap::Parser;
use std::io::{self, Write};
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

fn run(arguments: args::Arguments) -> End {
    match arguments.command {
        args::Command::Build(options) => book::build(&options),
        args::Command::Check(options) => book::check(&options),
        args::Command::Init { folder } => write::init(&folder),
        args::Command::New(options) => write::new(&options),
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

/// Today as ISO 8601, in UTC: what the author says, else `SOURCE_DATE_EPOCH`, else the system's clock.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn today(given: Option<&str>) -> String {
    if let Some(date) = given {
        return date.to_owned();
    }
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    let seconds = epoch.unwrap_or_else(|| {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
    });
    iso_date((seconds / 86_400).min(4_000_000) as i64)
}

/// The date `days` after 1970-01-01 (H. Hinnant, *chrono-compatible low-level date algorithms*).
fn iso_date(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates() {
        assert_eq!(super::iso_date(0), "1970-01-01");
        assert_eq!(super::iso_date(20_781), "2026-11-24");
        assert_eq!(super::iso_date(11_016), "2000-02-29");
    }
}
