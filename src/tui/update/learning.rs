//! Review and statistics: how they begin, what keys do there.

use std::path::PathBuf;

use crate::review::Grade;
use crate::state::statistics::{self, Manner};
use crate::state::{Change, Deck, Stamp, Visit};
use crate::tui::action::Action;
use crate::tui::model::Showing;
use crate::tui::reading::{Reading, Subject};
use crate::tui::review::Review;
use crate::tui::{Effect, Model};

impl Model {
    /// Has the cards of today dealt.
    pub(in crate::tui) fn begin_review(&mut self) -> Vec<Effect> {
        match &self.memory {
            Some(memory) => vec![Effect::Deal(Box::new(memory.clone()))],
            None => self.fail("Nothing is being remembered, so there are no cards"),
        }
    }

    /// The cards of today are there.
    pub(super) fn dealt(&mut self, deck: Deck, now: Stamp) -> Vec<Effect> {
        self.go_to(Showing::Review);
        let today = self.learning.calendar.day(now);
        self.learning.review = Some(Review::new(deck, now, today, self.measure()));
        self.fit();
        vec![]
    }

    /// Has the history counted.
    pub(in crate::tui) fn begin_statistics(&mut self) -> Vec<Effect> {
        match &self.memory {
            Some(_) => vec![Effect::Recount],
            None => self.fail("Nothing is being remembered, so there is nothing to count"),
        }
    }

    /// The history is there.
    pub(super) fn recounted(&mut self, visits: &[Visit], now: Stamp) -> Vec<Effect> {
        let Some(memory) = &self.memory else { return vec![] };
        let time = (&self.learning.calendar, now);
        let counted = statistics::statistics(&self.library, memory, visits, time);
        self.go_to(Showing::Statistics);
        let measure = self.measure();
        let (ascii, streaks) = (self.ascii, self.learning.streaks);
        let manner = Manner { width: measure.width, ascii, streaks };
        let markdown = statistics::told(&counted, manner);
        let subject = Subject::File(PathBuf::from("statistics"));
        self.learning.sheet = Some(Reading::new(subject, 0, &markdown, measure));
        self.learning.counted = Some(counted);
        self.fit();
        vec![]
    }

    pub(super) fn act_in_review(&mut self, action: Action) -> Vec<Effect> {
        let measure = self.measure();
        let Some(review) = &mut self.learning.review else { return self.go_to(Showing::Home) };
        match action {
            Action::Leave | Action::Clear => return self.go_to(Showing::Home),
            Action::Reveal if review.asked().is_none() => return self.go_to(Showing::Home),
            Action::Reveal if review.is_revealed() => return self.grade(Grade::Good),
            Action::Reveal => review.reveal(measure),
            Action::GradeAgain => return self.grade(Grade::Again),
            Action::GradeHard => return self.grade(Grade::Hard),
            Action::GradeGood => return self.grade(Grade::Good),
            Action::GradeEasy => return self.grade(Grade::Easy),
            Action::Skip => review.skip(measure),
            Action::ReadCard => {
                let article = review.asked().map(|asked| asked.article);
                return article.map_or(vec![], |article| self.open(article, None));
            }
            _ => turn(&mut review.sheet, action),
        }
        self.fit();
        vec![]
    }

    fn grade(&mut self, grade: Grade) -> Vec<Effect> {
        let measure = self.measure();
        let Some(review) = &mut self.learning.review else { return vec![] };
        if !review.is_revealed() {
            return self.say("Look at the answer first: Space");
        }
        let began = review.began;
        let was_due = review.asked().is_some_and(|it| it.learnt.is_some());
        let Some(key) = review.grade(grade, measure) else { return vec![] };
        let change = Change::Graded(key, grade);
        self.learning.due = self.learning.due.saturating_sub(usize::from(was_due));
        if let Some(memory) = &mut self.memory {
            memory.apply(&change, began);
        }
        self.fit();
        vec![Effect::Remember(change, None)]
    }

    pub(super) fn act_in_statistics(&mut self, action: Action) -> Vec<Effect> {
        match (action, &mut self.learning.sheet) {
            (Action::Leave | Action::Clear, _) | (_, None) => return self.go_to(Showing::Home),
            (action, Some(sheet)) => turn(sheet, action),
        }
        self.fit();
        vec![]
    }

    /// It is known how many cards are due.
    pub(super) fn tell_due(&mut self, due: usize) -> Vec<Effect> {
        self.learning.due = due;
        vec![]
    }

    /// Moves by rows of the review or of statistics, as the wheel does.
    pub(super) fn scroll_learning(&mut self, rows: isize) {
        let sheet = match self.showing {
            Showing::Review => self.learning.review.as_mut().map(|review| &mut review.sheet),
            _ => self.learning.sheet.as_mut(),
        };
        if let Some(sheet) = sheet {
            sheet.scroll(rows);
        }
    }

    /// Fits review and statistics to the present size.
    pub(in crate::tui) fn fit_learning(&mut self) {
        let (measure, column) = (self.measure(), self.column());
        if let Some(review) = &mut self.learning.review {
            review.fit(column, measure);
        }
        let manner =
            Manner { width: measure.width, ascii: self.ascii, streaks: self.learning.streaks };
        if let (Some(sheet), Some(counted)) = (&mut self.learning.sheet, &self.learning.counted) {
            if sheet.measure() != measure {
                let subject = sheet.subject.clone();
                *sheet = Reading::new(subject, 0, &statistics::told(counted, manner), measure);
            }
            sheet.fit(measure, column.height.into());
        }
    }
}

/// Moves in a text that is only looked at.
fn turn(sheet: &mut Reading, action: Action) {
    match action {
        Action::Down => sheet.scroll(1),
        Action::Up => sheet.scroll(-1),
        Action::PageDown => sheet.turn(1),
        Action::PageUp => sheet.turn(-1),
        Action::HalfDown => sheet.half_turn(1),
        Action::HalfUp => sheet.half_turn(-1),
        Action::First => sheet.to_start(),
        Action::Last => sheet.to_end(),
        _ => {}
    }
}
