//! Lines, stairs and points over two axes.

use crate::chart::{self, Scale, letter, units, whole};
use crate::document::{Chart, ChartKind};
use crate::layout::chart::sheet::Sheet;
use crate::layout::chart::{role, words};
use crate::layout::{Measure, Role};
use crate::text;

/// Dots of a cell.
pub(super) const ACROSS: usize = 2;
pub(super) const DOWN: usize = 4;

/// Where the plot stands on its sheet.
pub(super) struct Frame {
    pub(super) left: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A plot of `width` cells.
pub(super) fn drawn(chart: &Chart, width: usize, measure: Measure) -> Sheet {
    let height = (width / 5).clamp(8, 14);
    let (x, y) = chart::plot_scales(chart);
    let ticks = y.ticks(height / 3);
    let numbers = chart::numbers(&y, &ticks);
    let left = 1 + numbers.iter().map(|it| text::width(it)).max().unwrap_or(0);
    let frame = Frame { left: left + 1, width: width - (left + 1).min(width - 1), height };
    let mut sheet = Sheet::new(width, height + 4);
    sheet.head(0, 0, &chart::title(&chart.y), Role::Rule);
    let [up, foot, side, corner] =
        if measure.ascii { ['|', '+', '-', '+'] } else { ['│', '┬', '─', '└'] };
    for row in 0..height {
        sheet.put(left, row + 1, up, Role::Rule);
    }
    for (tick, number) in ticks.iter().zip(&numbers) {
        if let Some(row) = y.row(*tick, height, DOWN) {
            let mark = if measure.ascii { '+' } else { '┤' };
            sheet.put(left, row + 1, mark, Role::Rule);
            sheet.write_before(left, row + 1, number, Role::Rule);
        }
    }
    sheet.put(left, height + 1, corner, Role::Rule);
    for column in 0..frame.width {
        sheet.put(frame.left + column, height + 1, side, Role::Rule);
    }
    feet(&mut sheet, &frame, &x, foot);
    let title = chart::title(&chart.x);
    let middle = frame.left + frame.width / 2;
    sheet.head(middle.saturating_sub(text::width(&title) / 2), height + 3, &title, Role::Rule);
    reference(&mut sheet, chart, &frame, (&x, &y), measure);
    match chart.kind {
        ChartKind::Scatter => scatter(&mut sheet, chart, &frame, (&x, &y), measure),
        _ => lines(&mut sheet, chart, &frame, (&x, &y), measure),
    }
    words::written(&mut sheet, chart, &frame, (&x, &y), measure);
    sheet
}

/// Ticks under the plot, as many as do not touch.
fn feet(sheet: &mut Sheet, frame: &Frame, x: &Scale, foot: char) {
    let ticks = x.ticks(frame.width / 11);
    let mut free = 0;
    for (tick, words) in ticks.iter().zip(chart::numbers(x, &ticks)) {
        let Some(column) = x.cell(*tick, frame.width, ACROSS) else { continue };
        let cells = text::width(&words);
        let begin = (frame.left + column).saturating_sub(cells / 2);
        let begin = begin.min((frame.left + frame.width).saturating_sub(cells));
        sheet.put(frame.left + column, frame.height + 1, foot, Role::Rule);
        if begin >= free && begin + cells <= frame.left + frame.width {
            sheet.write(begin, frame.height + 2, &words, Role::Rule);
            free = begin + cells + 1;
        }
    }
}

/// Lines across the plot.
fn reference(
    sheet: &mut Sheet,
    chart: &Chart,
    frame: &Frame,
    (x, y): (&Scale, &Scale),
    measure: Measure,
) {
    let [across, up] = words::signs(measure);
    for rule in &chart.rules {
        if let Some(row) = rule.y.and_then(|at| y.row(at, frame.height, DOWN)) {
            for column in 0..frame.width {
                sheet.put(frame.left + column, row + 1, across, Role::Rule);
            }
        }
        if let Some(column) = rule.x.and_then(|at| x.cell(at, frame.width, ACROSS)) {
            for row in 1..=frame.height {
                sheet.put(frame.left + column, row, up, Role::Rule);
            }
        }
    }
}

/// The sign of a series of points.
pub(super) fn dot(series: usize, measure: Measure) -> char {
    let signs =
        if measure.ascii { ['o', 'x', '+', '#', '@'] } else { ['●', '○', '▲', '□', '◆'] };
    signs.get(series % 5).copied().unwrap_or('o')
}

fn scatter(
    sheet: &mut Sheet,
    chart: &Chart,
    frame: &Frame,
    (x, y): (&Scale, &Scale),
    measure: Measure,
) {
    for (at, series) in chart.series.iter().enumerate() {
        for [px, py] in &series.points {
            if let (Some(column), Some(row)) =
                (x.cell(*px, frame.width, ACROSS), y.row(*py, frame.height, DOWN))
            {
                sheet.put(frame.left + column, row + 1, dot(at, measure), role(at));
            }
        }
    }
}

fn lines(
    sheet: &mut Sheet,
    chart: &Chart,
    frame: &Frame,
    (x, y): (&Scale, &Scale),
    measure: Measure,
) {
    let mut dots = Dots::new(frame.width, frame.height);
    for (at, series) in chart.series.iter().enumerate() {
        dots.series(at, &chart::corners(chart.kind, series), (x, y));
    }
    for row in 0..frame.height {
        for column in 0..frame.width {
            if let Some((sign, series)) = dots.cell(column, row, measure) {
                sheet.put(frame.left + column, row + 1, sign, role(series));
            }
        }
    }
    if chart.series.len() > 1 {
        let notes = chart.notes.iter().filter_map(|it| place([it.x, it.y], frame, (x, y)));
        let notes: Vec<(usize, usize)> = notes.collect();
        for (at, series) in chart.series.iter().enumerate() {
            let places = series.points.iter().rev();
            let places = places.filter_map(|point| place(*point, frame, (x, y)));
            name(sheet, at, &places.collect::<Vec<_>>(), &notes);
        }
    }
}

/// The cell of a point.
pub(super) fn place(
    [px, py]: [f64; 2],
    frame: &Frame,
    (x, y): (&Scale, &Scale),
) -> Option<(usize, usize)> {
    let (column, row) = (x.cell(px, frame.width, ACROSS)?, y.row(py, frame.height, DOWN)?);
    Some((frame.left + column, row + 1))
}

/// The letter of a line at its end, or further to the left where another one or the sign of a
/// note stands already.
fn name(sheet: &mut Sheet, at: usize, places: &[(usize, usize)], notes: &[(usize, usize)]) {
    let is_free = |place: &&(usize, usize)| {
        let (column, row) = **place;
        !sheet.is_letter(column, row) && !notes.contains(place)
    };
    let place = places.iter().find(is_free).or(places.first());
    if let Some((column, row)) = place {
        sheet.put(*column, *row, letter(at), role(at));
    }
}

/// Two dots across and four down in each cell.
struct Dots {
    width: usize,
    height: usize,
    cells: Vec<(u8, usize)>,
}

impl Dots {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, cells: vec![(0, 0); width * height] }
    }

    fn series(&mut self, at: usize, points: &[[f64; 2]], (x, y): (&Scale, &Scale)) {
        let (across, down) = (units(self.width * ACROSS - 1), units(self.height * DOWN - 1));
        let place = |[px, py]: &[f64; 2]| [x.place(*px) * across, (1.0 - y.place(*py)) * down];
        let places: Vec<[f64; 2]> = points.iter().map(place).collect();
        if let [only] = places.as_slice() {
            self.dot(at, *only);
        }
        let mut gone = 0;
        for pair in places.windows(2) {
            let [from, to] = pair else { continue };
            gone = self.line(at, *from, *to, gone);
        }
    }

    /// A line; returns how many dots the series has gone so far, for its dashes.
    fn line(&mut self, series: usize, from: [f64; 2], to: [f64; 2], gone: usize) -> usize {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let steps = whole(dx.abs().max(dy.abs()).min(4000.0)).max(1);
        for step in 0..=steps {
            let part = units(step) / units(steps);
            let shown = match series % 3 {
                0 => true,
                1 => (gone + step) % 6 < 4,
                _ => (gone + step).is_multiple_of(3),
            };
            if shown {
                self.dot(series, [from[0] + dx * part, from[1] + dy * part]);
            }
        }
        gone + steps
    }

    fn dot(&mut self, series: usize, [x, y]: [f64; 2]) {
        let edge = |count: usize| units(count) - 0.5;
        if !(-0.5..edge(self.width * ACROSS)).contains(&x)
            || !(-0.5..edge(self.height * DOWN)).contains(&y)
        {
            return;
        }
        let (x, y) = (whole(x), whole(y));
        let bit = match (x % ACROSS, y % DOWN) {
            (0, 3) => 0x40,
            (_, 3) => 0x80,
            (0, row) => 1 << row,
            (_, row) => 8 << row,
        };
        if let Some(cell) = self.cells.get_mut(y / DOWN * self.width + x / ACROSS) {
            *cell = (cell.0 | bit, series);
        }
    }

    fn cell(&self, column: usize, row: usize, measure: Measure) -> Option<(char, usize)> {
        let (bits, series) = *self.cells.get(row * self.width + column)?;
        if bits == 0 {
            return None;
        }
        let braille = char::from_u32(0x2800 + u32::from(bits)).unwrap_or('*');
        Some((if measure.ascii { letter(series).to_ascii_lowercase() } else { braille }, series))
    }
}
