//! Blocks of code, in colours where their language is known.

use super::{Writer, push_escaped};
use crate::article::Code;
use crate::highlight::Run;

impl Writer<'_> {
    pub(super) fn code(&mut self, code: &Code) {
        self.scripts.insert("copy-code.js");
        let words = self.words;
        self.out.push_str("<copy-code");
        self.attribute("data-copied", words.get("copied"));
        self.out.push_str("><button class=\"btn small\" type=\"button\" hidden>");
        self.word("copy");
        self.out.push_str("</button><pre tabindex=\"0\"><code");
        if let Some(language) = &code.language {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        let memory = self.place.site.memory;
        match code.language.as_deref().and_then(|language| memory.runs(language, &code.text)) {
            Some(runs) => push_runs(&mut self.out, &code.text, &runs),
            None => push_escaped(&mut self.out, &code.text),
        }
        self.out.push_str("</code></pre></copy-code>\n");
    }
}

/// Writes code with its runs marked by their classes.
fn push_runs(out: &mut String, text: &str, runs: &[Run]) {
    let mut start = 0;
    for run in runs {
        let piece = &text[start..run.end as usize];
        start = run.end as usize;
        let Some(class) = run.class else {
            push_escaped(out, piece);
            continue;
        };
        out.push_str("<span class=\"");
        out.push_str(class.letter());
        out.push_str("\">");
        push_escaped(out, piece);
        out.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::Memory;
    use proptest::prelude::*;

    fn html(language: &str, text: &str) -> String {
        let runs = Memory::default().runs(language, text).expect("a known language");
        let mut out = String::new();
        push_runs(&mut out, text, &runs);
        out
    }

    /// What a browser reads: tags gone, entities replaced.
    fn read(html: &str) -> String {
        let mut pieces = html.split('<');
        let first = pieces.next().unwrap_or_default().to_owned();
        let text = pieces.fold(first, |text, piece| text + piece.split_once('>').expect("tags are closed").1);
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
    }

    #[test]
    fn runs_are_spans_with_a_letter() {
        assert_eq!(
            html("html", "<b title='&'>"),
            "&lt;<span class=\"k\">b</span> <span class=\"p\">title</span>=<span class=\"s\">&#39;&amp;&#39;</span>&gt;"
        );
    }

    proptest! {
        #[test]
        fn readers_and_clipboards_get_the_code_as_it_was_written(
            language in prop::sample::select(vec![
                "rust", "json", "yaml", "toml", "html", "css", "js", "ts", "python", "sql", "bash", "http",
            ]),
            text in "([a-z0-9<>&'\"/*#:=(){}\\[\\]$`\\\\!@.,;_ \n-]|&amp;|<b>|\\PC){0,80}",
        ) {
            let html = html(language, &text);
            prop_assert_eq!(read(&html), text);
            prop_assert!(!html.contains("style"));
        }
    }
}
