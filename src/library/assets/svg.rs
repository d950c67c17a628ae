//! SVG that draws and does nothing else. Read tag by tag, as an XML parser would, and refused where in doubt.

use percent_encoding::percent_decode_str;

/// A drawing that is larger is not looked through.
const LARGEST: usize = 16 << 20;

/// Elements that run scripts or hold HTML.
const ELEMENTS: &[&str] = &["script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "html"];

/// Why a drawing may not be opened by a reader; `None` if it may.
pub(super) fn danger(bytes: &[u8]) -> Option<&'static str> {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LARGEST) else {
        return Some("this drawing is too large, or is not UTF-8");
    };
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let (end, found) = match rest {
            _ if rest.starts_with("<!--") => (ends(rest, 4, "-->"), None),
            _ if rest.starts_with("<![CDATA[") => (ends(rest, 9, "]]>"), None),
            _ if rest.starts_with("<?") => instruction(rest),
            _ if rest.starts_with("<!") => declaration(rest),
            _ => tag(rest),
        };
        if found.is_some() {
            return found;
        }
        rest = &rest[end..];
    }
    None
}

type Read = (usize, Option<&'static str>);

fn ends(rest: &str, from: usize, mark: &str) -> usize {
    rest[from..].find(mark).map_or(rest.len(), |end| from + end + mark.len())
}

/// `<?xml …?>` and its like: another encoding would read other text than this.
fn instruction(rest: &str) -> Read {
    let end = ends(rest, 2, "?>");
    let text = rest[..end].to_ascii_lowercase();
    let foreign = text.split_once("encoding").is_some_and(|(_, value)| !value.contains("utf-8"));
    let found = text.starts_with("<?xml-stylesheet") || foreign;
    (end, found.then_some("this drawing has a style sheet of its own, or is not UTF-8"))
}

/// A document type may define entities, which can hold anything.
fn declaration(rest: &str) -> Read {
    let end = ends(rest, 2, ">");
    let defines = rest[..end].contains('[');
    (end, defines.then_some("this drawing defines entities"))
}

fn tag(rest: &str) -> Read {
    let inner = rest[1..].trim_start_matches('/');
    let name_end =
        inner.find(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '>')).unwrap_or(inner.len());
    if ELEMENTS.contains(&local(&inner[..name_end]).as_str()) {
        return (rest.len(), Some("this drawing has a script, or HTML in it"));
    }
    let mut at = rest.len() - inner.len() + name_end;
    while let Some(offset) = rest[at..].find(['=', '>']) {
        if rest[at + offset..].starts_with('>') {
            return (at + offset + 1, None);
        }
        let key = local(rest[at..at + offset].trim());
        let value = rest[at + offset + 1..].trim_start();
        let Some(quote) = value.chars().next().filter(|letter| matches!(letter, '"' | '\'')) else { break };
        let from = rest.len() - value.len() + 1;
        let end = rest[from..].find(quote).map_or(rest.len(), |end| from + end);
        if key.starts_with("on") || runs(&rest[from..end]) {
            return (rest.len(), Some("this drawing runs a script when it is opened"));
        }
        at = (end + 1).min(rest.len());
    }
    // no parser of XML goes on here
    (rest.len(), None)
}

/// A name in lower case, without its prefix and without what stands before it.
fn local(name: &str) -> String {
    let word = name.rsplit(char::is_whitespace).next().unwrap_or(name);
    word.rsplit(':').next().unwrap_or(word).to_ascii_lowercase()
}

/// Whether some way of reading a value makes it an address that runs.
fn runs(value: &str) -> bool {
    let decoded = super::super::html::unescape(value);
    let decoded = percent_decode_str(&decoded).decode_utf8_lossy();
    let plain: String = decoded.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let plain = plain.to_ascii_lowercase();
    let data = plain.match_indices("data:").any(|(at, _)| !is_picture(&plain[at + "data:".len()..]));
    plain.contains("javascript:") || plain.contains("vbscript:") || data
}

/// Whether a `data:` address holds a picture that cannot hold a script.
fn is_picture(data: &str) -> bool {
    ["png", "jpeg", "jpg", "gif", "webp", "avif"].iter().any(|kind| data.starts_with(&format!("image/{kind}")))
}

#[cfg(test)]
mod tests {
    use super::danger;

    fn drawing(inside: &str) -> Option<&'static str> {
        danger(format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes())
    }

    #[test]
    fn what_only_draws_is_fine() {
        for inside in [
            "<path d=\"M0 0h1\" style=\"fill:#fff\"/>",
            "<!-- <script> --><style>a{b:c}</style>",
            "<text font-size='2'>once = on the line > here</text>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
            "<a href=\"https://example.com/?x=1\"><circle r=\"1\"/></a>",
            "<animate attributeName=\"r\" values=\"1;2\"/>",
        ] {
            assert_eq!(drawing(inside), None, "{inside}");
        }
        assert_eq!(
            danger(b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE svg PUBLIC \"x\" \"y\">\n<svg/>"),
            None
        );
    }

    #[test]
    fn what_could_run_is_refused() {
        for inside in [
            "<script>alert(1)</script>",
            "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
            "<SCRIPT/>",
            "<script\n>",
            "<g onload=\"x()\"/>",
            "<g\nonload = 'x()'/>",
            "<g a='>' onload='x()'/>",
            "<a href='javascript:x()'/>",
            "<a xlink:href='java&#115;cript&#x3a;x()'/>",
            "<a href=' java\nscript:x()'/>",
            "<set attributeName='href' to='javascript:x()'/>",
            "<use href='data:image/svg+xml,&lt;svg/>'/>",
            "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        ] {
            assert!(drawing(inside).is_some(), "{inside}");
        }
        for whole in [
            "<?xml-stylesheet href='x.xsl'?><svg/>",
            "<?xml version='1.0' encoding='ISO-2022-JP'?><svg/>",
            "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>",
        ] {
            assert!(danger(whole.as_bytes()).is_some(), "{whole}");
        }
        assert!(danger(b"\xff\xfe<\0s\0").is_some());
    }
}
