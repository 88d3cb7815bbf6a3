//! Pages on the disk. Nothing is written over but what an earlier export wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use crate::cli::output::Stop;
use crate::html;

/// The file that names what an export wrote into its folder, a path on each line.
const LIST: &str = ".library-tui-export";
/// Its first line.
const HEAD: &str = "library-tui export: these files are written anew by the next one";

/// Writes a page to a file, which may be an earlier page.
pub(crate) fn write_page(path: &Path, page: &str) -> Result<(), Stop> {
    let failed = |error| Stop::failed(format_args!("{}: {error}", path.display()));
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => {
            let message = "is a folder: name a file in it, such as page.html";
            return Err(Stop::failed(format_args!("{}: {message}", path.display())));
        }
        Ok(_) if !is_page(path) => {
            let message = "is there already and no exported page: remove it, or name another file";
            return Err(Stop::failed(format_args!("{}: {message}", path.display())));
        }
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    fs::write(path, page).map_err(failed)
}

/// Whether a file is one that this program exported.
fn is_page(path: &Path) -> bool {
    let is_file = fs::symlink_metadata(path).is_ok_and(|about| about.is_file());
    let mut head = vec![];
    let read = fs::File::open(path).and_then(|file| file.take(1024).read_to_end(&mut head));
    is_file && read.is_ok() && String::from_utf8_lossy(&head).contains(html::MARK)
}

/// A folder while pages are written into it.
#[derive(Debug)]
pub(crate) struct Written {
    folder: PathBuf,
    files: usize,
    /// Files of an earlier export that this one has not.
    stale: BTreeSet<String>,
}

impl Written {
    /// Takes a folder that is new, empty, or holds an earlier export, for pages at these paths.
    pub(crate) fn begin(folder: &Path, own: &BTreeSet<String>) -> Result<Self, Stop> {
        let stop = |message: &str| Stop::failed(format_args!("{}: {message}", folder.display()));
        if folder.exists() && !folder.is_dir() {
            return Err(stop("is a file: name a new or an empty folder"));
        }
        let earlier = earlier(folder);
        let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        if earlier.is_none() && !is_empty {
            return Err(stop(
                "is not empty, and holds no earlier export: name a new or an empty folder",
            ));
        }
        let earlier = earlier.unwrap_or_default();
        let taken = |path: &&String| {
            !earlier.contains(*path) && fs::symlink_metadata(folder.join(path)).is_ok()
        };
        if let Some(taken) = own.iter().find(taken) {
            let message = format!("{taken} is there and was not exported: move it elsewhere");
            return Err(stop(&message));
        }
        fs::create_dir_all(folder).map_err(|error| stop(&error.to_string()))?;
        let stale: BTreeSet<String> = earlier.difference(own).cloned().collect();
        // Written first, so that an export which is broken off can be made again.
        let all: Vec<&str> = std::iter::once(HEAD)
            .chain(own.iter().map(String::as_str))
            .chain(stale.iter().map(String::as_str))
            .collect();
        let list = folder.join(LIST);
        fs::write(&list, all.join("\n") + "\n").map_err(|error| stop(&error.to_string()))?;
        Ok(Self { folder: folder.to_owned(), files: 0, stale })
    }

    /// Writes a page.
    pub(crate) fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), Stop> {
        let file = self.folder.join(path);
        let failed = |error| Stop::failed(format_args!("{}: {error}", file.display()));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        if fs::symlink_metadata(&file).is_ok_and(|about| !about.is_file()) {
            let message = "is no file any more: move it elsewhere";
            return Err(Stop::failed(format_args!("{}: {message}", file.display())));
        }
        fs::write(&file, bytes).map_err(failed)?;
        self.files += 1;
        Ok(())
    }

    /// Copies a file of a folder.
    pub(crate) fn copy(&mut self, from: &Path, path: &str) -> Result<(), Stop> {
        let file = from.join(path);
        let bytes = fs::read(&file)
            .map_err(|error| Stop::failed(format_args!("{}: {error}", file.display())))?;
        self.add(path, &bytes)
    }

    /// Removes what an earlier export had and this one has not. Returns how many pages there are,
    /// and where.
    pub(crate) fn finish(self) -> Result<(usize, PathBuf), Stop> {
        for path in &self.stale {
            let file = self.folder.join(path);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Stop::failed(format_args!("{}: {error}", file.display())));
                }
                _ => {}
            }
        }
        Ok((self.files, self.folder))
    }
}

/// Whether a path leads to a file in the folder, and to none that a link takes elsewhere.
pub(crate) fn is_inside(folder: &Path, path: &str) -> bool {
    let ends = (fs::canonicalize(folder), fs::canonicalize(folder.join(path)));
    let (Ok(folder), Ok(file)) = ends else { return false };
    is_below(path) && file.starts_with(folder) && file.is_file()
}

/// The files of an earlier export in a folder; None when there was none.
fn earlier(folder: &Path) -> Option<BTreeSet<String>> {
    let list = fs::read_to_string(folder.join(LIST)).ok()?;
    let mut lines = list.lines();
    let paths = lines.next().filter(|line| *line == HEAD).map(|_| lines)?;
    Some(paths.filter(|path| is_below(path)).map(str::to_owned).collect())
}

/// Whether a path stays in its folder.
fn is_below(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|it| matches!(it, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_something_else_in_it_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        let stop =
            Written::begin(folder.path(), &BTreeSet::from(["index.html".to_owned()])).unwrap_err();
        assert!(format!("{stop:?}").contains("is not empty"), "{stop:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_second_export_replaces_the_first_and_nothing_of_the_reader_s() {
        let folder = tempfile::tempdir().unwrap();
        let export = |paths: &[&str]| -> Result<(), Stop> {
            let paths: BTreeSet<String> = paths.iter().map(|it| (*it).to_owned()).collect();
            let mut written = Written::begin(folder.path(), &paths)?;
            paths.iter().try_for_each(|path| written.add(path, b"x"))?;
            written.finish().map(|_| ())
        };
        export(&["index.html", "a/b.html"]).unwrap();
        fs::write(folder.path().join("mine.html"), "mine").unwrap();
        export(&["index.html", "a/c.html"]).unwrap();
        assert!(!folder.path().join("a/b.html").exists());
        assert!(folder.path().join("a/c.html").exists());
        let stop = export(&["index.html", "mine.html"]).unwrap_err();
        assert!(format!("{stop:?}").contains("mine.html is there"), "{stop:?}");
        assert_eq!(fs::read_to_string(folder.path().join("mine.html")).unwrap(), "mine");
    }

    #[test]
    fn a_list_that_names_files_elsewhere_removes_none_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir(&site).unwrap();
        let outside = folder.path().join("outside");
        fs::write(&outside, "mine").unwrap();
        let list = format!("{HEAD}\n../outside\n{}\n", outside.display());
        fs::write(site.join(LIST), list).unwrap();
        Written::begin(&site, &BTreeSet::new()).unwrap().finish().unwrap();
        assert!(outside.exists());
    }

    #[test]
    fn a_page_is_written_over_an_earlier_page_and_over_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("page.html");
        let html = html::file("a.md", "# a", html::Reach::Alone);
        write_page(&page, &html).unwrap();
        write_page(&page, &html).unwrap();
        fs::write(&page, "mine").unwrap();
        assert!(write_page(&page, &html).is_err());
        assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
    }
}
