//! What must hold for every screen, whatever is on it.

use library_tui::text;
use library_tui::tui::Hints;
use ratatui::buffer::Buffer;

use crate::session::harness::Session;

/// Whether a terminal would do something with the character, or a reader be deceived by it.
///
/// Written from Unicode's tables anew, so that a gap in the program's own list shows.
pub(crate) fn is_hostile(c: char) -> bool {
    let tag = ('\u{e0000}'..='\u{e007f}').contains(&c);
    let invisible = "\u{200b}\u{2060}\u{feff}\u{2028}\u{2029}\u{fff9}\u{fffa}\u{fffb}\
        \u{115f}\u{1160}\u{3164}\u{ffa0}";
    c.is_control() || BIDI.contains(c) || tag || invisible.contains(c)
}

/// The characters that change the direction of text.
pub(crate) const BIDI: &str = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

/// Checks the present screen of `session`; the error says what is wrong with it.
pub(crate) fn check(session: &Session) -> Result<(), String> {
    let (buffer, hints) = session.draw();
    check_symbols(&buffer)?;
    check_hints(&buffer, &hints)?;
    check_place(session)?;
    let blank = buffer.content.iter().all(|cell| cell.symbol() == " ");
    if blank && buffer.area.width >= 20 && buffer.area.height >= 5 {
        return Err("nothing is shown".to_owned());
    }
    Ok(())
}

/// Every cell holds one grapheme that may be shown, and none reaches into another's cell.
fn check_symbols(buffer: &Buffer) -> Result<(), String> {
    for row in buffer.area.rows() {
        for x in row.left()..row.right() {
            let symbol = buffer[(x, row.y)].symbol();
            let at = || format!("{symbol:?} at {x},{}", row.y);
            if symbol.is_empty() || symbol.chars().any(is_hostile) {
                return Err(format!("the symbol {}", at()));
            }
            if text::width(symbol) > 1 {
                let next = (x + 1 < row.right()).then(|| buffer[(x + 1, row.y)].symbol());
                if next != Some(" ") {
                    return Err(format!("{} is wide, and beside it stands {next:?}", at()));
                }
            }
        }
    }
    Ok(())
}

/// The cursor and what scrolls are on the screen.
fn check_hints(buffer: &Buffer, hints: &Hints) -> Result<(), String> {
    let off = hints.cursor.is_some_and(|(cursor, _)| !buffer.area.contains(cursor));
    let column = hints.scrolls.unwrap_or_default();
    if off || column.intersection(buffer.area) != column {
        return Err(format!("{hints:?} is not on {:?}", buffer.area));
    }
    Ok(())
}

/// The reader is in the text, and the text is on the screen.
fn check_place(session: &Session) -> Result<(), String> {
    let Some(reading) = session.model.reading() else { return Ok(()) };
    let blocks = reading.document.blocks.len();
    let position = reading.position();
    if position.block >= blocks.max(1) {
        return Err(format!("{position:?} is not in a document of {blocks} blocks"));
    }
    let shown = reading.visible();
    if let Some(row) = shown.iter().find(|row| reading.line(**row).is_none()) {
        return Err(format!("{row:?} is not laid out"));
    }
    if shown.is_empty() && blocks > 0 && session.model.size().height > 0 {
        return Err("no row of the article is on the screen".to_owned());
    }
    if shown.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err("the rows are out of order".to_owned());
    }
    Ok(())
}
