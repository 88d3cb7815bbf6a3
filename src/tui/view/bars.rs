//! The line above and the line below.

use ratatui::layout::{Position, Rect};

use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::Model;
use crate::tui::action::{Action, Scope};
use crate::tui::canvas::Canvas;
use crate::tui::list::Kind;
use crate::tui::model::{Asking, Noting, Overlay, Showing, Status};
use crate::tui::reading::{Find, Reading, Subject};

/// Whether an article is read with nothing around it. What is said and what is typed is shown.
pub(super) fn are_hidden(model: &Model) -> bool {
    model.comfort.zen && model.showing == Showing::Reader && model.scope() != Scope::Select
}

/// Where the reader is, and how far.
pub(super) fn header(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.is_empty() {
        return;
    }
    let inside =
        Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), ..area };
    let (crumbs, facts) = match (model.showing, &model.reading) {
        (Showing::Reader, Some(reading)) => (crumbs(model, reading), facts(model, reading)),
        (Showing::Player, _) => lab(model),
        _ => (vec![(Safe::line(&model.catalog().title), Part::Accent)], totals(model)),
    };
    let dim = canvas.theme.part(Part::Dim);
    let room = usize::from(inside.width) / 2;
    let facts = facts.into_iter().find(|facts| text::width(facts) <= room);
    let right = match &facts {
        Some(facts) => canvas.write_right(inside, inside.width, 0, facts, dim),
        None => inside.width,
    };
    let left = Rect { width: right.saturating_sub(1).min(inside.width), ..inside };
    let mut x = 0;
    for (crumb, part) in crumbs {
        x = canvas.part(left, x, 0, &crumb, part);
    }
}

fn crumbs(model: &Model, reading: &Reading) -> Vec<(Safe, Part)> {
    let article = match &reading.subject {
        Subject::File(path) => return vec![(Safe::line(&path.to_string_lossy()), Part::Strong)],
        Subject::Article(article) => model.catalog().articles.get(*article),
    };
    let Some(article) = article else { return vec![] };
    let category = model.catalog().categories.get(article.category);
    let category = category.map_or("", |category| category.title.as_str());
    let between = if model.ascii { " > " } else { " › " };
    vec![
        (Safe::line(category), Part::Dim),
        (Safe::from(between), Part::Dim),
        (Safe::line(&article.title), Part::Strong),
    ]
}

/// The lab that is played: where it belongs, and what it takes.
fn lab(model: &Model) -> (Vec<(Safe, Part)>, Vec<Safe>) {
    let catalog = model.catalog();
    let lab = model.playing.as_ref().and_then(|it| catalog.labs.get(it.lab));
    let Some(lab) = lab else { return (vec![], vec![]) };
    let category = catalog.categories.get(lab.category).map_or("", |it| it.title.as_str());
    let between = if model.ascii { " > " } else { " › " };
    let crumbs = vec![
        (Safe::line(category), Part::Dim),
        (Safe::from(between), Part::Dim),
        (Safe::line(&lab.title), Part::Strong),
    ];
    let minutes = format!("{} min", lab.minutes);
    (crumbs, vec![joined(model, &["lab".to_owned(), minutes])])
}

/// `2 of 26 · working · 34 % · 5 min left`, then shorter forms for narrower lines.
fn facts(model: &Model, reading: &Reading) -> Vec<Safe> {
    let mut facts = vec![];
    let percent = reading.percent();
    if let Subject::Article(index) = reading.subject {
        let article = model.catalog().articles.get(index);
        if let Some((place, of)) = model.catalog().place(index) {
            facts.push(format!("{place} of {of}"));
        }
        facts.extend(article.and_then(|it| it.level).map(|level| level.name().to_owned()));
        let left = article.map_or(0, |it| model.minutes_left(it.minutes, percent));
        facts.push(format!("{percent} %"));
        facts.push(if percent == 100 { "end".into() } else { format!("{left} min left") });
    } else {
        facts.push(format!("{percent} %"));
    }
    if reading.document.hidden > 0 {
        facts.push(format!("{} hidden characters", reading.document.hidden));
    }
    let short = facts.len().saturating_sub(2);
    vec![
        joined(model, &facts),
        joined(model, facts.get(short..).unwrap_or_default()),
        Safe::line(&format!("{percent} %")),
    ]
}

fn joined(model: &Model, facts: &[String]) -> Safe {
    Safe::line(&facts.join(if model.ascii { " - " } else { " · " }))
}

