//! Everything that is remembered as one JSON text, to be carried to another machine.
//!
//! A text is read strictly: what this version does not know is refused rather than dropped.

use serde::{Deserialize, Serialize};

use crate::state::{Name, Stamp};

/// What a text says it is.
const KIND: &str = "library-tui state";
/// The version of the fields below.
pub const SCHEMA: u32 = 1;

/// Why a text was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarriedError {
    /// It is no JSON.
    #[error("this is no JSON: {0}")]
    Garbage(String),
    /// It is JSON of something else.
    #[error("this is not what `library-tui state export` writes")]
    Foreign,
    /// It was written by a later version of the program.
    #[error(
        "this was written by a later version of the program (schema {0}, known here: {SCHEMA}); \
         update library-tui here first"
    )]
    Future(u64),
    /// It says what it is and does not hold to it.
    #[error("this is damaged: {0}")]
    Damaged(String),
}

/// Everything that is remembered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    pub(in crate::state) kind: String,
    pub(in crate::state) schema: u32,
    /// When it was written.
    pub written: Stamp,
    /// How far each text was read.
    pub progress: Vec<CarriedProgress>,
    /// When texts were read.
    pub visits: Vec<CarriedVisit>,
    /// Places under letters.
    pub marks: Vec<CarriedMark>,
    /// The reading list, in its order.
    pub list: Vec<CarriedEntry>,
    /// Highlights and notes.
    pub highlights: Vec<CarriedHighlight>,
    /// What was set.
    pub settings: Vec<CarriedSetting>,
    /// The grades of cards.
    pub grades: Vec<CarriedGrade>,
}

/// A place in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedPlace {
    /// The heading above it.
    pub anchor: String,
    /// Which leaf.
    pub block: i64,
    /// Where in its text, in bytes.
    pub offset: i64,
    /// Rows above it that belong to it.
    pub above: i64,
    /// What is written there.
    pub quote: String,
}

/// How far a text was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedProgress {
    /// The text: `article:raft-election`.
    pub name: String,
    /// Where the reader was last.
    pub place: CarriedPlace,
    /// The furthest point.
    pub percent: u8,
    /// When the end was read.
    pub finished: Option<Stamp>,
    /// Milliseconds.
    pub spent: i64,
    /// When it was opened first.
    pub opened: Stamp,
    /// When it was read last.
    pub read: Stamp,
}

/// One time that a text was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedVisit {
    /// The text.
    pub name: String,
    /// When it began.
    pub began: Stamp,
    /// Milliseconds.
    pub spent: i64,
    /// The furthest point.
    pub percent: u8,
    /// Words that the pace was measured on.
    pub paced_words: i64,
    /// Milliseconds that they took.
    pub paced_spent: i64,
}

/// A place under a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedMark {
    /// `a` to `z`, `A` to `Z`.
    pub letter: char,
    /// The text.
    pub name: String,
    /// Where in it.
    pub place: CarriedPlace,
    /// When it was set.
    pub made: Stamp,
}

/// A text of the reading list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedEntry {
    /// The text.
    pub name: String,
    /// When it was put there.
    pub added: Stamp,
}

/// A highlight, and what was noted on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedHighlight {
    /// Names it on every machine.
    pub id: String,
    /// The text.
    pub name: String,
    /// Where it begins; the quote is the passage.
    pub place: CarriedPlace,
    /// Empty when nothing was noted.
    pub note: String,
    /// When it was made.
    pub made: Stamp,
    /// When the note was changed last.
    pub changed: Stamp,
}

/// A setting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedSetting {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A grade that a card was given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedGrade {
    /// The card's key.
    pub card: String,
    /// When.
    pub at: Stamp,
    /// 1 to 4.
    pub grade: u8,
}

impl Carried {
    /// Nothing yet, written at `written`.
    pub fn new(written: Stamp) -> Self {
        Self { kind: KIND.to_owned(), schema: SCHEMA, written, ..Self::default() }
    }

