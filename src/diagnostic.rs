//! Findings: an author's mistakes as values, collected and shown all at once.

use crate::span::{ByteRange, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    Error,
    Warning,
    /// Worth knowing; never fails a build, not even a strict one.
    Notice,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        }
    }
}

/// Declares every code once: its name for people, how severe it is, and one sentence on what it means.
/// `withholds` marks those whose file is never published, not even by `--lenient`.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $($withholds:ident)? : $meaning:literal)*) => {
        /// What kind of mistake a finding reports. The names are stable.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code { $(#[doc = $meaning] $variant,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// One sentence on what the code means.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Whether a file with such a finding is kept out of every edition, even by `--lenient`.
            pub fn withholds(self) -> bool {
                match self { $(Code::$variant => codes!(@withholds $($withholds)?),)* }
            }
        }
    };
    (@withholds withholds) => { true };
    (@withholds) => { false };
}

codes! {
    BadConfig "bad-config" Error: "`book.toml` does not say what is needed, or says it in a wrong way."
    UnknownKey "unknown-key" Error: "A key or an attribute that deskbook does not know."
    IgnoredKey "ignored-key" Warning: "A setting of mdBook that has no meaning here."
    NoBaseUrl "no-base-url" Notice: "An edition without `base-url` gets no canonical addresses, feed or sitemap."
    BadFile "bad-file" Error withholds: "A file that cannot be read as text of a book: not UTF-8, too large, nested too deep, a symbolic link."
    BadFrontMatter "bad-front-matter" Error withholds: "Front matter that is not valid YAML, or a key with a value of the wrong kind."
    BadSummary "bad-summary" Error: "A line of `SUMMARY.md` that is neither a heading, a separator nor a link."
    BadTheme "bad-theme" Error: "A template or a word list of the book's theme that does not work."
    UnknownVariable "unknown-variable" Warning: "`{{ name }}` stays as it is, but a variable of nearly that name exists."
    BrokenLink "broken-link" Error: "A link to a page that does not exist."
    BrokenAnchor "broken-anchor" Error: "A link to a heading or an id that the page does not have."
    MissingAsset "missing-asset" Error: "An image or another file that does not exist."
    RemoteAsset "remote-asset" Error: "An image or media file from another site: every file comes from the book."
    HiddenTarget "hidden-target" Error: "A page points at something that its readers may not see."
    DuplicateId "duplicate-id" Error: "One id stands twice on a page."
    DuplicateAddress "duplicate-address" Error: "Two pages, files or aliases would have one address, or an address that is taken."
    UnclosedContainer "unclosed-container" Error withholds: "A `:::` container that is not closed at its own depth."
    StrayClose "stray-close" Error withholds: "A closing `:::` with no container open at that depth."
    MisplacedContainer "misplaced-container" Error withholds: "A container line in a place where it cannot work."
    UnknownContainer "unknown-container" Error withholds: "A `:::name` that deskbook does not know."
    UnknownAudience "unknown-audience" Error withholds: "An audience that `book.toml` does not list."
    WideAudience "wide-audience" Error withholds: "A page open to more readers than its folder or its source."
    UnknownLanguage "unknown-language" Error: "A language that `book.toml` does not list."
    BadAttribute "bad-attribute" Error: "An attribute with a value of the wrong kind."
    QuizNoType "quiz-no-type" Error: "A question without options, answer, rubric, blanks or list."
    QuizMixedType "quiz-mixed-type" Error: "A question with two parts that each decide its type."
    QuizNoRightAnswer "quiz-no-right-answer" Error: "A choice question with no option marked `[x]`."
    QuizSingleOption "quiz-single-option" Error: "A choice question with one option only."
    QuizBadMarker "quiz-bad-marker" Error: "A list item that looks like an option but is none."
    QuizDuplicateOption "quiz-duplicate-option" Error: "Two options of a question say the same."
    QuizDrawTooMany "quiz-draw-too-many" Error: "`draw` asks for more questions than the pool has."
    QuizBadAnswer "quiz-bad-answer" Error: "An `Answer:` that cannot be understood, or a pattern that does not work."
    ScenarioDeadLink "scenario-dead-link" Error: "A choice that leads to no scene."
    ScenarioUnreachable "scenario-unreachable" Error: "A scene that no choice leads to."
    ScenarioNoWayOut "scenario-no-way-out" Error: "A scene from which no outcome can be reached."
    MissingTranslation "missing-translation" Warning: "A page without a translation; readers of that language see the default language."
    OutdatedTranslation "outdated-translation" Warning: "A translation that is behind its source."
    OrphanTranslation "orphan-translation" Warning: "A translation whose source does not exist."
    SearchTestFailed "search-test-failed" Error: "A search that does not find what the book says it must."
    StalePage "stale-page" Warning: "A page whose review is overdue."
    UnsafeHtml "unsafe-html" Error withholds: "HTML or an address outside the safe list."
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Another place that a finding speaks of.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

/// One finding. Messages are lower case, without a full stop, literals in backticks.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    /// Where; `None` for the book as a whole.
    pub span: Option<Span>,
    pub related: Vec<Related>,
    /// What to do, one hint a line.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A finding at a place, as severe as its code.
    pub fn at(file: &Arc<str>, range: impl Into<ByteRange>, code: Code, message: impl Into<String>) -> Self {
        Diagnostic { span: Some(Span::new(file, range)), ..Diagnostic::of_book(code, message) }
    }

    /// A finding on the book as a whole.
    pub fn of_book(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: code.severity(),
            code,
            message: message.into(),
            span: None,
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    fn file(&self) -> Option<&str> {
        self.span.as_ref().map(|span| &*span.file)
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// For keys that only deserve a warning where others deserve an error.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Findings of one file as they are made. A file with ten thousand mistakes of one kind has one cause: of each code the
/// first ones are kept and the others counted, so that no input makes more findings than anybody reads or memory holds.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    counts: BTreeMap<Code, usize>,
}

/// How many findings of one code are kept for one file.
pub const MOST_OF_A_KIND: usize = 100;

impl Findings {
    pub fn push(&mut self, finding: Diagnostic) {
        let count = self.counts.entry(finding.code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            self.kept.push(finding);
        }
    }

    pub fn extend(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Those that were kept, and for each code that had more, how many.
    pub fn into_vec(self, file: &Arc<str>) -> Vec<Diagnostic> {
        let mut findings = self.kept;
        for (code, count) in self.counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_KIND) {
            let message = format!("{} more findings of this kind in this file", count - MOST_OF_A_KIND);
            let last = findings.iter().rfind(|finding| finding.code == code);
            let place = last.and_then(|last| last.span.as_ref()).map_or(ByteRange::default(), |span| span.range);
            let severity = last.map_or(code.severity(), |last| last.severity);
            let hint = "mend the first ones: they may have one cause";
            findings.push(Diagnostic::at(file, place, code, message).severity(severity).hint(hint));
        }
        findings
    }
}

impl std::ops::Deref for Findings {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.kept
    }
}

/// No file shows more findings than this: whoever has that many mends the first and looks again.
const MOST: usize = 1000;

/// Sorts findings by place and drops what two editions both found, and of very many in one file those that weigh least.
pub fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by(|a, b| (&a.span, a.code, &a.message).cmp(&(&b.span, b.code, &b.message)));
    findings.dedup_by(|a, b| (&a.span, a.code, &a.message) == (&b.span, b.code, &b.message));
    let same_file = |a: &Diagnostic, b: &Diagnostic| a.file() == b.file();
    if findings.chunk_by(same_file).all(|of_file| of_file.len() <= MOST) {
        return findings;
    }
    findings.chunk_by(same_file).flat_map(weightiest).collect()
}

