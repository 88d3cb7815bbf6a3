//! A screen in words: its text, then its styled runs (`row:columns style "text"`).

use std::collections::BTreeMap;
use std::fmt::Write;

use library_tui::tui::Hints;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use crate::session::harness::{Session, rows};

/// The screen of `session`.
pub(crate) fn picture(session: &Session) -> String {
    let (buffer, hints) = session.draw();
    let mut text = format!("{}x{}", buffer.area.width, buffer.area.height);
    text.push_str(&cursor(&hints));
    text.push('\n');
    for row in rows(&buffer) {
        let _ = writeln!(text, "|{row}");
    }
    text.push_str(&runs(&buffer));
    text
}

fn cursor(hints: &Hints) -> String {
    match hints.cursor {
        Some((at, true)) => format!(", typing at {},{}", at.x, at.y),
        Some((at, false)) => format!(", cursor at {},{}", at.x, at.y),
        None => String::new(),
    }
}

/// Runs of cells that look unlike most.
fn runs(buffer: &Buffer) -> String {
    let ground = commonest(buffer);
    let mut text = String::new();
    if !ground.is_empty() {
        let _ = writeln!(text, "elsewhere {ground}");
    }
    for row in buffer.area.rows() {
        let mut x = row.left();
        while x < row.right() {
            let (start, style) = (x, look(&buffer[(x, row.y)]));
            let mut run = String::new();
            while x < row.right() && look(&buffer[(x, row.y)]) == style {
                run.push_str(buffer[(x, row.y)].symbol());
                x += 1;
            }
            if style != ground {
                let _ = writeln!(text, "{}:{start}-{x} {style} {:?}", row.y, run.trim_end());
            }
        }
    }
    text
}

fn commonest(buffer: &Buffer) -> String {
    let mut counts = BTreeMap::new();
    for cell in &buffer.content {
        *counts.entry(look(cell)).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(look, _)| look).unwrap_or_default()
}

/// A style in words; empty for the terminal's own.
fn look(cell: &Cell) -> String {
    let mut words = vec![];
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    words.extend(cell.modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    words.join(" ")
}
