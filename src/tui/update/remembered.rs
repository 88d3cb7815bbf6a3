//! What is remembered, as entries of lists.

use crate::state::{Highlight, Mark, Memory, Name};
use crate::text::{self, Safe};
use crate::tui::Model;
use crate::tui::list::{Entry, Goal, Kind};
use crate::tui::model::Showing;
use crate::tui::update::follow::escaped;

/// Cells of a passage that a list shows at most.
const SHOWN: usize = 60;

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
        let words = passage(&mark.place.quote);
        let words = if words.is_empty() { mark.place.anchor.clone() } else { words };
        Entry {
            label: Safe::line(&words),
            matched: vec![],
            lead: Safe::line(&mark.letter.to_string()),
            note: Safe::line(text::clip(&self.title_of(&mark.name), SHOWN / 2)),
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
        let mut all: Vec<&Highlight> = memory.highlights.values().flatten().collect();
        let place = |it: &Highlight| {
            let shown =
                reading.map(|reading| reading.highlights.iter().position(|of| of.id == it.id));
            shown.flatten().unwrap_or(usize::MAX)
        };
        let mut own_first: Vec<(bool, usize, i64, &Highlight)> = all
            .drain(..)
            .map(|it| {
                let is_own = own == Some(&it.name);
                (!is_own, if is_own { place(it) } else { 0 }, -it.made, it)
            })
            .collect();
        own_first.sort_by(|a, b| (a.0, a.1, a.2, &a.3.id).cmp(&(b.0, b.1, b.2, &b.3.id)));
        own_first.into_iter().map(|(_, _, _, it)| self.note_entry(it, own)).collect()
    }

    fn note_entry(&self, highlight: &Highlight, own: Option<&Name>) -> Entry {
        let is_elsewhere = own != Some(&highlight.name);
        let is_lost = self.lost.contains(&highlight.id);
        let label = if highlight.note.is_empty() {
            passage(&highlight.place.quote)
        } else {
            format!("{}: {}", passage(&highlight.note), passage(&highlight.place.quote))
        };
        let title = self.title_of(&highlight.name);
        let note = match (is_lost, is_elsewhere) {
            (true, _) => "not in the text any more",
            (false, true) => text::clip(&title, SHOWN / 2),
            (false, false) => "this article",
        };
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
}

/// The beginning of a passage, on one line.
fn passage(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(SHOWN / 2).collect();
    let line = words.join(" ");
    let shown = text::clip(&line, SHOWN);
    if shown.len() < line.len() { format!("{shown}…") } else { line }
}