    /// Reads what [`Carried::to_json`] wrote.
    pub fn parse(text: &str) -> Result<Self, CarriedError> {
        let text = text.trim_start_matches('\u{feff}');
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| CarriedError::Garbage(error.to_string()))?;
        if value.get("kind").and_then(serde_json::Value::as_str) != Some(KIND) {
            return Err(CarriedError::Foreign);
        }
        let schema = value.get("schema").and_then(serde_json::Value::as_u64);
        match schema {
            Some(later) if later > SCHEMA.into() => return Err(CarriedError::Future(later)),
            Some(1..) => {}
            _ => return Err(CarriedError::Damaged("it has no schema".to_owned())),
        }
        // From the text again, so that the line of a mistake is told.
        let carried: Self =
            serde_json::from_str(text).map_err(|error| CarriedError::Damaged(error.to_string()))?;
        carried.sound().map_err(CarriedError::Damaged)
    }

    /// As JSON, indented, ending in a line feed.
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to be written: no maps with keys that are no strings.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What of it the program itself could have written: the rest would be refused elsewhere.
    pub(in crate::state) fn sound_part(mut self) -> Self {
        let is_name = |name: &str| Name::parse(name).is_some();
        self.progress.retain(|it| is_name(&it.name));
        self.visits.retain(|it| is_name(&it.name));
        self.marks.retain(|it| is_name(&it.name) && it.letter.is_ascii_alphabetic());
        self.list.retain(|it| is_name(&it.name));
        self.highlights.retain(|it| is_name(&it.name));
        self.grades.retain(|it| (1..=4).contains(&it.grade));
        self
    }

    /// Refuses values that the program itself never writes.
    fn sound(self) -> Result<Self, String> {
        let letters = self.marks.iter().map(|mark| mark.letter);
        if let Some(letter) = letters.into_iter().find(|letter| !letter.is_ascii_alphabetic()) {
            return Err(format!("no mark has the letter {letter:?}"));
        }
        let grades = self.grades.iter().map(|graded| graded.grade);
        if let Some(grade) = grades.into_iter().find(|grade| !(1..=4).contains(grade)) {
            return Err(format!("no grade is {grade}"));
        }
        let percents = self.progress.iter().map(|it| it.percent);
        let percents = percents.chain(self.visits.iter().map(|it| it.percent));
        if let Some(percent) = percents.into_iter().find(|percent| *percent > 100) {
            return Err(format!("nothing is read to {percent} %"));
        }
        let names = self.progress.iter().map(|it| &it.name);
        let names = names.chain(self.visits.iter().map(|it| &it.name));
        let names = names.chain(self.marks.iter().map(|it| &it.name));
        let names = names.chain(self.list.iter().map(|it| &it.name));
        let mut names = names.chain(self.highlights.iter().map(|it| &it.name));
        if let Some(name) = names.find(|name| Name::parse(name).is_none()) {
            return Err(format!("no text is called {name:?}"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Carried {
        let place = CarriedPlace {
            anchor: "a".into(),
            quote: "\u{1b}[31m \"q\"".into(),
            ..CarriedPlace::default()
        };
        let name = || "article:raft".to_owned();
        Carried {
            progress: vec![CarriedProgress {
                name: name(),
                place: place.clone(),
                finished: Some(5),
                ..CarriedProgress::default()
            }],
            visits: vec![CarriedVisit { name: name(), began: 3, ..CarriedVisit::default() }],
            marks: vec![CarriedMark { letter: 'a', name: name(), place: place.clone(), made: 1 }],
            list: vec![CarriedEntry { name: name(), added: 2 }],
            highlights: vec![CarriedHighlight {
                id: "1".into(),
                name: name(),
                place,
                note: "n\n".into(),
                made: 1,
                changed: 2,
            }],
            settings: vec![CarriedSetting { key: "k".into(), value: "v".into() }],
            grades: vec![CarriedGrade { card: "raft#1".into(), at: 9, grade: 3 }],
            ..Carried::new(7)
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for carried in [Carried::new(0), full()] {
            let json = carried.to_json();
            assert!(!json.contains('\u{1b}') && json.ends_with("}\n"));
            assert_eq!(Carried::parse(&json), Ok(carried));
        }
    }

    #[test]
    fn what_is_not_ours_is_refused_with_a_reason() {
        let own = full().to_json();
        let changed = |from: &str, to: &str| {
            assert!(own.contains(from), "{from}");
            Carried::parse(&own.replace(from, to)).unwrap_err().to_string()
        };
        let half: String = own.chars().take(own.len() / 2).collect();
        for garbage in ["", "not json", "\u{0}", "{", &half] {
            let told = Carried::parse(garbage).unwrap_err().to_string();
            assert!(told.starts_with("this is no JSON"), "{told}");
        }
        for foreign in ["{}", "[]", "7", "null", "{\"kind\":\"x\"}"] {
            assert_eq!(Carried::parse(foreign), Err(CarriedError::Foreign));
        }
        assert!(changed("\"schema\": 1", "\"schema\": 2").contains("later version"));
        assert!(changed("\"schema\": 1", "\"schema\": 0").contains("damaged"));
        assert!(changed("\"letter\": \"a\"", "\"letter\": \"1\"").contains("no mark"));
        assert!(changed("\"grade\": 3", "\"grade\": 5").contains("no grade is 5"));
        assert!(changed("\"percent\": 0", "\"percent\": 101").contains("101 %"));
        assert!(changed("article:raft", "raft").contains("no text is called"));
        assert!(changed("\"note\":", "\"remark\":").contains("unknown field `remark`"));
        assert!(changed("\"at\": 9", "\"at\": \"9\"").contains("line "));
    }
}
