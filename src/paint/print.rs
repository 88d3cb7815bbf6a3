//! A whole document as text: with escape sequences for a terminal, without for a pipe.

use std::fmt::Write;
use std::ops::Range;

use ratatui::style::{Color, Modifier, Style};

use crate::document::{BlockKind, Document};
use crate::layout::{self, Line, Measure, Page, Role};
use crate::text;
use crate::theme::{Depth, Theme};

/// The document as lines, each ending in a line feed. At colour depth none there is no escape
/// sequence in it. `indent` spaces stand before each line that is not blank.
pub fn print(document: &Document, measure: Measure, theme: &Theme, indent: usize) -> String {
    let mut page = Page::new(document, measure);
    let mut out = String::new();
    let mut block = None;
    let mut colours = vec![];
    for row in page.all(document) {
        if block.replace(row.block) != Some(row.block) {
            colours = code_colours(document, row.block, *theme);
        }
        if let Some(line) = page.line(row) {
            push_line(&mut out, line, *theme, &colours, indent);
        }
    }
    out
}

fn code_colours(document: &Document, block: usize, theme: Theme) -> Vec<(Range<usize>, Role)> {
    match document.blocks.get(block).map(|block| &block.kind) {
        Some(BlockKind::Code(code)) if theme.depth() != Depth::None => {
            layout::highlight(code, &mut || true).unwrap_or_default()
        }
        _ => vec![],
    }
}

fn push_line(
    out: &mut String,
    line: &Line,
    theme: Theme,
    colours: &[(Range<usize>, Role)],
    indent: usize,
) {
    if !line.spans.is_empty() {
        out.push_str(&" ".repeat(indent));
    }
    let mut current = Style::new();
    for span in &line.spans {
        for (offset, grapheme) in text::graphemes(&span.text) {
            let role = span.at.and_then(|at| role_at(colours, at + offset)).unwrap_or(span.role);
            let style = theme.style(role);
            if style != current && theme.depth() != Depth::None {
                out.push_str(&sgr(style));
                current = style;
            }
            out.push_str(grapheme);
        }
    }
    if current != Style::new() {
        out.push_str("\u{1b}[0m");
    }
    if theme.depth() == Depth::None {
        out.truncate(out.trim_end_matches(' ').len());
    }
    out.push('\n');
}

fn role_at(colours: &[(Range<usize>, Role)], offset: usize) -> Option<Role> {
    let after = colours.partition_point(|(range, _)| range.end <= offset);
    colours.get(after).filter(|(range, _)| range.contains(&offset)).map(|(_, role)| *role)
}

/// The escape sequence that turns any style into `style`.
pub fn sgr(style: Style) -> String {
    let mut sequence = String::from("\u{1b}[0");
    let modifiers = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ];
    for (modifier, code) in modifiers {
        if style.add_modifier.contains(modifier) {
            let _ = write!(sequence, ";{code}");
        }
    }
    push_colour(&mut sequence, style.fg, 30);
    push_colour(&mut sequence, style.bg, 40);
    sequence.push('m');
    sequence
}

fn push_colour(sequence: &mut String, colour: Option<Color>, base: u8) {
    let _ = match colour {
        Some(Color::Rgb(r, g, b)) => write!(sequence, ";{};2;{r};{g};{b}", base + 8),
        Some(Color::Indexed(index)) => write!(sequence, ";{};5;{index}", base + 8),
        Some(colour) => match ansi_index(colour) {
            Some(index) => write!(sequence, ";{}", base + index),
            None => Ok(()),
        },
        None => Ok(()),
    };
}

fn ansi_index(colour: Color) -> Option<u8> {
    match colour {
        Color::Black => Some(0),
        Color::Red => Some(1),
        Color::Green => Some(2),
        Color::Yellow => Some(3),
        Color::Blue => Some(4),
        Color::Magenta => Some(5),
        Color::Cyan => Some(6),
        _ => None,
    }
}
