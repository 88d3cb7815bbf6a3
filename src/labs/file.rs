//! A lab's page, read without running it: what it says, and the two scripts that make its model.

use serde::Deserialize;
use serde_json::Value;

use crate::labs::kit;
use crate::labs::words::{after_heading, between, element, words};

/// The version of the contract between labs and their hosts that this program keeps.
pub const CONTRACT: u64 = 1;

/// Pages longer than this many bytes are not read.
const MAX_BYTES: usize = 1 << 20;

/// The elements that a page has, in this order: the id, and what ends the element.
pub(crate) const ELEMENTS: [(&str, &str); 7] = [
    ("lab-meta", "</script>"),
    ("takeaway", "</section>"),
    ("try", "</section>"),
    ("lab-core", "</script>"),
    ("lab-model", "</script>"),
    ("lab-kit", "</script>"),
    ("lab-view", "</script>"),
];

/// A lab's page, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabFile {
    /// Its name, which is the name of its file.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The one question it answers.
    pub question: String,
    /// The category that it belongs to.
    pub category: String,
    /// 1 to 3.
    pub level: u64,
    /// How long it takes.
    pub minutes: u64,
    /// The words that it explains.
    pub concepts: Vec<String>,
    /// The articles that it belongs to.
    pub articles: Vec<String>,
    /// The modules of the kit that it uses.
    pub modules: Vec<String>,
    /// What is to be remembered.
    pub takeaway: String,
    /// The cases that prove the takeaway.
    pub takeaway_cases: Vec<String>,
    /// What to try.
    pub tries: Vec<Try>,
    /// The controls that stand on the page, in order.
    pub shown_controls: Vec<String>,
    /// The parts that stand on the page, in order; `read` is the list of readings.
    pub shown_parts: Vec<String>,
    /// The kit's pure script.
    pub core: String,
    /// The author's pure script.
    pub model: String,
}

/// Something to try: a case of the model, and perhaps a bet on how it ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Try {
    /// The case that shows it.
    pub case: String,
    /// What to do, or what is asked.
    pub question: String,
    /// The answers to bet on; none when there is no bet.
    pub answers: Vec<BetAnswer>,
    /// Why it ends so.
    pub why: String,
}

/// An answer to bet on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BetAnswer {
    /// The answer.
    pub text: String,
    /// Whether it is the right one.
    pub is_right: bool,
}

/// A page that is not a lab that this program can play.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabError {
    /// An element is missing, or stands too early.
    #[error("the lab has no `{0}`, or not in its place")]
    Missing(&'static str),
    /// The metadata is not what it should be.
    #[error("the lab's metadata cannot be read: {0}")]
    Metadata(String),
    /// It was written for another version of the contract.
    #[error(
        "the lab keeps version {0} of the contract, this program version {CONTRACT}; a newer program may play it"
    )]
    Contract(u64),
    /// The page is too long.
    #[error("the lab is longer than 1 MiB")]
    TooLong,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Meta {
    id: String,
    title: String,
    question: String,
    category: String,
    level: u64,
    minutes: u64,
    concepts: Vec<String>,
    articles: Vec<String>,
}

impl LabFile {
    /// Reads a page. What only the tests of labs ask for is not asked here.
    pub fn parse(html: &str) -> Result<Self, LabError> {
        if html.len() > MAX_BYTES {
            return Err(LabError::TooLong);
        }
        let [meta, takeaway, tries, core, model, _, _] = contents(html)?;
        let Meta { id, title, question, category, level, minutes, concepts, articles } =
            metadata(meta)?;
        let modules = kit::modules(html).unwrap_or_default();
        Ok(Self {
            id,
            title,
            question,
            category,
            level,
            minutes,
            concepts,
            articles,
            modules: modules.into_iter().map(str::to_owned).collect(),
            takeaway: words(after_heading(takeaway)),
            takeaway_cases: takeaway_cases(html),
            tries: tries.split("<li data-case=\"").skip(1).map(Try::read).collect(),
            shown_controls: attributes(html, "data-controls"),
            shown_parts: attributes(html, "data-part"),
            core: core.to_owned(),
            model: model.to_owned(),
        })
    }
}

/// What stands in each of [`ELEMENTS`]; each is looked for after the one before.
fn contents(html: &str) -> Result<[&str; ELEMENTS.len()], LabError> {
    let mut found = [""; ELEMENTS.len()];
    let mut after = 0;
    for (slot, (id, end)) in found.iter_mut().zip(ELEMENTS) {
        let missing = || LabError::Missing(id);
        let rest = html.get(after..).ok_or_else(missing)?;
        let (content, start) = element(rest, id, end).ok_or_else(missing)?;
        *slot = content;
        after += start + content.len();
    }
    Ok(found)
}

