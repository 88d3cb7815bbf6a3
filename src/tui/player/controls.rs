//! How the controls of a lab look.

use ratatui::layout::{Position, Rect};

use crate::labs::picture::{self, Control, ControlKind};
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::input::Input;
use crate::tui::player::Playing;
use crate::tui::player::pen::{self, Bit, Choice, cells};
use crate::tui::player::words;

/// Cells before a control: the sign of the selected one.
const LEAD: u16 = 2;

/// All controls, one below the other, and at the bottom the help of the selected one.
pub(super) fn all(canvas: &mut Canvas<'_>, mut area: Rect, playing: &Playing) {
    let Some(picture) = &playing.picture else { return };
    let help = playing.control().map_or("", |it| it.help.as_str());
    if area.height > 8 {
        let below = words::take_bottom(&mut area, 3);
        for (y, line) in (1..).zip(words::wrap(help, below.width.saturating_sub(LEAD), 2)) {
            canvas.part(below, LEAD, y, &line, Part::Dim);
        }
    }
    let controls: Vec<&Control> = picture.controls.iter().filter(|it| !it.is_idle).collect();
    let heights: Vec<u16> = controls.iter().map(|it| height(it, area.width)).collect();
    let selected = playing.control().map(|it| it.id.as_str());
    let at = controls.iter().position(|it| Some(it.id.as_str()) == selected).unwrap_or(0);
    // The selected one is in sight, whole.
    let above = pen::sum(heights.iter().take(at + 1).copied());
    let mut y = 0;
    let mut skip = above.saturating_sub(area.height);
    for (control, height) in controls.iter().zip(heights) {
        if skip > 0 {
            skip = skip.saturating_sub(height);
            continue;
        }
        if y + height > area.height {
            break;
        }
        let row = Rect { y: area.y + y, height, ..area };
        one(canvas, row, control, playing);
        y += height;
    }
}

/// How many rows a control takes.
pub(super) fn height(control: &Control, width: u16) -> u16 {
    let room = width.saturating_sub(LEAD);
    match &control.kind {
        ControlKind::Button | ControlKind::Toggle { .. } => 1,
        ControlKind::Range { .. } => 2,
        ControlKind::Pick { options } => {
            1 + u16::from(
                cells(&control.label).saturating_add(2 + chips_width(options).min(9_000)) > room,
            )
        }
        ControlKind::Text { .. } => {
            1 + u16::from(cells(&control.label) + 2 + cells(&control.text).max(12) > room)
        }
    }
}

/// One control, in as many rows as [`height`] says.
pub(super) fn one(canvas: &mut Canvas<'_>, area: Rect, control: &Control, playing: &Playing) {
    let is_selected = playing.control().is_some_and(|it| it.id == control.id);
    if is_selected {
        let sign = canvas.ornament("›", ">");
        canvas.part(area, 0, 0, &sign, Part::Accent);
        canvas.cursor = Some((Position::new(area.x, area.y), false));
    }
    let inside = Rect { x: area.x + LEAD, width: area.width.saturating_sub(LEAD), ..area };
    let part = if is_selected { Part::Strong } else { Part::Text };
    let label = Safe::line(&control.label);
    match &control.kind {
        ControlKind::Button => {
            let text = Safe::from("[ ").then(&label).then(&Safe::from(" ]"));
            canvas.part(inside, 0, 0, &text, if is_selected { Part::Selected } else { part });
        }
        ControlKind::Toggle { is_on } => {
            let sign = Safe::from(if *is_on { "[x] " } else { "[ ] " });
            let x = canvas.part(inside, 0, 0, &sign, part);
            let x = canvas.part(inside, x, 0, &label, part);
            let word = Safe::from("  ").then(&Safe::line(&control.text));
            canvas.part(inside, x, 0, &word, Part::Dim);
        }
        ControlKind::Range { place } => {
            let right = value(canvas, inside, &control.text);
            canvas.part(Rect { width: right, ..inside }, 0, 0, &label, part);
            track(
                canvas,
                Rect { y: inside.y + 1, height: 1, ..inside },
                *place,
                is_selected.into(),
            );
        }
        ControlKind::Pick { options } => {
            let x = canvas.part(inside, 0, 0, &label, part) + 2;
            let (x, y) = if area.height > 1 { (0, 1) } else { (x, 0) };
            pick(canvas, inside, (x, y), options);
        }
        ControlKind::Text { .. } => {
            let x = canvas.part(inside, 0, 0, &label, part) + 2;
            let (x, y) = if area.height > 1 { (0, 1) } else { (x, 0) };
            let input = playing.writing.as_ref().filter(|(id, _)| *id == control.id);
            text_line(canvas, inside, (x, y), &control.text, input.map(|(_, input)| input));
        }
    }
}

