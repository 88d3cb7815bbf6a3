//! `search`: what the library says about something, told to people or as JSON.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};
use std::panic;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::arguments::SearchArguments;
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::cli::{json, open};
use crate::library::Library;
use crate::paint;
use crate::search::text::{
    Answer, Collection, FolderTexts, Hit, IndexError, Key, LibraryTexts, Opened, Snippet, Store,
    Wanted,
};
use crate::text::{self, Safe};
use crate::theme::{Depth, Part, Theme};

/// Hits that are told when no number is asked for.
pub(crate) const LIMIT: usize = 20;
/// Wider lines are not read more easily.
const WIDTH: usize = 100;

impl From<IndexError> for Stop {
    fn from(error: IndexError) -> Self {
        Self::failed(format_args!("search: {error}"))
    }
}

/// Searches the library, and tells what was found.
pub(crate) fn search(
    library: Library,
    asked: &SearchArguments,
    environment: &Environment,
    theme: Theme,
) -> Result<(), Stop> {
    if let Some(category) = &asked.category
        && library.catalog.category(category).is_none()
    {
        let known = library.catalog.categories.iter();
        let known = known.map(|it| (it.slug.as_str(), it.title.as_str()));
        return Err(open::unknown("category", category, known));
    }
    let library = Arc::new(library);
    let cache = environment.cache.as_deref();
    let (store, texts): (Store, Box<dyn Collection>) = match &asked.folder {
        Some(folder) if !folder.is_dir() => {
            let name = folder.display();
            return Err(Stop::failed(format_args!("{name}: there is no such folder")));
        }
        Some(folder) => (Store::of_folder(cache, folder), Box::new(FolderTexts::new(folder))),
        None => {
            let texts = LibraryTexts::new(Arc::clone(&library));
            (Store::of_library(cache, &library), Box::new(texts))
        }
    };
    let wanted = Wanted {
        query: asked.query.iter().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" "),
        category: asked.category.clone(),
        kind: asked.labs.then_some("lab"),
        limit: asked.limit,
    };
    let source = Source { store, texts, synonyms: &library.catalog.synonyms };
    let answer = source.answer(&wanted)?;
    if answer.hits.is_empty() {
        return Err(Stop::not_found("nothing found"));
    }
    if asked.json {
        let lines = answer.hits.iter().map(json::hit);
        return output::write(&lines.collect::<String>());
    }
    remark(&answer);
    let width = environment.columns.min(WIDTH);
    let style = Told { theme, width, ascii: environment.ascii };
    output::write(&answer.hits.iter().map(|hit| style.hit(hit)).collect::<String>())
}

/// What is searched.
struct Source<'a> {
    store: Store,
    texts: Box<dyn Collection>,
    synonyms: &'a [Vec<String>],
}

impl Source<'_> {
    /// What is found of `wanted`. An index that cannot be read is made anew, once.
    fn answer(&self, wanted: &Wanted) -> Result<Answer, IndexError> {
        let opened = self.ready()?;
        match quietly(|| opened.index.search(wanted)) {
            Err(IndexError::Failed(reason)) => {
                output::note(&format!("The search index was set aside and is made anew: {reason}"));
                drop(opened);
                self.store.set_aside();
                self.ready()?.index.search(wanted)
            }
            done => done,
        }
    }

    /// The index, with everything in it.
    fn ready(&self) -> Result<Opened, IndexError> {
        let mut opened = self.store.open(self.synonyms)?;
        let texts = self.texts.as_ref();
        if !opened.is_current(texts) {
            let bar = bar();
            opened.refresh(texts, self.synonyms, &mut |progress| {
                bar.set_length(progress.total as u64);
                bar.set_position(progress.done as u64);
                true
            })?;
            bar.finish_and_clear();
        }
        if let Some(remark) = &opened.remark {
            output::note(remark);
        }
        Ok(opened)
    }
}

/// Does `work` without a report of a panic, which it catches and tells in its own words.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let report = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = work();
    panic::set_hook(report);
    done
}

fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("indexing {bar:30} {pos}/{len}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What has to be known of an answer beside its hits.
fn remark(answer: &Answer) {
    if !answer.corrected.is_empty() {
        let words: Vec<&str> = answer.corrected.iter().map(|(_, word)| word.as_str()).collect();
        output::note(&format!("looked for {} as well", words.join(", ")));
    }
    if answer.is_partial {
        output::note("nothing has all the words; these have most of them");
    }
}

/// How hits are told.
struct Told {
    theme: Theme,
    width: usize,
    ascii: bool,
}

impl Told {
    /// The title and the headings, the name to open it by, and the words that were found.
    fn hit(&self, hit: &Hit) -> String {
        let mut title = vec![Safe::line(&hit.title)];
        title.extend(hit.path.iter().map(|heading| Safe::line(heading)));
        let title: Vec<&str> = title.iter().map(Safe::as_str).collect();
        let mut out = self.styled(&Safe::line(&title.join(" > ")), Part::Strong);
        let _ = writeln!(out, "\n  {}", self.styled(&name(hit), Part::Dim));
        out.push_str(&self.snippet(&hit.snippet));
        out.push('\n');
        out
    }

    /// The snippet in lines, the hits marked.
    fn snippet(&self, snippet: &Snippet) -> String {
        let room = self.width.saturating_sub(4).max(20);
        let more = if self.ascii { "..." } else { "…" };
        let mut out = String::new();
        let mut column = 0;
        if snippet.is_cut_before {
            out = format!("    {more} ");
            column = 4;
        }
        let mut at = 0;
        for word in snippet.text.split_inclusive(' ') {
            let width = text::width(word.trim_end());
            if column == 0 || (column > 4 && column + width > room) {
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str(if at == 0 { "    " } else { "\n    " });
                column = 0;
            }
            self.push_word(&mut out, snippet, at..at + word.len());
            column += text::width(word);
            at += word.len();
        }
        out.truncate(out.trim_end_matches(' ').len());
        if snippet.is_cut_after {
            out.push_str(&format!(" {more}"));
        }
        out.push('\n');
        out
    }

    fn push_word(&self, out: &mut String, snippet: &Snippet, word: std::ops::Range<usize>) {
        let mut at = word.start;
        let touching = snippet.hits.iter().filter(|it| it.start < word.end && it.end > word.start);
        for hit in touching {
            let (start, end) = (hit.start.max(word.start), hit.end.min(word.end));
            out.push_str(snippet.text.get(at..start).unwrap_or_default());
            out.push_str(&self.styled(&snippet.text.slice(start..end), Part::Match));
            at = end;
        }
        out.push_str(snippet.text.get(at..word.end).unwrap_or_default());
    }

    fn styled(&self, text: &Safe, part: Part) -> String {
        if self.theme.depth() == Depth::None {
            return text.to_string();
        }
        format!("{}{text}\u{1b}[0m", paint::sgr(self.theme.part(part)))
    }
}

/// How the place of a hit is opened: `category/slug#anchor`.
fn name(hit: &Hit) -> Safe {
    let anchor = hit.place.anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
    let lab = if matches!(hit.place.key, Key::Lab(_)) { "lab " } else { "" };
    Safe::line(&format!("{lab}{}{anchor}", hit.place.key.name()))
}
