//! What a lab shows: plain data, complete after every gesture.
//!
//! Every text is formatted already, as the browser would write it. The texts are the lab's own:
//! make them safe before they are drawn. Every number is finite.

mod chart;
mod control;
mod figure;

pub use chart::{
    Arrow, Axis, Edge, Graph, Lane, Lanes, Line, Mark, Node, Rule, Series, Span, Tick,
};
pub use control::{Choice, Control, ControlKind, Declared, Pane, Preset};
pub use figure::{Arc, Branch, Point, Queue, Ring};

use serde::{Deserialize, Serialize};

/// Everything a lab shows in one state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// The tick; 0 in a lab without time.
    pub tick: u32,
    /// The last tick; 0 in a lab without time.
    pub end: u32,
    /// The time as a text; empty in a lab without time.
    pub clock: String,
    /// The state as the fragment of the lab's address, without `#`.
    pub hash: String,
    /// The whole state in one sentence.
    pub say: String,
    /// The controls, in reading order.
    pub controls: Vec<Control>,
    /// The readings, in order.
    pub readings: Vec<Reading>,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A figure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The figure, with its unit.
    pub text: String,
    /// A remark, or nothing.
    pub note: String,
    /// What it means.
    pub tone: Option<Tone>,
}

/// What a mark means. Never shown by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "five categories without a meaning, and four meanings")]
pub enum Tone {
    A,
    B,
    C,
    D,
    E,
    Good,
    Warn,
    Bad,
    Dim,
}

/// A drawing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// Its name, as panes give it.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// What it shows, in words. For parts of an unknown kind all there is.
    pub alt: String,
    /// What is in it.
    pub shape: Shape,
}

/// What is in a part, by its kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A worked equation.
    Formula(Vec<Term>),
    /// Stacked bars.
    Bars(Bars),
    /// A table or a matrix.
    Grid(Grid),
    /// Lines over two axes.
    Series(Series),
    /// Nodes and edges.
    Graph(Graph),
    /// Spans in time, one lane for each that acts, with arrows between the lanes.
    Lanes(Lanes),
    /// Nodes below nodes, in the order of an outline.
    Tree(Vec<Branch>),
    /// A circle with stretches and places.
    Ring(Ring),
    /// Who is served and who waits.
    Queue(Vec<Queue>),
    /// What happened, the newest last.
    Log(Vec<Event>),
    /// Lines of code, and which is next.
    Code(Code),
    /// A text.
    Text(String),
    /// Drawn by the lab's own page only; see [`Part::alt`].
    #[default]
    Other,
}

/// A term of an equation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Term {
    /// What stands before it: `×`, `=`, …; may be empty.
    pub op: String,
    /// Its value.
    pub text: String,
    /// What it is.
    pub label: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// The control that it comes from.
    pub control: Option<String>,
}

/// Stacked bars.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bars {
    /// The length of the whole axis; more than 0.
    pub max: f64,
    /// A line across all bars.
    pub limit: Option<Limit>,
    /// The bars.
    pub rows: Vec<Bar>,
}

/// A line across bars.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limit {
    /// Where.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// A bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// Its pieces, from the left.
    pub pieces: Vec<Piece>,
}

/// A piece of a bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Piece {
    /// What stands in it.
    pub label: String,
    /// Its length.
    pub value: f64,
    /// What it means.
    pub tone: Option<Tone>,
}

/// A table or a matrix.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grid {
    /// Heads of the columns; empty when there are none.
    pub columns: Vec<String>,
    /// Heads of the rows; empty when there are none.
    pub heads: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a grid.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// Whether it is the one in work now.
    pub is_now: bool,
    /// What pressing it does.
    pub press: Option<Press>,
}

/// What pressing something does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Press {
    /// The action.
    pub act: String,
    /// Its argument.
    pub arg: String,
    /// What it does, in words; may be empty.
    pub hint: String,
}

/// Something that happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// When, as a text.
    pub time: String,
    /// What.
    pub text: String,
    /// What it means.
    pub tone: Option<Tone>,
}

/// Lines of code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Code {
    /// The lines.
    pub lines: Vec<String>,
    /// Which is in work, from 0.
    pub at: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lab_leaves_out_has_a_default() {
        let picture: Picture = serde_json::from_str(
            r#"{"say":"x","parts":[{"id":"a","shape":"other"},{"shape":{"log":[{"text":"y","tone":"good"}]}}]}"#,
        )
        .unwrap();
        assert_eq!(picture.parts[0].shape, Shape::Other);
        let event = Event { text: "y".into(), tone: Some(Tone::Good), ..Event::default() };
        assert_eq!(picture.parts[1].shape, Shape::Log(vec![event]));
    }
}
