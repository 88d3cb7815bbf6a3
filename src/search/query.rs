//! What a reader typed, as what has to be found. Any text is a query; parsing cannot fail.
//!
//! Words in any order, `"phrases"`, `-without`, `field:value`; the last word may be a beginning.

use std::collections::BTreeSet;

use crate::search::words::{Form, words};

/// Things looked for at most; what is typed beyond is ignored.
const MOST: usize = 24;
/// Words of a phrase at most.
const PHRASE: usize = 24;
/// The longest query that is looked at, in bytes.
const LONGEST: usize = 4096;

/// Words that are in every text: looked for only when there is nothing else, and in phrases.
const STOP: &str = "\
    a about after all also am an and any are as at be because been being between but by can \
    cannot cant could did difference do does doesnt doing dont even every explain explained for \
    from get got had has have he her here his how i if in instead into is isnt it its itself just \
    many may me might much my need no not of on one or our she should so some still such than \
    that the their them then there these they this those to too us use using versus very vs want \
    was we were what whats when where which while who whose why will with without wont work works \
    would yet you your";

/// A query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// What has to be there.
    pub(crate) wanted: Vec<Clause>,
    /// What must not be there.
    pub(crate) unwanted: Vec<Clause>,
    /// What the article has to be.
    pub(crate) filters: Vec<Filter>,
}

/// A word or a phrase that is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The words, one after another; one for a plain word.
    pub(crate) parts: Vec<String>,
    /// The parts written as one: `maxtokens`.
    pub(crate) whole: Option<String>,
    /// Whether it stands in quotation marks: found as it is written and no other way.
    pub(crate) is_exact: bool,
    /// Whether its last word may go on.
    pub(crate) ending: Ending,
    /// Where alone it is looked for.
    pub(crate) within: Option<Within>,
    /// Whether it is among the words that are in every text.
    pub(crate) is_stop: bool,
}

/// Whether a word is all there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is.
    #[default]
    Complete,
    /// It is still being typed, and may go on.
    Open,
}

impl Clause {
    /// Whether its last word may go on.
    pub(crate) fn is_open(&self) -> bool {
        self.ending == Ending::Open
    }
}

/// A part of articles that a clause is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Titles.
    Title,
    /// Headings.
    Heading,
    /// Code.
    Code,
}

/// What an article has to be, or must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    /// What is asked about.
    pub(crate) about: About,
    /// The value, or its beginning.
    pub(crate) value: String,
    /// Whether it must not be so.
    pub(crate) is_unwanted: bool,
    /// Whether a beginning is not enough.
    pub(crate) is_whole: bool,
}

/// What a filter asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// The category's slug.
    Category,
    /// A tag.
    Tag,
    /// How much an article presumes.
    Level,
    /// A lab's slug.
    Lab,
    /// `article`, `lab` or `file`.
    Kind,
}

impl Query {
    /// What `text` asks for.
    pub(crate) fn parse(text: &str) -> Self {
        let end = text.floor_char_boundary(LONGEST);
        let text = text.get(..end).unwrap_or_default();
        let mut query = Self::default();
        let mut run = Run::default();
        for piece in (Pieces { text, at: 0 }) {
            query.take(&piece, &mut run);
        }
        query.settle();
        query
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty() && self.filters.is_empty()
    }

    fn take(&mut self, piece: &Piece<'_>, run: &mut Run) {
        if let Some(about) = piece.field.and_then(about) {
            let value = piece.text.trim().to_lowercase();
            if !value.is_empty() {
                let is_unwanted = piece.is_unwanted;
                self.filters.push(Filter { about, value, is_unwanted, is_whole: false });
            }
            *run = Run::default();
            return;
        }
        let Some(clause) = clause(piece) else { return };
        if piece.is_unwanted {
            self.unwanted.push(clause);
            *run = Run::default();
            return;
        }
        let is_symbol = clause.parts.iter().all(|part| is_symbol(part));
        let is_plain = !clause.is_exact && clause.within.is_none();
        // `R + W > N` is one thing: symbols hold together what is around them.
        if is_plain && run.is_plain && (is_symbol || run.is_symbol) {
            if let Some(last) = self.wanted.last_mut() {
                last.parts.extend(clause.parts);
                last.parts.truncate(PHRASE);
                last.whole = None;
                last.ending = clause.ending;
                last.is_stop = false;
            }
        } else {
            self.wanted.push(clause);
        }
        *run = Run { is_plain, is_symbol };
    }

