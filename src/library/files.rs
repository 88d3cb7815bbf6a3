//! The files of a library on a disk, as they are found.
//!
//! Nothing outside the library's own folders is read: links are followed first, and what they
//! lead to must still be inside. Also compiled into the build script.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::library::format::{About, File, Problem, Root};

/// No text of a library is longer than this many bytes.
const MAX_BYTES: u64 = 16 << 20;

/// The two folders of a library: its content, and its labs beside it.
#[derive(Debug, Clone)]
pub(crate) struct Folders {
    content: PathBuf,
    labs: PathBuf,
}

/// The files that were found, and what could not be read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files, in the order of their paths.
    pub(crate) files: Vec<File>,
    /// Files and folders that cannot be read.
    pub(crate) problems: Vec<Problem>,
}

impl Folders {
    /// The folder `content` and the folder `labs` beside it.
    pub(crate) fn new(content: &Path) -> Self {
        let beside = content.parent().map(|parent| parent.join("labs"));
        // A single relative name has an empty parent, which joins to a plain `labs`.
        Self { content: content.to_owned(), labs: beside.unwrap_or_else(|| "labs".into()) }
    }

    /// Where a file is on the disk.
    pub(crate) fn path(&self, root: Root, path: &str) -> PathBuf {
        self.folder(root).join(path)
    }

    fn folder(&self, root: Root) -> &Path {
        match root {
            Root::Content => &self.content,
            Root::Labs => &self.labs,
        }
    }

    /// Every file that belongs to the library.
    pub(crate) fn gather(&self) -> Found {
        let mut found = Found::default();
        self.gather_file(Root::Content, "library.toml", &mut found);
        self.gather_file(Root::Content, "synonyms.toml", &mut found);
        for root in [Root::Content, Root::Labs] {
            for category in self.names(root, "", &mut found) {
                if self.path(root, &category).is_dir() {
                    self.gather_category(root, &category, &mut found);
                }
            }
        }
        found
    }

    fn gather_category(&self, root: Root, category: &str, found: &mut Found) {
        for name in self.names(root, category, found) {
            let extension = Path::new(&name).extension();
            let wanted = match root {
                Root::Content => name == "category.toml" || extension.is_some_and(|it| it == "md"),
                Root::Labs => extension.is_some_and(|it| it == "html"),
            };
            if wanted {
                self.gather_file(root, &format!("{category}/{name}"), found);
            }
        }
    }

    fn gather_file(&self, root: Root, path: &str, found: &mut Found) {
        let shown = self.path(root, path).display().to_string();
        match self.read(root, path) {
            Ok(bytes) => found.files.push(File { root, path: path.to_owned(), shown, bytes }),
            // That the library has no `library.toml` is told by its reader.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => found.problems.push(Problem::new(
                About::File,
                &shown,
                1,
                error.to_string(),
                "make it a readable file",
            )),
        }
    }

    /// The names in a folder, sorted, without hidden ones.
    fn names(&self, root: Root, folder: &str, found: &mut Found) -> Vec<String> {
        let path = self.path(root, folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                // A library may have no labs.
                if error.kind() != std::io::ErrorKind::NotFound {
                    let shown = path.display().to_string();
                    found.problems.push(Problem::new(
                        About::File,
                        &shown,
                        1,
                        error.to_string(),
                        "make it a readable folder",
                    ));
                }
                return vec![];
            }
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort_unstable();
        names
    }

    /// The bytes of a file of the library.
    pub(crate) fn read(&self, root: Root, path: &str) -> std::io::Result<Vec<u8>> {
        let refuse = |why: &str| Err(std::io::Error::other(why.to_owned()));
        let real = fs::canonicalize(self.path(root, path))?;
        if !real.starts_with(fs::canonicalize(self.folder(root))?) {
            return refuse("leads out of the library's folder");
        }
        if !fs::metadata(&real)?.is_file() {
            return refuse("is not a file");
        }
        let mut bytes = vec![];
        fs::File::open(real)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_BYTES { refuse("is longer than 16 MiB") } else { Ok(bytes) }
    }
}

/// The path without links and detours; as it is, when it leads nowhere.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether two paths lead to one folder.
pub(crate) fn are_one(a: &Path, b: &Path) -> bool {
    fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
}
