//! The screen of a lab that is played.

use ratatui::layout::Rect;

use crate::labs::picture::Picture;
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::{self, Arrangement, Need, Page};
use crate::tui::player::parts::{self, Look};
use crate::tui::player::pen::{self, Bit, cells};
use crate::tui::player::words::{self, take_bottom, take_top};
use crate::tui::player::{Playing, controls, tries};

/// Cells of the controls' column.
const CONTROLS: u16 = 36;

/// Draws the lab that is played.
pub fn draw(canvas: &mut Canvas<'_>, body: Rect, playing: &Playing) {
    let margin = if body.width >= 44 { 2 } else { u16::from(body.width >= 24) };
    let area = Rect { x: body.x + margin, width: body.width - 2 * margin, ..body };
    match (&playing.picture, Arrangement::of(body)) {
        (None, _) => before(canvas, area, playing),
        (Some(picture), Arrangement::Wide) => wide(canvas, area, playing, picture),
        (Some(picture), Arrangement::Narrow) => narrow(canvas, area, playing, picture),
        (Some(picture), Arrangement::Sentence) => {
            say(canvas, area, &picture.say, area.height, Part::Text);
        }
    }
    canvas.mend_wide(body);
    if let Some(tries) = &playing.tries {
        tries::draw(canvas, body, playing, tries);
    }
}

/// What is known before the lab has answered: what it asks, or why it cannot be played.
fn before(canvas: &mut Canvas<'_>, mut area: Rect, playing: &Playing) {
    let question = playing.file.as_ref().map_or("", |it| it.question.as_str());
    let used = say(canvas, area, question, 4, Part::Dim);
    take_top(&mut area, used + 1);
    if let Some(fault) = &playing.fault {
        say(canvas, area, fault, area.height, Part::Error);
    }
}

/// Writes a sentence; returns its rows.
fn say(canvas: &mut Canvas<'_>, area: Rect, text: &str, rows: u16, part: Part) -> u16 {
    let lines = words::wrap(text, area.width, rows.min(area.height));
    for (y, line) in (0..).zip(&lines) {
        canvas.part(area, 0, y, line, part);
    }
    crate::text::cells(lines.len())
}

/// The sentence, and that of the kept state below it; both are taken off the area.
fn sentences(
    canvas: &mut Canvas<'_>,
    area: &mut Rect,
    playing: &Playing,
    picture: &Picture,
    rows: u16,
) {
    let used = say(canvas, *area, &picture.say, rows, Part::Strong);
    // The rest of the screen does not move when the sentence grows.
    take_top(area, rows.max(used));
    if let Some(pin) = &playing.pin {
        let text = format!("Kept: {}", pin.say);
        say(canvas, *area, &text, rows.min(2), Part::Dim);
        take_top(area, rows.min(2));
    }
}

fn wide(canvas: &mut Canvas<'_>, mut area: Rect, playing: &Playing, picture: &Picture) {
    let rows = presets(canvas, area, playing);
    take_top(&mut area, rows);
    take_top(&mut area, u16::from(rows > 0));
    sentences(canvas, &mut area, playing, picture, 2);
    if playing.is_timed() {
        let row = take_bottom(&mut area, 1);
        position(canvas, row, playing, picture);
        take_bottom(&mut area, 1);
    }
    let gap = u16::from(area.height > 20);
    take_top(&mut area, gap);
    let width = CONTROLS.min(area.width / 3);
    controls::all(canvas, Rect { width, ..area }, playing);
    let right = Rect { x: area.x + width + 1, width: area.width - width - 1, ..area };
    let right = canvas.divide(right);
    panes(canvas, right, playing, picture);
}

/// The presets, with their digits; returns the rows they take.
fn presets(canvas: &mut Canvas<'_>, area: Rect, playing: &Playing) -> u16 {
    let (mut x, mut y) = (0, 0);
    for (digit, preset) in ('1'..='9').zip(&playing.declared.presets) {
        let is_on = playing.preset.as_deref() == Some(preset.id.as_str());
        let (open, close) = if is_on { ("[", "]") } else { (" ", " ") };
        let label = Safe::from(open).then(&Safe::line(&preset.label)).then(&Safe::from(close));
        let width = cells(&label) + 4;
        if x > 0 && x + width > area.width {
            (x, y) = (0, y + 1);
        }
        if y > 1 {
            break;
        }
        let digit = Safe::line(digit.encode_utf8(&mut [0; 4]));
        let part = if is_on { Part::Strong } else { Part::Text };
        let next = canvas.part(area, x, y, &digit, Part::Accent);
        x = canvas.part(area, next, y, &label, part) + 2;
    }
    if playing.declared.presets.is_empty() { 0 } else { y.min(1) + 1 }
}