    /// Drops what is asked for twice, what is in every text, and what is too much.
    fn settle(&mut self) {
        let mut seen = BTreeSet::new();
        self.wanted.retain(|clause| {
            seen.insert((clause.parts.clone(), clause.is_exact, clause.within.map(|it| it as u8)))
        });
        if self.wanted.iter().any(|clause| !clause.is_stop) {
            // The word that is being typed may become another one.
            let last = self.wanted.len() - 1;
            let mut at = 0;
            self.wanted.retain(|clause| {
                at += 1;
                !clause.is_stop || (at > last && clause.is_open() && last < 2)
            });
        }
        self.wanted.truncate(MOST);
        self.unwanted.truncate(MOST);
        self.filters.truncate(MOST);
    }
}

/// What came before in a run of plain pieces.
#[derive(Default)]
struct Run {
    is_plain: bool,
    is_symbol: bool,
}

fn about(field: &str) -> Option<About> {
    Some(match field {
        "category" | "in" => About::Category,
        "tag" | "tags" => About::Tag,
        "level" => About::Level,
        "lab" | "labs" => About::Lab,
        _ => return None,
    })
}

fn within(field: &str) -> Option<Within> {
    Some(match field {
        "title" => Within::Title,
        "heading" => Within::Heading,
        "code" => Within::Code,
        _ => return None,
    })
}

fn is_symbol(part: &str) -> bool {
    !part.chars().any(char::is_alphanumeric)
}

fn clause(piece: &Piece<'_>) -> Option<Clause> {
    let mut parts = vec![];
    let mut wholes = 0;
    let mut whole = None;
    let mut found = words(piece.text);
    while let Some(word) = found.advance() {
        if word.form == Form::Whole {
            wholes += 1;
            whole = Some(word.text.clone());
        } else if parts.len() < PHRASE {
            parts.push(word.text.clone());
        }
    }
    if parts.is_empty() {
        parts.extend(whole.take());
    }
    if parts.is_empty() {
        return None;
    }
    if wholes != 1 || piece.is_quoted {
        whole = None;
    }
    let is_stop = !piece.is_quoted && parts.len() == 1 && is_stop(parts.first()?);
    Some(Clause {
        parts,
        whole,
        is_exact: piece.is_quoted,
        ending: piece.ending,
        within: piece.field.and_then(within),
        is_stop,
    })
}

/// Whether a word is in every text.
pub(crate) fn is_stop(word: &str) -> bool {
    STOP.split(' ').any(|stop| stop == word)
}

/// A piece of what was typed.
#[derive(Debug)]
struct Piece<'a> {
    field: Option<&'a str>,
    text: &'a str,
    is_quoted: bool,
    is_unwanted: bool,
    ending: Ending,
}

struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The bytes up to a character that `ends`.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn field(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let name = rest.split(':').next()?;
        let is_known = about(name).is_some() || within(name).is_some();
        if !is_known || name.len() == rest.len() {
            return None;
        }
        self.at += name.len() + 1;
        Some(name)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        self.until(|c| !c.is_whitespace());
        let rest = self.rest();
        let mut letters = rest.chars();
        let first = letters.next()?;
        let second = letters.next();
        let is_infinite = rest.starts_with("-inf") || rest.starts_with("-nan");
        let is_unwanted = !is_infinite
            && first == '-'
            && second.is_some_and(|c| c.is_alphabetic() || is_quote(c))
            && !is_option(rest);
        self.at += usize::from(is_unwanted);
        let field = self.field();
        let quote = self.rest().chars().next().filter(|c| is_quote(*c));
        let Some(quote) = quote else {
            let text = self.until(char::is_whitespace);
            let ending = if self.rest().is_empty() { Ending::Open } else { Ending::Complete };
            return Some(Piece { field, text, is_quoted: false, is_unwanted, ending });
        };
        self.at += quote.len_utf8();
        let text = self.until(is_quote);
        // A phrase that is not closed is still being typed.
        let is_open = self.rest().is_empty() && !text.ends_with(char::is_whitespace);
        let ending = if is_open { Ending::Open } else { Ending::Complete };
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        Some(Piece { field, text, is_quoted: true, is_unwanted, ending })
    }
}

/// Whether `text` begins with an option of a program, `-t` or `-march=native`, and not with what
/// is unwanted.
fn is_option(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let is_letter = word.chars().count() == 2 && word.len() < text.len();
    is_letter || (word.contains('=') && !word.contains(is_quote))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(text: &str) -> Vec<String> {
        let told = |clause: &Clause| {
            let mut told = clause.parts.join(" ");
            if clause.is_exact {
                told = format!("\"{told}\"");
            }
            if clause.is_open() {
                told.push('*');
            }
            told
        };
        Query::parse(text).wanted.iter().map(told).collect()
    }

    #[test]
    fn words_phrases_and_beginnings_are_told_apart() {
        assert_eq!(wanted("raft log"), ["raft", "log*"]);
        assert_eq!(wanted("raft log "), ["raft", "log"]);
        assert_eq!(wanted("\"read repair\" raft "), ["\"read repair\"", "raft"]);
        assert_eq!(wanted("\"read rep"), ["\"read rep\"*"]);
        assert_eq!(wanted("max_tokens "), ["max tokens"]);
        assert_eq!(wanted("R + W > N"), ["r + w > n*"]);
        assert_eq!(wanted("a b a "), ["b"]);
    }

    #[test]
    fn words_of_every_text_count_only_alone() {
        assert_eq!(wanted("why does the softmax overflow "), ["softmax", "overflow"]);
        assert_eq!(wanted("to be or "), ["to", "be", "or"]);
        assert_eq!(wanted("\"to be\" x "), ["\"to be\"", "x"]);
    }

    #[test]
    fn fields_and_what_is_unwanted() {
        let query = Query::parse("category:Cassandra -tag:x code:R+W -raft title:\"a b\" foo:bar");
        let filters: Vec<_> = query.filters.iter().map(|it| (it.about, it.is_unwanted)).collect();
        assert_eq!(filters, [(About::Category, false), (About::Tag, true)]);
        assert_eq!(query.filters[0].value, "cassandra");
        assert_eq!(query.unwanted[0].parts, ["raft"]);
        let within: Vec<_> = query.wanted.iter().map(|it| it.within).collect();
        assert_eq!(within, [Some(Within::Code), Some(Within::Title), None]);
        assert!(Query::parse("category:").is_empty());
        assert_eq!(wanted("--release "), ["-- release"]);
        assert_eq!(wanted("-march=native "), ["march = native"]);
        assert_eq!(wanted("llama -t threads "), ["llama", "t", "threads"]);
    }

    #[test]
    fn operators_alone_ask_for_nothing() {
        for text in ["", " ", "\"", "\"\"", "-", "- -", "-\"\"", "category:", "()[]", "\u{1b}\0"] {
            assert!(Query::parse(text).is_empty(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_of_bounded_size(text in "[ -~\u{e9}\u{65e5}\"\\-:]{0,12000}") {
            let query = Query::parse(&text);
            prop_assert!(query.wanted.len() <= MOST && query.unwanted.len() <= MOST);
            prop_assert!(query.wanted.iter().all(|it| it.parts.len() <= PHRASE && !it.parts.is_empty()));
        }
    }
}
