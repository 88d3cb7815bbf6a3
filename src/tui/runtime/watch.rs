//! Watching the file that is written, so that it is laid out again as it is saved.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::tui::{Message, Opening, Setup};

/// Watches the file that `setup` previews, if it does; until the watcher is dropped.
///
/// The folder is watched and not the file: editors write a new file in the place of the old one.
pub(super) fn start(
    setup: &Setup,
    messages: &Sender<Message>,
) -> notify::Result<Option<RecommendedWatcher>> {
    let Opening::Preview { path, .. } = &setup.opening else { return Ok(None) };
    let (file, messages) = (path.clone(), messages.clone());
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_saved(&event, &file)) {
            let _ = messages.send(Message::Saved(file.clone()));
        }
    })?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or(PathBuf::from("."), PathBuf::from);
    watcher.watch(&folder, RecursiveMode::NonRecursive)?;
    Ok(Some(watcher))
}

fn is_saved(event: &Event, file: &std::path::Path) -> bool {
    let written = event.kind.is_modify() || event.kind.is_create();
    written && event.paths.iter().any(|path| path.file_name() == file.file_name())
}
