//! tantivy's side: units go in, terms with their places come out.
//!
//! One segment, written by one thread, so that a document's number is its unit's. Words are cut and stemmed here, for the
//! browser must do the same: tantivy's own `RemoveLongFilter(40)` counts bytes, and Russian words of 20 letters would vanish.

use super::stem::Stems;
use super::words::words;
use super::{Corpus, Unit};
use std::collections::{BTreeMap, HashMap};
use tantivy::directory::RamDirectory;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{DocSet, Index, SegmentReader, TERMINATED, TantivyDocument};

/// Longer words, in characters, are not indexed: nobody types them.
const LONGEST: usize = 64;
/// tantivy's least; it grows as needed.
const MEMORY: usize = 15_000_000;

/// The searched fields, by their place.
pub const FIELDS: usize = 3;
pub const QUESTION: usize = 0;
const ALIASES: usize = 1;
const BODY: usize = 2;

/// One stem in one field of one unit.
pub struct Place {
    pub unit: u32,
    /// Its places in the field, ascending.
    pub positions: Vec<u32>,
}

/// An index of tantivy, to read from.
pub struct Inverted {
    segment: SegmentReader,
    fields: [Field; FIELDS],
    /// The forms of words that occur, and their stems.
    pub forms: BTreeMap<String, String>,
}

impl Inverted {
    /// Indexes all units of a corpus, of which there is at least one.
    pub fn of(corpus: &Corpus, stems: Stems) -> tantivy::Result<Inverted> {
        let (schema, fields) = schema();
        let tokenizers = TokenizerManager::default();
        tokenizers.register(TOKENIZER, Spaces);
        let mut writer = Index::builder()
            .schema(schema)
            .tokenizers(tokenizers)
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), MEMORY)?;
        let mut forms = Forms { stems, known: HashMap::new() };
        for unit in &corpus.units {
            let mut document = TantivyDocument::default();
            fields.into_iter().zip(forms.texts(unit)).for_each(|(field, text)| document.add_text(field, text));
            writer.add_document(document)?;
        }
        let searcher = writer.finalize()?.reader()?.searcher();
        let forms = forms.known.into_iter().collect();
        Ok(Inverted { segment: searcher.segment_reader(0).clone(), fields, forms })
    }

    /// Calls `found` with every stem of a field and all its places, stems ascending.
    pub fn each(&self, field: usize, mut found: impl FnMut(&str, Vec<Place>)) -> tantivy::Result<()> {
        let index = self.segment.inverted_index(self.fields[field])?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let with = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = index.read_postings_from_terminfo(stream.value(), with)?;
            let mut places = Vec::with_capacity(postings.size_hint() as usize);
            while postings.doc() != TERMINATED {
                let mut positions = Vec::with_capacity(postings.term_freq() as usize);
                postings.positions(&mut positions);
                places.push(Place { unit: postings.doc(), positions });
                postings.advance();
            }
            found(&String::from_utf8_lossy(stream.key()), places);
        }
        Ok(())
    }

    /// How many words each unit has in a field, by tantivy's table of 256 lengths (exact to 40).
    pub fn lengths(&self, field: usize) -> tantivy::Result<Vec<u32>> {
        let norms = self.segment.get_fieldnorms_reader(self.fields[field])?;
        Ok((0..self.segment.max_doc()).map(|unit| norms.fieldnorm(unit)).collect())
    }
}

fn schema() -> (Schema, [Field; FIELDS]) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(true);
    let options = TextOptions::default().set_indexing_options(indexing);
    let fields = ["question", "aliases", "body"].map(|name| schema.add_text_field(name, options.clone()));
    (schema.build(), fields)
}

/// The forms met so far, with their stems.
struct Forms {
    stems: Stems,
    known: HashMap<String, String>,
}

impl Forms {
    /// The fields of a unit as [`Spaces`] reads them.
    fn texts(&mut self, unit: &Unit) -> [String; FIELDS] {
        let mut texts: [String; FIELDS] = Default::default();
        self.add(&mut texts[QUESTION], &unit.title);
        for alias in &unit.aliases {
            self.add(&mut texts[ALIASES], alias);
        }
        if unit.page_title != unit.title {
            self.add(&mut texts[ALIASES], &unit.page_title);
        }
        self.add(&mut texts[BODY], &unit.text);
        texts
    }

    /// Adds the stems of a text after those that are there, with a gap between, so that no neighbours are made up.
    fn add(&mut self, stems: &mut String, text: &str) {
        if !stems.is_empty() {
            stems.push(' ');
        }
        for word in words(text).into_iter().filter(|word| word.text.chars().nth(LONGEST).is_none()) {
            let stem = self.known.entry(word.text).or_insert_with_key(|form| self.stems.stem(form));
            stems.push_str(stem);
            stems.push(' ');
        }
    }
}

/// tantivy's name for [`Spaces`].
const TOKENIZER: &str = "spaces";

/// Tokens are what stands between spaces; two spaces are a gap of one place.
#[derive(Clone, Default)]
struct Spaces;

struct Cut<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for Spaces {
    type TokenStream<'a> = Cut<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        // `position` is that of the last token: none yet, so that the first becomes 0
        Cut { rest: text, token: Token { position: usize::MAX, ..Token::default() } }
    }
}

impl TokenStream for Cut<'_> {
    fn advance(&mut self) -> bool {
        while let Some((text, rest)) = self.rest.split_once(' ') {
            self.rest = rest;
            self.token.position = self.token.position.wrapping_add(1);
            if !text.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(text);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
