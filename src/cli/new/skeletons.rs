//! What a new page of each kind begins with: words to replace, in an order that works.

use crate::article::Kind;
use include_dir::{Dir, include_dir};

/// By language, then by kind.
static SKELETONS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeletons");

/// What the words of a skeleton leave open.
pub(super) struct Blanks<'a> {
    pub title: &'a str,
    /// ISO 8601.
    pub today: &'a str,
    /// The id of a channel of the book.
    pub channel: Option<&'a str>,
    /// Lines of front matter below the title, each ended.
    pub more: String,
}

/// The text of a new page; in English where the language has no skeletons.
pub(super) fn page(kind: Kind, language: &str, blanks: &Blanks) -> String {
    let of = |language: &str| SKELETONS.get_file(format!("{language}/{}.md", kind.name()));
    let file = of(language).or_else(|| of("en")).expect("every kind has an English skeleton");
    let text = file.contents_utf8().expect("skeletons are text");
    let channel = blanks.channel.map_or(String::new(), |id| format!(" {{channel={id}}}"));
    text.replace("{{ title }}\n", &format!("{}\n{}", quoted(blanks.title), blanks.more))
        .replace("{{ today }}", blanks.today)
        .replace("{{ channel }}", &channel)
}

/// A text as YAML and front matter take it, on one line.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}
