//! The Markdown and text files below a folder of the reader's own.
//!
//! Hidden and ignored files are left out, links are not followed. A file is read again when its
//! size or the time of its last change differ from what was indexed.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::document::{self, BlockKind, FrontMatter, Level};
use crate::search::text::collection::{Collection, Listed};
use crate::search::text::entry::{Entry, Key, hashed};

/// Endings of files that are indexed.
const ENDINGS: [&str; 4] = ["md", "markdown", "mdx", "txt"];
/// Longer files are left out, in bytes.
const LONGEST: u64 = 16 << 20;
/// A title stands in the first so many bytes.
const HEAD: usize = 4096;

/// The files below a folder.
#[derive(Debug)]
pub struct FolderTexts {
    folder: PathBuf,
}

impl FolderTexts {
    /// Those below `folder`.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn listed(&self, entry: &DirEntry) -> Option<Listed> {
        let path = entry.path();
        let ending = path.extension()?.to_str()?;
        if !ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            return None;
        }
        let about = entry.metadata().ok().filter(|it| it.is_file() && it.len() <= LONGEST)?;
        let name = path.strip_prefix(&self.folder).ok()?.to_str()?.to_owned();
        let stamp = hashed(&(about.modified().ok(), about.len()));
        Some(Listed { key: Key::File(name), stamp })
    }
}

impl Collection for FolderTexts {
    fn version(&self) -> u64 {
        0
    }

    fn list(&self) -> Vec<Listed> {
        let walk = WalkBuilder::new(&self.folder).build();
        let mut listed: Vec<Listed> = walk.filter_map(|entry| self.listed(&entry.ok()?)).collect();
        listed.sort_by(|one, other| one.key.cmp(&other.key));
        listed
    }

    fn entry(&self, key: &Key) -> Option<Entry> {
        let Key::File(name) = key else { return None };
        let mut bytes = vec![];
        let file = fs::File::open(self.folder.join(name)).ok()?;
        file.take(LONGEST).read_to_end(&mut bytes).ok()?;
        if bytes.iter().take(8192).any(|byte| *byte == 0) {
            return None;
        }
        let source = String::from_utf8_lossy(&bytes);
        let split = document::split_front_matter(&source);
        let front = split.front.and_then(Result::ok).unwrap_or_default();
        let FrontMatter { title, summary, level, tags, labs, .. } = front;
        let level = level.map_or("", Level::name).to_owned();
        let title = if title.is_empty() { title_of(name, split.body) } else { title };
        let category = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let body = split.body.to_owned();
        Some(Entry { key: key.clone(), title, summary, tags, category, level, labs, body })
    }
}

/// The first heading when the text begins with one, else the file's name.
fn title_of(name: &str, body: &str) -> String {
    let head = body.get(..body.floor_char_boundary(HEAD)).unwrap_or_default();
    let first = document::parse(head).blocks.into_iter().next().map(|block| block.kind);
    match first {
        Some(BlockKind::Heading { prose, .. }) => prose.text.to_string(),
        _ => name.rsplit('/').next().unwrap_or(name).to_owned(),
    }
}
