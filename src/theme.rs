//! How a site looks: templates, files beside them, and the words of the interface in each language.

mod complaints;
mod words;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::memo::Key;
use complaints::Complaint;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::Tera;

pub use words::{Word, Words};

/// The theme that travels with the program.
const DESK: &str = "desk";
static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/desk");

/// A theme, ready to render: its own files laid over those of the embedded one.
#[derive(Debug)]
pub struct Theme {
    pub name: String,
    pub templates: Tera,
    /// What pages load, sorted by name.
    pub files: Vec<ThemeFile>,
    /// By language.
    pub words: Vec<Words>,
    /// The book's own files by path: findings on a template point into its text.
    own: Files,
}

/// A file that pages load. Its address changes with its content.
#[derive(Clone, PartialEq, Debug)]
pub struct ThemeFile {
    /// `desk.css`, as templates name it.
    pub name: String,
    /// `theme/desk-0123456789.css`
    pub address: String,
    pub text: Arc<str>,
}

impl Theme {
    /// What front matter may name as `template`.
    pub fn template_names(&self) -> Vec<&str> {
        self.templates.get_template_names().filter_map(|name| name.strip_suffix(".html")).collect()
    }
}

type Files = BTreeMap<String, Arc<str>>;

/// The theme `name`: the embedded one with the files of the book's `themes/NAME/` in place of those of the same name.
/// `hue` is the brand's, in degrees. `overrides` are paths below `themes/` with their texts; `languages` are codes, the default first.
/// A file that does not work is left out, with a finding.
pub fn load(
    name: &str,
    hue: Option<u16>,
    overrides: &[(String, Arc<str>)],
    languages: &[String],
) -> (Theme, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let own = own_files(name, overrides);
    if own.is_empty() && name != DESK {
        findings.push(unknown_theme(name, overrides));
    }
    let embedded = embedded_files();
    let theme = Theme {
        name: name.to_string(),
        templates: templates(name, &embedded, &own, &mut findings),
        files: hashed_files(&embedded, &own, hue),
        words: words::load(name, &embedded, &own, languages, &mut findings),
        own,
    };
    (theme, findings)
}

fn own_files(name: &str, overrides: &[(String, Arc<str>)]) -> Files {
    let folder = format!("{name}/");
    let below = |(path, text): &(String, Arc<str>)| Some((path.strip_prefix(&folder)?.to_string(), text.clone()));
    overrides.iter().filter_map(below).collect()
}

fn unknown_theme(name: &str, overrides: &[(String, Arc<str>)]) -> Diagnostic {
    let folders = overrides.iter().filter_map(|(path, _)| Some(path.split_once('/')?.0));
    let mut known: Vec<&str> = folders.chain([DESK]).collect();
    known.sort_unstable();
    known.dedup();
    Diagnostic::of_book(Code::BadTheme, format!("there is no folder `themes/{name}`"))
        .hint(did_you_mean(name, known.iter().copied()))
}

fn embedded_files() -> Files {
    let mut files = Files::new();
    let mut folders = vec![&EMBEDDED];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let text = file.contents_utf8().expect("every file of the embedded theme is text");
            files.insert(path, Arc::from(text));
        }
    }
    files
}

fn is_template(path: &str) -> bool {
    path.ends_with(".html")
}

fn templates(name: &str, embedded: &Files, own: &Files, findings: &mut Vec<Diagnostic>) -> Tera {
    let mut tera = Tera::new();
    let of = |files: &Files| -> Files {
        files.iter().filter(|(path, _)| is_template(path)).map(|(path, text)| (path.clone(), text.clone())).collect()
    };
    tera.add_raw_templates(of(embedded)).expect("the embedded templates compile");
    let mut wanted = of(own);
    // a batch with a mistake is taken back whole: leave the culprit out and try again
    while let Err(error) = tera.add_raw_templates(wanted.clone()) {
        let complaint = Complaint::of(&error, &wanted);
        let named = wanted.get_key_value(&complaint.file).or_else(|| wanted.first_key_value());
        let Some((culprit, _)) = named.map(|(path, text)| (path.clone(), text.clone())) else { break };
        findings.push(complaint.finding(name, &culprit, "the template does not compile"));
        wanted.remove(&culprit);
    }
    tera
}

/// Everything that is neither a template nor a list of words.
fn hashed_files(embedded: &Files, own: &Files, hue: Option<u16>) -> Vec<ThemeFile> {
    let mut all = embedded.clone();
    all.extend(own.iter().map(|(path, text)| (path.clone(), text.clone())));
    all.retain(|path, _| !is_template(path) && !path.starts_with("words/"));
    let coloured: Files = all.into_iter().map(|(name, text)| (name, in_hue(text, hue))).collect();
    let mut scripts = Scripts { files: &coloured, done: BTreeMap::new() };
    let mut files = Vec::with_capacity(coloured.len());
    for (name, text) in &coloured {
        let text = scripts.text(name, 0).unwrap_or_else(|| text.clone());
        files.push(ThemeFile { name: name.clone(), address: hashed_address(name, &text), text });
    }
    files
}

/// More scripts than this do not import one another in a row.
const DEEPEST_IMPORT: usize = 32;

/// Scripts that import others of the theme by name, `"./search-box.js"`, get these others' addresses in place of the names.
struct Scripts<'a> {
    files: &'a Files,
    /// By name; nothing while it is being made, so that a circle ends: the import keeps its name, which leads nowhere.
    done: BTreeMap<&'a str, Option<Arc<str>>>,
}

