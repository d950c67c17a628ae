//! Numbers and texts as bytes.

use std::collections::HashMap;

/// The characters beyond ASCII that one byte stands for: up to 128, those that the index has most often, in order.
pub struct Alphabet(Vec<char>);

impl Alphabet {
    const MOST: usize = 128;

    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Alphabet {
        let mut often: HashMap<char, usize> = HashMap::new();
        for letter in texts.flat_map(str::chars).filter(|letter| !letter.is_ascii()) {
            *often.entry(letter).or_default() += 1;
        }
        let mut letters: Vec<char> = often.keys().copied().collect();
        letters.sort_unstable_by_key(|letter| (usize::MAX - often[letter], *letter));
        letters.truncate(Self::MOST);
        letters.sort_unstable();
        Alphabet(letters)
    }

    pub fn letters(&self) -> &[char] {
        &self.0
    }

    /// Bytes to be written with this alphabet.
    pub fn bytes(&self) -> Bytes<'_> {
        Bytes { alphabet: self, out: Vec::new() }
    }
}

/// What was written so far.
pub struct Bytes<'a> {
    alphabet: &'a Alphabet,
    pub out: Vec<u8>,
}

impl Bytes<'_> {
    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    pub fn number(&mut self, number: u32) {
        let mut rest = number;
        while rest > 0x7f {
            self.out.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        self.out.push(rest as u8);
    }

    pub fn numbers(&mut self, numbers: impl IntoIterator<Item = u32>) {
        numbers.into_iter().for_each(|number| self.number(number));
    }

    /// How many items there are, where each takes up memory of its own.
    pub fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).expect("a book has fewer than 2^32 of anything"));
    }

    /// A text and the zero byte that ends it.
    pub fn text(&mut self, text: &str) {
        text.chars().for_each(|letter| self.letter(letter));
        self.out.push(0);
    }

    pub fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    /// How much a text has in common with the one before, in UTF-16 units, then the rest of it.
    pub fn text_after(&mut self, before: &str, text: &str) {
        let (common, rest) = beyond(before, text);
        self.count(common);
        self.text(rest);
    }

    /// Texts in their order: the lengths that each has in common with the one before, then the rests.
    pub fn ordered<'t>(&mut self, texts: impl Iterator<Item = &'t str> + Clone) {
        let before = || std::iter::once("").chain(texts.clone());
        self.numbers(before().zip(texts.clone()).map(|(before, text)| beyond(before, text).0 as u32));
        self.texts(before().zip(texts.clone()).map(|(before, text)| beyond(before, text).1));
    }

    /// Rising numbers: the first as it is, then what lies between each and the next.
    pub fn rising(&mut self, numbers: impl IntoIterator<Item = u32>) {
        let mut least = 0;
        for number in numbers {
            self.number(number - least);
            least = number + 1;
        }
    }

    fn letter(&mut self, letter: char) {
        if let Ok(at) = self.alphabet.0.binary_search(&letter) {
            self.out.push(0x80 + at as u8);
        } else if matches!(letter, '\u{1}'..='\u{7e}') {
            self.out.push(letter as u8);
        } else {
            self.out.push(0x7f);
            self.number(u32::from(letter));
        }
    }
}

/// The length of the shared beginning of two texts in UTF-16 units, and what the second has beyond it.
pub fn beyond<'t>(before: &str, text: &'t str) -> (usize, &'t str) {
    let same = before.chars().zip(text.chars()).take_while(|(one, other)| one == other);
    let (units, bytes) =
        same.fold((0, 0), |(units, bytes), (letter, _)| (units + letter.len_utf16(), bytes + letter.len_utf8()));
    (units, &text[bytes..])
}
