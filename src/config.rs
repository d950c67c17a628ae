//! `book.toml`, resolved: what the book says, with every default filled in.

mod editions;
mod languages;
mod look;
pub(crate) mod searches;
pub(crate) mod synonyms;
mod table;
mod yaml;

pub use languages::is_language_code;
pub use look::{FooterLink, Look, Placed};
pub use searches::SearchTest;
pub use synonyms::SynonymGroup;

use crate::article::Language;
use crate::audience::{Audience, Audiences};
use crate::diagnostic::{Code, Diagnostic, Findings, did_you_mean};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use table::{Reader, Table};

/// The configuration of a book.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    pub title: String,
    /// The folder with the Markdown, below the book's; empty: the book's own folder.
    pub src: String,
    /// Whether `book.toml` names it.
    pub src_given: bool,
    pub audiences: Audiences,
    /// The default language first; never empty.
    pub languages: Vec<LanguageConfig>,
    /// Never empty; names are unique, also without regard to case.
    pub editions: Vec<EditionConfig>,
    /// Names and values of `{{ name }}`, sorted by name.
    pub variables: Vec<(String, String)>,
    pub channels: Vec<Channel>,
    /// A theme below `themes/`, `desk` by default.
    pub theme: String,
    pub look: Look,
    pub raw_html: bool,
    /// `[search] synonyms`, `[search] tests`: paths below `src`, held to the book.
    pub synonyms: Option<Placed>,
    pub search_tests: Option<Placed>,
    /// Below the book's folder unless it is absolute; without `.`, and with `..` at its start only.
    pub build_dir: PathBuf,
    /// `[check] review-every`, in days.
    pub review_every: Option<u32>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct LanguageConfig {
    /// BCP 47, as in file suffixes and folders: `ru`.
    pub code: String,
    /// The title of the site in this language.
    pub title: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct EditionConfig {
    /// The folder below `build-dir`: `[a-z0-9-]+`.
    pub name: String,
    pub audience: Audience,
    /// What distinguishes its site from the others, by language: `Help`, `Academy`.
    pub label: Option<Vec<String>>,
    /// Ends with `/`.
    pub base_url: Option<String>,
}

/// A way to reach the support desk. Texts are per language, filled from the default language where one is missing.
#[derive(Clone, PartialEq, Debug)]
pub struct Channel {
    pub id: String,
    pub name: Vec<String>,
    pub href: Option<String>,
    pub hours: Option<Vec<String>>,
    pub answers_in: Option<Vec<String>>,
}

impl Config {
    pub fn language(&self, code: &str) -> Option<Language> {
        let index = self.languages.iter().position(|language| language.code == code)?;
        Some(Language(index as u8))
    }

    pub fn all_languages(&self) -> impl Iterator<Item = Language> + use<> {
        (0..self.languages.len() as u8).map(Language)
    }
}

/// The configuration of a folder without `book.toml`: its Markdown, for everybody, in one edition.
pub fn default_for(folder_name: &str) -> Config {
    let audiences = Audiences { names: vec!["public".into()] };
    Config {
        title: folder_name.to_owned(),
        src: String::new(),
        src_given: false,
        languages: vec![LanguageConfig { code: "en".into(), title: folder_name.to_owned() }],
        editions: vec![EditionConfig {
            name: "site".into(),
            audience: audiences.narrowest(),
            label: None,
            base_url: None,
        }],
        audiences,
        variables: Vec::new(),
        channels: Vec::new(),
        theme: "desk".into(),
        look: Look::default(),
        raw_html: false,
        synonyms: None,
        search_tests: None,
        build_dir: "book".into(),
        review_every: None,
    }
}

/// In bytes. The time that TOML takes grows with the square of its keys.
const LONGEST: usize = 128 << 10;
/// A book with more is a mistake or an attack.
const MOST_VARIABLES: usize = 1000;
const MOST_EDITIONS: usize = 50;
/// In bytes.
const LONGEST_VARIABLE: usize = 1000;

/// A length of time in days: `180 days`, `6 weeks`, `1 year`, `90`.
pub fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = text[..digits].parse().ok()?;
    let unit = match text[digits..].trim() {
        "" | "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        "month" | "months" => 30,
        "y" | "year" | "years" => 365,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// mdBook's own keys that have no meaning here.
const MDBOOK: &[(&str, &[&str])] = &[
    ("", &["output", "preprocessor", "rust"]),
    ("book", &["authors", "description", "multilingual", "text-direction"]),
    ("build", &["create-missing", "use-default-preprocessors", "extra-watch-dirs"]),
];

/// Reads `book.toml`. Whatever is wrong in it, the configuration that comes out is whole.
pub fn parse(file: &Arc<str>, text: &str) -> (Config, Vec<Diagnostic>) {
    if text.len() > LONGEST {
        let (config, mut findings) = parse(file, "");
        let message = format!("this file has more than the {} KiB that a configuration may have", LONGEST >> 10);
        findings.push(Diagnostic::at(file, 0..0, Code::BadConfig, message).hint("move what is text into pages"));
        return (config, findings);
    }
    let mut reader = Reader::new(file, text);
    let (document, errors) = toml::de::DeTable::parse_recoverable(text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        reader.report(
            range,
            Code::BadConfig,
            error.message().to_owned(),
            "see https://toml.io for the grammar of TOML",
        );
    }
    let root = Table { name: "", table: document.get_ref() };
    let known = ["book", "languages", "edition", "variables", "channel", "look", "footer", "search", "build", "check"];
    reader.check_keys(&root, &known, MDBOOK);
    let book = reader.table(&root, "book");
    let mut config = default_for("Book");
    config.src = "content".into();
    if let Some(book) = &book {
        read_book(&mut reader, book, &mut config);
    }
    read_languages(&mut reader, &root, &mut config);
    read_editions(&mut reader, &root, &mut config);
    read_variables(&mut reader, &root, &mut config);
    read_channels(&mut reader, &root, &mut config);
    look::read(&mut reader, &root, &mut config);
    read_rest(&mut reader, &root, &mut config);
    let mut findings = Findings::default();
    findings.extend(reader.findings);
    findings.extend(ignored(file, &reader.ignored));
    findings.extend(editions::check(file, &root, &config));
    (config, findings.into_vec(file))
}

fn ignored(file: &Arc<str>, keys: &[String]) -> Option<Diagnostic> {
    let list: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let message = format!("settings of mdBook that mean nothing here: {}", list.join(", "));
    (!keys.is_empty())
        .then(|| Diagnostic::at(file, 0..0, Code::IgnoredKey, message).hint("remove them once the book has moved"))
}

fn read_book(reader: &mut Reader, book: &Table, config: &mut Config) {
    reader.check_keys(book, &["title", "language", "src", "audiences", "theme", "raw-html"], MDBOOK);
    if let Some((title, _)) = reader.text(book, "title") {
        config.title = title;
    }
    if let Some((code, range)) = reader.text(book, "language") {
        if languages::is_well_formed(&code) {
            config.languages[0].code = code;
        } else {
            reader.report(range, Code::BadConfig, format!("`{code}` is no language code"), "write `language = \"en\"`");
        }
    }
    config.languages[0].title = config.title.clone();
    if let Some(src) = reader.inner_path(book, "src") {
        config.src = src;
        config.src_given = true;
    }
    if let Some((names, range)) = reader.texts(book, "audiences") {
        let unique: std::collections::BTreeSet<&String> = names.iter().collect();
        if names.is_empty()
            || unique.len() < names.len()
            || names.len() > 100
            || names.iter().any(|name| !is_name(name))
        {
            let hint = "write `audiences = [\"public\", \"staff\"]`, widest first, each name once";
            reader.report(range, Code::BadConfig, "these are no names of audiences".into(), hint);
        } else {
            config.audiences = Audiences { names };
        }
    }
    if let Some((theme, range)) = reader.text(book, "theme") {
        if is_name(&theme) {
            config.theme = theme;
        } else {
            reader.report(
                range,
                Code::BadConfig,
                format!("`{theme}` is no name of a theme"),
                "write `theme = \"desk\"`",
            );
        }
    }
    config.raw_html = reader.flag(book, "raw-html").unwrap_or(false);
    config.editions[0].audience = config.audiences.narrowest();
}

/// Lower-case letters, digits and `-`, as in folders.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(plain) && !name.starts_with('-')
}

fn read_languages(reader: &mut Reader, root: &Table, config: &mut Config) {
    for (code, range, table) in reader.tables(root, "languages") {
        reader.check_keys(&table, &["title"], &[]);
        let title = reader.text(&table, "title").map_or_else(|| config.title.clone(), |(title, _)| title);
        if !languages::is_well_formed(&code) || config.languages.len() > 100 {
            reader.report(range, Code::BadConfig, format!("`{code}` is no language code"), "write `[languages.ru]`");
        } else if code == config.languages[0].code {
            config.languages[0].title = title;
        } else {
            config.languages.push(LanguageConfig { code, title });
        }
    }
}

fn read_editions(reader: &mut Reader, root: &Table, config: &mut Config) {
    let mut editions: Vec<EditionConfig> = Vec::new();
    for (name, range, table) in reader.tables(root, "edition") {
        reader.check_keys(&table, &["audience", "label", "base-url"], &[]);
        let audience = match reader.text(&table, "audience") {
            None => config.audiences.narrowest(),
            Some((word, range)) => config.audiences.named(&word).unwrap_or_else(|| {
                let hint = did_you_mean(&word, config.audiences.names.iter().map(String::as_str));
                reader.report(range, Code::UnknownAudience, format!("the book has no audience `{word}`"), hint);
                config.audiences.narrowest()
            }),
        };
        let label = reader.per_language(&table, "label", config);
        let base_url = reader.base_url(&table);
        if editions.len() == MOST_EDITIONS {
            let message = format!("there are more than {MOST_EDITIONS} editions");
            reader.report(range, Code::BadConfig, message, "keep those that somebody reads");
            break;
        }
        if is_name(&name) {
            editions.push(EditionConfig { name, audience, label, base_url });
        } else {
            let hint = "a name has lower-case letters, digits and `-`: it becomes a folder";
            reader.report(range, Code::BadConfig, format!("`{name}` is no name of an edition"), hint);
        }
    }
    if !editions.is_empty() {
        config.editions = editions;
    }
}

fn read_variables(reader: &mut Reader, root: &Table, config: &mut Config) {
    let Some(variables) = reader.table(root, "variables") else { return };
    for (name, value) in variables.table.iter().take(MOST_VARIABLES) {
        match table::scalar(value.get_ref()).filter(|text| text.len() <= LONGEST_VARIABLE) {
            Some(text) => config.variables.push((name.get_ref().to_string(), text)),
            None => {
                let message = format!("the variable `{}` is no short text", name.get_ref());
                let hint = "write a text of at most 1000 bytes, a number, `true` or `false`";
                reader.report(value.span(), Code::BadConfig, message, hint);
            }
        }
    }
    if variables.table.len() > MOST_VARIABLES {
        let message = format!("there are more than {MOST_VARIABLES} variables");
        reader.report(0..0, Code::BadConfig, message, "keep those that the text uses");
    }
    config.variables.sort();
}

fn read_channels(reader: &mut Reader, root: &Table, config: &mut Config) {
    for (table, range) in reader.list(root, "channel") {
        reader.check_keys(&table, &["id", "name", "href", "hours", "answers-in"], &[]);
        let Some((id, at)) = reader.text(&table, "id") else {
            if !table.table.contains_key("id") {
                let hint = "write `id = \"chat\"` below `[[channel]]`";
                reader.report(range, Code::BadConfig, "a channel has no `id`".into(), hint);
            }
            continue;
        };
        if config.channels.iter().any(|channel| channel.id == id) {
            reader.report(
                at,
                Code::BadConfig,
                format!("there are two channels `{id}`"),
                "give one of them another `id`",
            );
            continue;
        }
        let name =
            reader.per_language(&table, "name", config).unwrap_or_else(|| vec![id.clone(); config.languages.len()]);
        let href = read_href(reader, &table);
        let hours = reader.per_language(&table, "hours", config);
        let answers_in = reader.per_language(&table, "answers-in", config);
        config.channels.push(Channel { id, name, href, hours, answers_in });
    }
}

/// Where a channel's link may lead: to another site, or out of the browser.
const REACHES: &[&str] = &["https://", "mailto:", "tel:"];

fn read_href(reader: &mut Reader, channel: &Table) -> Option<String> {
    let (href, range) = reader.text(channel, "href")?;
    let leads_there = |start: &&str| href.len() > start.len() && href.to_ascii_lowercase().starts_with(*start);
    if REACHES.iter().any(leads_there) && !href.contains(char::is_whitespace) {
        return Some(href);
    }
    let hint = "write an address that begins with `https://`, `mailto:` or `tel:`";
    reader.report(range, Code::BadConfig, format!("`{href}` is no address of a channel"), hint);
    None
}

fn read_rest(reader: &mut Reader, root: &Table, config: &mut Config) {
    if let Some(search) = reader.table(root, "search") {
        reader.check_keys(&search, &["synonyms", "tests"], &[]);
        config.synonyms = reader.placed_path(&search, "synonyms");
        config.search_tests = reader.placed_path(&search, "tests");
    }
    if let Some(build) = reader.table(root, "build") {
        reader.check_keys(&build, &["build-dir"], MDBOOK);
        if let Some((dir, range)) = reader.text(&build, "build-dir") {
            let folder = plain(Path::new(&dir));
            if meets(&folder, Path::new(&config.src)) {
                let hint = "name a folder of its own: `build-dir = \"book\"`";
                reader.report(range, Code::BadConfig, format!("`{dir}` is not apart from the text of the book"), hint);
            } else {
                config.build_dir = folder;
            }
        }
    }
    if let Some(check) = reader.table(root, "check") {
        reader.check_keys(&check, &["review-every"], &[]);
        if let Some((every, range)) = reader.text(&check, "review-every") {
            config.review_every = days(&every);
            if config.review_every.is_none() {
                reader.report(
                    range,
                    Code::BadConfig,
                    format!("`{every}` is no length of time"),
                    "write `review-every = \"180 days\"`",
                );
            }
        }
    }
}

/// A path without `.`, and without `..` where a folder stands before it.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Whether a build folder is the book's own folder or one around it, or one of it and the text's folder lies in the
/// other. Both are plain.
fn meets(build_dir: &Path, src: &Path) -> bool {
    let mut parts = build_dir.components();
    parts.all(|part| matches!(part, Component::ParentDir))
        || !src.as_os_str().is_empty() && (build_dir.starts_with(src) || src.starts_with(build_dir))
}

#[cfg(test)]
mod tests;
