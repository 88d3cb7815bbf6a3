//! Drawings with axes, nodes and lanes, as plain data.

use serde::{Deserialize, Serialize};

use crate::labs::picture::{Press, Tone};

/// Lines over two axes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Series {
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// The lines.
    pub lines: Vec<Line>,
    /// Straight lines across, at one value.
    pub rules: Vec<Rule>,
    /// Single points.
    pub marks: Vec<Mark>,
}

/// An axis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Axis {
    /// What is measured.
    pub label: String,
    /// The value at its start.
    pub min: f64,
    /// The value at its end; more than `min`.
    pub max: f64,
    /// The base of a logarithmic axis, whose `min` is more than 0.
    pub log: Option<f64>,
    /// Values that are written at the axis.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// Where a value stands: 0 at the start, 1 at the end, outside of that off the axis.
    pub fn place(&self, value: f64) -> f64 {
        let place = match self.log {
            Some(_) => (value / self.min).ln() / (self.max / self.min).ln(),
            None => (value - self.min) / (self.max - self.min),
        };
        if place.is_finite() { place } else { 0.0 }
    }
}

/// A value that is written at an axis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tick {
    /// The value.
    pub at: f64,
    /// As a text.
    pub text: String,
}

/// A line of a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// What it is; may be empty.
    pub label: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// Whether it is drawn with gaps.
    pub is_dashed: bool,
    /// Its points, x and y.
    pub points: Vec<(f64, f64)>,
}

/// A straight line across a series; one of `x` and `y` is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Upright, at this value.
    pub x: Option<f64>,
    /// Level, at this value.
    pub y: Option<f64>,
    /// What it is.
    pub label: String,
    /// What it means.
    pub tone: Option<Tone>,
}

/// A single point of a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// From left to right.
    pub x: f64,
    /// From bottom to top.
    pub y: f64,
    /// What it is; may be empty.
    pub label: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// The control that it is a handle of.
    pub control: Option<String>,
}

/// Nodes and edges.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// A node of a graph.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Node {
    /// Its name.
    pub id: String,
    /// What is written in it.
    pub label: String,
    /// Below the label; may be empty.
    pub sub: String,
    /// Beside the node; may be empty.
    pub note: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// How much of a countdown is left, from 1 to 0.
    pub ring: Option<f64>,
    /// Where it stands, from 0 to 1, right and down; on a ring with the others when not given.
    pub place: Option<(f64, f64)>,
    /// What pressing it does.
    pub press: Option<Press>,
}

/// An edge of a graph, or a message on its way.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edge {
    /// The node it leaves.
    pub from: String,
    /// The node it reaches.
    pub to: String,
    /// What is written at it; may be empty.
    pub label: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// Whether it is drawn with gaps.
    pub is_dashed: bool,
    /// How far a message is, from 0 to 1; none when it is only an edge.
    pub at: Option<f64>,
}

/// Spans in time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lanes {
    /// Time, from left to right.
    pub time: Axis,
    /// The time that is shown now.
    pub now: f64,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// Arrows between the lanes.
    pub arrows: Vec<Arrow>,
}

/// A lane.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lane {
    /// Whose it is.
    pub label: String,
    /// What it does when.
    pub spans: Vec<Span>,
}

/// A span of a lane.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span {
    /// Its start.
    pub from: f64,
    /// Its end.
    pub to: f64,
    /// What it means.
    pub tone: Option<Tone>,
    /// What it is; may be empty.
    pub label: String,
}

/// An arrow from one lane to another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrow {
    /// When it leaves.
    pub from: f64,
    /// Which lane it leaves; may be none that there is.
    pub from_lane: u32,
    /// When it arrives.
    pub to: f64,
    /// Which lane it reaches; may be none that there is.
    pub to_lane: u32,
    /// What it means.
    pub tone: Option<Tone>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(axis: &Axis, value: f64, place: f64) {
        assert!((axis.place(value) - place).abs() < 1e-12, "{}", axis.place(value));
    }

    #[test]
    fn a_value_has_its_place_on_an_axis() {
        let straight = Axis { min: 10.0, max: 20.0, ..Axis::default() };
        check(&straight, 10.0, 0.0);
        check(&straight, 25.0, 1.5);
        let log = Axis { min: 1.0, max: 100.0, log: Some(10.0), ..Axis::default() };
        check(&log, 10.0, 0.5);
        check(&log, 0.0, 0.0);
        check(&Axis::default(), 3.0, 0.0);
    }
}
