//! A whole document as text: with escape sequences for a terminal, without for a pipe.

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
    sequence("0", Style::new(), style)
}

/// The escape sequence that turns the style `from` into `to`; empty when they look the same.
pub fn restyle(from: Style, to: Style) -> String {
    let same_colours = colours(from) == colours(to);
    if from.add_modifier == to.add_modifier && same_colours {
        return String::new();
    }
    // Modifiers are turned off all at once: "neither bold nor dim" is one number for two.
    let plain = to.add_modifier.is_empty() && colours(to) == (None, None);
    if plain || !to.add_modifier.contains(from.add_modifier) {
        return sgr(to);
    }
    sequence("", from, to)
}

/// Its colours; none for the terminal's own.
fn colours(style: Style) -> (Option<Color>, Option<Color>) {
    let chosen = |colour: Option<Color>| colour.filter(|colour| *colour != Color::Reset);
    (chosen(style.fg), chosen(style.bg))
}

fn sequence(start: &str, from: Style, to: Style) -> String {
    let modifiers = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
        (Modifier::CROSSED_OUT, 9),
    ];
    let new = to.add_modifier.difference(from.add_modifier);
    let modifiers = modifiers.into_iter().filter(|(modifier, _)| new.contains(*modifier));
    let mut numbers: Vec<String> = modifiers.map(|(_, number)| number.to_string()).collect();
    let (before, (text, page)) = (colours(from), colours(to));
    numbers.extend((text != before.0).then(|| colour_number(text, 30)));
    numbers.extend((page != before.1).then(|| colour_number(page, 40)));
    if !start.is_empty() {
        numbers.insert(0, start.to_owned());
    }
    format!("\u{1b}[{}m", numbers.join(";"))
}

/// The numbers of a colour of text (`base` 30) or page (40).
fn colour_number(colour: Option<Color>, base: u8) -> String {
    match colour {
        Some(Color::Rgb(r, g, b)) => format!("{};2;{r};{g};{b}", base + 8),
        Some(Color::Indexed(index)) => format!("{};5;{index}", base + 8),
        // Terminals of sixteen colours know them by these numbers only.
        Some(colour) => match ansi_index(colour) {
            Some(index @ 0..8) => (base + index).to_string(),
            Some(index) => (base + 60 + index - 8).to_string(),
            None => (base + 9).to_string(),
        },
        None => (base + 9).to_string(),
    }
}

fn ansi_index(colour: Color) -> Option<u8> {
    let sixteen = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let index = sixteen.iter().position(|known| *known == colour)?;
    u8::try_from(index).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_changed_by_as_few_numbers_as_it_takes() {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let red = bold.fg(Color::Red);
        assert_eq!(restyle(plain, plain.fg(Color::Reset)), "");
        assert_eq!(restyle(plain, red), "\u{1b}[1;31m");
        assert_eq!(restyle(bold, red), "\u{1b}[31m");
        assert_eq!(restyle(red, bold), "\u{1b}[39m");
        assert_eq!(
            restyle(red, red.fg(Color::LightBlue).bg(Color::Indexed(9))),
            "\u{1b}[94;48;5;9m"
        );
        assert_eq!(restyle(red, plain.fg(Color::Red)), "\u{1b}[0;31m");
        assert_eq!(restyle(red, plain), "\u{1b}[0m");
        assert_eq!(sgr(plain.fg(Color::Rgb(1, 2, 3))), "\u{1b}[0;38;2;1;2;3m");
    }
}
