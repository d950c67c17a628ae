//! Whether a file that pages use may be published as it is. A browser that opens it shows it in the site's own name: what
//! could run there is held to the same rule as HTML in a text.

mod svg;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Origin;
use std::sync::Arc;

/// Files are whole in memory while they are written.
const LARGEST: u64 = 256 << 20;

/// What browsers show as a page or run, whatever the link to it says.
const ACTIVE: &[&str] = &["html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "xml", "xsl", "xslt", "svgz"];

/// The finding on a file that may not be published. `shown` is its path as findings show it.
pub(super) fn refuse(shown: &str, origin: &Origin, raw_html: bool) -> Option<Diagnostic> {
    let finding = |code, message: String| Diagnostic::at(&Arc::from(shown), 0..0, code, message);
    // what cannot be read fails the build when it is published
    let size = origin.size().ok()?;
    if size > LARGEST {
        let message = format!("this file has {} MB, more than the {} MB a file may have", size >> 20, LARGEST >> 20);
        return Some(finding(Code::BadFile, message).hint("link to a place made for large files"));
    }
    let unsafe_file = |message: &str| {
        let hint = "use a picture without it, or set `[book] raw-html = true` where every author is trusted";
        Some(finding(Code::UnsafeHtml, message.to_owned()).hint(hint))
    };
    let ending = shown.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        _ if raw_html => None,
        "svg" => svg::danger(&origin.bytes().ok()?).and_then(unsafe_file),
        ending if ACTIVE.contains(&ending) => unsafe_file("a browser runs what stands in files of this kind"),
        _ => None,
    }
}
