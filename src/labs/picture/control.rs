//! What a lab can be moved by, and what it declares when it is opened.

use serde::{Deserialize, Serialize};

/// A control and its value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Control {
    /// Its name in a patch.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// A sentence about it, or nothing.
    pub help: String,
    /// Its value as a text, with its unit; empty for a button.
    pub text: String,
    /// Whether it has a meaning in this state. A host may leave out the others.
    pub is_idle: bool,
    /// How it is moved.
    pub kind: ControlKind,
}

/// How a control is moved.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlKind {
    /// Along a line. `place` is where it stands, from 0 to 1.
    Range {
        /// From 0 to 1.
        place: f64,
    },
    /// One of a few.
    Pick {
        /// All of them.
        options: Vec<Choice>,
    },
    /// On or off.
    Toggle {
        /// Whether it is on.
        is_on: bool,
    },
    /// Does something.
    #[default]
    Button,
    /// A text to write.
    Text {
        /// The longest, in characters.
        max: u32,
    },
}

/// One of the options of a control.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Its name in a patch.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Whether it is the value.
    pub is_on: bool,
}

/// What a lab declares once, when it is opened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Declared {
    /// Ticks in a second of playing; 0 in a lab without time.
    pub rate: f64,
    /// The preset that is shown first; empty when there is none.
    pub start: String,
    /// States to start from.
    pub presets: Vec<Preset>,
    /// The names of the cases.
    pub cases: Vec<String>,
    /// How the parts stand on a terminal: rows of parts.
    pub panes: Vec<Vec<Pane>>,
}

/// A state to start from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preset {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Whether it plays at once.
    pub plays: bool,
}

/// A part's place on a terminal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pane {
    /// The part; `read` is the list of readings.
    pub part: String,
    /// Its share of the row; at least 1.
    pub weight: u32,
}
