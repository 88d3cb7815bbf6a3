//! Rows of the file as plain data, and changes as rows.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::review::{Grade, Graded, Records};
use crate::state::{
    Change, Finished, Highlight, Mark, Memory, Name, Pace, Place, Progress, ReadOn, Stamp, Visit,
};

/// Visits that the pace of a reader is summed over.
const PACED: i64 = 50;

/// The rows that the visits of this session are written to, by their number.
#[derive(Debug, Clone, Default)]
pub struct Era(HashMap<u64, i64>);

pub(super) fn load(connection: &Connection) -> rusqlite::Result<Memory> {
    // One reading of all tables: no change of another program may come between.
    let reading = connection.unchecked_transaction()?;
    let mut memory = Memory::default();
    each(
        &reading,
        "SELECT name, anchor, block, offset, above, quote, percent, finished, spent, opened, read FROM progress",
        |row| {
            let progress = Progress {
                place: place(row, 1)?,
                percent: percent(row, 6)?,
                finished: row.get(7)?,
                spent: count(row, 8)? as u64,
                opened: row.get(9)?,
                read: row.get(10)?,
            };
            if let Some(name) = name(row, 0)? {
                memory.progress.insert(name, progress);
            }
            Ok(())
        },
    )?;
    each(
        &reading,
        "SELECT letter, anchor, block, offset, above, quote, name, made FROM mark ORDER BY letter, name",
        |row| {
            let letter: String = row.get(0)?;
            if let (Some(letter), Some(name)) = (letter.chars().next(), name(row, 6)?) {
                memory.marks.push(Mark { letter, name, place: place(row, 1)?, made: row.get(7)? });
            }
            Ok(())
        },
    )?;
    each(&reading, "SELECT name FROM list ORDER BY rank, name", |row| {
        memory.list.extend(name(row, 0)?);
        Ok(())
    })?;
    each(
        &reading,
        "SELECT name, anchor, block, offset, 0, quote, id, note, made, changed FROM highlight",
        |row| {
            if let Some(name) = name(row, 0)? {
                let highlight = Highlight {
                    id: row.get(6)?,
                    name: name.clone(),
                    place: place(row, 1)?,
                    note: row.get(7)?,
                    made: row.get(8)?,
                    changed: row.get(9)?,
                };
                memory.highlights.entry(name).or_default().push(highlight);
            }
            Ok(())
        },
    )?;
    each(&reading, "SELECT key, value FROM setting", |row| {
        memory.settings.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    memory.records = records(&reading)?;
    memory.pace = pace(&reading)?;
    Ok(memory)
}

fn each(
    connection: &Connection,
    query: &str,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

fn records(connection: &Connection) -> rusqlite::Result<Records> {
    let mut records = Records::default();
    each(connection, "SELECT card, at, grade FROM graded", |row| {
        let grade = u8::try_from(row.get::<_, i64>(2)?).ok().and_then(Grade::of_number);
        if let (Some(grade), Ok(card)) = (grade, row.get_ref(0)?.as_str()) {
            records.add(card, Graded { at: row.get(1)?, grade });
        }
        Ok(())
    })?;
    Ok(records)
}

/// A name; none when it is of a kind that this version does not know.
fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Name>> {
    Ok(Name::parse(row.get_ref(column)?.as_str().unwrap_or_default()))
}

/// The five columns of a place, from `first` on.
fn place(row: &Row<'_>, first: usize) -> rusqlite::Result<Place> {
    Ok(Place {
        anchor: row.get(first)?,
        block: count(row, first + 1)?,
        offset: count(row, first + 2)?,
        above: count(row, first + 3)?,
        quote: row.get(first + 4)?,
    })
}

fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let number: i64 = row.get(column)?;
    Ok(usize::try_from(number).unwrap_or(0))
}

pub(super) fn percent(row: &Row<'_>, column: usize) -> rusqlite::Result<u8> {
    Ok(u8::try_from(count(row, column)?.min(100)).unwrap_or(100))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn long(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn pace(connection: &Connection) -> rusqlite::Result<Pace> {
    let sums = "SELECT coalesce(sum(paced_words), 0), coalesce(sum(paced_spent), 0) FROM \
        (SELECT paced_words, paced_spent FROM visit WHERE paced_spent > 0 ORDER BY id DESC LIMIT ?1)";
    connection.query_row(sums, [PACED], |row| {
        Ok(Pace { words: count(row, 0)? as u64, spent: count(row, 1)? as u64 })
    })
}

pub(super) fn history(
    connection: &Connection,
    most: usize,
    skipped: usize,
) -> rusqlite::Result<Vec<Visit>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, began, spent, percent FROM visit ORDER BY began DESC, id DESC LIMIT ?1 OFFSET ?2",
    )?;
    let visits = statement.query_map(params![number(most), number(skipped)], visit)?;
    visits.filter_map(Result::transpose).collect()
}

/// The visits that began at `from` or later, the oldest first.
pub(super) fn since(connection: &Connection, from: Stamp) -> rusqlite::Result<Vec<Visit>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, began, spent, percent FROM visit WHERE began >= ?1 ORDER BY began, id",
    )?;
    let visits = statement.query_map([from], visit)?;
    visits.filter_map(Result::transpose).collect()
}

