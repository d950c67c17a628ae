//! Text → the words that are indexed and looked up. The browser cuts texts with the same rule (`words.js`);
//! both are held to one list of examples, `vectors.json`. The rule:
//!
//! 1. A code point in `LATER` belongs to no word, whatever else it is.
//! 2. A word begins with an alphabetic or numeric code point that is no mark, and goes on as long as alphabetic
//!    or numeric code points, marks, soft hyphens (U+00AD) and zero width (non-)joiners (U+200C, U+200D) follow.
//!    Where it lies is told in the text as it was given.
//! 3. Such a run, by itself, is put in lower case (the full mapping of no language in particular), then in NFC;
//!    then everything silent is left out, NFC made again, ς becomes σ, and ё becomes е.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in its normal form, and the bytes it stands for in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// What later versions of Unicode than 15.0 fill with letters, digits and marks (as known from 18.0), with the
/// empty room around it. An old browser does not know them, a new one does, and neither do the standard library
/// and the tables of normalisation always know the same; so they are left alone. All else in the rule is the same
/// in every version from 15.0 on.
#[rustfmt::skip]
const LATER: &[(u32, u32)] = &[
    (0x557, 0x558), (0x58b, 0x590), (0x5c8, 0x5cf), (0x88f, 0x897), (0xb4e, 0xb54), (0xc5b, 0xc5c),
    (0xcd7, 0xcdc), (0x1acf, 0x1aff), (0x1c89, 0x1c8f), (0x208f, 0x208f), (0x209d, 0x20cf),
    (0xa7cb, 0xa7cf), (0xa7d2, 0xa7d2), (0xa7d4, 0xa7d4), (0xa7da, 0xa7f1), (0xab6c, 0xab6f),
    (0x105bd, 0x105ff), (0x107bb, 0x107ff), (0x1093a, 0x1097f), (0x10d3a, 0x10e5f), (0x10eb2, 0x10efc),
    (0x11375, 0x113ff), (0x116ca, 0x116ff), (0x11af9, 0x11bff), (0x11daa, 0x11edf), (0x11f5a, 0x11faf),
    (0x1246f, 0x1247f), (0x12544, 0x12f8f), (0x13456, 0x143ff), (0x14647, 0x167ff), (0x16b90, 0x16e3f),
    (0x16e9b, 0x16eff), (0x16ff2, 0x16fff), (0x187f8, 0x187ff), (0x18cd6, 0x18cff), (0x18d09, 0x1afef),
    (0x1b123, 0x1b131), (0x1b168, 0x1b16f), (0x1bca4, 0x1ceff), (0x1cf47, 0x1d128), (0x1d246, 0x1d2bf),
    (0x1d6a6, 0x1d6a7), (0x1df1f, 0x1df24), (0x1df2b, 0x1dfff), (0x1e4fa, 0x1e7df), (0x2b73a, 0x2b73f),
    (0x2b81e, 0x2b81f), (0x2cea2, 0x2ceaf), (0x2ebe1, 0x2f7ff), (0x323b0, 0xe00ff),
];

/// The words of a text, in their order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(begin) = text[rest..].find(begins) {
        let start = rest + begin;
        let run = &text[start..];
        let run = &run[..run.find(|c| !continues(c)).unwrap_or(run.len())];
        rest = start + run.len();
        words.push(Word { text: normal(run), start, end: rest });
    }
    words
}

/// How long a text is for the browser: in UTF-16 code units.
pub(super) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

fn begins(c: char) -> bool {
    c.is_alphanumeric() && (c.is_ascii() || !is_combining_mark(c) && !is_later(c))
}

fn continues(c: char) -> bool {
    let part = c.is_alphanumeric() || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') || is_combining_mark(c);
    part && (c.is_ascii() || !is_later(c))
}

fn is_later(c: char) -> bool {
    let c = c as u32;
    let at = LATER.partition_point(|&(_, last)| last < c);
    LATER.get(at).is_some_and(|&(first, _)| first <= c)
}

/// Combining diacritics and variation selectors, soft hyphens and joiners: a stress mark or a place to break a
/// line must not make another word. Marks that a script cannot be read without (Indic vowels, say) are not here.
fn silent(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Lower case comes before NFC, since J̌ composes only as ǰ; NFC comes twice, since something silent may have kept
/// two marks apart; ς goes, since it depends on what follows.
fn normal(run: &str) -> String {
    if run.is_ascii() {
        return run.to_ascii_lowercase();
    }
    let lower = run.to_lowercase();
    let heard = lower.nfc().filter(|&c| !silent(c)).nfc();
    heard
        .map(|c| match c {
            'ς' => 'σ',
            'ё' => 'е',
            other => other,
        })
        .collect()
}