fn totals(model: &Model) -> Vec<Safe> {
    let catalog = model.catalog();
    let facts = [
        format!("{} articles", catalog.articles.len()),
        format!("{} labs", catalog.labs.len()),
        format!("{} categories", catalog.categories.len()),
    ];
    let finished: usize = (0..catalog.categories.len()).map(|it| model.finished(it)).sum();
    let read = (finished > 0).then(|| format!("{finished} read"));
    let all: Vec<String> = read.into_iter().chain(facts.clone()).collect();
    let few = all.len() - facts.len() + 1;
    vec![
        joined(model, &all),
        joined(model, all.get(..few).unwrap_or_default()),
        Safe::line(facts.first().map_or("", String::as_str)),
    ]
}

/// What can be done now; or what is being found, or said.
pub(super) fn hints(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.is_empty() {
        return;
    }
    let inside =
        Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), ..area };
    if let Some(status) = model.status.as_ref().filter(|status| status.error) {
        canvas.part(inside, 0, 0, &status.text, Part::Error);
        return;
    }
    if let Some(noting) = &model.noting {
        draw_noting(canvas, inside, noting);
        return;
    }
    let find = model.reading.as_ref().and_then(|reading| reading.find.as_ref());
    let find = find.filter(|_| model.scope() != Scope::Select);
    if let Some(find) = find.filter(|_| model.showing == Showing::Reader) {
        draw_find(canvas, inside, find, model.status.as_ref());
        return;
    }
    let mut right = inside.width;
    if let Some(status) = &model.status {
        right = canvas.write_right(
            inside,
            inside.width,
            0,
            &status.text,
            canvas.theme.part(Part::Text),
        );
    } else if let Some(keys) = pressed(model) {
        right = canvas.write_right(inside, inside.width, 0, &keys, canvas.theme.part(Part::Accent));
    }
    if are_hidden(model) {
        return;
    }
    draw_keys(canvas, Rect { width: right.saturating_sub(1).min(inside.width), ..inside }, model);
}

/// The keys of a sequence that is not complete.
fn pressed(model: &Model) -> Option<Safe> {
    let asked = model.asking.map(|asking| match asking {
        Asking::SetMark => "m".to_owned(),
        Asking::GoToMark => "'".to_owned(),
    });
    let keys: Vec<String> = model.pressed.iter().map(ToString::to_string).chain(asked).collect();
    (!keys.is_empty()).then(|| Safe::line(&keys.concat()))
}

/// The pattern at the left; at the right what was said last, or how many hits there are.
fn draw_find(canvas: &mut Canvas<'_>, area: Rect, find: &Find, status: Option<&Status>) {
    let count = match (find.current, find.hits.len()) {
        _ if status.is_some() => status.map_or(String::new(), |status| status.text.to_string()),
        (_, 0) if find.input.text().is_empty() => String::new(),
        (_, 0) => "not found".to_owned(),
        (at, count) => format!("{} of {count}", at.map_or(0, |at| at + 1)),
    };
    let missed = status.is_none() && find.hits.is_empty() && !count.is_empty();
    let part = if missed { Part::Error } else { Part::Dim };
    let style = canvas.theme.part(part);
    let right = canvas.write_right(area, area.width, 0, &Safe::line(&count), style);
    let left = Rect { width: right.saturating_sub(1), ..area };
    let x = canvas.part(left, 0, 0, &Safe::from("/"), Part::Accent);
    let end = canvas.part(left, x, 0, &Safe::line(find.input.text()), Part::Strong);
    if find.typing {
        let column = (x + text::cells(find.input.column())).min(left.width.saturating_sub(1));
        if left.width > 0 {
            canvas.cursor = Some((Position::new(left.x + column, left.y), true));
        }
    } else {
        let help = Safe::from("   n next  N previous  Esc ends");
        canvas.part(left, end, 0, &help, Part::Dim);
    }
}

/// The note that is written, and what ends it.
fn draw_noting(canvas: &mut Canvas<'_>, area: Rect, noting: &Noting) {
    let dim = canvas.theme.part(Part::Dim);
    let help = Safe::from(if area.width > 50 { "Enter keeps, Esc drops" } else { "Enter" });
    let right = canvas.write_right(area, area.width, 0, &help, dim);
    let left = Rect { width: right.saturating_sub(2), ..area };
    let x = canvas.part(left, 0, 0, &Safe::from("note "), Part::Accent);
    // The end of a note that is longer than the line.
    let room = usize::from(left.width.saturating_sub(x + 1));
    let over = noting.input.column().saturating_sub(room);
    let skipped = text::fitting(noting.input.text(), over);
    let rest = noting.input.text().get(skipped..).unwrap_or_default();
    canvas.part(left, x, 0, &Safe::line(rest), Part::Strong);
    let column = (x + text::cells(noting.input.column() - over)).min(left.width.saturating_sub(1));
    if left.width > 0 {
        canvas.cursor = Some((Position::new(left.x + column, left.y), true));
    }
}