fn visit(row: &Row<'_>) -> rusqlite::Result<Option<Visit>> {
    let (began, spent, percent) = (row.get(1)?, count(row, 2)? as u64, percent(row, 3)?);
    Ok(name(row, 0)?.map(|name| Visit { name, began, spent, percent }))
}

/// Writes one change, in the transaction that `connection` is in.
pub(super) fn write(
    connection: &Connection,
    era: &mut Era,
    change: &Change,
    now: Stamp,
) -> rusqlite::Result<()> {
    match change {
        Change::Read(read) => {
            write_progress(connection, read, now)?;
            write_visit(connection, era, read, now)
        }
        Change::Finish(name, finished) => finish(connection, name, *finished, now),
        Change::SetMark(mark) => set_mark(connection, mark, now),
        Change::ClearMark(letter, name) => {
            let local = local(*letter, name);
            run(
                connection,
                "DELETE FROM mark WHERE letter = ?1 AND local = ?2",
                params![letter.to_string(), local],
            )
        }
        Change::Enlist(name) => run(
            connection,
            "INSERT INTO list SELECT ?1, coalesce(max(rank), 0) + 1, ?2 FROM list WHERE true
             ON CONFLICT DO NOTHING",
            params![name.as_str(), now],
        ),
        Change::Delist(name) => {
            run(connection, "DELETE FROM list WHERE name = ?1", [name.as_str()])
        }
        Change::Swap(one, other) => swap(connection, one, other),
        Change::SetHighlight(highlight) => set_highlight(connection, highlight, now),
        Change::ClearHighlight(id) => run(connection, "DELETE FROM highlight WHERE id = ?1", [id]),
        Change::Set(key, Some(value)) => run(
            connection,
            "INSERT INTO setting VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
            [key, value],
        ),
        Change::Set(key, None) => run(connection, "DELETE FROM setting WHERE key = ?1", [key]),
        Change::Graded(card, grade) => run(
            connection,
            "INSERT OR REPLACE INTO graded VALUES (?1, ?2, ?3)",
            params![card, now, grade.number()],
        ),
    }
}

fn run(connection: &Connection, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(values).map(|_| ())
}

