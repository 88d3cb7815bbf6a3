//! Everything in the file as plain data to be carried, taken in again, and cleared.

use rusqlite::{Connection, Params, Row, params};

use crate::state::Stamp;
use crate::state::carried::{
    Carried, CarriedEntry, CarriedGrade, CarriedHighlight, CarriedMark, CarriedPlace,
    CarriedProgress, CarriedSetting, CarriedVisit,
};
use crate::state::store::rows;

const PROGRESS: &str = "SELECT name, anchor, block, offset, above, quote, percent, finished, \
    spent, opened, read FROM progress ORDER BY name";
const VISITS: &str = "SELECT name, began, spent, percent, paced_words, paced_spent FROM visit \
    ORDER BY began, id";
const MARKS: &str = "SELECT letter, anchor, block, offset, above, quote, name, made FROM mark \
    ORDER BY letter, local";
const HIGHLIGHTS: &str = "SELECT id, anchor, block, offset, 0, quote, name, note, made, changed \
    FROM highlight ORDER BY name, made, id";

/// Everything, as it is in one moment.
pub(super) fn carry(connection: &Connection, now: Stamp) -> rusqlite::Result<Carried> {
    carry_in(&*connection.unchecked_transaction()?, now)
}

/// The same, in the transaction that `reading` is in.
pub(super) fn carry_in(reading: &Connection, now: Stamp) -> rusqlite::Result<Carried> {
    let carried = Carried {
        progress: all(reading, PROGRESS, |row| {
            Ok(CarriedProgress {
                name: row.get(0)?,
                place: place(row)?,
                percent: rows::percent(row, 6)?,
                finished: row.get(7)?,
                spent: row.get(8)?,
                opened: row.get(9)?,
                read: row.get(10)?,
            })
        })?,
        visits: all(reading, VISITS, |row| {
            Ok(CarriedVisit {
                name: row.get(0)?,
                began: row.get(1)?,
                spent: row.get(2)?,
                percent: rows::percent(row, 3)?,
                paced_words: row.get(4)?,
                paced_spent: row.get(5)?,
            })
        })?,
        marks: all(reading, MARKS, |row| {
            let letter: String = row.get(0)?;
            let letter = letter.chars().next().unwrap_or_default();
            Ok(CarriedMark { letter, place: place(row)?, name: row.get(6)?, made: row.get(7)? })
        })?,
        list: all(reading, "SELECT name, added FROM list ORDER BY rank, name", |row| {
            Ok(CarriedEntry { name: row.get(0)?, added: row.get(1)? })
        })?,
        highlights: all(reading, HIGHLIGHTS, |row| {
            Ok(CarriedHighlight {
                id: row.get(0)?,
                place: place(row)?,
                name: row.get(6)?,
                note: row.get(7)?,
                made: row.get(8)?,
                changed: row.get(9)?,
            })
        })?,
        settings: all(reading, "SELECT key, value FROM setting ORDER BY key", |row| {
            Ok(CarriedSetting { key: row.get(0)?, value: row.get(1)? })
        })?,
        grades: all(reading, "SELECT card, at, grade FROM graded ORDER BY card, at", |row| {
            let grade = u8::try_from(row.get::<_, i64>(2)?).unwrap_or(0);
            Ok(CarriedGrade { card: row.get(0)?, at: row.get(1)?, grade })
        })?,
        ..Carried::new(now)
    };
    Ok(carried.sound_part())
}

fn all<T>(
    connection: &Connection,
    query: &str,
    take: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(query)?.query_map([], take)?.collect()
}

/// The five columns of a place, from the second on.
fn place(row: &Row<'_>) -> rusqlite::Result<CarriedPlace> {
    Ok(CarriedPlace {
        anchor: row.get(1)?,
        block: row.get(2)?,
        offset: row.get(3)?,
        above: row.get(4)?,
        quote: row.get(5)?,
    })
}

/// Writes `whole`, which has everything of the file in it: nothing is taken away, and the rows of
/// visits that other programs are writing stay the ones that they are.
pub(super) fn put(connection: &Connection, whole: &Carried) -> rusqlite::Result<()> {
    for it in &whole.progress {
        let place = &it.place;
        run(
            connection,
            "INSERT OR REPLACE INTO progress VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                it.name,
                place.anchor,
                place.block,
                place.offset,
                place.above,
                place.quote,
                it.percent,
                it.finished,
                it.spent,
                it.opened,
                it.read
            ],
        )?;
    }
    connection.execute_batch(
        "CREATE TEMP TABLE known AS SELECT DISTINCT name, began FROM visit;
        CREATE INDEX temp.known_visit ON known (name, began);",
    )?;
    for it in &whole.visits {
        run(
            connection,
            "UPDATE visit SET spent = ?3, percent = ?4, paced_words = ?5, paced_spent = ?6
             WHERE began = ?2 AND name = ?1",
            params![it.name, it.began, it.spent, it.percent, it.paced_words, it.paced_spent],
        )?;
        run(
            connection,
            "INSERT INTO visit (name, began, spent, percent, paced_words, paced_spent)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6
             WHERE NOT EXISTS (SELECT 1 FROM known WHERE name = ?1 AND began = ?2)",
            params![it.name, it.began, it.spent, it.percent, it.paced_words, it.paced_spent],
        )?;
    }
    connection.execute_batch("DROP TABLE temp.known")?;
    for it in &whole.marks {
        let local = if it.letter.is_lowercase() { it.name.as_str() } else { "" };
        let place = &it.place;
        run(
            connection,
            "INSERT OR REPLACE INTO mark VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                it.letter.to_string(),
                local,
                it.name,
                place.anchor,
                place.block,
                place.offset,
                place.above,
                place.quote,
                it.made
            ],
        )?;
    }
    put_rest(connection, whole)
}

fn put_rest(connection: &Connection, whole: &Carried) -> rusqlite::Result<()> {
    for it in &whole.list {
        run(
            connection,
            "INSERT INTO list SELECT ?1, coalesce(max(rank), 0) + 1, ?2 FROM list WHERE true
             ON CONFLICT DO NOTHING",
            params![it.name, it.added],
        )?;
    }
    for it in &whole.highlights {
        let place = &it.place;
        run(
            connection,
            "INSERT OR REPLACE INTO highlight VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                it.id,
                it.name,
                place.anchor,
                place.block,
                place.offset,
                place.quote,
                it.note,
                it.made,
                it.changed
            ],
        )?;
    }
    for it in &whole.settings {
        let values = params![it.key, it.value];
        run(connection, "INSERT OR REPLACE INTO setting VALUES (?1, ?2)", values)?;
    }
    for it in &whole.grades {
        let values = params![it.card, it.at, it.grade];
        run(connection, "INSERT OR REPLACE INTO graded VALUES (?1, ?2, ?3)", values)?;
    }
    Ok(())
}

fn run(connection: &Connection, sql: &str, values: impl Params) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// Takes everything away, and writes over where it stood.
pub(super) fn clear(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM progress; DELETE FROM visit; DELETE FROM mark; DELETE FROM list;
         DELETE FROM highlight; DELETE FROM setting; DELETE FROM graded;",
    )
}