/// Where the lab is in time.
fn position(canvas: &mut Canvas<'_>, row: Rect, playing: &Playing, picture: &Picture) {
    let (sign, word) = if playing.pace.is_playing {
        (canvas.ornament("▶ ", "> "), "playing  ")
    } else {
        (canvas.ornament("‖ ", "|| "), "paused   ")
    };
    let (dim, strong) = (canvas.theme.part(Part::Dim), canvas.theme.part(Part::Strong));
    let word = Safe::from(if row.width >= 60 { word } else { "" });
    let x = pen::line(canvas, row, 0, &[(sign, strong), (word, dim)]);
    let speed = if canvas.ascii { playing.pace.plain_name() } else { playing.pace.name() };
    let right = canvas.write_right(row, row.width, 0, &Safe::from(speed), dim);
    let clock = Safe::line(&picture.clock);
    let right = canvas.write_right(row, right.saturating_sub(2), 0, &clock, strong);
    let length = right.saturating_sub(x + 2);
    if length < 4 {
        return;
    }
    let share = f64::from(picture.tick) / f64::from(picture.end.max(1));
    let knob = pen::along(share, length);
    let (done, left) = (canvas.ornament("━", "="), canvas.ornament("─", "-"));
    let bits: [Bit; 3] = [
        (pen::times(&done, knob), canvas.theme.part(Part::Accent)),
        (canvas.ornament("●", "O"), strong),
        (pen::times(&left, length - 1 - knob), dim),
    ];
    let line = Rect { x: row.x + x, width: length, ..row };
    pen::line(canvas, line, 0, &bits);
}

/// A page's title.
fn title(page: &Page, picture: &Picture) -> Safe {
    match page {
        Page::Readings => Safe::from("Readings"),
        Page::Part(_) => Safe::line(page.part(picture).map_or("", |it| it.title.as_str())),
    }
}

fn need(page: &Page, picture: &Picture, width: u16) -> Need {
    let need = match page {
        Page::Readings => parts::need_readings(picture, width),
        Page::Part(_) => page.part(picture).map_or(Need::default(), |it| parts::need(it, width)),
    };
    // Title and air below.
    let has_title = u16::from(!title(page, picture).is_empty());
    let more = has_title + 1;
    Need { least: need.least + has_title, best: need.best.saturating_add(more), ..need }
}

/// The parts as the lab arranges them.
fn panes(canvas: &mut Canvas<'_>, area: Rect, playing: &Playing, picture: &Picture) {
    let rows = arrange::rows(picture, &playing.declared);
    let columns = |row: &Vec<(Page, u32)>| {
        let weights: Vec<u32> = row.iter().map(|(_, weight)| *weight).collect();
        arrange::columns(&weights, area.width, 2)
    };
    let row_need = |row: &Vec<(Page, u32)>| {
        let needs = row.iter().zip(columns(row));
        let needs = needs.map(|((page, _), (_, width))| need(page, picture, width));
        needs.fold(Need::default(), Need::beside)
    };
    let needs: Vec<Need> = rows.iter().map(row_need).collect();
    let mut y = area.y;
    for (row, height) in rows.iter().zip(arrange::share(&needs, area.height)) {
        for ((page, _), (x, width)) in row.iter().zip(columns(row)) {
            let mut pane = Rect { x: area.x + x, y, width, height };
            let heading = title(page, picture);
            if !heading.is_empty() {
                canvas.part(take_top(&mut pane, 1), 0, 0, &heading, Part::Dim);
            }
            draw_page(canvas, pane, page, playing, picture);
        }
        y += height;
    }
}

fn draw_page(
    canvas: &mut Canvas<'_>,
    area: Rect,
    page: &Page,
    playing: &Playing,
    picture: &Picture,
) {
    if let Page::Readings = page {
        parts::draw_readings(canvas, area, picture, playing.pin.as_ref());
    } else if let Some(part) = page.part(picture) {
        let look = Look { part: &part.id, stop: playing.stop() };
        parts::draw(canvas, area, part, look);
    }
}

/// One column: the sentence, the selected control, the time, one page.
fn narrow(canvas: &mut Canvas<'_>, mut area: Rect, playing: &Playing, picture: &Picture) {
    let is_low = area.height < 14;
    sentences(canvas, &mut area, playing, picture, if is_low { 2 } else { 3 });
    let gap = u16::from(area.height > 14);
    take_top(&mut area, gap);
    if let Some(control) = playing.control() {
        let height = controls::height(control, area.width);
        let row = take_top(&mut area, height);
        controls::one(canvas, row, control, playing);
    } else if let Some(press) = playing.stop().and_then(|it| pressing(picture, it)) {
        let row = take_top(&mut area, 1);
        canvas.part(row, 0, 0, &press, Part::Strong);
    }
    if playing.is_timed() {
        let row = take_top(&mut area, 1);
        position(canvas, row, playing, picture);
    }
    let gap = u16::from(area.height > 10);
    take_top(&mut area, gap);
    let pages = playing.pages();
    let Some(page) = pages.get(playing.page) else { return };
    let row = take_top(&mut area, 1);
    let count = Safe::line(&format!("{} of {}", playing.page + 1, pages.len()));
    let right = canvas.write_right(row, row.width, 0, &count, canvas.theme.part(Part::Dim));
    let left = Rect { width: right.saturating_sub(1), ..row };
    canvas.part(left, 0, 0, &title(page, picture), Part::Dim);
    draw_page(canvas, area, page, playing, picture);
}

/// What pressing the selected thing does, in words.
fn pressing(picture: &Picture, stop: &crate::tui::player::Stop) -> Option<Safe> {
    let press = crate::tui::player::stops::press(picture, stop)?;
    Some(Safe::from("› ").then(&Safe::line(&format!("{} {}", press.arg, press.hint))))
}
