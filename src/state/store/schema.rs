//! The tables, and how a file of an earlier version gets them.

use rusqlite::{Connection, TransactionBehavior};

/// Says that a file is ours: the letters `LibT`.
pub(super) const APPLICATION: u32 = 0x4c69_6254;

/// What brings a file from each version to the next one. Steps are only ever added: a file of
/// any earlier version goes through those that it lacks.
const STEPS: &[&str] = &[
    // 1: progress, history, marks, reading list, highlights with notes, settings.
    "CREATE TABLE progress (
        name TEXT PRIMARY KEY,
        anchor TEXT NOT NULL, block INTEGER NOT NULL, offset INTEGER NOT NULL,
        above INTEGER NOT NULL, quote TEXT NOT NULL,
        percent INTEGER NOT NULL, finished INTEGER, spent INTEGER NOT NULL,
        opened INTEGER NOT NULL, read INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE visit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL, began INTEGER NOT NULL, spent INTEGER NOT NULL,
        percent INTEGER NOT NULL,
        paced_words INTEGER NOT NULL, paced_spent INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX visit_began ON visit (began);
    CREATE INDEX visit_paced ON visit (id) WHERE paced_spent > 0;
    CREATE TABLE mark (
        letter TEXT NOT NULL, local TEXT NOT NULL, name TEXT NOT NULL,
        anchor TEXT NOT NULL, block INTEGER NOT NULL, offset INTEGER NOT NULL,
        above INTEGER NOT NULL, quote TEXT NOT NULL,
        made INTEGER NOT NULL,
        PRIMARY KEY (letter, local)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE list (
        name TEXT PRIMARY KEY, rank INTEGER NOT NULL, added INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE highlight (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        anchor TEXT NOT NULL, block INTEGER NOT NULL, offset INTEGER NOT NULL,
        quote TEXT NOT NULL,
        note TEXT NOT NULL, made INTEGER NOT NULL, changed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    // 2: the grades of cards.
    "CREATE TABLE graded (
        card TEXT NOT NULL, at INTEGER NOT NULL, grade INTEGER NOT NULL,
        PRIMARY KEY (card, at)
    ) STRICT, WITHOUT ROWID;",
];

/// The version that this program writes.
pub(super) fn version() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(0)
}

/// Brings the file to the present version; all steps or none.
pub(super) fn bring_up(connection: &mut Connection) -> rusqlite::Result<()> {
    if found(connection)? == version() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have brought it up meanwhile.
    let from = usize::try_from(found(&transaction)?).unwrap_or(usize::MAX);
    for step in STEPS.get(from..).unwrap_or_default() {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", version())?;
    transaction.commit()
}

fn found(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
