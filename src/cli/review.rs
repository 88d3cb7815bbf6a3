//! `review --plain`: cards in a terminal without the reader, or through a pipe.

use std::io::{BufRead, stdin};

use crate::calendar::Day;
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::cli::read::{self, Print};
use crate::cli::state;
use crate::document;
use crate::library::Library;
use crate::review::{self, Grade};
use crate::state::{Asked, Change, Deck, deck};
use crate::text::Safe;

/// Asks what is due, until it ends or the input does.
pub(crate) fn review(
    library: &Library,
    environment: &Environment,
    print: &Print,
) -> Result<(), Stop> {
    let mut store = state::store(environment)?;
    let memory = store.load()?;
    let today = environment.calendar.day(environment.now);
    let deck = deck(library, &memory, &environment.calendar, today);
    if deck.cards.is_empty() {
        return Err(Stop::not_found(nothing(&deck, today)));
    }
    let mut answers = stdin().lock().lines().map_while(Result::ok);
    let count = deck.cards.len();
    for (number, asked) in (1..).zip(&deck.cards) {
        let title = library.catalog.articles.get(asked.article).map_or("", |it| it.title.as_str());
        let head = format!("{number} of {count}: {}\n\n", Safe::line(title));
        output::write(&(head + &shown(&asked.card.question, print)))?;
        output::write("\nEnter shows the answer, s skips, q ends: ")?;
        match answers.next().as_deref().map(str::trim) {
            None | Some("q") => return output::write("\n"),
            Some("s") => continue,
            Some(_) => {}
        }
        let Some(grade) = grade(asked, today, print, &mut answers)? else {
            return output::write("\n");
        };
        let change = Change::Graded(asked.card.key.clone(), grade);
        store
            .write(&[change])
            .map_err(|error| Stop::failed(format_args!("the grade was not saved: {error}")))?;
        output::write("Saved.\n\n")?;
    }
    output::write("Done for today.\n")
}

/// Why no card is asked.
fn nothing(deck: &Deck, today: Day) -> String {
    match (deck.read, deck.next) {
        (0, _) => "no cards yet: they are the questions at the end of the articles that you read \
            to the end"
            .to_owned(),
        (_, Some(next)) => {
            format!("nothing is due; the next card is, {}", review::Interval(next.since(today)))
        }
        (_, None) => "nothing is due".to_owned(),
    }
}

fn shown(markdown: &str, print: &Print) -> String {
    read::text(&document::parse(markdown), print)
}

/// The answer, and how well it was known; nothing when the reader wants no more.
fn grade(
    asked: &Asked,
    today: Day,
    print: &Print,
    answers: &mut impl Iterator<Item = String>,
) -> Result<Option<Grade>, Stop> {
    output::write(&format!("\n{}\n", shown(&asked.card.answer, print)))?;
    let next = review::next(asked.learnt.as_ref(), today);
    let choices = Grade::ALL
        .map(|grade| format!("{} {} ({})", grade.number(), grade.name(), next.interval(grade)));
    loop {
        output::write(&format!("{}: ", choices.join(", ")))?;
        match answers.next().as_deref().map(str::trim) {
            None | Some("q") => return Ok(None),
            Some(answer) => {
                let grade = answer.parse().ok().and_then(Grade::of_number);
                if grade.is_some() {
                    return Ok(grade);
                }
            }
        }
    }
}
