//! Where words stand in a plot, so that none covers another one. Judged at the width of a
//! telephone: a wider drawing has only more room.

use crate::html::charts::svg::{WIDTH, pixels};

/// Pixels of a plot's height.
const HEIGHT: f64 = 288.0;
/// Pixels of a line of text.
const LINE: f64 = 17.0;

/// From left to right and from top to bottom, in pixels.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// What is taken already.
#[derive(Debug, Default)]
pub(super) struct Labels {
    words: Vec<Area>,
    drawn: Vec<Area>,
}

/// Where words stand beside a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beside {
    /// From the left, 0 to 1.
    pub(super) x: f64,
    /// From the top, 0 to 1.
    pub(super) y: f64,
    /// Pixels to the right.
    pub(super) dx: f64,
    /// Pixels down, to the line that the letters stand on.
    pub(super) dy: f64,
    /// Whether the words end there or begin.
    pub(super) side: Side,
}

impl Beside {
    /// So many pixels further out, and down.
    pub(super) fn moved(self, (out, down): (f64, f64)) -> Self {
        let out = if self.side == Side::Left { -out } else { out };
        Self { dx: self.dx + out, dy: self.dy + down, ..self }
    }
}

/// On which side of a place words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// They end there.
    Left,
    /// They begin there.
    Right,
}

impl Side {
    /// The class that sets a text there.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Left => "end",
            Self::Right => "start",
        }
    }
}

impl Labels {
    /// Notes that a line is drawn between two places, from the left and from the top.
    pub(super) fn line(&mut self, from: [f64; 2], to: [f64; 2]) {
        for step in 0..=24_u8 {
            let part = f64::from(step) / 24.0;
            let x = (from[0] + (to[0] - from[0]) * part) * WIDTH;
            let y = (from[1] + (to[1] - from[1]) * part) * HEIGHT;
            let dot = Area { left: x - 3.0, right: x + 3.0, top: y - 3.0, bottom: y + 3.0 };
            if self.drawn.len() < 20_000 {
                self.drawn.push(dot);
            }
        }
    }

    /// The first of some places that is free, best without a line under it; None when each
    /// covers other words or leaves the drawing.
    pub(super) fn place(&mut self, words: &str, wanted: &[Beside]) -> Option<Beside> {
        let free = |labels: &Self, at: &&Beside| {
            let own = area(words, at);
            own.left >= -4.0
                && own.right <= WIDTH + 16.0
                && own.top >= -6.0
                && own.bottom <= HEIGHT + 4.0
                && !labels.words.iter().any(|other| own.meets(other))
        };
        let clear = |labels: &Self, at: &&Beside| {
            let own = area(words, at);
            !labels.drawn.iter().any(|dot| own.meets(dot))
        };
        let best = wanted.iter().find(|at| free(self, at) && clear(self, at));
        let found = *best.or_else(|| wanted.iter().find(|at| free(self, at)))?;
        self.words.push(area(words, &found));
        Some(found)
    }
}

fn area(words: &str, at: &Beside) -> Area {
    let (x, y) = (at.x * WIDTH + at.dx, at.y * HEIGHT + at.dy);
    let long = pixels(words);
    let left = match at.side {
        Side::Left => x - long,
        Side::Right => x,
    };
    Area { left, right: left + long, top: y - LINE * 0.8, bottom: y + LINE * 0.2 }
}
