//! Following links, and peeking at them.

use std::borrow::Cow;

use crate::document::{Abbreviation, Block, BlockKind, LinkKind};
use crate::layout::{self, Position};
use crate::library::{self, Destination};
use crate::text::Safe;
use crate::tui::action::Action;
use crate::tui::browse;
use crate::tui::model::Overlay;
use crate::tui::panel::Panel;
use crate::tui::reading::{Reading, Subject};
use crate::tui::{Effect, Model};

impl Model {
    /// Where the selected link leads.
    fn destination(&self) -> Option<Destination> {
        let reading = self.reading.as_ref()?;
        let link = reading.selected_link()?;
        if link.kind != LinkKind::Link && link.kind != LinkKind::Image {
            return None;
        }
        let from = match reading.subject {
            Subject::Article(article) => Some(article),
            Subject::File(_) => None,
        };
        Some(library::resolve(self.catalog(), from, &link.target))
    }

    /// Follows the selected link; without one, the article's first lab or the next link.
    pub(super) fn follow_selected(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.reading else { return vec![] };
        let Some(link) = reading.selected_link() else {
            return self.say("Tab selects a link, f shows letters over all of them");
        };
        if link.kind == LinkKind::Footnote {
            let block = reading.document.footnotes.get(link.target.as_str()).copied();
            return match block {
                Some(block) => {
                    self.remember();
                    self.go_to_block(block)
                }
                None => self.fail("This footnote has no text"),
            };
        }
        if let LinkKind::Fold(container) = link.kind {
            return self.with_reading(|reading| reading.turn_fold(container));
        }
        let target = link.target.clone();
        match self.destination() {
            Some(Destination::Article { article, anchor }) => self.open(article, anchor),
            Some(Destination::Anchor(anchor)) => {
                self.remember();
                self.jump(Some(anchor))
            }
            Some(Destination::Lab { lab, state }) => self.enter_lab(lab, state),
            Some(Destination::Web(address)) => vec![Effect::OpenWeb(address)],
            Some(Destination::File { path, anchor }) => self.follow_file(path, anchor),
            Some(Destination::Inert(_)) | None => {
                self.fail(&format!("Not opened: {target}  (y copies it)"))
            }
        }
    }

    /// Plays the lab of the selected link; else the article's own, asked which when it has more.
    pub(super) fn play_linked(&mut self) -> Vec<Effect> {
        if let Some(Destination::Lab { lab, state }) = self.destination() {
            return self.play_lab(lab, state);
        }
        let article = match self.reading.as_ref().map(|reading| &reading.subject) {
            Some(Subject::Article(article)) => self.catalog().articles.get(*article),
            _ => None,
        };
        match article.map(|it| it.labs.as_slice()) {
            Some([only]) => self.play_lab(*only, None),
            Some([_, ..]) => {
                self.open_list(Action::Labs);
                vec![]
            }
            _ => self.say("No labs in this article; x lists all"),
        }
    }

    fn follow_file(&mut self, path: String, anchor: Option<String>) -> Vec<Effect> {
        match self.reading.as_ref().map(|reading| &reading.subject) {
            Some(Subject::File(from)) => {
                vec![Effect::LoadFile { from: from.clone(), path, anchor }]
            }
            _ => self.fail(&format!("There is no article {path}")),
        }
    }

    pub(super) fn go_to_block(&mut self, block: usize) -> Vec<Effect> {
        if let Some(reading) = &mut self.reading {
            reading.go(Position { block, offset: 0 });
        }
        self.colours()
    }

    /// Shows what the selected link leads to; without one, the first footnote on the screen and
    /// what its abbreviations are short for, else its first link.
    pub(super) fn peek(&mut self) -> Vec<Effect> {
        let Some(reading) = &mut self.reading else { return vec![] };
        let mut short = vec![];
        if reading.selected_link().is_none() {
            let shown = reading.links_on_screen();
            let footnote = |(link, ..): &&(usize, usize, usize)| {
                let link = reading.document.links.get(*link);
                link.is_some_and(|link| link.kind == LinkKind::Footnote)
            };
            short = reading.abbreviations_on_screen();
            let first = shown.first().filter(|_| short.is_empty());
            reading.link = shown.iter().find(footnote).or(first).map(|(link, ..)| *link);
        }
        let panel = match (self.peeked(), short.is_empty()) {
            (panel, true) => panel,
            (None, false) => Some(Panel::new(Safe::from("abbreviations"), listed(&short))),
            (Some(panel), false) => {
                let markdown = format!("{}\n\n{}", panel.markdown, listed(&short));
                Some(Panel { markdown, ..panel })
            }
        };
        match panel {
            Some(panel) => {
                self.overlays.push(Overlay::Panel(panel));
                vec![]
            }
            None => self.say("No links on this screen"),
        }
    }