/// The errors before the warnings, the first places before the last; how many are left out stands with the last.
fn weightiest(of_file: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut places: Vec<usize> = (0..of_file.len()).collect();
    places.sort_by_key(|&place| of_file[place].severity);
    places.truncate(MOST);
    places.sort_unstable();
    let mut kept: Vec<Diagnostic> = places.into_iter().map(|place| of_file[place].clone()).collect();
    if let Some(last) = kept.last_mut().filter(|_| of_file.len() > MOST) {
        last.hints.push(format!("this file has {} findings more; mend these first", of_file.len() - MOST));
    }
    kept
}

/// The known word nearest to `word`, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    let limit = if length < 4 { 1 } else { 2.max(length / 3) };
    // a distance costs the product of both lengths: whatever differs too much in length alone is not worth it
    let possible = |candidate: &&str| length <= LONGEST_WORD && candidate.chars().count().abs_diff(length) <= limit + 1;
    known
        .into_iter()
        .filter(possible)
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// In characters. Longer words are nobody's slip.
const LONGEST_WORD: usize = 200;

/// The hint that names the word meant, or lists those there are.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => {
            let mut known = known.into_iter();
            let list: Vec<String> = known.by_ref().take(LONGEST_LIST).map(|name| format!("`{name}`")).collect();
            format!("known here: {}{}", list.join(", "), if known.next().is_some() { ", …" } else { "" })
        }
    }
}

/// How many known words a hint lists.
const LONGEST_LIST: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_very_many_findings_shows_the_weightiest() {
        let finding = |file: &str, place: usize, code| Diagnostic::at(&file.into(), place..place, code, "x");
        let mut findings: Vec<_> = (0..3000).map(|place| finding("a.md", place, Code::StalePage)).collect();
        findings.extend((4000..4010).map(|place| finding("a.md", place, Code::BrokenLink)));
        findings.push(finding("b.md", 7, Code::StalePage));
        let shown = sorted(findings);
        assert_eq!(shown.len(), 1001);
        assert_eq!(shown.iter().filter(|finding| finding.code == Code::BrokenLink).count(), 10, "no error is left out");
        assert_eq!(shown[989].span.as_ref().unwrap().range.start, 989);
        assert_eq!(shown[999].hints, ["this file has 2010 findings more; mend these first"]);
        assert_eq!(shown[1000].hints.len(), 0, "other files are shown whole");
    }

    #[test]
    fn many_findings_of_one_code_are_counted_and_hide_no_other() {
        let file = Arc::from("a.md");
        let mut findings = Findings::default();
        findings.extend((0..250).map(|at| Diagnostic::at(&file, at..at + 1, Code::BrokenLink, "x")));
        findings.push(Diagnostic::at(&file, 0..1, Code::UnsafeHtml, "y"));
        let all = findings.into_vec(&file);
        assert_eq!(all.len(), MOST_OF_A_KIND + 2);
        assert!(all.iter().any(|finding| finding.code == Code::UnsafeHtml));
        assert!(all.iter().any(|finding| finding.message.starts_with("150 more")));
    }

    #[test]
    fn a_slip_is_seen_and_a_long_word_is_none() {
        assert_eq!(nearest("Audeince", ["audience", "order"]), Some("audience"));
        assert_eq!(nearest(&"x".repeat(1 << 20), ["audience"]), None);
        let many: Vec<String> = (0..1000).map(|number| format!("name-{number:04}-and-more")).collect();
        assert!(did_you_mean("x", many.iter().map(String::as_str)).len() < 1000);
    }
}
