//! `build` and `check`.

use super::args::{Build, Check};
use super::{End, check_edition, inside, print, report, tell, today};
use crate::address::is_index;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, Memory, Request};
use crate::publish::{self, BuildFolder};
use crate::render::{Failure, Site};
use crate::source::{self, Book};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::Path;

/// A memory for a process that ends with its command: the system takes it back faster than it could be freed.
pub(super) fn memory() -> ManuallyDrop<Memory> {
    ManuallyDrop::new(Memory::default())
}

pub(super) fn check(options: &Check) -> End {
    let (book, today) = match (source::open(&options.book), today(options.today.as_deref())) {
        (Ok(book), Ok(today)) => (book, today),
        (Err(error), _) => return End::Failed(error.to_string()),
        (_, Err(message)) => return End::Failed(message),
    };
    let request = Request { today: Some(today), ..Request::default() };
    let findings = pipeline::check(&book, &request, &memory());
    let shown = report::report(&findings, options.format, &options.book, &|file| book.text(file));
    match print(&shown, End::Fine) {
        End::Fine => {
            let files = counted(book.sources.markdown.len(), "file");
            tell(&format!("{files} checked: {}\n", summary(&findings, options.strict)));
            end(&findings, options.strict)
        }
        failed => failed,
    }
}

pub(super) fn build(options: &Build) -> End {
    let book = match source::open(&options.book) {
        Ok(book) => book,
        Err(error) => return End::Failed(error.to_string()),
    };
    if let Err(message) = options.editions.iter().try_for_each(|name| check_edition(&book.config, name)) {
        return End::Failed(message);
    }
    let target = options.dest.clone().unwrap_or_else(|| inside(&options.book, &book.config.build_dir));
    if !source::is_apart(&options.book, &book.config, &target) {
        return End::Failed(format!(
            "cannot build into `{}`: it is not apart from the text or the theme of the book; name another folder with `-d`",
            target.display()
        ));
    }
    let request = Request { editions: options.editions.clone(), drafts: options.drafts, today: None };
    pipeline::run(&book, &request, &memory(), |findings, sites| publish_all(&book, options, &target, findings, sites))
}

fn publish_all(book: &Book, options: &Build, target: &Path, findings: Vec<Diagnostic>, sites: &[Site]) -> End {
    show(&findings, options, book);
    let fails = pipeline::fails(&findings, options.strict) && !options.lenient;
    if fails || pipeline::misconfigured(&findings) {
        let way_on = match pipeline::fails(&findings, false) && !pipeline::misconfigured(&findings) {
            true => "\nmend them, or publish without what they concern: `deskbook build --lenient`",
            false => "",
        };
        tell(&format!("{}; nothing was published{way_on}\n", summary(&findings, options.strict)));
        return end(&findings, options.strict);
    }
    if !book.configured {
        tell("there is no `book.toml`: every page is built for everybody\n");
    }
    match publish_each(book, options, target, sites) {
        Ok(()) => {
            for line in withheld(&findings) {
                tell(&format!("withheld from every edition: {line}\n"));
            }
            if findings.iter().any(|finding| finding.severity != Severity::Notice) {
                tell(&format!("{}\n", summary(&findings, options.strict)));
            }
            end(&findings, options.strict)
        }
        Err(failed) => failed,
    }
}

fn publish_each(book: &Book, options: &Build, target: &Path, sites: &[Site]) -> Result<(), End> {
    let disk = |error: publish::Error| End::Failed(error.to_string());
    let folder = publish::open(target).map_err(disk)?;
    for site in sites {
        let line = publish_one(&folder, site, book)
            .map_err(|failure| unpublished(book, options, &site.edition.name, failure))?;
        tell(&format!("{line}\n"));
    }
    let current: Vec<&str> = book.config.editions.iter().map(|edition| edition.name.as_str()).collect();
    for name in folder.left_over(&current).map_err(disk)? {
        let old = folder.path.join(&name);
        tell(&format!(
            "`{name}` is no edition of this book, but its site still lies in {}; delete that folder if nothing needs it\n",
            old.display()
        ));
    }
    Ok(())
}

/// Why an edition stays as it was.
fn unpublished(book: &Book, options: &Build, name: &str, failure: publish::Failure<Failure>) -> End {
    match failure {
        publish::Failure::Disk(error) => End::Failed(format!("{error}; `{name}` is as it was")),
        publish::Failure::Output(Failure::Io(path, error)) => {
            End::Failed(format!("cannot read what `{}` is made of: {error}; `{name}` is as it was", path.display()))
        }
        publish::Failure::Output(Failure::Finding(finding)) => {
            show(std::slice::from_ref(&*finding), options, book);
            tell(&format!("`{name}` is as it was, and what follows it was not built\n"));
            End::Findings
        }
    }
}

fn publish_one(folder: &BuildFolder, site: &Site, book: &Book) -> Result<String, publish::Failure<Failure>> {
    let name = &site.edition.name;
    let addresses: Vec<&str> = site.outputs.iter().map(|output| output.address.as_str()).collect();
    let bar = progress(name, addresses.len() as u64);
    let published = publish::publish(folder, name, &addresses, &|index| site.bytes(index), &|| bar.inc(1))?;
    bar.finish_and_clear();
    let path = folder.path.join(name).join("index.html");
    let changed = match (published.written, published.removed) {
        (0, 0) => "nothing changed".to_owned(),
        (written, 0) => format!("{written} written"),
        (written, removed) => format!("{written} written, {removed} removed"),
    };
    let audience = book.config.editions.iter().find(|edition| edition.name == *name);
    let audience = audience.map_or("", |edition| book.config.audiences.name(edition.audience));
    Ok(format!("{name} (for {audience}): {} files, {changed}: {}", published.files, path.display()))
}

/// Progress on a terminal; nothing elsewhere, and nothing for short work.
fn progress(name: &str, length: u64) -> ProgressBar {
    if length < 500 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len}").expect("the template is fixed");
    ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(10))
        .with_style(style)
        .with_prefix(name.to_owned())
}

/// Findings are not what `build` makes, so they go to the side.
fn show(findings: &[Diagnostic], options: &Build, book: &Book) {
    tell(&report::report(findings, options.format, &options.book, &|file| book.text(file)));
}

/// The files that a mistake keeps out of every edition, with all that they take along.
fn withheld(findings: &[Diagnostic]) -> Vec<String> {
    let culprits = findings.iter().filter(|finding| finding.severity == Severity::Error && finding.code.withholds());
    let files: BTreeSet<&str> = culprits.filter_map(|finding| Some(&*finding.span.as_ref()?.file)).collect();
    let line = |file: &str| match file.rsplit_once('/') {
        Some((folder, name)) if name.strip_suffix(".md").is_some_and(is_index) => {
            format!("`{folder}/`, because of its `{file}`")
        }
        _ if file.ends_with(".md") => format!("`{file}` and its translations"),
        _ => format!("`{file}`"),
    };
    files.into_iter().map(line).collect()
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// `2 errors, 1 warning`; where warnings alone decide, that they do.
fn summary(findings: &[Diagnostic], strict: bool) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
    match errors == 0 && pipeline::fails(findings, strict) {
        true => format!("{counts}, and `--strict` takes warnings for errors"),
        false => counts,
    }
}

fn end(findings: &[Diagnostic], strict: bool) -> End {
    if pipeline::misconfigured(findings) {
        return End::Failed("the configuration has errors".to_owned());
    }
    if pipeline::fails(findings, strict) { End::Findings } else { End::Fine }
}
