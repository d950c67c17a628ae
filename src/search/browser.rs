//! The scripts that search in the browser, as they are sent.

use super::stem::without_region;

/// The stemmers: the language, the module's name, and its text.
const STEMMERS: [(&str, &str, &str); 2] = [
    ("en", "english.js", include_str!("browser/english.js")),
    ("ru", "russian.js", include_str!("browser/russian.js")),
];

/// Whether the browser has a stemmer for a language, by its code.
pub fn has_stemmer(language: &str) -> bool {
    STEMMERS.iter().any(|(code, ..)| *code == without_region(language))
}

/// The modules of the search, by name within `search/`, for the languages of an edition (codes as in `book.toml`).
/// `search.js` is the one to import; it loads the others.
pub fn modules(languages: &[&str]) -> Vec<(&'static str, String)> {
    let speaks = |code: &str| languages.iter().any(|language| without_region(language) == code);
    let modules = [
        ("search.js", include_str!("browser/search.js")),
        ("lexicon.js", include_str!("browser/lexicon.js")),
        ("query.js", include_str!("browser/query.js")),
        ("rank.js", include_str!("browser/rank.js")),
        ("snippet.js", include_str!("browser/snippet.js")),
        ("words.js", include_str!("browser/words.js")),
    ];
    let stemmers = STEMMERS.into_iter().filter(|(code, ..)| speaks(code)).map(|(_, name, source)| (name, source));
    modules.into_iter().chain(stemmers).map(|(name, source)| (name, bare(source))).collect()
}

/// A script without comments, blank lines and indentation. It is right for scripts in which a comment has lines of its own
/// and no string or template goes over several lines, as in `browser/`.
fn bare(source: &str) -> String {
    let mut bare = String::with_capacity(source.len());
    let mut comment = false;
    for line in source.lines().map(str::trim) {
        comment |= line.starts_with("/**");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            bare.push_str(line);
            bare.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{bare, modules};

    #[test]
    fn comments_and_indentation_go() {
        let source =
            "/** One. */\n/**\n * Two.\n */\n\n// three\nconst a = \"// no /** no\";\n  // four\n  b(/\\/*/, `*/`);\n";
        assert_eq!(bare(source), "const a = \"// no /** no\";\nb(/\\/*/, `*/`);\n");
    }

    #[test]
    fn only_stemmers_of_the_languages_are_sent() {
        let names = |languages: &[&str]| modules(languages).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(names(&["en-GB"]).contains(&"english.js"));
        assert!(!names(&["en", "de"]).contains(&"russian.js"));
        assert_eq!(names(&["de"]).len(), 6);
    }

    #[test]
    fn templates_stay_on_their_line() {
        for (name, source) in modules(&["en", "ru"]) {
            let even = source.lines().all(|line| line.matches('`').count() % 2 == 0);
            assert!(even, "a template in {name} goes over several lines");
        }
    }
}
