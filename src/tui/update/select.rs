//! Selecting a passage, and what is done with it.

use crate::state::{Change, Highlight};
use crate::text::Safe;
use crate::tui::action::Action;
use crate::tui::cursor::Way;
use crate::tui::reading::{Reading, Selection, Step, Subject};
use crate::tui::{Effect, Model};

impl Model {
    pub(super) fn begin_select(&mut self) -> Vec<Effect> {
        let begun = self.reading.as_mut().is_some_and(Reading::begin_select);
        if !begun {
            return self.say("No text on this screen");
        }
        vec![]
    }

    pub(super) fn act_in_selection(&mut self, action: Action) -> Vec<Effect> {
        let step = match action {
            Action::Down => Step::Row(Way::Forward),
            Action::Up => Step::Row(Way::Back),
            Action::NextLetter => Step::Letter(Way::Forward),
            Action::PreviousLetter => Step::Letter(Way::Back),
            Action::NextWord => Step::Word(Way::Forward),
            Action::PreviousWord => Step::Word(Way::Back),
            Action::WordEnd => Step::WordEnd,
            Action::NextSentence => Step::Sentence(Way::Forward),
            Action::PreviousSentence => Step::Sentence(Way::Back),
            Action::NextParagraph => Step::Paragraph(Way::Forward),
            Action::PreviousParagraph => Step::Paragraph(Way::Back),
            Action::ParagraphStart => Step::Edge(Way::Back),
            Action::ParagraphEnd => Step::Edge(Way::Forward),
            _ => return self.use_selection(action),
        };
        let mut effects = self.with_reading(|reading| reading.step_selection(step));
        effects.extend(self.tell_note());
        effects
    }

    fn use_selection(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Select => self.with_reading(Reading::extend_selection),
            Action::OtherEnd => self.with_reading(Reading::swap_ends),
            Action::Highlight => self.highlight(),
            Action::Note => self.note_selected(),
            Action::Copy => self.copy_selection(),
            Action::CopyQuote => self.copy_quote(),
            Action::Clear | Action::Leave => self.end_select(),
            _ => vec![],
        }
    }

    pub(super) fn end_select(&mut self) -> Vec<Effect> {
        self.with_reading(|reading| reading.selection = None)
    }

    /// Says the note that the caret stands on.
    fn tell_note(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.reading else { return vec![] };
        let caret = reading.selection.map(|Selection { caret, .. }| caret);
        let shown = caret.and_then(|caret| reading.highlight_at(caret)).filter(|it| it.noted);
        let note = shown.and_then(|shown| self.memory.as_ref()?.highlight(&shown.id));
        match note.map(|it| it.note.clone()) {
            Some(note) => self.say(&note),
            None => vec![],
        }
    }

    /// The highlight that the selection stands in, else the one that it would become.
    fn selected_highlight(&self) -> Option<Highlight> {
        let reading = self.reading.as_ref()?;
        let Selection { caret, fixed } = reading.selection?;
        let known = reading.highlight_at(caret).filter(|_| fixed.is_none());
        if let Some(known) = known.and_then(|shown| self.memory.as_ref()?.highlight(&shown.id)) {
            return Some(known.clone());
        }
        let (start, end) = reading.selected()?;
        let place = reading.whole().passage(start, end);
        (!place.quote.trim().is_empty())
            .then(|| reading.track.name.clone().map(|name| Highlight::new(name, place)))?
    }

    /// Highlights what is selected; a highlight that was there goes again.
    fn highlight(&mut self) -> Vec<Effect> {
        let Some(highlight) = self.selected_highlight() else {
            return self.say("Nothing is remembered in this session");
        };
        let known = self.memory.as_ref().and_then(|it| it.highlight(&highlight.id));
        let mut effects = match known.map(|it| it.note.is_empty()) {
            None => self.alter(Change::SetHighlight(highlight), "Highlighted"),
            Some(true) => self.alter(
                Change::ClearHighlight(highlight.id),
                "Highlight taken away; U brings it back",
            ),
            Some(false) => self.say("There is a note on it; A lists notes, Alt-d takes one away"),
        };
        effects.extend(self.end_select());
        effects
    }

    fn note_selected(&mut self) -> Vec<Effect> {
        match self.selected_highlight() {
            Some(highlight) => self.write_note(highlight),
            None => self.say("Nothing is remembered in this session"),
        }
    }

    fn selected_text(&self) -> Option<String> {
        let reading = self.reading.as_ref()?;
        let (start, end) = reading.selected()?;
        Some(reading.whole().between(start, end).to_owned())
    }

    fn copy_selection(&mut self) -> Vec<Effect> {
        let text = self.selected_text().unwrap_or_default();
        let mut effects = vec![Effect::Copy(Safe::code(&text))];
        effects.extend(self.end_select());
        effects
    }

    /// The selection as Markdown: quoted, with where it is from.
    fn copy_quote(&mut self) -> Vec<Effect> {
        let text = self.selected_text().unwrap_or_default();
        let quoted: Vec<String> = text.lines().map(|line| format!("> {line}")).collect();
        let quote = format!("{}\n\n{}\n", quoted.join("\n"), self.source());
        let mut effects = vec![Effect::Copy(Safe::code(&quote))];
        effects.extend(self.end_select());
        effects
    }

    /// Where the selection is from: title, category, and what opens it at its heading.
    fn source(&self) -> String {
        let Some(reading) = &self.reading else { return String::new() };
        let anchor = reading.selected().map(|(start, _)| reading.whole().place(start).anchor);
        let anchor =
            anchor.filter(|it| !it.is_empty()).map_or(String::new(), |it| format!("#{it}"));
        match &reading.subject {
            Subject::Article(article) => {
                let article = self.catalog().articles.get(*article);
                let category = article.and_then(|it| self.catalog().categories.get(it.category));
                let slug = article.map_or("", |it| it.slug.as_str());
                let category = category.map_or("", |it| it.title.as_str());
                format!("— {}, {category} (`library-tui {slug}{anchor}`)", self.title())
            }
            Subject::File(path) => format!("— {}{anchor}", path.display()),
        }
    }
}
