//! Pixels to what a terminal takes, by `ratatui-image`.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use crate::pictures::Pixels;
use crate::text::Safe;
use crate::tui::picture::{Drawn, Form, Protocol};

/// What stands for a part of a picture that kitty was given.
const PLACEHOLDER: char = '\u{10EEEE}';

/// Puts pixels, which fit into `size` cells, into the terminal's form. May take long.
pub fn encode(pixels: Pixels, protocol: Protocol, size: Size, number: u32) -> Result<Drawn, Safe> {
    let failed = |error: ratatui_image::errors::Errors| Safe::line(&error.to_string());
    let form = match protocol {
        Protocol::Kitty => {
            let kitty = Kitty::new(pixels, size, number, false, true).map_err(failed)?;
            cells(&protocol::Protocol::Kitty(kitty), size)
        }
        Protocol::Iterm2 => Form::Whole(Iterm2::new(pixels, size, false).map_err(failed)?.data),
        Protocol::Sixel => Form::Whole(Sixel::new(pixels, size, false).map_err(failed)?.data),
    };
    Ok(Drawn { number, size, form })
}

/// The first cell brings what gives the picture with it; that is taken apart.
fn cells(picture: &protocol::Protocol, size: Size) -> Form {
    let area = Rect::new(0, 0, size.width, size.height);
    let mut cells = Buffer::empty(area);
    Image::new(picture).render(area, &mut cells);
    let mut given = String::new();
    if let Some(first) = cells.cell_mut((0, 0))
        && let Some((before, after)) = first.symbol().split_once(PLACEHOLDER)
    {
        before.clone_into(&mut given);
        let symbol = format!("{PLACEHOLDER}{after}");
        first.set_symbol(&symbol);
    }
    Form::Cells { given, cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(protocol: Protocol) -> Form {
        let pixels = Pixels::new_rgb8(30, 40);
        encode(pixels, protocol, Size::new(3, 2), 0x01_02_03).unwrap().form
    }

    #[test]
    fn kitty_is_given_the_picture_apart_from_the_cells_that_name_it() {
        let Form::Cells { given, cells } = drawn(Protocol::Kitty) else { panic!() };
        assert!(given.starts_with("\x1b_G") && given.ends_with("\x1b\\"));
        assert!(given.contains("i=66051,") && given.contains("o=z,"), "{given}");
        for at in cells.area.positions() {
            let cell = &cells[at];
            assert!(cell.symbol().starts_with(PLACEHOLDER));
            assert_eq!(crate::text::grapheme_width(cell.symbol()), 1);
            assert_eq!(cell.fg, ratatui::style::Color::Rgb(1, 2, 3));
        }
    }

    #[test]
    fn the_others_write_it_whole() {
        let Form::Whole(sixel) = drawn(Protocol::Sixel) else { panic!() };
        assert!(sixel.contains("\x1bP") && sixel.ends_with("\x1b\\"));
        let Form::Whole(iterm2) = drawn(Protocol::Iterm2) else { panic!() };
        assert!(iterm2.contains("\x1b]1337;File=inline=1;") && iterm2.contains("width=30px"));
    }
}
