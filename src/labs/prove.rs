//! Proves what a lab says: its form, its claims, the catalogue's figures, and its invariants.

mod form;

use std::fmt;
use std::time::Duration;

use serde_json::json;

use crate::labs::engine::{self, Fault, Limits};
use crate::labs::file::LabFile;

/// What runs beside a lab's own scripts.
const CHECK: (&str, &str) = ("check", include_str!("../../labs/kit/check.js"));

/// What prints a lab's trace.
const TRACE: (&str, &str) = ("trace", include_str!("../../labs/kit/trace.js"));

/// What a lab may take while it is proved: plenty of memory, and a minute.
const PROVED: Limits = Limits {
    memory: 256 << 20,
    load: Duration::from_millis(500),
    call: Duration::from_mins(1),
    ..Limits::PLAYED
};

/// What a lab may take to be opened and to show a state: twice what a played one may, since
/// machines differ.
const REHEARSED: Limits =
    Limits { load: Duration::from_secs(1), call: Duration::from_millis(500), ..Limits::PLAYED };

/// How many seeds the invariants have to hold for.
pub const SEEDS: u32 = 20;

/// Something that a lab says and that is not so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of mistake it is.
    pub what: What,
    /// The line of the page, from 1.
    pub line: usize,
    /// What is wrong. It may repeat texts of the lab: make it safe before it is shown.
    pub sentence: String,
}

/// Kinds of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The page has not the form of a lab.
    Form,
    /// The kit in it is not the current one.
    Kit,
    /// The model does not keep the contract.
    Contract,
    /// A claim of the lab's own cases fails.
    Claim,
    /// A figure of the catalogue fails.
    Figure,
    /// An invariant fails.
    Invariant,
    /// It does not run.
    Engine,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Form,
        Self::Kit,
        Self::Contract,
        Self::Claim,
        Self::Figure,
        Self::Invariant,
        Self::Engine,
    ];

    /// Its name, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Kit => "kit",
            Self::Contract => "contract",
            Self::Claim => "claim",
            Self::Figure => "figure",
            Self::Invariant => "invariant",
            Self::Engine => "engine",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what.name(), self.sentence)
    }
}

/// Everything that fails in the page of a lab; empty when it proves what it says.
///
/// `figures` is the list in `tests/labs/checks`, as JSON, when there is one. [`SEEDS`] is how many
/// seeds the tests ask for; fewer are quicker. Takes a second or two for a lab with time.
pub fn prove(html: &str, figures: Option<&str>, seeds: u32) -> Vec<Failure> {
    let mut failures = form::failures(html);
    let lab = match LabFile::parse(html) {
        Ok(lab) => lab,
        Err(error) => {
            failures.push(Failure { what: What::Form, line: 1, sentence: error.to_string() });
            return failures;
        }
    };
    match proof(&lab, figures, seeds) {
        Ok(found) => failures.extend(found.into_iter().map(|(what, sentence)| {
            let what = What::ALL.into_iter().find(|it| it.name() == what);
            let what = what.unwrap_or(What::Contract);
            Failure { what, line: form::line_of(html, "id=\"lab-model\""), sentence }
        })),
        Err(fault) => {
            let line = form::line_of(html, "id=\"lab-model\"");
            failures.push(Failure { what: What::Engine, line, sentence: fault.to_string() });
        }
    }
    failures
}

/// What the engine finds: kinds and sentences.
fn proof(lab: &LabFile, figures: Option<&str>, seeds: u32) -> Result<Vec<(String, String)>, Fault> {
    let figures: serde_json::Value = match figures.map(serde_json::from_str).transpose() {
        Ok(figures) => figures.unwrap_or_default(),
        Err(error) => {
            let sentence = format!("the list of figures is not JSON: {error}");
            return Ok(vec![(What::Figure.name().to_owned(), sentence)]);
        }
    };
    let tried = lab.tries.iter().map(|it| &it.case);
    let page = json!({
        "cases": lab.takeaway_cases.iter().chain(tried).collect::<Vec<_>>(),
        "controls": lab.shown_controls,
        "parts": lab.shown_parts,
    });
    engine::rehearse(lab, REHEARSED)?;
    let script = format!("JSON.stringify(Lab.proof({page}, {figures}, {seeds}))");
    let found = engine::run(lab, &[CHECK], script, PROVED)?;
    serde_json::from_str(&found).map_err(|error| Fault::Garbled(error.to_string()))
}

/// A lab driven through everything it declares, one observation a line: the same bytes in every
/// engine. `node tests/labs/trace.mjs` prints them too.
pub fn trace(html: &str) -> Result<String, Fault> {
    let lab = LabFile::parse(html).map_err(|error| Fault::Failed(error.to_string()))?;
    engine::run(&lab, &[TRACE], "Lab.trace().join('\\n') + '\\n'".to_owned(), PROVED)
}
