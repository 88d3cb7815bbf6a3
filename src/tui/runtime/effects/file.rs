//! Markdown files beside a reader's own file.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::tui::Message;

/// The largest file that is opened, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The largest file that is shown beside a list, in bytes.
const GLANCE: u64 = 4 * 1024 * 1024;

/// Reads the file that a link in the file `from` names.
pub(super) fn load(from: &Path, link: &str, anchor: Option<String>) -> Message {
    let path = target(from, link);
    let outcome = read(&path);
    Message::FileLoaded(path, anchor, outcome)
}

/// Reads a file again.
pub(super) fn reload(path: PathBuf) -> Message {
    let outcome = read(&path);
    Message::Reloaded(path, outcome)
}

/// A link is relative to its file; going back names the file itself.
fn target(from: &Path, link: &str) -> PathBuf {
    if Path::new(link) == from {
        return from.to_path_buf();
    }
    from.parent().unwrap_or(Path::new("")).join(link)
}

/// Reads a text file that is short enough to be shown at once.
pub(super) fn glance(path: &Path) -> Result<String, String> {
    match fs::metadata(path) {
        Ok(about) if about.len() > GLANCE => Err(format!("{}: too long", path.display())),
        _ => read(path),
    }
}

/// Reads a text file; what is wrong with it, in words.
fn read(path: &Path) -> Result<String, String> {
    let says = |reason: &dyn std::fmt::Display| format!("{}: {reason}", path.display());
    let about = fs::metadata(path).map_err(|error| says(&error))?;
    if !about.is_file() {
        return Err(says(&"not a file"));
    }
    if about.len() > LARGEST {
        return Err(says(&"larger than 256 MiB; split it"));
    }
    let mut bytes = vec![];
    let file = fs::File::open(path).map_err(|error| says(&error))?;
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| says(&error))?;
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return Err(says(&format!("binary, {} bytes", bytes.len())));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_relative_to_the_file_it_stands_in() {
        assert_eq!(target(Path::new("/a/b.md"), "c/d.md"), Path::new("/a/c/d.md"));
        assert_eq!(target(Path::new("b.md"), "c.md"), Path::new("c.md"));
        assert_eq!(target(Path::new("/a/b.md"), "/a/b.md"), Path::new("/a/b.md"));
    }

    #[test]
    fn binary_and_missing_files_are_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.md");
        fs::write(&path, b"a\0b").unwrap();
        assert!(read(&path).unwrap_err().ends_with("binary, 3 bytes"));
        assert!(read(folder.path()).unwrap_err().ends_with("not a file"));
        assert!(read(&folder.path().join("none.md")).unwrap_err().contains("none.md: "));
    }
}
