//! tantivy's side: units go in, terms with their places come out.
//!
//! One segment, written by one thread, so that a document's number is its unit's. Words are cut and stemmed here, for the
//! browser must do the same: tantivy's own `RemoveLongFilter(40)` counts bytes, and Russian words of 20 letters would vanish.

use super::stem::Stems;
use super::words::words;
use super::{Corpus, Unit};
use tantivy::directory::RamDirectory;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
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
    forms: Field,
}

impl Inverted {
    /// Indexes all units of a corpus, of which there is at least one.
    pub fn of(corpus: &Corpus, stems: Stems) -> tantivy::Result<Inverted> {
        let (schema, fields, forms) = schema();
        let mut writer = Index::builder()
            .schema(schema)
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), MEMORY)?;
        for unit in &corpus.units {
            writer.add_document(document(unit, stems, fields, forms))?;
        }
        let index = writer.finalize()?;
        let searcher = index.reader()?.searcher();
        Ok(Inverted { segment: searcher.segment_reader(0).clone(), fields, forms })
    }

    /// The forms of words that occur, sorted.
    pub fn forms(&self) -> tantivy::Result<Vec<String>> {
        self.terms(self.forms)
    }

    fn terms(&self, field: Field) -> tantivy::Result<Vec<String>> {
        let index = self.segment.inverted_index(field)?;
        let mut stream = index.terms().stream()?;
        let mut terms = Vec::with_capacity(index.terms().num_terms());
        while stream.advance() {
            terms.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        Ok(terms)
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

fn schema() -> (Schema, [Field; FIELDS], Field) {
    let mut schema = Schema::builder();
    let indexed = |option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_index_option(option).set_fieldnorms(true))
    };
    let fields = ["question", "aliases", "body"]
        .map(|name| schema.add_text_field(name, indexed(IndexRecordOption::WithFreqsAndPositions)));
    let forms = schema.add_text_field("forms", indexed(IndexRecordOption::Basic));
    (schema.build(), fields, forms)
}

fn document(unit: &Unit, stems: Stems, fields: [Field; FIELDS], forms: Field) -> TantivyDocument {
    let mut texts: [Vec<Token>; FIELDS] = Default::default();
    let mut seen = Vec::new();
    let mut add = |field: usize, text: &str| add_tokens(&mut texts[field], text, stems, &mut seen);
    add(QUESTION, &unit.title);
    for alias in &unit.aliases {
        add(ALIASES, alias);
    }
    add(ALIASES, if unit.page_title == unit.title { "" } else { &unit.page_title });
    add(BODY, &unit.text);
    let mut document = TantivyDocument::default();
    for (field, tokens) in fields.into_iter().zip(texts).chain([(forms, seen)]) {
        document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
    }
    document
}

/// Adds the stems of a text after those that are there, with a gap between, so that no neighbours are made up.
fn add_tokens(tokens: &mut Vec<Token>, text: &str, stems: Stems, forms: &mut Vec<Token>) {
    let start = tokens.last().map_or(0, |last| last.position + 2);
    let words = words(text);
    let all = words.iter().enumerate().filter(|(_, word)| word.text.chars().nth(LONGEST).is_none());
    for (place, word) in all {
        let token = |text: String, position| Token { text, position, ..Token::default() };
        forms.push(token(word.text.clone(), forms.len()));
        tokens.push(token(stems.stem(&word.text), start + place));
    }
}
