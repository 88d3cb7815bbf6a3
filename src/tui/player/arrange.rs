//! Where the parts of a lab go. Computed from the size and from what the lab declares.

use ratatui::layout::Rect;

use crate::labs::picture::{Declared, Part, Picture};

/// The pane that holds the readings.
const READ: &str = "read";

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// Controls at the left, all parts at the right.
    Wide,
    /// One column: the selected control and one part.
    Narrow,
    /// A sentence.
    Sentence,
}

impl Arrangement {
    /// What fits on a body of this size.
    pub(super) fn of(body: Rect) -> Self {
        match (body.width, body.height) {
            (96.., 24..) => Self::Wide,
            (36.., 8..) => Self::Narrow,
            _ => Self::Sentence,
        }
    }
}

/// Something to be looked at: the readings, or a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Page {
    /// The readings.
    Readings,
    /// A part, by its name.
    Part(String),
}

impl Page {
    fn named(name: &str) -> Self {
        if name == READ { Self::Readings } else { Self::Part(name.to_owned()) }
    }

    /// The part, when it is one.
    pub(super) fn part<'a>(&self, picture: &'a Picture) -> Option<&'a Part> {
        let Self::Part(name) = self else { return None };
        picture.parts.iter().find(|it| it.id == *name)
    }

    fn is_in(&self, picture: &Picture) -> bool {
        match self {
            Self::Readings => !picture.readings.is_empty(),
            Self::Part(_) => self.part(picture).is_some(),
        }
    }
}

/// The rows of pages and their shares, as the lab declares them; without a word of it, one page
/// a row. The readings stand somewhere in any case.
pub(super) fn rows(picture: &Picture, declared: &Declared) -> Vec<Vec<(Page, u32)>> {
    let row = |panes: &Vec<crate::labs::picture::Pane>| -> Vec<(Page, u32)> {
        let pages = panes.iter().map(|it| (Page::named(&it.part), it.weight.clamp(1, 100)));
        pages.filter(|(page, _)| page.is_in(picture)).collect()
    };
    let mut rows: Vec<Vec<(Page, u32)>> = declared.panes.iter().map(row).collect();
    if declared.panes.is_empty() {
        rows = picture.parts.iter().map(|it| vec![(Page::Part(it.id.clone()), 1)]).collect();
    }
    let has_readings = rows.iter().flatten().any(|(page, _)| *page == Page::Readings);
    if !has_readings && !picture.readings.is_empty() {
        rows.push(vec![(Page::Readings, 1)]);
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Everything there is to look at, one by one: the panes in order, then parts that stand in none.
pub(super) fn pages(picture: &Picture, declared: &Declared) -> Vec<Page> {
    let mut pages: Vec<Page> = vec![];
    let placed = rows(picture, declared).into_iter().flatten().map(|(page, _)| page);
    let rest = picture.parts.iter().map(|it| Page::Part(it.id.clone()));
    for page in placed.chain(rest) {
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages
}

/// How many rows something takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Need {
    /// With less it says little.
    pub(super) least: u16,
    /// With this it says all.
    pub(super) best: u16,
    /// Whether more is better still.
    pub(super) grows: bool,
}

impl Need {
    /// Exactly so many.
    pub(super) fn exactly(rows: usize) -> Self {
        let rows = crate::text::cells(rows);
        Self { least: rows.min(3), best: rows, grows: false }
    }

    /// Room for both, side by side.
    pub(super) fn beside(self, other: Self) -> Self {
        Self {
            least: self.least.max(other.least),
            best: self.best.max(other.best),
            grows: self.grows || other.grows,
        }
    }
}

/// How high each of `needs` becomes in `height` rows; those at the end get nothing when there is
/// not enough.
pub(super) fn share(needs: &[Need], height: u16) -> Vec<u16> {
    let mut left = height;
    let mut heights: Vec<u16> = vec![0; needs.len()];
    for (rows, need) in heights.iter_mut().zip(needs) {
        if need.least <= left {
            *rows = need.least;
            left -= need.least;
        }
    }
    fill(needs, &mut heights, &mut left, |need| need.grows);
    for (rows, need) in
        heights.iter_mut().zip(needs).filter(|(rows, need)| **rows > 0 && !need.grows)
    {
        // Half of what it wants may be of no use to it.
        if need.best.saturating_sub(*rows) <= left {
            left -= need.best.saturating_sub(*rows);
            *rows = need.best.max(*rows);
        }
    }
    if !needs.iter().zip(&heights).any(|(need, rows)| need.grows && *rows > 0) {
        fill(needs, &mut heights, &mut left, |_| true);
    }
    let growing = needs.iter().zip(&heights).filter(|(it, rows)| it.grows && **rows > 0).count();
    let growing = crate::text::cells(growing);
    for (rows, _) in heights.iter_mut().zip(needs).filter(|(rows, need)| need.grows && **rows > 0) {
        *rows += left / growing;
    }
    heights
}

/// Gives a row after the other to those that have less than they need.
fn fill(needs: &[Need], heights: &mut [u16], left: &mut u16, is_meant: impl Fn(&Need) -> bool) {
    let mut is_moving = true;
    while *left > 0 && is_moving {
        is_moving = false;
        for (rows, need) in heights.iter_mut().zip(needs) {
            if *left > 0 && *rows > 0 && *rows < need.best && is_meant(need) {
                *rows += 1;
                *left -= 1;
                is_moving = true;
            }
        }
    }
}

/// The widths of columns with these shares in `width`, with `gap` cells between them.
pub(super) fn columns(weights: &[u32], width: u16, gap: u16) -> Vec<(u16, u16)> {
    let count = u32::try_from(weights.len()).unwrap_or(1).max(1);
    let room = u32::from(width).saturating_sub((count - 1) * u32::from(gap));
    let total: u32 = weights.iter().sum::<u32>().max(1);
    let mut columns = vec![];
    let (mut before, mut used) = (0, 0);
    for (at, weight) in (0u16..).zip(weights) {
        before += weight;
        let end = room * before / total;
        let (start, end) = (crate::text::cells(used as usize), crate::text::cells(end as usize));
        columns.push((start + at * gap, end - start));
        used = u32::from(end);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(least: u16, best: u16) -> Need {
        Need { least, best, grows: false }
    }

    #[test]
    fn room_goes_to_those_who_need_it_and_then_to_those_who_grow() {
        let needs = [need(2, 4), Need { grows: true, ..need(5, 8) }, need(3, 3)];
        assert_eq!(share(&needs, 30), [4, 23, 3]);
        assert_eq!(share(&needs, 12), [2, 7, 3]);
        assert_eq!(share(&needs, 8), [2, 6, 0]);
        assert_eq!(share(&[need(2, 9), need(1, 4)], 7), [3, 4]);
        assert_eq!(share(&needs, 0), [0, 0, 0]);
        assert_eq!(share(&[], 9), [0u16; 0]);
    }

    #[test]
    fn columns_fill_the_width() {
        assert_eq!(columns(&[4, 5], 92, 2), [(0, 40), (42, 50)]);
        assert_eq!(columns(&[1], 10, 2), [(0, 10)]);
        assert_eq!(columns(&[1, 1, 1], 2, 2), [(0, 0), (2, 0), (4, 0)]);
    }
}