/// The metadata; the version of the contract is looked at first, since another one may have
/// other fields.
fn metadata(json: &str) -> Result<Meta, LabError> {
    let broken = |error: serde_json::Error| LabError::Metadata(error.to_string());
    let value: Value = serde_json::from_str(json).map_err(broken)?;
    match value.get("contract").and_then(Value::as_u64) {
        Some(CONTRACT) => serde_json::from_value(value).map_err(broken),
        Some(other) => Err(LabError::Contract(other)),
        None => Err(LabError::Metadata("it names no version of the contract".to_owned())),
    }
}

fn takeaway_cases(html: &str) -> Vec<String> {
    let cases =
        between(html, "id=\"takeaway\"", ">").and_then(|tag| between(tag, "data-cases=\"", "\""));
    cases.into_iter().flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// The words in all attributes of this name in the page's own HTML, in order.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let page = html.split_once("id=\"lab-core\"").map_or(html, |(page, _)| page);
    let start = format!("{name}=\"");
    let values = page.split(&start).skip(1).filter_map(|rest| rest.split_once('"'));
    values.flat_map(|(value, _)| value.split_whitespace()).map(str::to_owned).collect()
}

impl Try {
    /// Reads what follows `<li data-case="`.
    fn read(item: &str) -> Self {
        let (case, rest) = item.split_once('"').unwrap_or_default();
        let body = rest.split_once('>').map_or("", |(_, body)| body);
        let question = body.split("<ul class=\"ask\">").next().unwrap_or_default();
        let question = question.split("<p class=\"why\">").next().unwrap_or_default();
        let question = question.split("</li>").next().unwrap_or_default();
        let answers = between(body, "<ul class=\"ask\">", "</ul>").unwrap_or_default();
        Self {
            case: case.to_owned(),
            question: words(question),
            answers: answers.split("<li").skip(1).map(BetAnswer::read).collect(),
            why: words(between(body, "<p class=\"why\">", "</p>").unwrap_or_default()),
        }
    }
}

impl BetAnswer {
    /// Reads what follows `<li`.
    fn read(item: &str) -> Self {
        let (tag, text) = item.split_once('>').unwrap_or_default();
        Self { text: words(text), is_right: tag.split_whitespace().any(|it| it == "data-ok") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAFT: &str = include_str!("../../labs/distributed/raft-election.html");

    #[test]
    fn a_lab_is_read_whole() {
        let lab = LabFile::parse(RAFT).unwrap();
        assert_eq!((lab.id.as_str(), lab.level, lab.minutes), ("raft-election", 2, 12));
        assert_eq!(lab.modules, ["time", "svg", "series", "graph", "lanes", "bars"]);
        assert_eq!(lab.takeaway_cases, ["base", "wide", "one", "split"]);
        assert!(lab.takeaway.starts_with("Random timeouts must spread"), "{}", lab.takeaway);
        assert_eq!(lab.shown_controls, ["w", "T", "L", "n", "prevote", "seed"]);
        assert_eq!(lab.shown_parts, ["net", "read", "when", "chance", "price"]);
        assert!(lab.core.contains("var Lab=") && lab.model.contains("Lab({"));
        let first = lab.tries.first().unwrap();
        assert_eq!(lab.tries.len(), 5);
        assert!(first.question.ends_with("It becomes…"), "{}", first.question);
        assert_eq!(
            first.answers.iter().map(|it| (it.text.as_str(), it.is_right)).collect::<Vec<_>>(),
            [("0.656: the delay does not matter", false), ("0.873", true), ("0.967", false)]
        );
        assert!(first.why.starts_with("(1 − 5/150)⁴"), "{}", first.why);
    }

    #[test]
    fn a_page_that_is_no_lab_is_an_error() {
        let error = |from: &str, to: &str| LabFile::parse(&RAFT.replace(from, to)).unwrap_err();
        assert_eq!(error("id=\"try\"", ""), LabError::Missing("try"));
        assert_eq!(error("\"contract\": 1", "\"contract\": 2"), LabError::Contract(2));
        assert!(matches!(error("\"contract\": 1,", ""), LabError::Metadata(_)));
        assert!(matches!(error("\"minutes\": 12", "\"minutes\": \"12\""), LabError::Metadata(_)));
        assert!(matches!(error("\"minutes\": 12", "\"minutes\": 12, ;"), LabError::Metadata(_)));
        assert_eq!(LabFile::parse(""), Err(LabError::Missing("lab-meta")));
        assert_eq!(LabFile::parse(&" ".repeat(MAX_BYTES + 1)), Err(LabError::TooLong));
    }

    #[test]
    fn a_page_cut_anywhere_is_read_without_a_panic() {
        for (end, _) in RAFT.char_indices().step_by(97) {
            assert!(LabFile::parse(RAFT.get(..end).unwrap()).is_err());
        }
    }
}
