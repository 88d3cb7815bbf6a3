//! The colours of code, in the background.

use std::time::{Duration, Instant};

use crate::document::Code;
use crate::layout;
use crate::tui::Message;
use crate::tui::runtime::worker::Craft;

/// How long the colours of one code block may take; a block that takes longer stays plain.
const BUDGET: Duration = Duration::from_millis(250);

/// A code block that waits for its colours.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Which opening of an article it belongs to.
    pub(super) opening: u64,
    /// The block.
    pub(super) block: usize,
    /// The code.
    pub(super) code: Code,
}

/// Colours code.
#[derive(Debug, Default)]
pub(super) struct Colours;

impl Craft for Colours {
    type Piece = Wanted;
    const NAME: &'static str = "colours";

    fn opening(piece: &Wanted) -> u64 {
        piece.opening
    }

    fn done(&mut self, Wanted { opening, block, code }: Wanted) -> Option<Message> {
        let deadline = Instant::now() + BUDGET;
        let roles = layout::highlight(&code, &mut || Instant::now() < deadline);
        Some(Message::Coloured { opening, block, roles: roles.unwrap_or_default() })
    }
}
