//! The review: a question, its answer, and how well it was known.

use std::collections::VecDeque;

use ratatui::layout::Rect;

use crate::calendar::Day;
use crate::layout::Measure;
use crate::review::{self, Grade, Interval, Learnt, Next};
use crate::state::{Asked, Deck, Stamp};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::reading::{Reading, Subject};
use crate::tui::view::reader;

/// Rows of a screen that has room for a blank one.
const ROOMY: u16 = 12;
/// Cells that the grades take side by side.
const SIDE_BY_SIDE: u16 = 68;
/// Seconds that a card takes, for what is left.
const SECONDS: usize = 20;

/// A review under way.
#[derive(Debug)]
pub struct Review {
    cards: Vec<Asked>,
    /// What is still asked, by its place in the cards.
    waiting: VecDeque<usize>,
    /// How many cards were graded, and how many of them were known at the first time.
    pub graded: usize,
    known: usize,
    /// What waits for another day, and which.
    later: usize,
    next: Option<Day>,
    read: usize,
    /// The time that it began at, and its day.
    pub began: Stamp,
    today: Day,
    revealed: bool,
    /// What is shown.
    pub sheet: Reading,
}

impl Review {
    /// The review of what was dealt on `today`, at `began`.
    pub fn new(deck: Deck, began: Stamp, today: Day, measure: Measure) -> Self {
        let mut review = Self {
            waiting: (0..deck.cards.len()).collect(),
            cards: deck.cards,
            graded: 0,
            known: 0,
            later: deck.later,
            next: deck.next,
            read: deck.read,
            began,
            today,
            revealed: false,
            sheet: Reading::new(Subject::File(std::path::PathBuf::new()), 0, "", measure),
        };
        review.set(measure);
        review
    }

    /// The card that is asked.
    pub fn asked(&self) -> Option<&Asked> {
        self.cards.get(*self.waiting.front()?)
    }

    /// Whether the answer is shown.
    pub fn is_revealed(&self) -> bool {
        self.revealed
    }

    /// Shows the answer.
    pub fn reveal(&mut self, measure: Measure) {
        self.revealed = self.asked().is_some();
        self.set(measure);
    }

    /// Puts the card behind those that wait.
    pub fn skip(&mut self, measure: Measure) {
        let skipped = self.waiting.pop_front();
        self.later += usize::from(skipped.is_some());
        self.revealed = false;
        self.set(measure);
    }

    /// Takes a grade, and goes on to the next card; the key of the one that was graded. One that
    /// was not known is asked again at the end.
    pub fn grade(&mut self, grade: Grade, measure: Measure) -> Option<String> {
        let next = self.choices()?;
        let at = self.waiting.pop_front()?;
        let asked = self.cards.get_mut(at)?;
        let is_first = asked.learnt.is_none_or(|learnt| learnt.last != self.today);
        asked.learnt = Some(next.after(grade));
        let key = asked.card.key.clone();
        self.graded += usize::from(is_first);
        self.known += usize::from(is_first && grade != Grade::Again);
        if grade == Grade::Again {
            self.waiting.push_back(at);
        }
        self.revealed = false;
        self.set(measure);
        Some(key)
    }

    fn choices(&self) -> Option<Next> {
        let learnt: Option<&Learnt> = self.asked()?.learnt.as_ref();
        Some(review::next(learnt, self.today))
    }

    /// Fits the text to a column; the place in it stays.
    pub fn fit(&mut self, column: Rect, measure: Measure) {
        self.sheet.fit(measure, text_rows(column).into());
    }

    fn set(&mut self, measure: Measure) {
        let markdown = match self.asked() {
            Some(asked) if self.revealed => {
                format!("## {}\n\n{}\n", asked.card.question, asked.card.answer)
            }
            Some(asked) => format!("## {}\n", asked.card.question),
            None => self.end(),
        };
        let article = self.asked().map(|asked| Subject::Article(asked.article));
        let subject = article.unwrap_or(Subject::File(std::path::PathBuf::new()));
        self.sheet = Reading::new(subject, 0, &markdown, measure);
    }

