//! The sheet over the screen that tells how a lab reaches a browser.
//!
//! Addresses and commands stand in rows of their own, from edge to edge and without a border, so
//! that any terminal copies them whole.

use ratatui::layout::{Position, Rect};

use crate::labs::LabLink;
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::message::{ExportedLab, Forward, HandedLab, Lasting};

/// The port that is proposed for the settings.
const PROPOSED: u16 = 4711;

/// The widest row of prose, in cells.
const WIDEST: usize = 90;

/// A lab on its way to a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabPanel {
    /// The lab.
    pub lab: LabLink,
    /// Its title.
    pub title: Safe,
    /// Where its page is.
    pub handed: HandedLab,
    /// Where its page was written to.
    pub exported: Option<ExportedLab>,
    /// The first row shown.
    pub top: usize,
}

/// What stands in the sheet, from top to bottom.
enum Item {
    /// Prose; what stands between backticks is a key, or to be typed.
    Prose(String),
    /// Something to be copied.
    Verbatim(Safe),
    /// The address of the page.
    Address(Safe),
    /// A blank row, where there is room for it.
    Gap,
}

use Item::{Address, Gap, Prose, Verbatim};

impl LabPanel {
    /// Moves the first row shown by `rows`.
    pub fn scroll(&mut self, rows: isize) {
        self.top = self.top.saturating_add_signed(rows).min(100);
    }

    fn items(&self) -> Vec<Item> {
        let address = Address(Safe::line(&self.handed.address));
        let mut items = match &self.handed.forward {
            None => vec![
                Prose("Opening in the browser. If nothing comes up there, open (`y` copies):".into()),
                Gap,
                address,
            ],
            Some(forward) => vec![
                Prose("`Enter` plays it here. For your own machine's browser, run there (`c` copies):".into()),
                Gap,
                Verbatim(Safe::line(&forward.command)),
                Gap,
                Prose("and open (`y` copies):".into()),
                Gap,
                address,
            ],
        };
        items.push(Gap);
        items.extend(self.handed.forward.as_ref().and_then(taken));
        match &self.exported {
            None => items.push(Prose("`e` writes the page to a file.".into())),
            Some(it) => items.extend(exported(it)),
        }
        items.extend(self.handed.forward.iter().flat_map(lasting));
        items
    }
}

fn taken(forward: &Forward) -> Option<Item> {
    let Lasting::Taken(port) = forward.lasting else { return None };
    Some(Prose(format!("Port {port} is taken, so this is another one.")))
}

fn exported(page: &ExportedLab) -> Vec<Item> {
    let mut items = vec![
        Prose("The page, until you leave the reader:".into()),
        Verbatim(Safe::line(&page.path)),
    ];
    if let Some(fetch) = &page.fetch {
        items.push(Prose("This fetches it to your own machine:".into()));
        items.push(Verbatim(Safe::line(fetch)));
    }
    items
}

/// How every later link works at once.
fn lasting(forward: &Forward) -> Vec<Item> {
    let line =
        |port| format!("Put `LocalForward {port} 127.0.0.1:{port}` into ~/.ssh/config there");
    let without = "and every later address works without the command.";
    let prose = match forward.lasting {
        Lasting::Set(port) => format!("{}, {without}", line(port)),
        Lasting::Taken(_) => return vec![],
        Lasting::Unset => {
            let (line, settings) = (line(PROPOSED), &forward.settings);
            format!("{line} and `port = {PROPOSED}` below `[labs]` in {settings} here, {without}")
        }
    };
    vec![Gap, Prose(prose)]
}

/// A row of the sheet.
enum Row {
    Words(Vec<(Safe, Part)>),
    /// All rows of something to be copied, and how many these are.
    Flow(Safe, Option<Safe>, usize),
}

impl Row {
    fn count(&self) -> usize {
        match self {
            Self::Words(_) => 1,
            Self::Flow(_, _, count) => *count,
        }
    }
}

fn rows(items: Vec<Item>, width: usize) -> Vec<Row> {
    let count = |text: &Safe| text::width(text).div_ceil(width.max(1));
    let rows = items.into_iter().flat_map(|item| match item {
        Prose(prose) => wrapped(&prose, width.saturating_sub(4).clamp(1, WIDEST)),
        Verbatim(text) => vec![Row::Flow(text.clone(), None, count(&text))],
        Address(text) => vec![Row::Flow(text.clone(), Some(text.clone()), count(&text))],
        Gap => vec![Row::Words(vec![])],
    });
    rows.collect()
}

