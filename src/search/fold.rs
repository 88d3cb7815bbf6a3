//! Words made comparable: small letters without accents, and stems.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::tokenizer::{AsciiFoldingFilter, Language, LowerCaser, RawTokenizer, Stemmer};
use tantivy::tokenizer::{TextAnalyzer, TokenStream};

use crate::search::words::is_combining;

thread_local! {
    static FOLDER: RefCell<TextAnalyzer> = RefCell::new(
        TextAnalyzer::builder(RawTokenizer::default())
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .build(),
    );
    /// Stems of words that were asked for before; most words of a text are few.
    static KNOWN: RefCell<HashMap<String, String>> = RefCell::default();
    static STEMMER: RefCell<TextAnalyzer> = RefCell::new(
        TextAnalyzer::builder(RawTokenizer::default())
            .filter(Stemmer::new(Language::English))
            .build(),
    );
}

/// Adds `part`, a part of a name, folded, to `out`.
pub(crate) fn fold_into(part: &str, out: &mut String) {
    if part.is_ascii() {
        let kept = part.bytes().filter(|byte| !matches!(byte, b',' | b'\''));
        out.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    let kept = |c: &char| !is_combining(*c) && !matches!(c, ',' | '\'' | '\u{2019}');
    let bare: String = part.chars().filter(kept).collect();
    FOLDER.with_borrow_mut(|folder| {
        let mut stream = folder.token_stream(&bare);
        while let Some(token) = stream.next() {
            out.push_str(&token.text);
        }
    });
}

/// Puts the stem of a folded word into `out`: `replic` for `replicate` and for `replication`.
pub(crate) fn stem_into(word: &str, out: &mut String) {
    out.clear();
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        out.push_str(word);
        return;
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(stem) = known.get(word) {
            out.push_str(stem);
            return;
        }
        compute_stem(word, out);
        if known.len() == MOST_KNOWN {
            known.clear();
        }
        known.insert(word.to_owned(), out.clone());
    });
}

fn compute_stem(word: &str, out: &mut String) {
    let american = american(word);
    STEMMER.with_borrow_mut(|stemmer| {
        let mut stream = stemmer.token_stream(american.as_deref().unwrap_or(word));
        while let Some(token) = stream.next() {
            out.push_str(&token.text);
        }
    });
    if out.len() > 5 && out.ends_with("our") {
        out.truncate(out.len() - 3);
        out.push_str("or");
    }
}

/// Stems that are remembered.
const MOST_KNOWN: usize = 20_000;

/// Endings that are spelt with an `s` in Britain and with a `z` elsewhere.
const BRITISH: &[&str] =
    &["ise", "ised", "ises", "iser", "isers", "ising", "isation", "isations", "yse", "ysed"];

/// A word in the spelling that the stemmer knows: `synchronize` for `synchronise`.
fn american(word: &str) -> Option<String> {
    let ending = BRITISH.iter().find(|ending| word.len() > 5 && word.ends_with(**ending))?;
    let start = word.get(..word.len() - ending.len())?;
    Some(format!("{start}{}", ending.replacen('s', "z", 1)))
}

/// The stem of a folded word.
pub(crate) fn stem(word: &str) -> String {
    let mut out = String::new();
    stem_into(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_their_stem() {
        for (one, other) in [
            ("replicate", "replication"),
            ("consistency", "consistent"),
            ("caches", "caching"),
            ("synchronised", "synchronize"),
            ("behaviour", "behaviors"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
        assert_eq!((stem("p99").as_str(), stem("as").as_str()), ("p99", "as"));
    }
}
