//! The entries of each kind of list.

use crate::library::Catalog;
use crate::search::{self, Hit};
use crate::text::{self, Safe};
use crate::tui::action::{Action, Scope};
use crate::tui::keymap::Keymap;
use crate::tui::list::{Entry, Goal, Kind, List};
use crate::tui::reading::Reading;

/// Articles to read beside one that are named at most.
const MOST_RELATED: usize = 6;

impl List {
    /// Every action that is valid in `scope`: as help, by key; as a palette, by name.
    pub fn of_actions(kind: Kind, scope: Scope, keymap: &Keymap) -> Self {
        let valid = Action::ALL.iter().filter(|action| action.scopes().contains(&scope));
        let entries = valid.map(|action| {
            let keys = keymap.keys(*action).join("  ");
            let (lead, note) = match kind {
                Kind::Help(_) => (keys, action.name().to_owned()),
                _ => (action.name().to_owned(), keys),
            };
            Entry {
                label: Safe::from(action.help()),
                matched: vec![],
                lead: Safe::line(&lead),
                note: Safe::line(&note),
                goal: Goal::Do(*action),
            }
        });
        Self::new(kind, entries.collect(), 0)
    }

    /// The headings of an open article, the present one selected.
    pub fn of_headings(reading: &Reading) -> Self {
        let top = reading.outline.iter().map(|heading| heading.level).min().unwrap_or(1);
        let entries = reading.outline.iter().map(|heading| Entry {
            label: heading.title.clone(),
            matched: vec![],
            lead: Safe::repeat("  ", usize::from(heading.level - top)),
            note: Safe::default(),
            goal: Goal::Block(heading.block),
        });
        Self::new(Kind::Outline, entries.collect(), reading.section().unwrap_or(0))
    }

    /// Adds what is related to `article`: what to read beside it, and what links to it.
    pub fn add_related(&mut self, catalog: &Catalog, article: usize) {
        let entry = |at: &usize, note: &'static str| {
            let title = Safe::line(&catalog.articles.get(*at)?.title);
            let note = Safe::from(note);
            let goal = Goal::Article(*at, None);
            Some(Entry { label: title, matched: vec![], lead: Safe::default(), note, goal })
        };
        let see = catalog.see_also(article, MOST_RELATED);
        let see = see.iter().filter_map(|at| entry(at, "see also"));
        let backlinks = catalog.backlinks(article).iter();
        let backlinks = backlinks.filter_map(|at| entry(at, "links here"));
        let at = self.cursor;
        self.extend(see.chain(backlinks).collect());
        self.cursor = at;
    }

    /// Every lab; those of `article` first.
    pub fn of_labs(catalog: &Catalog, article: Option<usize>) -> Self {
        let own = article.and_then(|article| catalog.articles.get(article));
        let own: &[usize] = own.map_or(&[], |article| &article.labs);
        let rest = (0..catalog.labs.len()).filter(|lab| !own.contains(lab));
        let labs = own.iter().copied().chain(rest);
        let entries = labs.filter_map(|lab| {
            let it = catalog.labs.get(lab)?;
            let category = catalog.categories.get(it.category)?;
            let minutes = format!("{}   {:>2} min", category.title, it.minutes);
            Some(Entry {
                label: Safe::line(&it.title),
                matched: vec![],
                lead: Safe::from(if own.contains(&lab) { "this article" } else { "" }),
                note: Safe::line(&minutes),
                goal: Goal::Lab(lab),
            })
        });
        Self::new(Kind::Labs, entries.collect(), 0)
    }
}

/// The entries of the finder.
pub fn found(catalog: &Catalog, hits: &[Hit]) -> Vec<Entry> {
    let titles = catalog.categories.iter().map(|it| text::width(&it.title));
    let wide = titles.max().unwrap_or(0);
    let entry = |hit: &Hit| {
        let category = catalog.categories.get(hit.category);
        let category = category.map_or("", |category| category.title.as_str());
        let (word, goal) = match hit.kind {
            search::Kind::Article => ("article", Goal::Article(hit.index, None)),
            search::Kind::Heading => ("heading", Goal::Article(hit.index, hit.anchor.clone())),
            search::Kind::Category => ("category", Goal::Category(hit.index)),
            search::Kind::Lab => ("lab", Goal::Lab(hit.index)),
        };
        Entry {
            label: Safe::line(&hit.text),
            matched: hit.matched.clone(),
            lead: Safe::default(),
            note: Safe::line(&format!("{word:<8}  {category:<wide$}")),
            goal,
        }
    };
    hits.iter().map(entry).collect()
}
