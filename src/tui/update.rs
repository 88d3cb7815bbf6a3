//! How a message changes the model. No terminal, no files, no clock, no threads.

mod code;
mod comfort;
mod follow;
mod hand_over;
mod learning;
mod lists;
mod marking;
mod notes;
mod pictures;
mod player;
mod reader;
mod remembered;
mod remembering;
mod screens;
mod search;
mod select;

use std::path::PathBuf;

use ratatui::layout::Size;

use crate::library::Text;
use crate::text::Safe;
use crate::tui::action::{Action, Scope};
use crate::tui::cursor::Way;
use crate::tui::key::Key;
use crate::tui::keymap::Reading as Meaning;
use crate::tui::message::Mouse;
use crate::tui::model::{Going, Overlay, Showing};
use crate::tui::reading::{Reading, Subject, Telling};
use crate::tui::{Effect, Message, Model};

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Applies `message` and returns what the runtime must do.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = apply(model, message);
    let leaves = effects.contains(&Effect::Quit);
    model.tell_read(if leaves { Telling::Last } else { Telling::Ongoing });
    model.want_pictures();
    effects.append(&mut model.unsent);
    effects
}

fn apply(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => press(model, key),
        Message::Pasted(text) => paste(model, &text),
        Message::Resized(size) => resized(model, size),
        Message::Mouse(mouse, x, y) => point(model, mouse, x, y),
        Message::Loaded(text, outcome) => loaded(model, text, outcome),
        Message::FileLoaded(path, anchor, outcome) => file_loaded(model, path, anchor, outcome),
        Message::Saved(path) => vec![Effect::Reload(path)],
        Message::Reloaded(path, outcome) => match outcome {
            Ok(source) => {
                model.reload(path, &source);
                model.colours()
            }
            Err(reason) => model.fail(&reason),
        },
        Message::Coloured { opening, block, roles } => {
            if let Some(reading) = model.reading.as_mut().filter(|it| it.opening == opening) {
                reading.colour(block, roles);
            }
            vec![]
        }
        Message::Pictures(news) => model.take_news(news),
        Message::Said(text) => model.say(&text),
        Message::Failed(text) => model.fail(&text),
        Message::Found { number, outcome } => model.found(number, outcome),
        Message::Indexing(progress) => {
            model.tell_indexing(progress);
            vec![]
        }
        Message::Previewed(text, outcome) => {
            model.previewed(text, outcome);
            vec![]
        }
        Message::LabHanded { lab, outcome } => model.lab_handed(lab, outcome),
        Message::LabExported { lab, outcome } => model.lab_exported(&lab, outcome),
        Message::LabRead(number, outcome) => model.lab_read(number, outcome),
        Message::Played(number, answer) => model.played(number, answer),
        Message::Tick(number) => model.tick(number),
        Message::Dealt(deck, now) => model.dealt(*deck, now),
        Message::Recounted(visits, now) => model.recounted(&visits, now),
        Message::Due(due) => model.tell_due(due),
        Message::Rolled(number) => model.rolled(number),
        Message::Told(told) => model.told(told),
        Message::Identified(path, name) => model.identified(&path, name),
        Message::Passed(milliseconds) => {
            model.pass(milliseconds);
            vec![]
        }
        Message::Expired(number) => {
            model.status.take_if(|status| status.number == number && !status.error);
            vec![]
        }
        Message::Redraw => vec![Effect::Redraw],
    }
}

fn resized(model: &mut Model, size: Size) -> Vec<Effect> {
    model.size = size;
    model.fit();
    model.reading.as_mut().into_iter().for_each(Reading::see);
    // Even at the old size again: what the terminal cut off meanwhile is gone.
    let mut effects = vec![Effect::Redraw];
    effects.extend(model.ask_again());
    effects.extend(model.colours());
    effects
}

fn file_loaded(
    model: &mut Model,
    path: PathBuf,
    anchor: Option<String>,
    outcome: Result<String, String>,
) -> Vec<Effect> {
    let source = match outcome {
        Ok(source) => source,
        Err(reason) => {
            model.going = Going::Start;
            return model.fail(&reason);
        }
    };
    // Walking in the history does not write it.
    if !matches!(model.going, Going::Back(_) | Going::Hit(_) | Going::Place(_)) {
        model.remember();
        model.going = anchor.map_or(Going::Start, Going::Anchor);
    }
    model.show_file(path, &source);
    model.colours()
}

