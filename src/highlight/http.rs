//! HTTP messages: requests, responses, or one behind the other, with the body as what it looks like.

use super::{Class, Painter};
use hl_lite::Lang;

const METHODS: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

pub(super) fn paint(painter: &mut Painter) {
    while !painter.rest().is_empty() {
        head(painter);
        body(painter);
    }
}

/// The first line and the headers, up to an empty line.
fn head(painter: &mut Painter) {
    while let Some(line) = painter.rest().split_inclusive('\n').next() {
        let written = line.trim_end();
        match written.split_once(':') {
            _ if written.starts_with('#') => painter.take(written.len(), Some(Class::Comment)),
            _ if opens(written) => first_line(painter, written),
            Some((name, value)) if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
                painter.take(name.len(), Some(Class::Property));
                painter.take(1 + value.len(), None);
            }
            _ => painter.take(written.len(), None),
        }
        painter.take(line.len() - written.len(), None);
        if written.is_empty() {
            return;
        }
    }
}

/// Everything up to the first line of the next message.
fn body(painter: &mut Painter) {
    let rest = painter.rest();
    let own = rest.split_inclusive('\n').take_while(|line| !opens(line.trim_end()));
    let length = own.map(str::len).sum();
    match rest[..length].trim_start().bytes().next() {
        Some(b'{' | b'[') => painter.lite(Lang::Json, length),
        Some(b'<') => painter.lite(Lang::Html, length),
        _ => painter.take(length, None),
    }
}

/// Whether a message begins with this line.
fn opens(line: &str) -> bool {
    let method = line.split_once(' ').is_some_and(|(word, _)| METHODS.contains(&word));
    method || line.starts_with("HTTP/")
}

/// `GET /payouts HTTP/1.1` or `HTTP/1.1 200 OK`.
fn first_line(painter: &mut Painter, line: &str) {
    let request = [Class::Keyword, Class::String, Class::Constant].map(Some);
    let response = [Some(Class::Keyword), Some(Class::Number), None];
    let classes = if line.starts_with("HTTP/") { response } else { request };
    for (word, class) in line.splitn(3, ' ').zip(classes) {
        painter.take(word.len(), class);
        let space = painter.rest().starts_with(' ');
        painter.take(usize::from(space), None);
    }
}
