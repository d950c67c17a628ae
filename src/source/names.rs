//! What the name of a file says of what is in it.

/// The path of a Markdown file with the ending `.md`, whatever way its own is written; `None` for any other file.
pub(super) fn markdown(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let known = ["md", "markdown", "mdown", "mkdn", "mkd"];
    known.iter().any(|known| ending.eq_ignore_ascii_case(known)).then(|| format!("{stem}.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(markdown("faq/index.MD").as_deref(), Some("faq/index.md"));
        assert_eq!((markdown("a.png"), markdown("md")), (None, None));
    }
}
