//! The words of a text, as search compares them: folded, in parts and whole, symbols included.
//!
//! `max_tokens`, `KVCache`, `read-repair` and `10ms` are their parts, one place after another,
//! and the whole at the place of the first. Texts and queries go through the same splitter.

use std::ops::Range;

use crate::search::fold::fold_into;

/// The longest word that is kept, in bytes.
const LONGEST: usize = 64;
/// A name of more parts than this is kept whole only: it is a hash or a key.
const MOST_PARTS: usize = 6;
/// A longer run of symbols is a rule or an ornament.
const LONGEST_SYMBOL: usize = 3;
/// The square root.
const ROOT: char = '\u{221a}';

/// What a word is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word, or a part of a name.
    #[default]
    Part,
    /// A name of several parts, without what joins them.
    Whole,
    /// `+`, `>=`, `->`.
    Symbol,
}

/// A word of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word, folded.
    pub(crate) text: String,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// Its place among the words; a whole has that of its first part.
    pub(crate) place: usize,
    /// What it is.
    pub(crate) form: Form,
}

/// The words of a text, one after another.
pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
    place: usize,
    parts: Vec<Range<usize>>,
    waiting: Vec<Word>,
    used: usize,
}

/// The words of `text`.
pub(crate) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, place: 0, parts: vec![], waiting: vec![], used: 0 }
}