fn loaded(model: &mut Model, text: Text, outcome: Result<String, String>) -> Vec<Effect> {
    match (text, outcome) {
        (Text::Article(article), Ok(source)) => {
            let body = crate::document::split_front_matter(&source).body;
            let markdown = model.catalog().compose(article, body);
            model.show(Subject::Article(article), &markdown);
            model.colours()
        }
        (Text::Lab(_), Ok(_)) => vec![],
        (_, Err(reason)) => {
            model.going = Going::Start;
            model.fail(&reason)
        }
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.status.take_if(|status| status.error);
    if let Some(effects) = model.type_note(key).or_else(|| model.type_letter(key)) {
        return effects;
    }
    if let Some(effects) = model.type_hint(key) {
        return effects;
    }
    if let Some(effects) = model.type_find(key) {
        return effects;
    }
    if let Some(effects) = model.type_in_player(key) {
        return effects;
    }
    let scope = model.scope();
    if scope == Scope::List
        && let Some(effects) = model.type_in_list(key).or_else(|| model.type_in_search(key))
    {
        return effects;
    }
    model.pressed.push(key);
    match model.keymap.read(scope, &model.pressed) {
        Meaning::Partial => vec![],
        Meaning::Action(action) => {
            model.pressed.clear();
            act(model, action)
        }
        Meaning::Unbound => {
            // A key that does not continue a sequence begins anew.
            let alone = model.pressed.len() == 1;
            model.pressed.clear();
            if alone { vec![] } else { press(model, key) }
        }
    }
}

/// Does what was asked for, in the present place.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit if model.scope() == Scope::Tries => model.act_in_tries(action),
        Action::Quit if !model.overlays.is_empty() => {
            model.overlays.pop();
            vec![]
        }
        Action::Quit => vec![Effect::Quit],
        Action::Suspend => vec![Effect::Suspend],
        Action::Redraw => vec![Effect::Redraw],
        Action::Find | Action::FindAnywhere => {
            model.open_finder("");
            vec![]
        }
        Action::Search => model.open_search(),
        Action::SetMark | Action::GoToMark => model.ask_for_letter(action),
        Action::Undo => model.undo(),
        Action::Enlist => model.enlist(),
        Action::Finish => model.finish(),
        Action::Help
        | Action::Palette
        | Action::Outline
        | Action::Labs
        | Action::Marks
        | Action::ReadingList
        | Action::Notes => {
            model.open_list(action);
            vec![]
        }
        Action::NextTheme => {
            model.theme = model.theme.next();
            let name = model.theme.palette().name();
            let mut effects = vec![Effect::Redraw];
            effects.extend(model.say(&format!("Theme: {name}")));
            effects
        }
        Action::Back => model.walk_history(Way::Back),
        Action::Forward => model.walk_history(Way::Forward),
        Action::BeginReview => model.begin_review(),
        Action::BeginStatistics => model.begin_statistics(),
        Action::GoHome => model.go_to(Showing::Home),
        Action::GoBrowse => model.go_to(Showing::Browse),
        action => match model.scope() {
            Scope::Panel => model.act_in_panel(action),
            Scope::HandOff => model.act_in_lab_panel(action),
            Scope::List => model.act_in_list(action),
            Scope::Home => model.act_at_home(action),
            Scope::Browse => model.act_in_panes(action),
            Scope::Reader => model.act_in_reader(action),
            Scope::Select => model.act_in_selection(action),
            Scope::Review => model.act_in_review(action),
            Scope::Statistics => model.act_in_statistics(action),
            Scope::Player => model.act_in_player(action),
            Scope::Tries => model.act_in_tries(action),
        },
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(noting) = &mut model.noting {
        noting.input.paste(text);
    } else if let Some(Overlay::List(list)) = model.overlays.last_mut() {
        list.input.paste(text);
        model.refresh_list();
    } else if let Some(Overlay::Search(search)) = model.overlays.last_mut() {
        search.input.paste(text);
        return model.refresh_search();
    } else if model.showing == Showing::Player {
        model.paste_in_player(text);
    } else if let Some(reading) = &mut model.reading
        && let Some(find) = reading.find.as_mut().filter(|find| find.typing)
    {
        find.input.paste(text);
        reading.refresh_find();
    }
    vec![]
}

fn point(model: &mut Model, mouse: Mouse, x: u16, y: u16) -> Vec<Effect> {
    let rows = match mouse {
        Mouse::WheelDown => NOTCH,
        Mouse::WheelUp => -NOTCH,
        Mouse::Click => return model.click(x, y),
    };
    match (model.overlays.last_mut(), model.showing) {
        (Some(Overlay::List(list)), _) => {
            let count = list.entries.len();
            list.cursor.step(rows, count);
            model.fit();
            vec![]
        }
        (Some(Overlay::Search(_)), _) => model.step_search(rows),
        (Some(Overlay::Panel(panel)), _) => {
            panel.top = panel.top.saturating_add_signed(rows);
            vec![]
        }
        (Some(Overlay::Lab(panel)), _) => {
            panel.scroll(rows);
            vec![]
        }
        (None, Showing::Reader) => model.scroll(rows),
        (None, Showing::Browse) => {
            model.step_panes(rows);
            vec![]
        }
        (None, Showing::Review | Showing::Statistics) => {
            model.scroll_learning(rows);
            vec![]
        }
        (None, Showing::Player) => {
            let action = if rows > 0 { Action::Down } else { Action::Up };
            model.act_in_player(action)
        }
        (None, Showing::Home) => {
            model.step_home(rows, 0);
            vec![]
        }
    }
}

/// A text that can be copied, and the wish to.
pub(super) fn copy(text: &str) -> Vec<Effect> {
    vec![Effect::Copy(Safe::line(text))]
}