impl<'a> Scripts<'a> {
    fn text(&mut self, name: &'a str, depth: usize) -> Option<Arc<str>> {
        if !is_script(name) || depth > DEEPEST_IMPORT {
            return None;
        }
        if let Some(known) = self.done.get(name) {
            return known.clone();
        }
        self.done.insert(name, None);
        // what stands between two quotes
        let parts: Vec<String> = self.files[name].split('"').map(|part| self.import(part, depth)).collect();
        let text: Arc<str> = parts.join("\"").into();
        self.done.insert(name, Some(text.clone()));
        Some(text)
    }

    fn import(&mut self, part: &'a str, depth: usize) -> String {
        let named = part.strip_prefix("./").filter(|name| self.files.contains_key(*name));
        let text = named.and_then(|name| Some((name, self.text(name, depth + 1)?)));
        text.map_or_else(|| part.to_string(), |(name, text)| hashed_address(name, &text).replacen("theme/", "./", 1))
    }
}

fn is_script(path: &str) -> bool {
    path.ends_with(".js") && !path.contains('/')
}

/// The one number a brand changes, as the files of the theme write it.
const HUE: &str = "--hue: 232";

fn in_hue(text: Arc<str>, hue: Option<u16>) -> Arc<str> {
    match hue.filter(|_| text.contains(HUE)) {
        Some(hue) => text.replacen(HUE, &format!("--hue: {hue}"), 1).into(),
        None => text,
    }
}

fn hashed_address(name: &str, text: &str) -> String {
    let hash = Key::of(&[text.as_bytes()]).hex(10);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("theme/{stem}-{hash}.{extension}"),
        None => format!("theme/{name}-{hash}"),
    }
}

/// A finding on a template that failed while a page was rendered.
pub fn render_finding(theme: &Theme, template: &str, error: &tera::Error) -> Diagnostic {
    Complaint::of(error, &theme.own).finding(&theme.name, template, "the template fails on a page")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<Diagnostic> {
        load("desk", None, &[(path.to_string(), text.into())], &["en".to_string(), "ru".to_string()]).1
    }

    #[test]
    fn a_broken_template_is_found_at_its_place_and_left_out() {
        let text = "fine\n{% if %}";
        let found = findings("desk/page.html", text);
        assert_eq!(found.len(), 1, "{found:?}");
        let span = found[0].span.as_ref().expect("it has a place");
        assert_eq!(&*span.file, "themes/desk/page.html");
        assert!(span.range.start as usize > text.find('\n').expect("two lines"), "{span:?}");
    }

    #[test]
    fn a_list_of_words_must_be_whole() {
        let found = findings("desk/words/ru.yaml", "skip: Дальше");
        assert!(found.iter().any(|finding| finding.message.contains("`contents`")));
        assert!(!found.iter().any(|finding| finding.message.contains("`skip`")));
        assert_eq!(findings("desk/words/ru.yaml", "skip: [").len(), 1);
    }

    #[test]
    fn numbers_and_dates_are_written_as_the_language_does() {
        let languages = ["en", "ru", "de"].map(str::to_string);
        let (theme, _) = load("desk", Some(30), &[], &languages);
        let minutes = |language: usize, number| theme.words[language].count("minutes", number);
        assert_eq!(
            [1, 2, 5, 11, 21, 112].map(|number| minutes(1, number)).join(", "),
            "1 минута, 2 минуты, 5 минут, 11 минут, 21 минута, 112 минут"
        );
        assert_eq!((minutes(0, 1), minutes(2, 3)), ("1 minute".into(), "3 minutes".into()));
        assert_eq!(theme.words[1].date("2026-11-03"), "3 ноября 2026");
        assert_eq!(theme.words[1].date("soon"), "soon");
    }

    #[test]
    fn both_lists_have_the_same_words() {
        let (theme, _) = load("desk", Some(30), &[], &["en".to_string(), "ru".to_string()]);
        assert!(theme.words[0].list.keys().eq(theme.words[1].list.keys()));
    }

    #[test]
    fn a_brand_changes_the_hue() {
        let (theme, _) = load("desk", Some(30), &[], &["en".to_string()]);
        let css = theme.files.iter().find(|file| file.name == "desk.css").expect("there is a style sheet");
        assert!(css.text.contains("--hue: 30;") && !css.text.contains("232"));
    }

    #[test]
    fn a_script_imports_others_under_the_addresses_they_have() {
        let script = |name: &str, text: &str| (format!("desk/{name}"), Arc::from(text));
        let load = |c: &str| {
            let own = [script("a.js", "import \"./b.js\""), script("b.js", "import \"./c.js\""), script("c.js", c)];
            load("desk", None, &own, &["en".to_string()]).0.files
        };
        let file = |files: &[ThemeFile], name: &str| {
            files.iter().find(|file| file.name == name).cloned().expect("it is there")
        };
        let (first, second) = (load("1"), load("2"));
        for (above, below) in [("a.js", "b.js"), ("b.js", "c.js")] {
            let name = file(&first, below).address.replace("theme/", "./");
            assert_eq!(&*file(&first, above).text, format!("import \"{name}\""));
            assert_ne!(
                file(&first, above).address,
                file(&second, above).address,
                "a change reaches all that import it"
            );
        }
        let circle = load("import \"./a.js\"");
        assert_eq!(&*file(&circle, "c.js").text, "import \"./a.js\"", "a circle ends");
    }

    #[test]
    fn an_unknown_theme_is_found() {
        let (_, found) = load("dusk", None, &[], &["en".to_string()]);
        assert_eq!(found[0].hints, ["did you mean `desk`?"]);
    }
}
