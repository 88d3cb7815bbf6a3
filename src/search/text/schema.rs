//! What the index holds of a section, and how words get into it.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::search::fold::stem_into;
use crate::search::words::{Form, Word, Words, words};

/// The name that the tokenizer is registered under.
pub(crate) const WORDS: &str = "words";

/// What stands before a stem, so that it is never taken for a word.
pub(crate) const STEM: char = '\u{1}';

/// Changes whenever an index of before cannot be used any more.
pub(crate) const VERSION: u64 = 4;

/// The fields of a section's document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Which text it is of; its sections share it.
    pub(crate) key: Field,
    /// A hash of the key.
    pub(crate) hash: Field,
    /// Changes when the text changes.
    pub(crate) stamp: Field,
    /// The section's number in its text, from 0.
    pub(crate) part: Field,
    /// `article`, `lab` or `file`.
    pub(crate) kind: Field,
    /// The category's slug.
    pub(crate) category: Field,
    /// Each tag.
    pub(crate) tag: Field,
    /// How much it presumes.
    pub(crate) level: Field,
    /// Each lab's slug.
    pub(crate) lab: Field,
    /// The words of the title; only of the first section, as summary and tags.
    pub(crate) title: Field,
    /// The words of the section's heading.
    pub(crate) heading: Field,
    /// The words of the summary.
    pub(crate) summary: Field,
    /// The words of the tags and of the name.
    pub(crate) tags: Field,
    /// The words of the prose.
    pub(crate) body: Field,
    /// The words of footnotes.
    pub(crate) notes: Field,
    /// The words of code and formulas.
    pub(crate) code: Field,
    /// The title as it is shown.
    pub(crate) name: Field,
    /// The headings around the section, outermost first.
    pub(crate) path: Field,
    /// The anchor of its heading.
    pub(crate) anchor: Field,
    /// How many blocks after its heading it begins.
    pub(crate) block: Field,
    /// Its text, as it is shown.
    pub(crate) text: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        key: builder.add_text_field("key", STRING | STORED),
        hash: builder.add_u64_field("hash", FAST | INDEXED),
        stamp: builder.add_u64_field("stamp", FAST),
        part: builder.add_u64_field("part", FAST),
        kind: builder.add_text_field("kind", STRING),
        category: builder.add_text_field("category", STRING),
        tag: builder.add_text_field("tag", STRING),
        level: builder.add_text_field("level", STRING),
        lab: builder.add_text_field("lab", STRING),
        title: wordy(&mut builder, "title"),
        heading: wordy(&mut builder, "heading"),
        summary: wordy(&mut builder, "summary"),
        tags: wordy(&mut builder, "tags"),
        body: wordy(&mut builder, "body"),
        notes: wordy(&mut builder, "notes"),
        code: wordy(&mut builder, "code"),
        name: builder.add_text_field("name", STORED),
        path: builder.add_text_field("path", STORED),
        anchor: builder.add_text_field("anchor", STORED),
        block: builder.add_u64_field("block", STORED),
        text: builder.add_text_field("text", STORED),
    };
    (builder.build(), fields)
}

fn wordy(builder: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// The words of a text and, beside those that are not their own stem, the stems.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordTokenizer {
    token: Token,
    stem: String,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { words: words(text), token: &mut self.token, stem: &mut self.stem, due: false }
    }
}

/// The tokens of one text.
pub(crate) struct WordStream<'a> {
    words: Words<'a>,
    token: &'a mut Token,
    stem: &'a mut String,
    /// Whether the stem of the present word comes next.
    due: bool,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if self.due {
            self.due = false;
            self.token.text.clear();
            self.token.text.push(STEM);
            self.token.text.push_str(self.stem);
            return true;
        }
        let Some(Word { text, range, place, form }) = self.words.advance() else { return false };
        self.token.text.clone_from(text);
        self.token.offset_from = range.start;
        self.token.offset_to = range.end;
        self.token.position = *place;
        if *form == Form::Part {
            stem_into(text, self.stem);
            self.due = self.stem != text;
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
