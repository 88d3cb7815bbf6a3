//! Pictures of a reader's own files: looked for when a file is opened, drawn when they are seen.

use std::path::{Path, PathBuf};

use crate::pictures;
use crate::tui::model::Showing;
use crate::tui::picture::{Graphics, Job, News, Standing, Task};
use crate::tui::reading::{Reading, Subject};
use crate::tui::{Effect, Model};

impl Model {
    /// Asks for what the pictures of the open file need. A text without pictures needs nothing.
    pub(in crate::tui) fn want_pictures(&mut self) {
        let rows = self.screen().body.height;
        let Some(reading) = self.reading.as_mut().filter(|_| self.showing == Showing::Reader)
        else {
            return;
        };
        let Subject::File(from) = reading.subject.clone() else { return };
        let opening = reading.opening;
        if reading.gallery.images.is_none() {
            let images = pictures::local(&reading.document);
            reading.gallery.images = Some(images.clone());
            if !images.is_empty() {
                let task = Task::Look { from: from.clone(), images };
                self.unsent.push(Effect::Pictures(Job { opening, task }));
            }
        }
        match self.graphics {
            Standing::Unasked if reading.has_pictures() => {
                self.graphics = Standing::Asked;
                self.unsent.push(Effect::AskTerminal);
            }
            Standing::Draws(graphics) if reading.has_pictures() => {
                reading.make_room(graphics, rows);
                self.unsent.extend(drawings(reading, &from, graphics));
            }
            _ => {}
        }
    }

    /// A terminal of another size may have cells of another size.
    pub(super) fn ask_again(&mut self) -> Option<Effect> {
        matches!(self.graphics, Standing::Draws(_)).then_some(Effect::AskTerminal)
    }

    pub(super) fn take_news(&mut self, news: News) -> Vec<Effect> {
        match news {
            News::Answered(Some(graphics)) => {
                self.graphics = Standing::Draws(graphics);
                vec![]
            }
            // Who has drawn, draws, even when a second answer is late.
            News::Answered(None) => {
                if self.graphics == Standing::Asked {
                    self.graphics = Standing::Nothing;
                }
                vec![]
            }
            News::Seen { opening, seen } => {
                self.with_opening(opening, |reading| reading.see_pictures(seen))
            }
            News::Drawn { opening, link, outcome } => {
                self.with_opening(opening, |reading| reading.take_picture(link, outcome))
            }
        }
    }

    fn with_opening(&mut self, opening: u64, change: impl FnOnce(&mut Reading)) -> Vec<Effect> {
        if let Some(reading) = self.reading.as_mut().filter(|it| it.opening == opening) {
            change(reading);
        }
        self.colours()
    }
}

/// What has to be drawn for the pictures on the screen.
fn drawings(reading: &mut Reading, from: &Path, graphics: Graphics) -> Vec<Effect> {
    let (opening, folder) = (reading.opening, from.parent().unwrap_or(Path::new("")).to_owned());
    let wishes = reading.wish_pictures(graphics).into_iter();
    let draw = |(link, path, size): (usize, String, _)| {
        let path: PathBuf = folder.join(path);
        Effect::Pictures(Job { opening, task: Task::Draw { link, path, graphics, size } })
    };
    wishes.map(draw).collect()
}
