//! What was read of an open article: how far, for how long, how fast.

use std::cell::OnceCell;

use crate::state::{Name, Pace, Place, ReadOn, Whole};
use crate::tui::reading::{Reading, Top};

/// Milliseconds on one screen that are reading, wherever in the text it is.
const DWELL: u64 = 5_000;
/// Milliseconds that a word takes somebody who reads as fast as people can.
const FASTEST: u64 = 60_000 / 900;
/// Milliseconds that a word takes as a rule.
const USUAL: u64 = 60_000 / 220;
/// Milliseconds that a word takes at most; who needs longer is away.
const SLOWEST: u64 = 1_000;
/// Milliseconds without a key that are never a pause.
const SHORTEST: u64 = 20_000;
/// Bytes of text that take longer to read than anybody stays on a screen.
const FAR: usize = 1 << 16;
/// Milliseconds of reading after which it is told, even when nothing moved.
const LONG: u64 = 30_000;

/// What was read so far in one visit of a text.
#[derive(Debug, Default)]
pub struct Track {
    /// What the text is called in the state; none until that is known.
    pub name: Option<Name>,
    /// Which visit of the session it is.
    pub visit: u64,
    whole: OnceCell<Whole>,
    /// Where the text was opened, when no place in it was asked for.
    opened_at: Option<Top>,
    /// The place that was come back to, and what the screen began with then.
    restored: Option<(Top, Place)>,
    /// The furthest point that was read, in per cent, and as a byte of the whole text.
    percent: u8,
    reached: usize,
    /// Milliseconds that no words were counted for yet.
    credit: u64,
    /// Where the foot of the screen was, as a byte of the whole text.
    foot: usize,
    window: Pace,
    /// What is not told yet.
    spent: u64,
    pace: Pace,
    /// What was told last.
    told: Option<(Top, u8)>,
}

impl Track {
    /// Of a visit that begins.
    pub fn of(visit: u64) -> Self {
        Self { visit, ..Self::default() }
    }
}

impl Reading {
    /// The text of the article as one string.
    pub fn whole(&self) -> &Whole {
        self.track.whole.get_or_init(|| Whole::new(&self.document))
    }

    /// The text was opened without a place to go to; from here on the reader may move.
    pub fn begin_at_top(&mut self) {
        self.track.opened_at = Some(self.top());
    }

    /// Whether the reader is still where the text was opened, and did not choose that place.
    pub fn is_untouched(&self) -> bool {
        self.track.opened_at == Some(self.top())
    }

    /// Goes to where the reader was; whether that is below the top.
    pub fn restore(&mut self, place: &Place) -> bool {
        let position = self.whole().nearest_to(place);
        self.come_back(Top { position, above: place.above });
        self.track.opened_at = None;
        self.track.restored = Some((self.top(), place.clone()));
        self.see();
        self.top() != Top::default()
    }

    /// Goes on with the visit of another opening of the same text.
    pub fn go_on(&mut self, before: Track) {
        self.track = Track { whole: OnceCell::new(), ..before };
    }

    /// The place that the screen begins with.
    pub fn place(&self) -> Place {
        let top = self.top();
        match &self.track.restored {
            Some((at, place)) if *at == top => place.clone(),
            _ => Place { above: top.above, ..self.whole().place(top.position) },
        }
    }

    /// Takes the foot of the screen as it is, as after a change of size.
    pub fn see(&mut self) {
        self.track.foot = self.foot();
    }

    /// The byte of the whole text that the last row begins at.
    fn foot(&self) -> usize {
        let last = self.visible.last().map(|row| self.page.position_of(*row));
        last.map_or(0, |position| self.whole().flat(position))
    }

    fn words(&self, from: usize, to: usize) -> u64 {
        let whole = self.whole();
        whole.words(whole.position(from), whole.position(to)) as u64
    }

    /// Milliseconds have passed on this screen since the last key; pauses are taken out.
    pub fn pass(&mut self, milliseconds: u64) {
        let (top, foot) = (self.whole().flat(self.position()), self.foot());
        let words = self.words(top, foot);
        let longest = (words * SLOWEST).max(SHORTEST);
        let spent = if milliseconds > longest { words * USUAL } else { milliseconds };
        self.track.spent += spent;
        self.track.window.spent += spent;
        self.track.credit += spent;
        let needed = match foot.saturating_sub(self.track.reached) {
            0 => 0,
            // Nobody has read so much at once.
            FAR.. => u64::MAX,
            _ => self.words(self.track.reached, foot) * FASTEST,
        };
        if spent >= DWELL || self.track.credit >= needed {
            let percent = u8::try_from(self.percent()).unwrap_or(100);
            self.track.percent = self.track.percent.max(percent);
            self.track.reached = self.track.reached.max(foot);
            self.track.credit = 0;
        }
    }

    /// Sees how far the screen has moved: words that came into sight were read at a pace, unless
    /// some were jumped over.
    fn follow(&mut self) {
        let (before, foot) = (self.track.foot, self.foot());
        self.track.foot = foot;
        if foot <= before {
            return;
        }
        if self.whole().flat(self.position()) > before {
            self.track.window = Pace::default();
            return;
        }
        self.track.window.words += self.words(before, foot);
        self.track.pace = self.track.pace.and(self.track.window.measured());
    }

    /// What was read since it was told last; none when there is nothing to tell.
    pub fn news(&mut self, told: Telling) -> Option<ReadOn> {
        let name = self.track.name.clone()?;
        self.follow();
        let now = (self.top(), self.track.percent);
        let enough = match told {
            Telling::Last => self.track.spent > 0,
            Telling::Ongoing => self.track.spent >= LONG,
        };
        let nothing =
            self.track.told == Some(now) || (told == Telling::Ongoing && self.is_untouched());
        if nothing && !enough {
            return None;
        }
        self.track.told = Some(now);
        Some(ReadOn {
            visit: self.track.visit,
            name,
            place: self.place(),
            percent: self.track.percent,
            spent: std::mem::take(&mut self.track.spent),
            pace: std::mem::take(&mut self.track.pace),
        })
    }
}

/// When it is told what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// While the reader goes on.
    Ongoing,
    /// As the text is left.
    Last,
}
