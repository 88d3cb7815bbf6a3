//! Files that cannot be used: how they are told, and where they are kept.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::state::store::schema::{self, APPLICATION};
use crate::state::store::{StoreError, failure, now};

/// What `SQLite` files begin with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Bytes of the header that are looked at.
const HEADER: usize = 100;
/// Names that are tried for a file that is set aside.
const TRIES: u32 = 1_000;

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no database, or parts of it are missing or wrong.
    Damaged,
    /// It belongs to another program.
    Foreign,
    /// A later version of this program made it.
    Newer(i64),
}

impl Fault {
    /// The ending of the file's name.
    fn ending(self) -> String {
        match self {
            Self::Damaged => "damaged".to_owned(),
            Self::Foreign => "of-another-program".to_owned(),
            Self::Newer(version) => format!("of-a-newer-version-{version}"),
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Damaged => "is damaged",
            Self::Foreign => "belongs to another program",
            Self::Newer(_) => "was made by a newer version of this program",
        }
    }
}

/// The fault behind an error, when it is one of the file.
pub(super) fn fault(error: &StoreError) -> Option<Fault> {
    matches!(error, StoreError::Damaged { .. }).then_some(Fault::Damaged)
}

/// What is wrong with the file, as far as its header tells; nothing when it is not there.
pub(super) fn fault_of(path: &Path) -> Option<Fault> {
    let mut file = File::open(path).ok()?;
    let about = file.metadata().ok()?;
    if !about.is_file() || about.len() == 0 {
        return None;
    }
    let mut header = [0; HEADER];
    match file.read_exact(&mut header) {
        Ok(()) if header.starts_with(MAGIC) => {}
        // A disk that cannot be read now says nothing of the file.
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => return None,
        _ => return Some(Fault::Damaged),
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        u32::from_be_bytes(bytes.unwrap_or_default())
    };
    // With a journal beside it, the file is in the middle of a change that SQLite takes back.
    if !beside(path).exists() && is_cut(&header, number(28), about.len()) {
        return Some(Fault::Damaged);
    }
    let version = i64::from(number(60));
    if number(68) == APPLICATION {
        return (version > schema::version()).then_some(Fault::Newer(version));
    }
    // A file that another process has begun and not filled yet has no tables.
    let is_empty = has_tables(path) == Some(false);
    (!is_empty).then_some(Fault::Foreign)
}

/// Whether the file is shorter than its header says.
fn is_cut(header: &[u8], pages: u32, length: u64) -> bool {
    let size = match header.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    };
    u64::from(pages) * size > length
}

fn has_tables(path: &Path) -> Option<bool> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let count: Result<i64, _> =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0));
    count.ok().map(|count| count > 0)
}

/// The rollback journal of a file.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Which file it is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    /// The file at `path`; none when there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let about = fs::metadata(path).ok()?;
        #[cfg(unix)]
        return Some(Self(
            std::os::unix::fs::MetadataExt::dev(&about),
            std::os::unix::fs::MetadataExt::ino(&about),
        ));
        #[cfg(not(unix))]
        Some(Self(about.len(), 0))
    }
}

/// Keeps the file, and its journal, under a name that says what is wrong with it; the sentence
/// that tells so. Nothing is done when it is not the file any more that was judged: another
/// program was quicker.
pub(super) fn set_aside(
    path: &Path,
    fault: Fault,
    judged: Option<Identity>,
) -> Result<Option<String>, StoreError> {
    let failed = |error: std::io::Error| StoreError::Failed {
        path: path.display().to_string(),
        reason: format!("it {}, and cannot be set aside: {error}", fault.reason()),
    };
    // One at a time, where the file system can tell.
    let lock = File::options().create(true).append(true).open(path.with_extension("lock"));
    let _held = lock.inspect(|lock| drop(lock.lock()));
    if Identity::of(path) != judged {
        return Ok(None);
    }
    if fault == Fault::Damaged && !is_damaged(path) {
        return Ok(None);
    }
    let place = free_name(path, fault);
    // A journal without its file would be taken back into the next one.
    let journal = beside(path);
    if journal.exists() {
        fs::rename(&journal, beside(&place)).map_err(failed)?;
    }
    fs::rename(path, &place).map_err(failed)?;
    let name = place.file_name().map_or_else(Default::default, |it| it.to_string_lossy());
    Ok(Some(format!("What was remembered {}; it is kept as {name}", fault.reason())))
}

/// Whether it is the file that is damaged. The library says so too of a disk that could not be read
/// in that moment, which is no reason to begin anew.
fn is_damaged(path: &Path) -> bool {
    let said = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .and_then(|it| it.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0)));
    match said {
        Ok(said) => said != "ok",
        Err(error) => fault(&failure(path, &error)).is_some(),
    }
}

fn free_name(path: &Path, fault: Fault) -> PathBuf {
    let base = format!("{}.{}-{}", path.display(), fault.ending(), date());
    let names = (1..TRIES).map(|count| match count {
        1 => PathBuf::from(&base),
        _ => PathBuf::from(format!("{base}-{count}")),
    });
    let free = names.into_iter().find(|it| !it.exists());
    free.unwrap_or_else(|| PathBuf::from(format!("{base}-{}", now())))
}

/// The day in UTC, as `2026-11-21`.
fn date() -> String {
    let connection = Connection::open_in_memory();
    let day = connection.and_then(|it| it.query_row("SELECT date('now')", [], |row| row.get(0)));
    day.unwrap_or_else(|_| now().to_string())
}
