//! Files that cannot be used are kept, and reading goes on.

use std::fs;
use std::path::Path;

use library_tui::state::Name;
use library_tui::state::store::{FILE, Store, StoreError};

use crate::{mark, open, read};

/// A file with something in it, as bytes.
fn written() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let changes: Vec<_> = (0..200).map(|at| read(&format!("article-{at}"), 40)).collect();
    open(folder.path()).write(&changes).unwrap();
    fs::read(folder.path().join(FILE)).unwrap()
}

/// The one file in `folder` that was set aside under a name with `word` in it.
#[track_caller]
fn aside(folder: &Path, word: &str) -> Vec<u8> {
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let found: Vec<_> = files.filter(|it| it.to_string_lossy().contains(word)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    fs::read(&found[0]).unwrap()
}

/// Opens a folder with these bytes as its file, or finds out by loading; what was said.
#[track_caller]
fn mended(folder: &Path, bytes: &[u8]) -> String {
    fs::write(folder.join(FILE), bytes).unwrap();
    let mut opened = Store::open(Some(folder)).unwrap();
    if opened.remark.is_none() {
        let error = opened.store.load().err().or_else(|| opened.store.check().err());
        opened = opened.store.anew(&error.unwrap()).unwrap();
    }
    opened.store.write(&[mark('a', "one")]).unwrap();
    assert_eq!(opened.store.load().unwrap().marks.len(), 1);
    opened.remark.unwrap()
}

#[test]
fn garbage_is_set_aside_whole() {
    for garbage in [&b"not a database"[..], &[0; 5_000], &[0xff; 200], b"SQLite format 3\0"] {
        let folder = tempfile::tempdir().unwrap();
        let said = mended(folder.path(), garbage);
        assert!(said.contains("is damaged; it is kept as state.db.damaged-2"), "{said}");
        assert_eq!(aside(folder.path(), "damaged"), garbage);
    }
}

#[test]
fn a_file_cut_at_any_page_is_set_aside() {
    let whole = written();
    for length in (0..whole.len()).step_by(4096).flat_map(|page| [page + 100, page + 4000]) {
        let folder = tempfile::tempdir().unwrap();
        let said = mended(folder.path(), &whole[..length]);
        assert!(said.contains("damaged"), "{said}");
        assert_eq!(aside(folder.path(), "damaged"), whole[..length]);
    }
}

#[test]
fn a_page_of_noise_is_noticed() {
    let whole = written();
    for page in (0..whole.len()).step_by(4096).skip(1) {
        let mut noisy = whole.clone();
        noisy[page..page + 4096].fill(0xa5);
        let folder = tempfile::tempdir().unwrap();
        mended(folder.path(), &noisy);
        assert_eq!(aside(folder.path(), "damaged"), noisy);
    }
}

#[test]
fn an_empty_file_is_begun() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), b"").unwrap();
    open(folder.path()).write(&[mark('a', "one")]).unwrap();
}

#[test]
fn the_file_of_another_program_is_kept_for_it() {
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("other.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let bytes = fs::read(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let said = mended(folder.path(), &bytes);
    assert!(said.contains("belongs to another program"), "{said}");
    assert_eq!(aside(folder.path(), "of-another-program"), bytes);
}

#[test]
fn the_file_of_a_newer_version_is_kept_for_it() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path());
    let path = folder.path().join(FILE);
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 900).unwrap();
    let bytes = fs::read(&path).unwrap();
    let said = mended(folder.path(), &bytes);
    assert!(said.contains("newer version"), "{said}");
    assert_eq!(aside(folder.path(), "of-a-newer-version-900"), bytes);
}

#[test]
fn files_set_aside_on_one_day_do_not_replace_each_other() {
    let folder = tempfile::tempdir().unwrap();
    for bytes in ["one", "two", "three"] {
        mended(folder.path(), bytes.as_bytes());
        // What was written meanwhile goes, so that the next one is judged afresh.
        fs::remove_file(folder.path().join(FILE)).unwrap();
    }
    let files = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name());
    assert_eq!(files.filter(|it| it.to_string_lossy().contains("damaged")).count(), 3);
}

#[test]
fn where_there_is_no_room_for_a_file_the_reason_is_told() {
    assert_eq!(Store::open(None).unwrap_err(), StoreError::Homeless);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Store::open(Some(&file.join("library-tui"))).unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error}");
    fs::create_dir(folder.path().join(FILE)).unwrap();
    let error = Store::open(Some(folder.path())).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
}

#[test]
fn a_dangling_link_is_no_reason_to_fail_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/nowhere/at/all", folder.path().join(FILE)).unwrap();
    let error = Store::open(Some(folder.path())).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
}

#[test]
fn a_journal_is_set_aside_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("state.db-journal"), "half a journal").unwrap();
    mended(folder.path(), b"garbage");
    assert!(!folder.path().join("state.db-journal").exists());
    let name = Name::article("one");
    assert!(open(folder.path()).load().unwrap().mark('a', &name).is_some());
}