impl Words<'_> {
    /// The next word, which stays until the one after is asked for.
    pub(crate) fn advance(&mut self) -> Option<&Word> {
        while self.used >= self.waiting.len() {
            self.waiting.clear();
            self.used = 0;
            if !self.chunk() {
                return None;
            }
        }
        self.used += 1;
        self.waiting.get(self.used - 1)
    }

    /// Takes the next name or symbol apart; false at the end.
    fn chunk(&mut self) -> bool {
        while let Some(c) = self.peek(0) {
            if is_wordy(c) {
                self.name();
                return true;
            }
            if symbol(c).is_some() {
                self.symbols();
                return true;
            }
            if c == ROOT {
                self.root();
                return true;
            }
            self.at += c.len_utf8();
        }
        false
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        let rest = self.text.get(self.at..)?;
        match rest.as_bytes().get(ahead) {
            Some(byte) if byte.is_ascii() && ahead == 0 => Some(char::from(*byte)),
            _ => rest.chars().nth(ahead),
        }
    }

    /// `√d` is `sqrt(d)`.
    fn root(&mut self) {
        let start = self.at;
        self.at += ROOT.len_utf8();
        let word = Word { text: "sqrt".to_owned(), ..self.blank(start..self.at, Form::Part) };
        self.waiting.push(word);
        self.place += 1;
    }

    fn symbols(&mut self) {
        let start = self.at;
        let mut text = String::new();
        while let Some(meaning) = self.peek(0).and_then(symbol) {
            text.push_str(meaning);
            self.at += self.peek(0).map_or(1, char::len_utf8);
        }
        if text.len() > LONGEST_SYMBOL || text == "!" || text == "-" {
            return;
        }
        self.waiting.push(Word {
            text,
            range: start..self.at,
            place: self.place,
            form: Form::Symbol,
        });
        self.place += 1;
    }

    /// A name: letters and digits, and what joins them.
    fn name(&mut self) {
        self.parts.clear();
        let start = self.at;
        let mut part = start;
        let mut before = None;
        let mut dropped = None;
        while let Some(c) = self.peek(0) {
            if is_wordy(c) {
                if before.is_some_and(|before| self.parts_at(before, c)) && part < self.at {
                    self.parts.push(part..self.at);
                    part = self.at;
                }
                before = Some(c);
                self.at += c.len_utf8();
                continue;
            }
            match self.joint(before, c) {
                Joint::Apart => {
                    self.parts.push(part..self.at);
                    self.at += c.len_utf8();
                    part = self.at;
                    before = None;
                }
                Joint::Within => {
                    self.at += c.len_utf8();
                    before = Some(c);
                }
                Joint::Possessive => {
                    dropped = Some(self.at);
                    self.at += c.len_utf8() + 1;
                    break;
                }
                Joint::None => break,
            }
        }
        let end = dropped.unwrap_or(self.at);
        if part < end {
            self.parts.push(part..end);
        }
        self.tell(start..end);
    }

    /// Whether a part ends between `before` and `c`, which stand beside each other.
    fn parts_at(&self, before: char, c: char) -> bool {
        if before.is_ascii_lowercase() && c.is_ascii_lowercase() {
            return false;
        }
        if is_ideograph(before) || is_ideograph(c) {
            return true;
        }
        let digits = before.is_numeric() || before == '.' || before == ',';
        if digits != c.is_numeric() && (digits || c.is_numeric()) {
            return true;
        }
        if before.is_lowercase() && c.is_uppercase() {
            return true;
        }
        // `KVCache` is `KV` and `Cache`; `LLMs` is one word.
        let next = self.peek(1);
        let is_plural = next == Some('s') && !self.peek(2).is_some_and(char::is_alphanumeric);
        let begins = before.is_uppercase() && c.is_uppercase();
        begins && !is_plural && next.is_some_and(char::is_lowercase)
    }

    /// What a character between two wordy ones does.
    fn joint(&self, before: Option<char>, c: char) -> Joint {
        let Some(before) = before else { return Joint::None };
        let Some(next) = self.peek(1).filter(|next| is_wordy(*next)) else { return Joint::None };
        let numbers = before.is_ascii_digit() && next.is_ascii_digit();
        match c {
            '_' | '-' | '\u{2010}' | '\u{2011}' => Joint::Apart,
            '.' if numbers => Joint::Within,
            ',' if numbers && self.thousands() => Joint::Within,
            '\'' | '\u{2019}' if next == 's' && !self.peek(2).is_some_and(is_wordy) => {
                Joint::Possessive
            }
            '\'' | '\u{2019}' if before.is_alphabetic() && next.is_alphabetic() => Joint::Within,
            _ => Joint::None,
        }
    }

    /// Whether three digits follow, and no fourth.
    fn thousands(&self) -> bool {
        let digit = |ahead| self.peek(ahead).is_some_and(|c| c.is_ascii_digit());
        digit(2) && digit(3) && !digit(4)
    }

    /// Puts the parts and the whole among the waiting words.
    fn tell(&mut self, range: Range<usize>) {
        let parts = std::mem::take(&mut self.parts);
        if parts.len() > 1 {
            let mut whole = self.blank(range.clone(), Form::Whole);
            for part in &parts {
                fold_into(self.text.get(part.clone()).unwrap_or_default(), &mut whole.text);
            }
            let is_cut = whole.text.len() > LONGEST;
            let ideographs =
                self.text.get(range.clone()).is_some_and(|it| it.chars().all(is_ideograph));
            if !is_cut && !ideographs {
                self.waiting.push(whole);
            }
            if parts.len() > MOST_PARTS && !ideographs && has_digits(self.text, &range) {
                self.place += 1;
                self.parts = parts;
                return;
            }
        }
        for part in &parts {
            let mut word = self.blank(part.clone(), Form::Part);
            fold_into(self.text.get(part.clone()).unwrap_or_default(), &mut word.text);
            if word.text.len() > LONGEST {
                let cut = word.text.floor_char_boundary(LONGEST);
                word.text.truncate(cut);
            }
            if !word.text.is_empty() {
                self.waiting.push(word);
                self.place += 1;
            }
        }
        self.parts = parts;
    }

    fn blank(&self, range: Range<usize>, form: Form) -> Word {
        Word { text: String::with_capacity(range.len()), range, place: self.place, form }
    }
}

/// What a character between letters does.
enum Joint {
    /// It ends a part, and the name goes on.
    Apart,
    /// It is left out, and the part goes on.
    Within,
    /// It begins the `s` of a possessive, which ends the name.
    Possessive,
    /// It ends the name.
    None,
}

