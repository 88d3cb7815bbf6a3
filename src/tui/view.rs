//! How the model looks. Reads the model, writes a buffer, changes nothing else.

mod bars;
pub(crate) mod pictures;
pub(crate) mod reader;
mod standing;

use ratatui::buffer::Buffer;

use crate::tui::canvas::Canvas;
use crate::tui::frame::Hints;
use crate::tui::model::{Overlay, Showing};
use crate::tui::{Model, browse, home, lab_panel, list, panel, player, review, search};

/// Draws `model`, and says where the cursor goes and what may have scrolled.
pub fn view(model: &Model, buffer: &mut Buffer) -> Hints {
    let area = buffer.area;
    if area.is_empty() {
        return Hints::default();
    }
    let (theme, ascii) = (model.theme, model.ascii);
    let mut canvas = Canvas { buffer, theme, ascii, cursor: None, flows: vec![], pictures: vec![] };
    canvas.blank(area);
    let screen = model.screen();
    match model.showing {
        Showing::Home => home::draw(&mut canvas, screen.body, model),
        Showing::Browse => {
            let panes = screen.panes(model.browse.focus);
            browse::draw(&mut canvas, panes, model);
        }
        Showing::Reader => reader::draw(&mut canvas, model),
        Showing::Review => {
            if let Some(review) = &model.learning.review {
                review::draw(&mut canvas, model.column(), review);
            }
        }
        Showing::Statistics => {
            if let Some(sheet) = &model.learning.sheet {
                reader::draw_text(&mut canvas, model.column(), sheet);
            }
        }
        Showing::Player => {
            if let Some(playing) = &model.playing {
                player::draw(&mut canvas, screen.body, playing);
            }
        }
    }
    if !bars::are_hidden(model) {
        bars::header(&mut canvas, model, screen.header);
    }
    bars::hints(&mut canvas, model, screen.hints);
    for overlay in &model.overlays {
        // What lies below is covered, at least in part.
        canvas.flows.clear();
        canvas.pictures.clear();
        match overlay {
            Overlay::List(list) => list::draw(&mut canvas, area, list, &model.preview(list)),
            Overlay::Search(search) => {
                search::draw(&mut canvas, area, model.catalog(), search);
            }
            Overlay::Panel(panel) => panel::draw(&mut canvas, area, panel),
            Overlay::Lab(panel) => lab_panel::draw(&mut canvas, area, panel),
        }
    }
    let reads = model.showing == Showing::Reader && model.overlays.is_empty();
    let scrolls = reads.then(|| model.column());
    Hints { scrolls, cursor: canvas.cursor, flows: canvas.flows, pictures: canvas.pictures }
}