/// Prose in rows of at most `width` cells.
fn wrapped(prose: &str, width: usize) -> Vec<Row> {
    let mut rows = vec![];
    let (mut row, mut used) = (vec![], 0);
    for word in words(prose) {
        let wide: usize = word.iter().map(|(piece, _)| text::width(piece)).sum();
        if used > 0 && used + 1 + wide > width {
            rows.push(Row::Words(std::mem::take(&mut row)));
            used = 0;
        }
        if used > 0 {
            row.push((Safe::from(" "), Part::Text));
            used += 1;
        }
        used += wide;
        row.extend(word);
    }
    rows.push(Row::Words(row));
    rows
}

/// The words of prose; what stands between backticks is kept together.
fn words(prose: &str) -> Vec<Vec<(Safe, Part)>> {
    let (mut words, mut word) = (vec![], vec![]);
    for (at, piece) in prose.split('`').enumerate() {
        if at % 2 == 1 {
            word.push((Safe::line(piece), Part::Accent));
            continue;
        }
        for (at, part) in piece.split(' ').enumerate() {
            if at > 0 {
                words.push(std::mem::take(&mut word));
            }
            word.push((Safe::line(part), Part::Text));
        }
    }
    words.push(word);
    words
}

/// Draws `panel` over `screen`; the last line stays free for the keys.
pub fn draw(canvas: &mut Canvas<'_>, screen: Rect, panel: &LabPanel) {
    let most = usize::from(screen.height.saturating_sub(1));
    let mut items = panel.items();
    let tall = |rows: &[Row]| rows.iter().map(Row::count).sum::<usize>();
    let mut rows = rows(items, screen.width.into());
    if tall(&rows) + 2 > most {
        items = panel.items().into_iter().filter(|item| !matches!(item, Gap)).collect();
        rows = self::rows(items, screen.width.into());
    }
    let height = text::cells((tall(&rows) + 2).min(most));
    let y = screen.y + (screen.height.saturating_sub(1) - height) / 3;
    let area = Rect { y, height, ..screen };
    canvas.blank(area);
    draw_rules(canvas, area, &panel.title);
    let inside = Rect { y: y + 1, height: height.saturating_sub(2), ..screen };
    let hidden = tall(&rows).saturating_sub(inside.height.into());
    let top = panel.top.min(hidden);
    let mut at = -isize::try_from(top).unwrap_or(0);
    for row in rows {
        let count = row.count();
        draw_row(canvas, inside, at, row);
        at += isize::try_from(count).unwrap_or(0);
    }
    if top < hidden && height > 0 {
        let more = canvas.ornament(" ↓ more ", " j: more ");
        let style = canvas.theme.part(Part::Dim);
        canvas.write_right(area, area.width.saturating_sub(2), height - 1, &more, style);
    }
}

fn draw_rules(canvas: &mut Canvas<'_>, area: Rect, title: &Safe) {
    let rule = canvas.ornament("─", "-");
    let line: Safe = std::iter::repeat_n(&rule, usize::from(area.width)).collect();
    canvas.part(area, 0, 0, &line, Part::Border);
    canvas.part(area, 0, area.height.saturating_sub(1), &line, Part::Border);
    let padded = Safe::from(" ").then(title).then(&Safe::from(" "));
    canvas.part(Rect { width: area.width.saturating_sub(2), ..area }, 2, 0, &padded, Part::Strong);
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, at: isize, row: Row) {
    let y = u16::try_from(at).ok().filter(|y| *y < area.height);
    match (row, y) {
        (Row::Words(words), Some(y)) => {
            let mut x = 2;
            for (word, part) in words {
                x = canvas.part(area, x, y, &word, part);
            }
        }
        (Row::Flow(text, address, _), y) => {
            if address.is_some() {
                let y = y.map(|y| Position::new(area.x, area.y + y));
                canvas.cursor = y.map(|at| (at, false)).or(canvas.cursor);
            }
            canvas.flow(area, at, &text, address);
        }
        (Row::Words(_), None) => {}
    }
}
