//! Pages are well nested, shallow, and hold nothing that a browser would run.

/// More than the parser's own bound, with what a page puts around a text.
const DEEPEST: usize = 400;

const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "path", "source", "track", "wbr"];

pub fn check(page: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with("!doctype html>") {
            continue;
        }
        let closing = rest.starts_with('/');
        let body = rest.strip_prefix('/').unwrap_or(rest);
        let name_end = body.find(|letter: char| !letter.is_ascii_alphanumeric()).ok_or("a tag without an end")?;
        let name = &body[..name_end];
        let (attributes, after) = attributes(&body[name_end..])?;
        rest = after;
        let own = attributes.iter().any(|(key, value)| match *key {
            "src" => value.trim_start_matches(['.', '/']).starts_with("theme/"),
            "type" => *value == "application/ld+json",
            "role" => name == "form" && *value == "search",
            _ => false,
        });
        let is_own = ["script", "form"].contains(&name) && (own || closing);
        if ["script", "style", "iframe", "object", "embed", "base", "form"].contains(&name) && !is_own {
            return Err(format!("`<{name}>` came out"));
        }
        for (key, value) in attributes {
            attribute(name, key, value)?;
        }
        if closing {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("`</{name}>` closes {last:?}"));
            }
        } else if !VOID.contains(&name) && !page[..page.len() - rest.len()].ends_with("/>") {
            open.push(name);
        }
        if open.len() > DEEPEST {
            return Err("nested too deep".into());
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

/// The attributes of a tag, and what follows its end.
fn attributes(mut rest: &str) -> Result<(Vec<(&str, &str)>, &str), String> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return Ok((found, after));
        }
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("no attribute: {:?}", rest.chars().take(20).collect::<String>()));
        }
        let key = &rest[..end];
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').ok_or("a value without an end")?;
            value = &quoted[..end];
            rest = &quoted[end + 1..];
        }
        found.push((key, value));
    }
}

fn attribute(tag: &str, key: &str, value: &str) -> Result<(), String> {
    if key.starts_with("on") || key == "style" || key == "srcdoc" {
        return Err(format!("`{key}` of `<{tag}>` came out"));
    }
    let plain: String = value.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    let runs = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme));
    if ["href", "src", "poster"].contains(&key) && runs {
        return Err(format!("`{key}=\"{value}\"` came out"));
    }
    Ok(())
}
