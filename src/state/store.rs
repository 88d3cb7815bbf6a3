//! The file that the state is kept in: `SQLite` with a rollback journal, in the state folder.
//!
//! A file that cannot be used is never written over: it is set aside under a name that says
//! why, and a new one is begun. Every change is one transaction; several programs may have the
//! file open. The write-ahead log is not used: home folders are often on a network.

mod aside;
mod carrying;
mod rows;
mod schema;

pub use rows::Era;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::state::store::aside::Identity;
use crate::state::{Carried, Change, Memory, Merged, Stamp, Visit};

/// The file in the state folder.
pub const FILE: &str = "state.db";

/// How long another program that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file up to this size is checked as a whole when it is opened, in bytes.
const CHECKED: u64 = 4 << 20;

/// Why nothing is remembered, or something was not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no folder for it.
    #[error("neither XDG_STATE_HOME nor HOME is set")]
    Homeless,
    /// The folder cannot be made.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// There is no room on the disk.
    #[error("the disk is full")]
    Full,
    /// The file or its folder must not be written.
    #[error("{path} cannot be written")]
    ReadOnly {
        /// The file.
        path: String,
    },
    /// Another program writes, and does not end.
    #[error("another program is writing to {path} and does not end")]
    Busy {
        /// The file.
        path: String,
    },
    /// The file is damaged.
    #[error("{path} is damaged: {reason}")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// Anything else.
    #[error("{path}: {reason}")]
    Failed {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
}

/// The file, open.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
    era: Era,
    /// Which file it was when it was opened.
    opened: Option<Identity>,
    /// What the file was when its rows were read last, to see what others write.
    seen: i64,
}

/// How something is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeIn {
    /// To see what it would change.
    Trial,
    /// For good.
    Truly,
}

/// A store that was opened, and what has to be said of it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What became of a file that could not be used.
    pub remark: Option<String>,
}

impl Store {
    /// Whether there is no file in `folder` yet.
    pub fn is_new(folder: &Path) -> bool {
        fs::symlink_metadata(folder.join(FILE)).is_err()
    }

    /// Opens the state in `folder`, made when it is not there. What cannot be used is set aside.
    pub fn open(folder: Option<&Path>) -> Result<Opened, StoreError> {
        let folder = folder.ok_or(StoreError::Homeless)?;
        make(folder)?;
        let path = folder.join(FILE);
        let mut remark = None;
        let mut judged = Identity::of(&path);
        if let Some(fault) = aside::fault_of(&path) {
            remark = aside::set_aside(&path, fault, judged)?;
            judged = Identity::of(&path);
        }
        match Self::connect(&path) {
            Ok(store) => Ok(Opened { store, remark }),
            Err(error) => {
                let Some(fault) = aside::fault(&error) else { return Err(error) };
                let remark = aside::set_aside(&path, fault, judged)?;
                Ok(Opened { store: Self::connect(&path)?, remark })
            }
        }
    }

    /// Sets the file aside because of what showed only after it was opened, and begins anew.
    pub fn anew(self, error: &StoreError) -> Result<Opened, StoreError> {
        let (path, judged) = (self.path.clone(), self.opened);
        drop(self);
        let fault = aside::fault(error).unwrap_or(aside::Fault::Damaged);
        let remark = aside::set_aside(&path, fault, judged)?;
        Ok(Opened { store: Self::connect(&path)?, remark })
    }

    fn connect(path: &Path) -> Result<Self, StoreError> {
        let failed = |error| failure(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        connection
            .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;")
            .map_err(failed)?;
        schema::bring_up(&mut connection).map_err(failed)?;
        let opened = Identity::of(path);
        Ok(Self { path: path.to_owned(), connection, era: Era::default(), opened, seen: -1 })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything that is remembered but the history.
    pub fn load(&mut self) -> Result<Memory, StoreError> {
        let memory = rows::load(&self.connection).map_err(|error| self.failure(&error))?;
        self.seen = self.version()?;
        Ok(memory)
    }

    /// Everything again, when another program has written since it was read.
    pub fn look(&mut self) -> Result<Option<Memory>, StoreError> {
        if self.version()? == self.seen { Ok(None) } else { self.load().map(Some) }
    }

    /// Changes when another connection writes.
    fn version(&self) -> Result<i64, StoreError> {
        let version = self.connection.pragma_query_value(None, "data_version", |row| row.get(0));
        version.map_err(|error| self.failure(&error))
    }

    /// Writes changes, all or none; they are on the disk when this returns.
    pub fn write(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let now = now();
        let mut era = self.era.clone();
        let path = self.path.clone();
        let failed = |error| failure(&path, &error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        for change in changes {
            rows::write(&transaction, &mut era, change, now).map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        self.era = era;
        Ok(())
    }

    /// The history, the newest visit first: so many visits, after so many others.
    pub fn history(&self, count: usize, skipped: usize) -> Result<Vec<Visit>, StoreError> {
        rows::history(&self.connection, count, skipped).map_err(|error| self.failure(&error))
    }

    /// The visits that began at `from` or later, the oldest first.
    pub fn since(&self, from: Stamp) -> Result<Vec<Visit>, StoreError> {
        rows::since(&self.connection, from).map_err(|error| self.failure(&error))
    }

    /// Everything, to be carried to another machine.
    pub fn carry(&self) -> Result<Carried, StoreError> {
        carrying::carry(&self.connection, now()).map_err(|error| self.failure(&error))
    }

    /// Takes in what was carried here, all or nothing; both sides are kept. Says what that
    /// changes; on trial, nothing is changed.
    pub fn take_in(&mut self, other: &Carried, how: TakeIn) -> Result<Merged, StoreError> {
        let path = self.path.clone();
        let failed = |error| failure(&path, &error);
        if how == TakeIn::Trial {
            return Ok(self.carry()?.and(other).1);
        }
        let connection = &mut self.connection;
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let own = carrying::carry_in(&transaction, now()).map_err(failed)?;
        let (whole, merged) = own.and(other);
        carrying::put(&transaction, &whole).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(merged)
    }

    /// Forgets everything, and writes over where it stood in the file.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        let failed = |error| failure(&path, &error);
        let connection = &mut self.connection;
        connection.execute_batch("PRAGMA secure_delete = ON").map_err(failed)?;
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        carrying::clear(&transaction).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        self.era = Era::default();
        Ok(())
    }

    /// Looks the whole file over, when it is small enough for that.
    pub fn check(&self) -> Result<(), StoreError> {
        if fs::metadata(&self.path).map_or(0, |about| about.len()) > CHECKED {
            return Ok(());
        }
        let said: Result<String, _> =
            self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
        let said = said.map_err(|error| self.failure(&error))?;
        if said == "ok" {
            return Ok(());
        }
        Err(StoreError::Damaged { path: self.path.display().to_string(), reason: said })
    }

    fn failure(&self, error: &rusqlite::Error) -> StoreError {
        failure(&self.path, error)
    }
}

/// The present time.
pub(in crate::state) fn now() -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| Stamp::try_from(since.as_secs()).unwrap_or(Stamp::MAX))
}

/// Makes the folder, for its reader only.
fn make(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| StoreError::Folder {
        path: folder.display().to_string(),
        reason: error.to_string(),
    })
}

/// What `SQLite` says, in words that somebody can act on.
pub(in crate::state) fn failure(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.display().to_string();
    let reason = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly { path },
        Some(ErrorCode::CannotOpen) => StoreError::ReadOnly { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path, reason }
        }
        _ => StoreError::Failed { path, reason },
    }
}
