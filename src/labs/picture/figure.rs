//! Drawings of structures: trees, rings and queues, as plain data.

use serde::{Deserialize, Serialize};

use crate::labs::picture::{Cell, Press, Tone};

/// A node of a tree. Nodes stand in the order of an outline: each before those below it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Branch {
    /// How many nodes stand above it; at most one more than above the node before.
    pub depth: u32,
    /// What is written at its edge from above; may be empty.
    pub edge: String,
    /// What it is.
    pub label: String,
    /// Beside the label; may be empty.
    pub sub: String,
    /// A remark; may be empty.
    pub note: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// Whether it is the one in work now.
    pub is_now: bool,
    /// What pressing it does.
    pub press: Option<Press>,
}

/// A circle, of which all places are numbers from 0 up to 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ring {
    /// Stretches of the circle.
    pub arcs: Vec<Arc>,
    /// Places at it.
    pub points: Vec<Point>,
}

/// A stretch of a ring, clockwise; over 0 when its end comes before its start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arc {
    /// Its start, from 0 up to 1.
    pub from: f64,
    /// Its end, from 0 up to 1.
    pub to: f64,
    /// What it is; may be empty.
    pub label: String,
    /// What it means.
    pub tone: Option<Tone>,
}

/// A place at a ring.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Point {
    /// Where, from 0 up to 1.
    pub at: f64,
    /// What it is.
    pub label: String,
    /// Beside the label; may be empty.
    pub sub: String,
    /// What it means.
    pub tone: Option<Tone>,
    /// Whether it is looked up on the ring, rather than a part of it.
    pub is_inside: bool,
    /// What pressing it does.
    pub press: Option<Press>,
}

/// A queue, and where those who leave it are served.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Queue {
    /// Whose it is.
    pub label: String,
    /// The places where somebody can be served, some of them free.
    pub slots: Vec<Option<Cell>>,
    /// Those who wait, the first one first.
    pub items: Vec<Cell>,
    /// How many more wait than are given.
    pub more: u32,
    /// How many may wait.
    pub max: Option<u32>,
    /// A remark; may be empty.
    pub note: String,
    /// What it means.
    pub tone: Option<Tone>,
}