    fn peeked(&self) -> Option<Panel> {
        let reading = self.reading.as_ref()?;
        let link = reading.selected_link()?;
        if link.kind == LinkKind::Footnote {
            let title = Safe::from("footnote ").then(&link.target);
            return Some(Panel::new(title, footnote(reading, &link.target)?));
        }
        let target = link.target.clone();
        let mut panel = match self.destination()? {
            Destination::Article { article, .. } => {
                Panel::new(Safe::from("article"), browse::article_preview(self.catalog(), article))
            }
            Destination::Lab { lab, .. } => {
                Panel::new(Safe::from("lab"), browse::lab_preview(self.catalog(), lab))
            }
            Destination::Anchor(_) => Panel::new(Safe::from("in this article"), String::new()),
            Destination::Web(_) => Panel::new(Safe::from("web"), String::new()),
            Destination::File { .. } => Panel::new(Safe::from("file"), String::new()),
            Destination::Inert(_) => {
                Panel::new(Safe::from("not opened"), "This address is shown, never opened.".into())
            }
        };
        panel.verbatim.push(target.clone());
        panel.copies = Some(target);
        panel.follows = true;
        Some(panel)
    }

    pub(super) fn act_in_panel(&mut self, action: Action) -> Vec<Effect> {
        let Some(Overlay::Panel(panel)) = self.overlays.last_mut() else { return vec![] };
        match action {
            Action::Down => panel.top = panel.top.saturating_add(1).min(500),
            Action::Up => panel.top = panel.top.saturating_sub(1),
            Action::Copy => {
                return match panel.copies.clone() {
                    Some(text) => crate::tui::update::copy(&text),
                    None => self.say("Nothing to copy here"),
                };
            }
            Action::Open => {
                let (follows, asks) = (panel.follows, panel.asks.take());
                self.overlays.pop();
                if let Some(lab) = asks {
                    return self.trust(lab);
                }
                return if follows { self.follow_selected() } else { vec![] };
            }
            Action::Play => {
                let Some(Destination::Lab { lab, state }) = self.destination() else {
                    return self.say("Only labs are played");
                };
                return self.play_lab(lab, state);
            }
            Action::Leave | Action::Clear => {
                self.overlays.pop();
            }
            _ => {}
        }
        vec![]
    }
}

/// The text of a footnote.
fn footnote(reading: &Reading, label: &str) -> Option<String> {
    let first = *reading.document.footnotes.get(label)?;
    let container = reading.document.blocks.get(first)?.container?;
    let blocks = reading.document.blocks.iter().enumerate().skip(first);
    let inside = blocks.take_while(|(block, _)| {
        reading.document.around(*block).any(|(around, _)| around == container)
    });
    let texts: Vec<String> = inside.map(|(_, block)| escaped(&told(block))).collect();
    Some(texts.join("\n\n"))
}

/// The text of a leaf with its formulas set.
fn told(block: &Block) -> Cow<'_, str> {
    match &block.kind {
        BlockKind::Paragraph(prose) => Cow::Owned(layout::line(prose).to_string()),
        BlockKind::Math(text) => match layout::formula(text) {
            Some(line) => Cow::Owned(line.to_string()),
            None => block.text(),
        },
        _ => block.text(),
    }
}

/// Abbreviations with what they are short for, one a line.
fn listed(short: &[Abbreviation]) -> String {
    let line = |it: &Abbreviation| format!("**{}**: {}", escaped(&it.short), escaped(&it.long));
    short.iter().map(line).collect::<Vec<_>>().join("\n\n")
}

/// Plain text as Markdown that shows it.
pub(super) fn escaped(text: &str) -> String {
    let escape =
        |c: char| matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '#' | '\\' | '$' | '~' | '|');
    text.chars().flat_map(|c| escape(c).then_some('\\').into_iter().chain([c])).collect()
}
