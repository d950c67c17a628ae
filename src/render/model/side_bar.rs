//! Side bars: written once for a section, shared by its pages.

use crate::address;
use crate::plan::{Navigation, PageId, Plan};
use crate::render::html::push_escaped;
use crate::theme::Theme;

/// A side bar's HTML, and for each of its lines where the mark of the current page goes.
pub(in crate::render) struct SideBar {
    html: String,
    marks: Vec<usize>,
}

impl SideBar {
    /// The HTML with one line marked as the current page.
    pub(super) fn marked(&self, line: u32) -> String {
        let (before, after) = self.html.split_at(self.marks[line as usize]);
        [before, " aria-current=\"page\"", after].concat()
    }
}

/// The side bar of a section, with links from the depth it is for.
pub(in crate::render) fn side_bar(plan: &Plan, theme: &Theme, navigation: &Navigation) -> SideBar {
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
