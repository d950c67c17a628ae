//! `build` and `check`.

use super::args::{Build, Check, Format};
use super::{End, print, report, tell, today};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, Memory, Request};
use crate::publish::{self, BuildFolder};
use crate::render::{Failure, Site};
use crate::source::{self, Book};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::Path;

pub(super) fn check(options: &Check) -> End {
    let book = match source::open(&options.book) {
        Ok(book) => book,
        Err(error) => return End::Failed(error.to_string()),
    };
    let request = Request { today: Some(today(options.today.as_deref())), ..Request::default() };
    let findings = pipeline::check(&book, &request, &Memory::default());
    let shown = report::report(&findings, options.format, &|file| book.text(file));
    match print(&shown, End::Fine) {
        End::Fine => end(&findings, options.strict, ""),
        failed => failed,
    }
}

pub(super) fn build(options: &Build) -> End {
    let book = match source::open(&options.book) {
        Ok(book) => book,
        Err(error) => return End::Failed(error.to_string()),
    };
    if let Some(name) =
        options.editions.iter().find(|name| book.config.editions.iter().all(|edition| edition.name != **name))
    {
        let known = book.config.editions.iter().map(|edition| edition.name.as_str());
        return End::Failed(format!(
            "the book has no edition `{name}`; {}",
            crate::diagnostic::did_you_mean(name, known)
        ));
    }
    let target = options.dest.clone().unwrap_or_else(|| options.book.join(&book.config.build_dir));
    let request = Request { editions: options.editions.clone(), drafts: options.drafts, today: None };
    pipeline::run(&book, &request, &Memory::default(), |findings, sites| {
        publish_all(&book, options, &target, findings, sites)
    })
}

fn publish_all(book: &Book, options: &Build, target: &Path, findings: Vec<Diagnostic>, sites: &[Site]) -> End {
    show(&findings, options.format, book);
    let fails = pipeline::fails(&findings, options.strict) && !options.lenient;
    if fails || pipeline::misconfigured(&findings) {
        return end(&findings, options.strict, "; nothing was published");
    }
    let folder = match publish::open(target) {
        Ok(folder) => folder,
        Err(error) => return End::Failed(error.to_string()),
    };
    for site in sites {
        match publish_one(&folder, site, book) {
            Ok(line) => tell(&format!("{line}\n")),
            Err(publish::Failure::Disk(error)) => {
                return End::Failed(format!("{error}; `{}` is as it was", site.edition.name));
            }
            Err(publish::Failure::Output(Failure::Io(path, error))) => {
                return End::Failed(format!(
                    "cannot read what `{}` is made of: {error}; `{}` is as it was",
                    path.display(),
                    site.edition.name
                ));
            }
            Err(publish::Failure::Output(Failure::Finding(finding))) => {
                show(std::slice::from_ref(&*finding), options.format, book);
                return end(&[*finding], false, "; the rest was not published");
            }
        }
    }
    end(&findings, options.strict, "")
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
fn show(findings: &[Diagnostic], format: Format, book: &Book) {
    tell(&report::report(findings, format, &|file| book.text(file)));
}

fn end(findings: &[Diagnostic], strict: bool, then: &str) -> End {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        let noun = |count, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
        tell(&format!("{}, {}{then}\n", noun(errors, "error"), noun(warnings, "warning")));
    }
    if pipeline::misconfigured(findings) {
        return End::Failed("the configuration has errors".to_owned());
    }
    if pipeline::fails(findings, strict) { End::Findings } else { End::Fine }
}