fn has_digits(text: &str, range: &Range<usize>) -> bool {
    text.get(range.clone()).is_some_and(|text| text.bytes().any(|byte| byte.is_ascii_digit()))
}

fn is_wordy(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining(c)))
}

/// An accent that stands after its letter.
pub(crate) fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Writing without blanks between words: each character is a word.
fn is_ideograph(c: char) -> bool {
    c >= '\u{2e80}'
        && (c <= '\u{9fff}' || ('\u{f900}'..='\u{faff}').contains(&c) || c >= '\u{20000}')
}

/// How a symbol is written in ASCII; none for what only separates.
fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "+",
        '-' | '\u{2212}' => "-",
        '*' | '\u{b7}' | '\u{22c5}' => "*",
        '=' => "=",
        '<' => "<",
        '>' => ">",
        '!' => "!",
        '&' => "&",
        '|' => "|",
        '^' => "^",
        '~' => "~",
        '%' => "%",
        '@' => "@",
        '#' => "#",
        '\u{2264}' => "<=",
        '\u{2265}' => ">=",
        '\u{2260}' => "!=",
        '\u{2192}' => "->",
        '\u{2190}' => "<-",
        '\u{21d2}' => "=>",
        '\u{d7}' => "x",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = vec![];
        let mut words = words(text);
        while let Some(word) = words.advance() {
            found.push(match word.form {
                Form::Whole => format!("[{}]{}", word.text, word.place),
                _ => format!("{}{}", word.text, word.place),
            });
        }
        found
    }

    #[test]
    fn names_are_their_parts_and_whole() {
        assert_eq!(all("max_tokens"), ["[maxtokens]0", "max0", "tokens1"]);
        assert_eq!(all("a KVCache b"), ["a0", "[kvcache]1", "kv1", "cache2", "b3"]);
        assert_eq!(all("read-repair"), ["[readrepair]0", "read0", "repair1"]);
        assert_eq!(all("getHTTPResponse2xx").first().unwrap(), "[gethttpresponse2xx]0");
        assert_eq!(all("LLMs"), ["llms0"]);
        assert_eq!(all("__init__"), ["init0"]);
    }

    #[test]
    fn numbers_keep_their_points_and_lose_their_commas() {
        assert_eq!(all("10ms"), ["[10ms]0", "100", "ms1"]);
        assert_eq!(all("0.25, 3.11."), ["0.250", "3.111"]);
        assert_eq!(all("4,096 1,2"), ["40960", "11", "22"]);
        assert_eq!(all("fp16"), ["[fp16]0", "fp0", "161"]);
    }

    #[test]
    fn accents_and_apostrophes_are_folded() {
        assert_eq!(all("Élection e\u{301}t"), ["election0", "et1"]);
        assert_eq!(all("the node's don't"), ["the0", "node1", "dont2"]);
        assert_eq!(all("nodes' Größe"), ["nodes0", "grosse1"]);
    }

    #[test]
    fn symbols_are_words_and_ornaments_are_not() {
        assert_eq!(all("R + W > N"), ["r0", "+1", "w2", ">3", "n4"]);
        assert_eq!(all("R+W>N"), all("R + W > N"));
        assert_eq!(all("a ≥ b"), all("a >= b"));
        assert_eq!(all("a -> b != c ======== !"), ["a0", "->1", "b2", "!=3", "c4"]);
        assert_eq!(all("日本"), ["日0", "本1"]);
        assert_eq!(all("q·k/√d"), all("q · k/sqrt(d)"));
    }

    #[test]
    fn a_hash_is_one_word() {
        assert_eq!(all("a1b2c3d4e5 x"), ["[a1b2c3d4e5]0", "x1"]);
    }

    proptest! {
        #[test]
        fn every_word_is_a_piece_of_the_text(text in ".{0,200}") {
            let mut words = words(&text);
            while let Some(word) = words.advance() {
                prop_assert!(text.get(word.range.clone()).is_some_and(|it| !it.is_empty()));
                prop_assert!(word.text.len() <= LONGEST && !word.text.contains(' '));
            }
        }
    }
}
