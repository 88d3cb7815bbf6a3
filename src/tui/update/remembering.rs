//! What is remembered of the reader: told to the keeper as it happens, taken up again as texts
//! are opened.

use std::path::Path;

use crate::state::{Change, Name, Progress, Told};
use crate::tui::model::Showing;
use crate::tui::reading::{Reading, Subject, Telling};
use crate::tui::{Effect, Model};

/// Articles to continue with that home names at most.
const CONTINUED: usize = 3;

impl Model {
    /// What a text is called in the state. A file is called by its canonical path, which has to
    /// be asked for.
    pub(in crate::tui) fn name_of(&mut self, subject: &Subject) -> Option<Name> {
        self.memory.as_ref()?;
        match subject {
            Subject::Article(article) => self.article_name(*article),
            Subject::File(path) => {
                self.unsent.push(Effect::Identify(path.clone()));
                None
            }
        }
    }

    /// What an article of the library is called in the state.
    pub(in crate::tui) fn article_name(&self, article: usize) -> Option<Name> {
        let slug = &self.catalog().articles.get(article)?.slug;
        let file = self.library.file_of(article);
        Some(file.map_or_else(|| Name::article(slug), |file| Name::file(&file)))
    }

    /// The article of the library that is called so in the state.
    pub(in crate::tui) fn article_of(&self, name: &Name) -> Option<usize> {
        let path = name.path();
        let slug = match &path {
            Some(path) => path.file_stem().and_then(|stem| stem.to_str())?,
            None => name.slug()?,
        };
        let article = self.catalog().article(slug)?;
        (self.article_name(article).as_ref() == Some(name)).then_some(article)
    }

    /// How far an article was read.
    pub(in crate::tui) fn progress(&self, article: usize) -> Option<&Progress> {
        self.memory.as_ref()?.progress(&self.article_name(article)?)
    }

    /// The articles that were begun and not finished, the last one first; a few of them.
    pub(in crate::tui) fn begun(&self) -> Vec<usize> {
        let Some(memory) = &self.memory else { return vec![] };
        let names = memory.unfinished().into_iter().map(|(name, _)| name);
        names.filter_map(|name| self.article_of(name)).take(CONTINUED).collect()
    }

    /// Has a change remembered; `said` is told once it is saved.
    pub(in crate::tui) fn keep(&mut self, change: Change, said: Option<&str>) {
        let Some(memory) = &mut self.memory else { return };
        // The store knows the time. Here the order is enough: later than everything else.
        let last = memory.progress.values().map(|it| it.read).max().unwrap_or(0);
        memory.apply(&change, last.saturating_add(1));
        self.unsent.push(Effect::Remember(change, said.map(str::to_owned)));
    }

    /// Tells what was read since it was told last.
    pub(in crate::tui) fn tell_read(&mut self, telling: Telling) {
        if self.memory.is_none() {
            return;
        }
        let left = telling == Telling::Last || self.showing != Showing::Reader;
        let telling = if left { Telling::Last } else { Telling::Ongoing };
        let news = self.reading.as_mut().and_then(|reading| reading.news(telling));
        if let Some(news) = news {
            self.keep(Change::Read(news), None);
        }
    }

    /// Time has passed since the last key: it was spent reading, when an article was shown.
    pub(super) fn pass(&mut self, milliseconds: u64) {
        if self.showing == Showing::Reader
            && self.memory.is_some()
            && let Some(reading) = &mut self.reading
        {
            reading.pass(milliseconds);
        }
    }

    /// Goes to where the reader was in the text that was opened, unless a place was asked for.
    pub(in crate::tui) fn resume(&mut self) {
        let (Some(memory), Some(reading)) = (&self.memory, &mut self.reading) else { return };
        let Some(name) = reading.track.name.as_ref() else { return };
        let known = memory.progress(name).map(|it| it.place.clone());
        reading.see();
        let untouched = reading.is_untouched();
        if let Some(place) = known.filter(|_| untouched)
            && reading.restore(&place)
        {
            let effects = self.say("Where you left off; g g is the beginning");
            self.unsent.extend(effects);
        }
        self.find_highlights();
    }

    /// The name of a file is known.
    pub(super) fn identified(&mut self, path: &Path, name: Name) -> Vec<Effect> {
        let is_it = |it: &&mut Reading| it.subject == Subject::File(path.to_owned());
        if let Some(reading) = self.reading.as_mut().filter(is_it)
            && reading.track.name.is_none()
        {
            reading.track.name = Some(name);
            self.resume();
        }
        self.colours()
    }

    /// What the keeper of the state tells.
    pub(super) fn told(&mut self, told: Told) -> Vec<Effect> {
        match told {
            Told::Remembered(memory) => {
                self.memory = Some(*memory);
                self.recall_comfort();
                self.home.refresh(&self.begun());
                self.resume();
                self.renew_list();
                self.fit();
                self.colours()
            }
            Told::Saved(said) => self.say(&said),
            Told::Unsaved(said) => self.fail(&said),
            Told::Nothing(reason) => self.fail(&format!("Nothing is being remembered: {reason}")),
            Told::Remark(remark) => self.fail(&remark),
        }
    }
}
