//! What to try in a lab: a question, answers to bet on, and why it ends as it does.

use ratatui::layout::Rect;

use crate::labs::file::{LabFile, Try};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::action::Action;
use crate::tui::canvas::Canvas;
use crate::tui::player::Playing;
use crate::tui::player::words;

/// The things to try, while they are shown; the last page is what to remember.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Which page.
    pub at: usize,
    /// The selected answer.
    pub answer: usize,
    /// Rows scrolled: back from the end once the reason stands there, on in the takeaway.
    pub rows: usize,
}

/// A bet that was not on an answer: the try has none to bet on, and ran.
pub const RAN: usize = usize::MAX;

impl Tries {
    /// Whether this page is the takeaway.
    pub fn is_takeaway(&self, file: &LabFile) -> bool {
        self.at >= file.tries.len()
    }

    pub(super) fn hints(&self, playing: &Playing) -> Vec<(Action, &'static str)> {
        let bet = playing.bets.get(self.at).copied().flatten();
        let file = playing.file.as_ref();
        let it = file.and_then(|it| it.tries.get(self.at));
        let enter = match (it, bet) {
            (None, _) => "close",
            (Some(_), Some(_)) => "look",
            (Some(it), None) if it.answers.is_empty() => "run",
            (Some(_), None) => "bet",
        };
        vec![(Action::Open, enter), (Action::NextTry, "next"), (Action::Clear, "close")]
    }
}

/// Whether a bet was right, in a sign and a word.
fn verdict(canvas: &Canvas<'_>, it: &Try, bet: usize) -> (Safe, Part) {
    if it.answers.get(bet).is_some_and(|it| it.is_right) {
        (canvas.ornament("✓ Right.", "+ Right."), Part::Good)
    } else {
        (canvas.ornament("✗ Wrong.", "x Wrong."), Part::Bad)
    }
}

/// A line of the box, and how it looks.
type Row = (Safe, Part);

/// Draws the box at the bottom of the body, so that the lab above it stays in sight.
pub(super) fn draw(canvas: &mut Canvas<'_>, body: Rect, playing: &Playing, tries: &Tries) {
    let Some(file) = &playing.file else { return };
    let width = body.width.min(88);
    let inner = width.saturating_sub(4).max(1);
    let rows = match file.tries.get(tries.at) {
        Some(it) => {
            let bet = playing.bets.get(tries.at).copied().flatten();
            rows(canvas, it, bet, tries.answer, inner)
        }
        None => paragraph(&file.takeaway, inner, Part::Text).collect(),
    };
    // The line of time below stays in sight.
    let below = if playing.is_timed() && !playing.is_narrow() { 2 } else { 0 };
    let room = body.height.saturating_sub(below);
    let height = crate::text::cells(rows.len()).saturating_add(2).min(room);
    let area =
        Rect { x: body.x + (body.width - width) / 2, y: body.y + room - height, width, height };
    let title = if tries.is_takeaway(file) {
        canvas.ornament("★ key takeaway", "key takeaway")
    } else {
        Safe::line(&format!("what to try, {} of {}", tries.at + 1, file.tries.len()))
    };
    let inside = canvas.frame(area, &title);
    canvas.cursor = None;
    let skip = first_row(&rows, usize::from(inside.height), tries, playing);
    for (y, (text, part)) in (0..inside.height).zip(rows.iter().skip(skip)) {
        canvas.part(inside, 0, y, text, *part);
    }
}

/// The first row shown where not all fit: the selected answer is in sight, and after a bet what
/// came of it.
fn first_row(rows: &[Row], height: usize, tries: &Tries, playing: &Playing) -> usize {
    let end = rows.len().saturating_sub(height);
    let has_bet = playing.bets.get(tries.at).is_some_and(Option::is_some);
    if has_bet {
        return end.saturating_sub(tries.rows);
    }
    let selected = rows.iter().rposition(|(_, part)| *part == Part::Selected);
    selected.map_or(tries.rows, |last| (last + 1).saturating_sub(height)).min(end)
}

fn paragraph(text: &str, width: u16, part: Part) -> impl Iterator<Item = Row> {
    words::wrap(text, width, 30).into_iter().map(move |line| (line, part))
}

/// The question, its answers, and after a bet the verdict and the reason.
fn rows(
    canvas: &Canvas<'_>,
    it: &Try,
    bet: Option<usize>,
    selected: usize,
    width: u16,
) -> Vec<Row> {
    let blank = (Safe::default(), Part::Text);
    let mut rows: Vec<Row> = paragraph(&it.question, width, Part::Strong).collect();
    rows.push(blank.clone());
    for (number, (letter, answer)) in ('a'..='z').zip(&it.answers).enumerate() {
        let is_bet = bet == Some(number);
        let (sign, part) = match bet {
            None if number == selected => (canvas.ornament("›", ">"), Part::Selected),
            None => (Safe::from(" "), Part::Text),
            Some(_) if answer.is_right => (canvas.ornament("✓", "+"), Part::Good),
            Some(_) if is_bet => (canvas.ornament("✗", "x"), Part::Bad),
            Some(_) => (Safe::from(" "), Part::Dim),
        };
        let yours = if is_bet { "  (your bet)" } else { "" };
        let text = format!(" {letter}  {}{yours}", answer.text);
        for (line, text) in words::wrap(&text, width.saturating_sub(1), 3).into_iter().enumerate() {
            let lead = if line == 0 { sign.clone() } else { Safe::from("    ") };
            rows.push((lead.then(&text), part));
        }
    }
    let Some(bet) = bet else {
        if it.answers.is_empty() {
            rows.push((Safe::from("Enter runs it."), Part::Dim));
        } else {
            rows.extend([blank, (Safe::from("Bet first: then the lab runs it."), Part::Dim)]);
        }
        return rows;
    };
    if !it.answers.is_empty() {
        rows.extend([blank.clone(), verdict(canvas, it, bet)]);
    }
    rows.extend(paragraph(&it.why, width, Part::Text));
    rows
}