    /// What is said when no card is left.
    fn end(&self) -> String {
        let mut out = match (self.graded, self.read, self.later) {
            (0, 0, _) => "## No cards yet\n\nThe questions at the end of an article become cards \
                when you have read it to the end."
                .to_owned(),
            (0, _, 0) => "## Nothing is due".to_owned(),
            (0, ..) => "## That is all for today".to_owned(),
            (1, ..) => "## Done for today\n\n1 card was asked.".to_owned(),
            (graded, ..) => format!(
                "## Done for today\n\n{graded} cards were asked, {} of them known.",
                self.known
            ),
        };
        if self.later > 0 {
            out += &format!("\n\n{} more can wait for another day.", self.later);
        }
        let learnt = self.cards.iter().filter_map(|asked| Some(asked.learnt?.due));
        let next = learnt.chain(self.next).filter(|due| *due > self.today).min();
        if let Some(next) = next {
            out += &format!("\n\nThe next card is due {}.", when(next.since(self.today)));
        }
        out
    }

    /// `3 of 12`, and about how long it takes.
    pub fn facts(&self) -> Vec<String> {
        let left = self.waiting.len();
        if left == 0 {
            return vec![];
        }
        let minutes = (left * SECONDS).div_ceil(60);
        let cards = if left == 1 { "1 card".to_owned() } else { format!("{left} cards") };
        vec![cards, format!("about {minutes} min")]
    }
}

/// `tomorrow`, `in 8 days`.
fn when(days: u32) -> String {
    match days {
        0 | 1 => Interval(days).to_string(),
        _ => format!("in {}", Interval(days)),
    }
}

/// How the grades stand below the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grades {
    /// Side by side, with their intervals.
    Beside,
    /// Below each other, with their intervals.
    Below,
    /// Side by side, names alone: there is no room for more.
    Names,
}

impl Grades {
    fn of(column: Rect) -> Self {
        match (column.width >= SIDE_BY_SIDE, column.height >= ROOMY) {
            (true, _) => Self::Beside,
            (false, true) => Self::Below,
            (false, false) => Self::Names,
        }
    }

    /// Rows that they take, with a blank one above them where there is room.
    fn rows(self, column: Rect) -> u16 {
        let rows = if self == Self::Below { 4 } else { 1 };
        (rows + u16::from(column.height >= ROOMY)).min(column.height)
    }

    fn place(self, at: u16) -> (u16, u16) {
        match self {
            Self::Beside => (17 * at, 0),
            Self::Below => (0, at),
            Self::Names => (9 * at, 0),
        }
    }
}

fn text_rows(column: Rect) -> u16 {
    column.height - Grades::of(column).rows(column)
}

/// Draws the review in the column of the text.
pub fn draw(canvas: &mut Canvas<'_>, column: Rect, review: &Review) {
    let rows = text_rows(column);
    reader::draw_text(canvas, Rect { height: rows, ..column }, &review.sheet);
    let Some(next) = review.choices().filter(|_| review.is_revealed()) else { return };
    let grades = Grades::of(column);
    let gap = u16::from(column.height >= ROOMY);
    let top = column.y + rows + gap;
    let below = Rect { y: top, height: column.bottom().saturating_sub(top), ..column };
    for (at, grade) in (0..).zip(Grade::ALL) {
        let (x, y) = grades.place(at);
        let key = Safe::line(&grade.number().to_string());
        let x = canvas.part(below, x, y, &key, Part::Accent) + 1;
        let x = canvas.part(below, x, y, &Safe::from(grade.name()), Part::Strong) + 1;
        if grades != Grades::Names {
            let interval = next.interval(grade).to_string();
            canvas.part(below, x, y, &Safe::line(&interval), Part::Dim);
        }
    }
}
