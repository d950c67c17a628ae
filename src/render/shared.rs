//! What many pages show, made once for all of them: what it costs does not grow with the pages.

use super::html::push_escaped;
use super::place::Place;
use crate::address;
use crate::article::Language;
use crate::config::{self, Config};
use crate::plan::{Navigation, PageId, Plan, Spot};
use crate::theme::{Theme, Words};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Value;

/// Values as templates read them; a page's context shares them.
pub(super) struct Shared {
    /// The words of the interface, by language.
    words: Vec<Value>,
    /// The ways to reach the support desk, by language.
    channels: Vec<Value>,
    /// Links to the theme's files, by the number of folders that a page lies in.
    files: Vec<Value>,
    side_bars: Vec<SideBar>,
}

#[derive(Serialize)]
struct Channel {
    name: String,
    href: Option<String>,
    /// What following `href` does, in words.
    action: String,
    hours: Option<String>,
    answers: Option<String>,
}

/// A side bar's HTML, and for each of its lines where the mark of the current page goes.
struct SideBar {
    html: String,
    marks: Vec<usize>,
}

impl Shared {
    pub fn new(plan: &Plan, config: &Config, theme: &Theme) -> Self {
        let deepest = plan.pages.iter().map(|page| depth(&page.address)).max().unwrap_or(0);
        let channels = |language: Language| Value::from_serializable(&channels(config, theme, language));
        Shared {
            words: theme.words.iter().map(|words| Value::from_serializable(&words.list)).collect(),
            channels: config.all_languages().map(channels).collect(),
            files: (0..=deepest).map(|depth| files(theme, &"../".repeat(depth))).collect(),
            side_bars: plan.navigations.iter().map(|navigation| side_bar(plan, theme, navigation)).collect(),
        }
    }

    pub fn words(&self, language: Language) -> Value {
        self.words[language.0 as usize].clone()
    }

    pub fn channels(&self, language: Language) -> Value {
        self.channels[language.0 as usize].clone()
    }

    /// The links to the theme's files from a page.
    pub fn files(&self, place: &Place) -> Value {
        match place.root {
            Some(root) => files(place.site.theme, root),
            None => self.files[depth(place.address)].clone(),
        }
    }

    /// The side bar of a page, its own line marked.
    pub fn side_bar(&self, spot: Spot) -> String {
        let bar = &self.side_bars[spot.navigation as usize];
        let (before, after) = bar.html.split_at(bar.marks[spot.line as usize]);
        [before, " aria-current=\"page\"", after].concat()
    }
}

/// The number of folders that a page lies in.
fn depth(address: &str) -> usize {
    address.matches('/').count()
}

/// The addresses of the theme's files, by name, below `root`.
fn files(theme: &Theme, root: &str) -> Value {
    let href = |address| format!("{root}{}", address::encode(address));
    let files: BTreeMap<&str, String> =
        theme.files.iter().map(|file| (file.name.as_str(), href(&file.address))).collect();
    Value::from_serializable(&files)
}

fn channels(config: &Config, theme: &Theme, language: Language) -> Vec<Channel> {
    let index = language.0 as usize;
    let words = &theme.words[index];
    let text = |texts: &Option<Vec<String>>| Some(texts.as_ref()?.get(index)?.clone());
    let channel = |channel: &config::Channel| {
        let name = channel.name.get(index).cloned().unwrap_or_default();
        let hours = text(&channel.hours).map(|hours| match hours.as_str() {
            "24/7" => words.get("always").to_string(),
            hours => words.with_name("hours", hours),
        });
        let answers = text(&channel.answers_in).map(|time| words.with_name("answers_in", &time));
        let action = channel.href.as_deref().map_or_else(String::new, |href| action(words, href, &name));
        Channel { name, href: channel.href.clone(), action, hours, answers }
    };
    config.channels.iter().map(channel).collect()
}

/// What following the address of a channel does.
fn action(words: &Words, href: &str, name: &str) -> String {
    match href.split_once(':') {
        Some(("mailto", _)) => words.get("by_mail").to_string(),
        Some(("tel", number)) => words.with_name("by_phone", number),
        _ => words.with_name("by_web", &name.to_lowercase()),
    }
}

/// The side bar of a section, with links from the depth it is for.
fn side_bar(plan: &Plan, theme: &Theme, navigation: &Navigation) -> SideBar {
    let words = &theme.words[navigation.language.0 as usize];
    let mut bar = SideBar { html: String::new(), marks: Vec::with_capacity(navigation.lines.len()) };
    let html = &mut bar.html;
    html.push_str("<p class=\"label\">");
    // the page of the section itself stands above its list
    let (own, lines) = match navigation.lines.split_first() {
        Some((first, rest)) if first.depth == 0 && !navigation.title.is_empty() => (Some(first), rest),
        _ => (None, &navigation.lines[..]),
    };
    match own {
        Some(own) => bar.marks.push(nav_line(plan, navigation, own.page, &own.title, html)),
        None if navigation.title.is_empty() => push_escaped(html, words.get("all_pages")),
        None => push_escaped(html, &navigation.title),
    }
    html.push_str("</p>\n<ul>\n");
    for line in lines {
        html.push_str(&format!("<li class=\"depth-{}\">", line.depth.min(4)));
        bar.marks.push(nav_line(plan, navigation, line.page, &line.title, html));
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
    if let Some(whole) = navigation.whole {
        html.push_str("<p>");
        nav_line(plan, navigation, Some(whole), words.get("all_of_section"), html);
        html.push_str("</p>\n");
    }
    bar
}

/// Writes one link and returns where its mark goes.
fn nav_line(plan: &Plan, navigation: &Navigation, page: Option<PageId>, title: &str, html: &mut String) -> usize {
    let Some(page) = page else {
        html.push_str("<span class=\"label\">");
        push_escaped(html, title);
        html.push_str("</span>");
        return html.len();
    };
    html.push_str("<a href=\"");
    html.push_str(&"../".repeat(navigation.below));
    push_escaped(html, &address::relative(&navigation.folder, &plan.page(page).address));
    html.push('"');
    let mark = html.len();
    html.push('>');
    push_escaped(html, title);
    html.push_str("</a>");
    mark
}