/// A value at the right end; returns where there is room before it.
fn value(canvas: &mut Canvas<'_>, area: Rect, text: &str) -> u16 {
    let style = canvas.theme.part(Part::Strong);
    let at = canvas.write_right(area, area.width, 0, &Safe::line(text), style);
    at.saturating_sub(1)
}

fn track(canvas: &mut Canvas<'_>, area: Rect, place: f64, choice: Choice) {
    let length = area.width;
    if length == 0 {
        return;
    }
    let knob = pen::along(place, length);
    let (done, left) = (canvas.ornament("━", "="), canvas.ornament("─", "-"));
    let bits = [
        (pen::times(&done, knob), canvas.theme.part(Part::Accent)),
        (
            canvas.ornament("●", "O"),
            canvas.theme.part(if choice == Choice::Selected { Part::Accent } else { Part::Text }),
        ),
        (pen::times(&left, length - 1 - knob), canvas.theme.part(Part::Dim)),
    ];
    pen::line(canvas, area, 0, &bits);
}

fn chips_width(options: &[picture::Choice]) -> u16 {
    pen::sum(options.iter().map(|it| cells(&it.label) + 3)).saturating_sub(1)
}

/// The options, the chosen one in brackets; the chosen one alone when they do not fit.
fn pick(canvas: &mut Canvas<'_>, area: Rect, (x, y): (u16, u16), options: &[picture::Choice]) {
    let room = area.width.saturating_sub(x);
    let mut bits: Vec<Bit> = vec![];
    if chips_width(options) <= room {
        for option in options {
            let (open, close) = if option.is_on { ("[", "]") } else { (" ", " ") };
            let text = Safe::from(open).then(&Safe::line(&option.label)).then(&Safe::from(close));
            let part = if option.is_on { Part::Accent } else { Part::Dim };
            bits.extend([
                (text, canvas.theme.part(part)),
                (Safe::from(" "), canvas.theme.ground()),
            ]);
        }
    } else {
        let at = options.iter().position(|it| it.is_on).unwrap_or(0);
        let label = options.get(at).map_or("", |it| it.label.as_str());
        let (back, on) = (canvas.ornament("◂ ", "< "), canvas.ornament(" ▸", " >"));
        let count = Safe::line(&format!("  {} of {}", at + 1, options.len()));
        // What follows stays in sight.
        let kept = text::fitting(label, usize::from(room.saturating_sub(4 + cells(&count))));
        let label = Safe::line(label.get(..kept).unwrap_or_default());
        let (accent, dim) = (canvas.theme.part(Part::Accent), canvas.theme.part(Part::Dim));
        bits.extend([(back, dim), (label, accent), (on, dim), (count, dim)]);
    }
    let area = Rect { x: area.x + x.min(area.width), width: room, ..area };
    pen::line(canvas, area, y, &bits);
}

fn text_line(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (x, y): (u16, u16),
    text: &str,
    input: Option<&Input>,
) {
    let shown = input.map_or(text, Input::text);
    let style = canvas.theme.part(if input.is_some() { Part::Match } else { Part::Strong });
    let blank = Safe::from("(empty)");
    let shown = if shown.is_empty() && input.is_none() { blank } else { Safe::line(shown) };
    canvas.write(area, x, y, &shown, style);
    if let Some(input) = input {
        let column = (x + text::cells(input.column())).min(area.width.saturating_sub(1));
        canvas.cursor = Some((Position::new(area.x + column, area.y + y), true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_takes_a_second_row_when_its_choices_do_not_fit_beside_its_name() {
        let options = ["dot", "column", "outer"]
            .map(|it| picture::Choice { label: it.into(), ..picture::Choice::default() });
        let kind = ControlKind::Pick { options: options.into() };
        let control = Control { label: "Order of work".into(), kind, ..Control::default() };
        assert_eq!((height(&control, 60), height(&control, 30)), (1, 2));
    }
}
