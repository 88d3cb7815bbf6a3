//! Hands a lab to a browser: writes its page where only the reader may read it, and starts one.
//!
//! Pages are files for now, which browsers packed as snap or flatpak cannot read in these
//! places; a loopback server is to replace them.

use std::fs;
use std::io;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use rustix::fs::{Mode, OFlags};

use crate::labs::Environment;

/// The hidden command of this program that starts the browser.
pub(crate) const OPEN_COMMAND: &str = "open-in-browser";

/// A page that a browser may read as long as this value lives; dropping it removes the page.
#[derive(Debug)]
pub struct Handed {
    folder: tempfile::TempDir,
    page: PathBuf,
}

/// A lab that cannot be handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOffError {
    /// The page cannot be written.
    #[error("cannot write {path}: {reason}; set XDG_RUNTIME_DIR or TMPDIR to a folder of yours")]
    Unwritable {
        /// The folder or the file.
        path: PathBuf,
        /// Why, in the system's words.
        reason: io::Error,
    },
    /// No browser can be started.
    #[error("no browser could be started ({reason}); set BROWSER to one, or open {address}")]
    NoBrowser {
        /// What was to be opened.
        address: String,
        /// Why.
        reason: String,
    },
    /// Not an address that a browser is asked to open.
    #[error("`{address}` is not opened: only http, https, mailto and pages of labs are")]
    Refused {
        /// What was to be opened.
        address: String,
    },
}

impl Handed {
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
pub fn write_lab(
    environment: &Environment,
    slug: &str,
    html: &str,
) -> Result<Handed, HandOffError> {
    let parents = environment.runtime_dir.iter().chain([&environment.temp_dir]);
    let mut failed = None;
    for parent in parents {
        let private = fs::Permissions::from_mode(0o700);
        let mut builder = tempfile::Builder::new();
        match builder.prefix("library-tui-").permissions(private).tempdir_in(parent) {
            Ok(folder) => {
                let page = folder.path().join(file_name(slug));
                write_new(&page, html)?;
                return Ok(Handed { folder, page });
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
        let Handed { folder, page } = write_lab(environment, slug, html)?;
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

/// Starts a browser on `address` and returns at once; `done` is told, on another thread, whether
/// one was started.
///
/// A child of this program does the work: it asks the desktop for the browser, which takes its
/// time, and leaves no process behind that would have to be waited for.
pub fn open(
    environment: &Environment,
    address: &str,
    done: impl FnOnce(Result<(), HandOffError>) + Send + 'static,
) -> Result<(), HandOffError> {
    let child = start(environment, address)?;
    let address = address.to_owned();
    thread::spawn(move || done(wait(child, &address)));
    Ok(())
}

/// Starts a browser on `address` and waits until it is started, not until it is closed.
pub fn open_and_wait(environment: &Environment, address: &str) -> Result<(), HandOffError> {
    wait(start(environment, address)?, address)
}

fn start(environment: &Environment, address: &str) -> Result<Child, HandOffError> {
    refuse_strangers(address)?;
    let mut command = Command::new(&environment.program);
    command.arg(OPEN_COMMAND).arg(address);
    match environment.browsers() {
        Some(browsers) => command.env("BROWSER", browsers),
        None => command.env_remove("BROWSER"),
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|error| no_browser(address, &error))
}

fn wait(mut child: Child, address: &str) -> Result<(), HandOffError> {
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(no_browser(address, &"none was found")),
        Err(error) => Err(no_browser(address, &error)),
    }
}

/// Starts a browser on `address` from this process, which should end soon.
pub fn open_here(address: &str) -> Result<(), HandOffError> {
    refuse_strangers(address)?;
    webbrowser::open(address).map_err(|error| no_browser(address, &error))
}

fn refuse_strangers(address: &str) -> Result<(), HandOffError> {
    let known = ["http://", "https://", "mailto:", "file:///"];
    let is_plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    if is_plain && known.iter().any(|scheme| address.starts_with(scheme)) {
        return Ok(());
    }
    Err(HandOffError::Refused { address: address.to_owned() })
}

fn no_browser(address: &str, reason: &dyn std::fmt::Display) -> HandOffError {
    HandOffError::NoBrowser { address: address.to_owned(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn environment(folder: &Path) -> Environment {
        Environment { temp_dir: folder.to_owned(), ..Environment::default() }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_page_is_private_and_goes_when_it_is_dropped() {
        let root = tempfile::tempdir().unwrap();
        let handed = write_lab(&environment(root.path()), "kv-cache", "<p>").unwrap();
        assert_eq!(fs::read_to_string(handed.path()).unwrap(), "<p>");
        assert!(handed.path().ends_with("kv-cache.html"));
        assert_eq!((mode(handed.path()), mode(handed.folder())), (0o600, 0o700));
        let folder = handed.folder().to_owned();
        drop(handed);
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
        assert!(write_lab(&environment, "x", "").is_ok());
        let nowhere = Environment { temp_dir: gone, ..environment };
        let error = write_lab(&nowhere, "x", "").unwrap_err().to_string();
        assert!(error.contains("XDG_RUNTIME_DIR"), "{error}");
    }

    #[test]
    fn a_slug_never_becomes_a_path() {
        assert_eq!(file_name("../../x/y"), "------x-y.html");
    }

    #[test]
    fn only_known_addresses_are_opened() {
        for address in
            ["javascript:x", "data:x", "-x", "", "file://host/x", "https://a b", "http://a\n"]
        {
            assert!(matches!(open_here(address), Err(HandOffError::Refused { .. })), "{address}");
        }
    }

    #[test]
    fn a_failure_to_start_is_told() {
        let environment = Environment { program: "/bin/false".into(), ..Environment::default() };
        let (told, hears) = mpsc::channel();
        open(&environment, "https://a.example", move |it| told.send(it.is_ok()).unwrap()).unwrap();
        assert_eq!(hears.recv(), Ok(false));
        let missing = Environment { program: "/no/such".into(), ..Environment::default() };
        assert!(open(&missing, "https://a.example", |_| ()).is_err());
    }
}