fn write_progress(connection: &Connection, read: &ReadOn, now: Stamp) -> rusqlite::Result<()> {
    let place = &read.place;
    let finished = read.is_finished().then_some(now);
    run(
        connection,
        "INSERT INTO progress VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
         ON CONFLICT DO UPDATE SET
            anchor = excluded.anchor, block = excluded.block, offset = excluded.offset,
            above = excluded.above, quote = excluded.quote,
            percent = max(percent, excluded.percent),
            finished = coalesce(finished, excluded.finished),
            spent = spent + excluded.spent, read = excluded.read",
        params![
            read.name.as_str(),
            place.anchor,
            number(place.block),
            number(place.offset),
            number(place.above),
            place.quote,
            read.percent,
            finished,
            long(read.spent),
            now
        ],
    )
}

fn write_visit(
    connection: &Connection,
    era: &mut Era,
    read: &ReadOn,
    now: Stamp,
) -> rusqlite::Result<()> {
    let values = (read.percent, long(read.spent), long(read.pace.words), long(read.pace.spent));
    if let Some(id) = era.0.get(&read.visit) {
        let changed = connection
            .prepare_cached(
                "UPDATE visit SET percent = max(percent, ?2), spent = spent + ?3,
                 paced_words = paced_words + ?4, paced_spent = paced_spent + ?5 WHERE id = ?1",
            )?
            .execute(params![id, values.0, values.1, values.2, values.3])?;
        // The history may have been cleared meanwhile.
        if changed > 0 {
            return Ok(());
        }
    }
    connection
        .prepare_cached(
            "INSERT INTO visit (name, began, percent, spent, paced_words, paced_spent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![read.name.as_str(), now, values.0, values.1, values.2, values.3])?;
    era.0.insert(read.visit, connection.last_insert_rowid());
    Ok(())
}

fn finish(
    connection: &Connection,
    name: &Name,
    finished: Finished,
    now: Stamp,
) -> rusqlite::Result<()> {
    let (percent, at) = match finished {
        Finished::Yes => (100, Some(now)),
        Finished::No => (0, None),
    };
    run(
        connection,
        "INSERT INTO progress VALUES (?1, '', 0, 0, 0, '', ?2, ?3, 0, ?4, ?4)
         ON CONFLICT DO UPDATE SET percent = excluded.percent, finished = excluded.finished",
        params![name.as_str(), percent, at, now],
    )
}

/// What a mark is local to: its text, or nothing.
fn local(letter: char, name: &Name) -> &str {
    if letter.is_lowercase() { name.as_str() } else { "" }
}

fn set_mark(connection: &Connection, mark: &Mark, now: Stamp) -> rusqlite::Result<()> {
    let place = &mark.place;
    run(
        connection,
        "INSERT OR REPLACE INTO mark VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            mark.letter.to_string(),
            local(mark.letter, &mark.name),
            mark.name.as_str(),
            place.anchor,
            number(place.block),
            number(place.offset),
            number(place.above),
            place.quote,
            now
        ],
    )
}

fn swap(connection: &Connection, one: &Name, other: &Name) -> rusqlite::Result<()> {
    let rank = |name: &Name| -> rusqlite::Result<Option<i64>> {
        let mut statement = connection.prepare_cached("SELECT rank FROM list WHERE name = ?1")?;
        statement.query_row([name.as_str()], |row| row.get(0)).optional()
    };
    if let (Some(first), Some(second)) = (rank(one)?, rank(other)?) {
        for (name, rank) in [(one, second), (other, first)] {
            run(
                connection,
                "UPDATE list SET rank = ?2 WHERE name = ?1",
                params![name.as_str(), rank],
            )?;
        }
    }
    Ok(())
}

fn set_highlight(
    connection: &Connection,
    highlight: &Highlight,
    now: Stamp,
) -> rusqlite::Result<()> {
    let (place, made) = (&highlight.place, highlight.made);
    run(
        connection,
        "INSERT INTO highlight VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT DO UPDATE SET note = excluded.note, changed = excluded.changed",
        params![
            highlight.id,
            highlight.name.as_str(),
            place.anchor,
            number(place.block),
            number(place.offset),
            place.quote,
            highlight.note,
            if made == 0 { now } else { made },
            now
        ],
    )
}
