//! Markdown that belongs to no library: where it is, and where its links lead.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::rules;
use crate::document::{Link, LinkKind};
use crate::library;

/// `path` from the root, without `.` and `..`. Nothing on the disk is looked at.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// The content folders of the libraries that `path` is in, or that are in it.
pub(crate) fn libraries(path: &Path) -> Vec<PathBuf> {
    if let Some(content) = library_around(path) {
        return vec![content];
    }
    if !path.is_dir() {
        return vec![];
    }
    let found = walk(path, |path| path.file_name().is_some_and(|name| name == "library.toml"));
    found.iter().filter_map(|file| Some(file.parent()?.to_owned())).collect()
}

/// The content folder of the library that `path` is in: itself or a folder around it that has a
/// `library.toml`, or one beside the folder `labs` that it is in.
fn library_around(path: &Path) -> Option<PathBuf> {
    let whole = absolute(path);
    // Shown as it was typed, as long as that names the folder.
    for (shown, around) in ancestors(path).into_iter().zip(whole.ancestors()) {
        if around.join("library.toml").is_file() {
            return Some(shown.unwrap_or_else(|| around.to_owned()));
        }
        let beside = around.parent().map(|parent| parent.join("content"));
        let in_labs = around.file_name().is_some_and(|name| name == "labs");
        if let Some(beside) = beside.filter(|it| in_labs && it.join("library.toml").is_file()) {
            let parent = shown.and_then(|shown| Some(shown.parent()?.join("content")));
            return Some(parent.unwrap_or(beside));
        }
    }
    None
}

/// The ancestors of a path as it was typed, then none for those that it does not name.
fn ancestors(path: &Path) -> Vec<Option<PathBuf>> {
    let plain = path.components().all(|part| !matches!(part, Component::ParentDir));
    let named = path.ancestors().filter(|it| plain && !it.as_os_str().is_empty());
    let named: Vec<Option<PathBuf>> = named
        .filter(|it| {
            it.components().next() != Some(Component::CurDir) || it.components().count() > 1
        })
        .map(|it| Some(it.to_owned()))
        .collect();
    let rest = absolute(path).ancestors().count().saturating_sub(named.len());
    named.into_iter().chain(std::iter::repeat_n(None, rest)).collect()
}

/// The Markdown files at a path, hidden and ignored ones left out.
pub(crate) fn markdown(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    walk(path, |path| path.extension().is_some_and(|it| it == "md" || it == "markdown"))
}

fn walk(path: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = WalkBuilder::new(path).build().filter_map(Result::ok);
    let files = entries.filter(|it| it.file_type().is_some_and(|it| it.is_file()));
    let mut found: Vec<PathBuf> = files.map(ignore::DirEntry::into_path).collect();
    found.retain(|path| wanted(path));
    found.sort();
    found
}

/// Whether what an image in the file `from` names is there; addresses on the web are believed.
pub(crate) fn exists(from: &str, target: &str) -> bool {
    if target.contains("://") || target.starts_with("data:") || target.starts_with('/') {
        return true;
    }
    let path = target.split(['#', '?']).next().unwrap_or_default();
    beside(from, path).is_some_and(|path| path.is_file())
}

fn beside(from: &str, path: &str) -> Option<PathBuf> {
    let folder = Path::new(from).parent()?;
    Some(folder.join(library::decode(path)?))
}

/// The texts that links may lead to.
pub(crate) struct Neighbours {
    /// The names of all files that are checked, for wiki links, in lower case.
    names: BTreeSet<String>,
    /// The anchors of files that were linked to.
    anchors: RefCell<BTreeMap<PathBuf, Option<BTreeSet<String>>>>,
}

impl Neighbours {
    pub(crate) fn of(drafts: &[&Draft]) -> Self {
        let name =
            |draft: &&Draft| Some(Path::new(&draft.path).file_stem()?.to_str()?.to_lowercase());
        let names = drafts.iter().filter_map(name).collect();
        Self { names, anchors: RefCell::default() }
    }

    /// Reports links that lead nowhere.
    pub(crate) fn links(&self, draft: &Draft, found: &mut Vec<Finding>) {
        for link in draft.document.links.iter().filter(|link| link.kind == LinkKind::Link) {
            if let Some(message) = self.wrong(draft, link) {
                let block = draft.document.blocks.get(link.block);
                let place = block.map(|block| draft.place(block, &link.target));
                let place = place.unwrap_or_else(|| 1.into());
                found.push(draft.finding(&rules::LINK, place, message));
            }
        }
    }

    fn wrong(&self, draft: &Draft, link: &Link) -> Option<String> {
        let target = link.target.as_str();
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split('?').next().unwrap_or_default();
        if is_elsewhere(path) {
            return None;
        }
        let anchor = library::decode(anchor).unwrap_or_default();
        if path.is_empty() {
            let has = anchor.is_empty() || has_anchor(draft, &anchor);
            return (!has).then(|| format!("the link `#{anchor}` names no heading here"));
        }
        let file = beside(&draft.path, path).filter(|file| file.exists());
        let Some(file) = file else {
            let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
            let known = is_wiki(draft, link) && self.names.contains(&name);
            return (!known).then(|| format!("the link `{target}` leads nowhere"));
        };
        let has = anchor.is_empty() || self.has(&file, &anchor);
        (!has).then(|| format!("the link `{target}` names no heading of {path}"))
    }

    /// Whether a file has an anchor; what is not Markdown is believed.
    fn has(&self, file: &Path, anchor: &str) -> bool {
        if !file.extension().is_some_and(|it| it == "md" || it == "markdown") {
            return true;
        }
        let mut known = self.anchors.borrow_mut();
        let anchors = known.entry(file.to_owned()).or_insert_with(|| {
            let draft = Draft::new(String::new(), fs::read_to_string(file).ok()?);
            let mut anchors: BTreeSet<String> = draft.document.anchors.keys().cloned().collect();
            anchors.extend(explicit(&draft.text));
            Some(anchors)
        });
        anchors.as_ref().is_none_or(|it| it.contains(anchor) || it.contains(&anchor.to_lowercase()))
    }
}

/// Addresses on the web, of other programs, and of a site's root.
fn is_elsewhere(path: &str) -> bool {
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    // Documentation of Rust names items as `macro@crate::name`.
    scheme || path.starts_with('/') || path.contains("::")
}

fn is_wiki(draft: &Draft, link: &Link) -> bool {
    let block = draft.document.blocks.get(link.block);
    block
        .is_some_and(|block| draft.source(block).1.contains(&format!("[[{}", link.target.as_str())))
}

fn has_anchor(draft: &Draft, anchor: &str) -> bool {
    let anchors = &draft.document.anchors;
    anchors.contains_key(anchor)
        || anchors.contains_key(&anchor.to_lowercase())
        || explicit(&draft.text).any(|known| known == anchor)
}

/// The ids and names of HTML tags.
fn explicit(text: &str) -> impl Iterator<Item = String> {
    let after = ["id=\"", "name=\""].into_iter().flat_map(move |key| text.split(key).skip(1));
    after.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
}
