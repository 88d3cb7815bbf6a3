//! How far things were read, in the words of lists and headers.

use crate::tui::Model;

impl Model {
    /// The sign and the words of an article in a list: `✓` and its minutes when it was finished,
    /// `◐` and how far when it was begun.
    pub(in crate::tui) fn standing(&self, article: usize) -> (&'static str, String) {
        let minutes = self.catalog().articles.get(article).map_or(0, |it| it.minutes);
        let minutes = format!("{} min", self.pace_of(minutes));
        match self.progress(article) {
            Some(it) if it.finished.is_some() => (if self.ascii { "+" } else { "✓" }, minutes),
            Some(it) if it.percent > 0 => {
                (if self.ascii { "~" } else { "◐" }, format!("{} %", it.percent))
            }
            _ => (" ", minutes),
        }
    }

    /// How much of an article is left: `62 %   4 min left`, or its minutes.
    pub(in crate::tui) fn extent(&self, article: usize) -> String {
        let minutes = self.catalog().articles.get(article).map_or(0, |it| it.minutes);
        match self.progress(article) {
            Some(it) if it.finished.is_some() => {
                format!("{}   {:>2} min", if self.ascii { "+" } else { "✓" }, self.pace_of(minutes))
            }
            Some(it) if it.percent > 0 => {
                let left = self.minutes_left(minutes, usize::from(it.percent));
                format!("{:>2} %   {left:>2} min left", it.percent)
            }
            _ => format!("{:>2} min", self.pace_of(minutes)),
        }
    }

    /// How many articles of a category were finished.
    pub(in crate::tui) fn finished(&self, category: usize) -> usize {
        if self.memory.is_none() {
            return 0;
        }
        let articles = self.catalog().categories.get(category).map(|it| it.articles.as_slice());
        let finished = |it: &&usize| self.progress(**it).is_some_and(|it| it.finished.is_some());
        articles.unwrap_or_default().iter().filter(finished).count()
    }

    /// The minutes that this reader needs for what is said to take so many.
    pub(in crate::tui) fn pace_of(&self, minutes: usize) -> usize {
        self.memory.as_ref().map_or(minutes, |memory| memory.pace.minutes(minutes))
    }

    /// The minutes that are left of so many, as this reader reads, after so many per cent.
    pub(in crate::tui) fn minutes_left(&self, minutes: usize, percent: usize) -> usize {
        (self.pace_of(minutes) * (100 - percent.min(100))).div_ceil(100)
    }
}