/// The hints of each place: an action, and one word for it.
fn hinted(model: &Model) -> Vec<(Action, &'static str)> {
    if let (Some(playing), Scope::Player | Scope::Tries) = (&model.playing, model.scope()) {
        return playing.hints();
    }
    let hints: &[(Action, &'static str)] = match model.scope() {
        Scope::Home => &[
            (Action::Open, "open"),
            (Action::Find, "find"),
            (Action::Search, "search"),
            (Action::Labs, "labs"),
            (Action::Help, "help"),
        ],
        Scope::Browse => &[
            (Action::Open, "read"),
            (Action::NextPane, "pane"),
            (Action::Find, "find"),
            (Action::Search, "search"),
            (Action::Help, "help"),
        ],
        Scope::Reader => &[
            (Action::NextLink, "links"),
            (Action::Outline, "outline"),
            (Action::FindInPage, "find"),
            (Action::NextArticle, "next"),
            (Action::Help, "help"),
        ],
        Scope::List => return list_hints(model),
        Scope::Select => &[
            (Action::Highlight, "highlight"),
            (Action::Note, "note"),
            (Action::Copy, "copy"),
            (Action::CopyQuote, "quote"),
            (Action::Select, "extend"),
            (Action::NextSentence, "next"),
            (Action::Help, "help"),
        ],
        Scope::HandOff => &[
            (Action::Open, "play here"),
            (Action::Copy, "copy address"),
            (Action::CopyCommand, "copy command"),
            (Action::Export, "export"),
            (Action::Clear, "close"),
        ],
        Scope::Panel => {
            &[(Action::Open, "follow"), (Action::Copy, "copy"), (Action::Clear, "close")]
        }
        Scope::Player | Scope::Tries => &[],
    };
    hints.to_vec()
}

/// What can be done with the entries of the list on top.
fn list_hints(model: &Model) -> Vec<(Action, &'static str)> {
    let mut hints = vec![(Action::Open, "choose"), (Action::Clear, "close")];
    let kind = match model.overlays.last() {
        Some(Overlay::List(list)) => list.kind,
        _ => return hints,
    };
    match kind {
        Kind::Notes => hints.extend([(Action::EditNote, "edit"), (Action::Remove, "take away")]),
        Kind::Marks => hints.push((Action::Remove, "take away")),
        Kind::Reading => hints.extend([
            (Action::MoveUp, "up"),
            (Action::MoveDown, "down"),
            (Action::Remove, "take off"),
        ]),
        _ => {}
    }
    hints
}

/// Whether an action would do anything in the box on top; everywhere else it would.
fn applies(model: &Model, action: Action) -> bool {
    match (model.overlays.last(), action) {
        (Some(Overlay::Panel(panel)), Action::Open) => panel.follows || panel.asks.is_some(),
        (Some(Overlay::Panel(panel)), Action::Copy) => panel.copies.is_some(),
        (Some(Overlay::Lab(panel)), Action::CopyCommand) => panel.handed.forward.is_some(),
        _ => true,
    }
}

fn draw_keys(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let hints: Vec<(Safe, Safe)> = hinted(model)
        .iter()
        .filter_map(|(action, word)| {
            if !applies(model, *action) {
                return None;
            }
            let key = model.keymap.keys(*action).first().cloned()?;
            Some((Safe::line(&key), Safe::from(" ").then(&Safe::from(*word))))
        })
        .collect();
    let mut x = 0;
    let last = hints.len().saturating_sub(1);
    for (at, (key, word)) in hints.iter().enumerate() {
        let width = text::cells(text::width(key) + text::width(word));
        // Help stays when there is not room for all of them.
        let kept = if at < last { 10 } else { 0 };
        if x + width + kept > area.width && key.as_str() != "?" {
            continue;
        }
        x = canvas.part(area, x, 0, key, Part::Accent);
        x = canvas.part(area, x, 0, word, Part::Dim) + 3;
    }
}
