//! Paths that may be meant by one that leads nowhere.

use super::shelf::split;
use crate::diagnostic::nearest;

/// How many neighbours on each side are compared.
const REACH: usize = 50;

/// The paths of a book in the order of the alphabet, by folder and by file name. A slip is looked for among the
/// neighbours only: a book of ten thousand pages may have as many broken links.
pub(super) struct Neighbours<'a> {
    paths: Vec<&'a str>,
    /// File names with their paths.
    names: Vec<(&'a str, &'a str)>,
}

impl<'a> Neighbours<'a> {
    pub fn of(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut paths: Vec<&str> = paths.collect();
        paths.sort_unstable();
        let mut names: Vec<(&str, &str)> = paths.iter().map(|path| (split(path).1, *path)).collect();
        names.sort_unstable();
        Neighbours { paths, names }
    }

    pub fn contains(&self, path: &str) -> bool {
        self.paths.binary_search(&path).is_ok()
    }

    /// Whether some path lies below this one.
    pub fn has_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let first = self.paths.partition_point(|known| *known < below.as_str());
        self.paths.get(first).is_some_and(|known| known.starts_with(&below))
    }

    /// What was most likely meant: a path that differs by a few letters, else the only file of that name.
    pub fn nearest(&self, path: &str) -> Option<&'a str> {
        let name = split(path).1;
        let by_folder = around(&self.paths, self.paths.partition_point(|known| *known < path)).iter().copied();
        let start = self.names.partition_point(|(known, _)| *known < name);
        let by_name = around(&self.names, start).iter().map(|(_, path)| *path);
        let namesake = self.names.get(start).filter(|(known, _)| *known == name);
        let is_only = self.names.get(start + 1).is_none_or(|(known, _)| *known != name);
        nearest(path, by_folder.chain(by_name)).or(namesake.filter(|_| is_only).map(|(_, path)| *path))
    }
}

fn around<T>(sorted: &[T], place: usize) -> &[T] {
    &sorted[place.saturating_sub(REACH)..sorted.len().min(place + REACH)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_moved_files() {
        let many: Vec<String> = (0..5000).map(|number| format!("part{}/page-{number}.md", number / 50)).collect();
        let others = ["faq/payments.md", "faq/index.md", "platform/index.md"];
        let known = Neighbours::of(many.iter().map(String::as_str).chain(others));
        for (written, meant) in [
            ("faq/paymets.md", Some("faq/payments.md")),
            ("fqa/payments.md", Some("faq/payments.md")),
            ("guides/billing/payments.md", Some("faq/payments.md")),
            ("part7/pgae-366.md", Some("part7/page-366.md")),
            ("guides/billing/index.md", None),
            ("something-else.md", None),
        ] {
            assert_eq!(known.nearest(written), meant, "{written}");
        }
    }
}
