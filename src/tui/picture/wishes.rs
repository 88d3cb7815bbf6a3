//! The pictures of an open file: which are known, which are wanted, which are there.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::document::Picture;
use crate::layout::{self, Cells, Manner, Pictures, Place};
use crate::text::Safe;
use crate::tui::picture::{Drawn, Graphics};
use crate::tui::reading::Reading;

/// Pictures that are kept when they are out of sight.
const KEPT: usize = 8;

/// The pictures of an open file.
#[derive(Debug, Default)]
pub struct Gallery {
    /// The images that are files, once they were looked for: links and paths.
    pub images: Option<Vec<(usize, String)>>,
    wanted: HashMap<usize, (Graphics, Size)>,
    drawn: HashMap<usize, Arc<Drawn>>,
}

/// A picture that is to be drawn: its link, its path from the file's folder, its size in cells.
type Wish = (usize, String, Size);

impl Reading {
    /// Takes what the headers of pictures say.
    pub fn see_pictures(&mut self, seen: Vec<(usize, Picture)>) {
        self.document.pictures.extend(seen);
        self.set_in(self.manner());
    }

    /// Whether it has a picture that could be drawn.
    pub fn has_pictures(&self) -> bool {
        self.document.pictures.values().any(Picture::can_be_drawn)
    }

    /// Makes room for pictures, for a terminal that draws in pages of so many rows.
    pub fn make_room(&mut self, graphics: Graphics, rows: u16) {
        // Something of the text stays beside the largest one.
        let rows = rows.saturating_sub(2).max(1);
        let cells = Cells { width: graphics.cell.0, height: graphics.cell.1, rows };
        let manner = Manner { pictures: Pictures::Drawn(cells), ..self.manner() };
        if manner != self.manner() {
            self.set_in(manner);
        }
    }

    /// The pictures on the screen that nobody was asked for yet; they count as asked for now.
    pub fn wish_pictures(&mut self, graphics: Graphics) -> Vec<Wish> {
        let mut wishes = vec![];
        for (_, place) in self.pictures_on_screen() {
            let size = Size::new(place.width, place.height);
            let images = self.gallery.images.iter().flatten();
            let Some((_, path)) = images.clone().find(|(link, _)| *link == place.link) else {
                continue;
            };
            if self.gallery.wanted.insert(place.link, (graphics, size)) != Some((graphics, size)) {
                wishes.push((place.link, path.clone(), size));
            }
        }
        wishes
    }

    /// Takes a picture in the terminal's form, or the reason why there is none.
    pub fn take_picture(&mut self, link: usize, outcome: Result<Arc<Drawn>, Safe>) {
        match outcome {
            Ok(picture) => {
                let seen: Vec<usize> =
                    self.pictures_on_screen().iter().map(|(_, place)| place.link).collect();
                let gallery = &mut self.gallery;
                if gallery.drawn.len() >= KEPT {
                    gallery.drawn.retain(|link, _| seen.contains(link));
                    gallery.wanted.retain(|link, _| seen.contains(link));
                }
                gallery.drawn.insert(link, picture);
            }
            Err(why) => self.see_pictures(vec![(link, Picture::Refused(why))]),
        }
    }

    /// The picture that fills this place, when it is there.
    pub fn picture_in(&self, place: Place) -> Option<&Arc<Drawn>> {
        let drawn = self.gallery.drawn.get(&place.link)?;
        (drawn.size == Size::new(place.width, place.height)).then_some(drawn)
    }

    /// The places of the pictures on the screen, and their leaves.
    pub fn pictures_on_screen(&self) -> Vec<(usize, Place)> {
        if self.document.pictures.is_empty() || self.manner().pictures == Pictures::Told {
            return vec![];
        }
        let mut leaves: Vec<usize> = self.visible().iter().map(|row| row.block).collect();
        leaves.dedup();
        let place =
            |leaf: usize| layout::picture(&self.document, leaf, self.measure(), self.manner());
        leaves.into_iter().filter_map(|leaf| Some((leaf, place(leaf)?))).collect()
    }
}
