//! Pages of labs as files, in folders that only the reader may enter.

use std::fs;
use std::io;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use crate::labs::Environment;
use crate::labs::handoff::HandOffError;

/// A page in a file of its own, as long as this value lives; dropping it removes the file.
#[derive(Debug)]
pub struct Exported {
    folder: tempfile::TempDir,
    page: PathBuf,
}

impl Exported {
    /// The page's file.
    pub fn path(&self) -> &Path {
        &self.page
    }

    /// The folder that holds nothing else.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Writes a lab's page to a new folder that only this user may enter.
pub fn export_lab(
    environment: &Environment,
    slug: &str,
    html: &str,
) -> Result<Exported, HandOffError> {
    let parents = environment.runtime_dir.iter().chain([&environment.temp_dir]);
    let mut failed = None;
    for parent in parents {
        let private = fs::Permissions::from_mode(0o700);
        let mut builder = tempfile::Builder::new();
        match builder.prefix("library-tui-").permissions(private).tempdir_in(parent) {
            Ok(folder) => {
                let page = folder.path().join(file_name(slug));
                write_new(&page, html)?;
                return Ok(Exported { folder, page });
            }
            Err(reason) => failed = Some(unwritable(parent)(reason)),
        }
    }
    let nowhere = || unwritable(&environment.temp_dir)(io::ErrorKind::NotFound.into());
    Err(failed.unwrap_or_else(nowhere))
}

/// Writes a lab's page to a folder of this user's that outlives the program; a page of the same
/// lab is replaced whole.
pub fn keep_lab(
    environment: &Environment,
    slug: &str,
    html: &str,
) -> Result<PathBuf, HandOffError> {
    let user = rustix::process::getuid().as_raw();
    let name = format!("library-tui-{user}");
    let folder = environment.runtime_dir.iter().chain([&environment.temp_dir]).find_map(|parent| {
        let folder = parent.join(&name);
        is_private(&folder, user).then_some(folder)
    });
    let Some(folder) = folder else {
        let Exported { folder, page } = export_lab(environment, slug, html)?;
        let _ = folder.keep();
        return Ok(page);
    };
    let page = folder.join(file_name(slug));
    let mut written = tempfile::NamedTempFile::new_in(&folder).map_err(unwritable(&folder))?;
    written.write_all(html.as_bytes()).map_err(unwritable(&page))?;
    written.persist(&page).map_err(|error| unwritable(&page)(error.error))?;
    Ok(page)
}

/// Whether `folder` is, or could be made, a folder that `user` alone may enter.
fn is_private(folder: &Path, user: u32) -> bool {
    // Whatever stands there already is judged below.
    let _ = rustix::fs::mkdir(folder, Mode::RWXU);
    rustix::fs::lstat(folder).is_ok_and(|found| {
        let kind = rustix::fs::FileType::from_raw_mode(found.st_mode);
        let others = Mode::from_raw_mode(found.st_mode) & (Mode::RWXG | Mode::RWXO);
        kind.is_dir() && found.st_uid == user && others.is_empty()
    })
}

/// Slugs are plain words; anything else in one must not become a path.
fn file_name(slug: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    format!("{}.html", slug.chars().map(plain).collect::<String>())
}

fn write_new(page: &Path, html: &str) -> Result<(), HandOffError> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    let file = rustix::fs::open(page, flags, Mode::RUSR | Mode::WUSR)
        .map_err(|error| unwritable(page)(error.into()))?;
    fs::File::from(file).write_all(html.as_bytes()).map_err(unwritable(page))
}

fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> HandOffError {
    let path = path.to_owned();
    move |reason| HandOffError::Unwritable { path, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(folder: &Path) -> Environment {
        Environment { temp_dir: folder.to_owned(), ..Environment::default() }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_page_is_private_and_goes_when_it_is_dropped() {
        let root = tempfile::tempdir().unwrap();
        let exported = export_lab(&environment(root.path()), "kv-cache", "<p>").unwrap();
        assert_eq!(fs::read_to_string(exported.path()).unwrap(), "<p>");
        assert!(exported.path().ends_with("kv-cache.html"));
        assert_eq!((mode(exported.path()), mode(exported.folder())), (0o600, 0o700));
        let folder = exported.folder().to_owned();
        drop(exported);
        assert!(!folder.exists());
    }

    #[test]
    fn a_kept_page_is_replaced_whole_and_its_folder_stays_private() {
        let root = tempfile::tempdir().unwrap();
        let environment = environment(root.path());
        let page = keep_lab(&environment, "votes", "one").unwrap();
        assert_eq!(keep_lab(&environment, "votes", "two").unwrap(), page);
        assert_eq!(fs::read_to_string(&page).unwrap(), "two");
        assert_eq!((mode(&page), mode(page.parent().unwrap())), (0o600, 0o700));
    }

    #[test]
    fn a_folder_that_others_made_is_not_used() {
        let root = tempfile::tempdir().unwrap();
        let environment = environment(root.path());
        let user = rustix::process::getuid().as_raw();
        let theirs = root.path().join(format!("library-tui-{user}"));
        std::os::unix::fs::symlink("/", &theirs).unwrap();
        let page = keep_lab(&environment, "votes", "one").unwrap();
        assert!(!page.starts_with(&theirs) && page.starts_with(root.path()), "{page:?}");
        fs::remove_file(&theirs).unwrap();
        fs::create_dir(&theirs).unwrap();
        fs::set_permissions(&theirs, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(!keep_lab(&environment, "votes", "one").unwrap().starts_with(&theirs));
    }

    #[test]
    fn a_runtime_folder_that_is_gone_is_passed_over() {
        let root = tempfile::tempdir().unwrap();
        let gone = root.path().join("gone");
        let environment =
            Environment { runtime_dir: Some(gone.clone()), ..environment(root.path()) };
        assert!(export_lab(&environment, "x", "").is_ok());
        let nowhere = Environment { temp_dir: gone, ..environment };
        let error = export_lab(&nowhere, "x", "").unwrap_err().to_string();
        assert!(error.contains("XDG_RUNTIME_DIR"), "{error}");
    }

    #[test]
    fn a_slug_never_becomes_a_path() {
        assert_eq!(file_name("../../x/y"), "------x-y.html");
    }
}
