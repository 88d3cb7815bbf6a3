//! The words of rules and notes: beside what they say it of where cells are free, else below.

use crate::chart::Scale;
use crate::document::{Chart, Note, Rule};
use crate::layout::chart::plot::{self, ACROSS, DOWN, Frame};
use crate::layout::chart::sheet::Sheet;
use crate::layout::{Measure, Role};
use crate::text;

/// What level and upright rules are drawn with.
pub(super) fn signs(measure: Measure) -> [char; 2] {
    if measure.ascii { ['-', ':'] } else { ['┄', '┊'] }
}

/// Writes the words of a chart whose lines are drawn.
pub(super) fn written(
    sheet: &mut Sheet,
    chart: &Chart,
    frame: &Frame,
    scales: (&Scale, &Scale),
    measure: Measure,
) {
    // All signs first, so that no words stand on one.
    for note in &chart.notes {
        if let Some((column, row)) = place(note, frame, scales) {
            sheet.put(column, row, '*', Role::Strong);
        }
    }
    for rule in &chart.rules {
        label(sheet, rule, frame, scales, measure);
    }
    for note in &chart.notes {
        let spot = place(note, frame, scales).and_then(|place| beside(sheet, note, frame, place));
        if let Some((column, row)) = spot {
            sheet.write(column, row, &note.text, Role::Text);
        } else {
            let words = format!("{} (x = {}, y = {})", note.text, note.x, note.y);
            sheet.tell("*", Role::Strong, &words);
        }
    }
}

fn place(note: &Note, frame: &Frame, scales: (&Scale, &Scale)) -> Option<(usize, usize)> {
    plot::place([note.x, note.y], frame, scales)
}

/// Free cells for a note: at its sign, or one row above or below it.
fn beside(
    sheet: &Sheet,
    note: &Note,
    frame: &Frame,
    (column, row): (usize, usize),
) -> Option<(usize, usize)> {
    let cells = text::width(&note.text);
    let right = (column + 2 + cells <= frame.left + frame.width).then_some(column + 2);
    let left = column.checked_sub(cells + 1).filter(|left| *left >= frame.left);
    let rows = [Some(row), row.checked_sub(1), Some(row + 1)];
    let rows = rows.into_iter().flatten().filter(|row| (1..=frame.height).contains(row));
    let spots = rows.flat_map(|row| [right, left].into_iter().flatten().map(move |at| (at, row)));
    let is_free = |(at, row): &(usize, usize)| sheet.is_free(*at, *row, cells);
    spots.into_iter().find(is_free)
}

/// Writes what a rule is at one of its ends.
fn label(
    sheet: &mut Sheet,
    rule: &Rule,
    frame: &Frame,
    (x, y): (&Scale, &Scale),
    measure: Measure,
) {
    let cells = text::width(&rule.label) + 1;
    let end = frame.left + frame.width;
    let spot = if let Some(row) = rule.y.and_then(|at| y.row(at, frame.height, DOWN)) {
        let right = end.checked_sub(cells).filter(|it| *it >= frame.left);
        let spots = [right.map(|at| (at, true)), right.map(|_| (frame.left, false))];
        let free = spots.into_iter().flatten().find(|it| sheet.is_free(it.0, row + 1, cells));
        free.map(|(at, is_right)| (at, row + 1, is_right))
    } else if let Some(column) = rule.x.and_then(|at| x.cell(at, frame.width, ACROSS)) {
        let at = frame.left + column;
        let right = (at + 1 + cells <= end).then_some((at + 1, false));
        let left = at.checked_sub(cells).filter(|it| *it >= frame.left).map(|it| (it, true));
        let spots = (1..=frame.height)
            .flat_map(|row| [right, left].into_iter().flatten().map(move |it| (it.0, row, it.1)));
        spots.into_iter().find(|(at, row, _)| sheet.is_free(*at, *row, cells))
    } else {
        None
    };
    match spot {
        Some((at, row, true)) => sheet.write(at, row, &format!(" {}", rule.label), Role::Text),
        Some((at, row, false)) => sheet.write(at, row, &format!("{} ", rule.label), Role::Text),
        None => {
            let [across, up] = signs(measure);
            let (sign, name, at) = match rule.x {
                Some(x) => (up, "x", x),
                None => (across, "y", rule.y.unwrap_or_default()),
            };
            let words = format!("{} ({name} = {at})", rule.label);
            sheet.tell(&sign.to_string(), Role::Rule, &words);
        }
    }
}
