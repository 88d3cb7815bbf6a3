//! What is remembered, as entries of lists.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::state::{Highlight, Mark, Memory, Name};
use crate::text::{self, Safe};
use crate::tui::Model;
use crate::tui::list::{Entry, Goal, Kind};
use crate::tui::model::Showing;
use crate::tui::update::follow::escaped;

/// Cells of a passage that a list shows at most.
const SHOWN: usize = 60;
/// Bytes of a passage that are looked at for that.
const READ: usize = 400;

impl Model {
    /// The entries of a list of what is remembered.
    pub(super) fn remembered(&self, kind: Kind) -> Vec<Entry> {
        let Some(memory) = &self.memory else { return vec![] };
        match kind {
            Kind::Marks => memory.marks.iter().map(|mark| self.mark_entry(mark)).collect(),
            Kind::Reading => {
                let entries = memory.list.iter().enumerate();
                entries.map(|(at, name)| self.listed_entry(at, name)).collect()
            }
            _ => self.note_entries(memory),
        }
    }

    /// What a text is called on the screen.
    fn title_of(&self, name: &Name) -> String {
        if let Some(article) = self.article_of(name).and_then(|it| self.catalog().articles.get(it))
        {
            return article.title.clone();
        }
        let path = name.path();
        let file = path.as_ref().and_then(|path| path.file_name()).map(|it| it.to_string_lossy());
        file.map_or_else(|| name.as_str().to_owned(), std::borrow::Cow::into_owned)
    }

    fn mark_entry(&self, mark: &Mark) -> Entry {
        let words = self.passage(&mark.place.quote);
        let words = if words.is_empty() { mark.place.anchor.clone() } else { words };
        Entry {
            label: Safe::line(&words),
            matched: vec![],
            lead: Safe::line(&mark.letter.to_string()),
            note: Safe::line(&self.clipped(&self.title_of(&mark.name), SHOWN / 2)),
            goal: Goal::Mark(mark.clone()),
        }
    }

    fn listed_entry(&self, at: usize, name: &Name) -> Entry {
        let extent = self.article_of(name).map(|article| self.extent(article));
        Entry {
            label: Safe::line(&self.title_of(name)),
            matched: vec![],
            lead: Safe::line(&(at + 1).to_string()),
            note: Safe::line(&extent.unwrap_or_default()),
            goal: Goal::Named(name.clone()),
        }
    }

    /// The highlights of the open text first, as they stand in it; then those of other texts, the
    /// newest first.
    fn note_entries(&self, memory: &Memory) -> Vec<Entry> {
        let reading = self.reading.as_ref().filter(|_| self.showing == Showing::Reader);
        let own = reading.and_then(|it| it.track.name.as_ref());
        let place = |it: &Highlight| {
            let shown = reading.map(|it| it.highlights.as_slice()).unwrap_or_default();
            shown.iter().position(|of| of.id == it.id).unwrap_or(usize::MAX)
        };
        let rank = |it: &Highlight| {
            let is_own = own == Some(&it.name);
            (!is_own, if is_own { place(it) } else { 0 }, Reverse(it.made))
        };
        let mut all: Vec<&Highlight> = memory.highlights.values().flatten().collect();
        all.sort_by_cached_key(|it| (rank(it), it.id.as_str()));
        let mut titles: HashMap<&Name, String> = HashMap::new();
        let entries = all.into_iter().map(|it| {
            let title = titles.entry(&it.name).or_insert_with(|| self.title_of(&it.name));
            let title = if own == Some(&it.name) { "this article" } else { title };
            self.note_entry(it, title)
        });
        entries.collect()
    }

    fn note_entry(&self, highlight: &Highlight, title: &str) -> Entry {
        let label = if highlight.note.is_empty() {
            self.passage(&highlight.place.quote)
        } else {
            format!("{}: {}", self.passage(&highlight.note), self.passage(&highlight.place.quote))
        };
        let is_lost = self.lost.contains(&highlight.id);
        let title = self.clipped(title, SHOWN / 2);
        let note = if is_lost { "not in the text any more" } else { &title };
        Entry {
            label: Safe::line(&label),
            matched: vec![],
            lead: Safe::from(if highlight.note.is_empty() { "highlight" } else { "note" }),
            note: Safe::line(note),
            goal: Goal::Highlight(highlight.id.clone()),
        }
    }

    /// The whole passage and its note, as Markdown.
    pub(super) fn highlight_preview(&self, id: &str) -> String {
        let Some(it) = self.memory.as_ref().and_then(|it| it.highlight(id)) else {
            return String::new();
        };
        let quote: Vec<String> =
            it.place.quote.lines().map(|line| format!("> {}", escaped(line))).collect();
        let title = escaped(&self.title_of(&it.name));
        format!("{}\n\n{}\n\n*{title}*\n", escaped(&it.note), quote.join("\n"))
    }

    /// The beginning of a passage, on one line.
    fn passage(&self, text: &str) -> String {
        let beginning = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
        let words: Vec<&str> = beginning.split_whitespace().collect();
        self.clipped(&words.join(" "), SHOWN)
    }

    /// The beginning of a line that fits into so many cells, with a sign that there is more.
    fn clipped(&self, line: &str, cells: usize) -> String {
        let shown = text::clip(line, cells);
        if shown.len() == line.len() {
            return line.to_owned();
        }
        format!("{}{}", shown.trim_end(), if self.ascii { "..." } else { "…" })
    }
}
