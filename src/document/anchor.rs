//! The slugs that `#links` name.

use std::collections::HashMap;

use crate::text::Safe;

/// Makes slugs the way GitHub does, each unique in its document.
#[derive(Debug, Default)]
pub struct Anchors {
    /// How often each slug was asked for.
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// The slug of a heading's title: lower case, words joined by hyphens, a number after
    /// the second and later ones of a name.
    pub fn next(&mut self, title: &str) -> String {
        self.unique(slug(title))
    }

    /// An id that the author gave; numbered only when it is taken already.
    pub fn explicit(&mut self, id: &str) -> String {
        self.unique(Safe::line(id).replace(' ', "-"))
    }

    fn unique(&mut self, name: String) -> String {
        let name = if name.is_empty() { "section".to_owned() } else { name };
        let mut count = self.taken.get(&name).map_or(0, |count| count + 1);
        let mut unique = if count == 0 { name.clone() } else { format!("{name}-{count}") };
        while self.taken.contains_key(&unique) {
            count += 1;
            unique = format!("{name}-{count}");
        }
        self.taken.insert(name, count);
        self.taken.entry(unique.clone()).or_insert(0);
        unique
    }
}

fn slug(title: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let title = title.trim().chars().filter(kept).flat_map(char::to_lowercase);
    title.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_the_slug_that_github_gives_it() {
        let slug = |title| Anchors::default().next(title);
        assert_eq!(slug("What a partition costs"), "what-a-partition-costs");
        assert_eq!(slug("The `KV` cache: byte by byte?"), "the-kv-cache-byte-by-byte");
        assert_eq!(slug("a - b"), "a---b");
        assert_eq!(slug("Größe 日本"), "größe-日本");
        assert_eq!(slug("?!"), "section");
    }

    #[test]
    fn equal_titles_are_numbered_and_never_meet_a_real_title() {
        let mut anchors = Anchors::default();
        let slugs = ["a", "a", "a-1", "a", "a-1"].map(|title| anchors.next(title));
        assert_eq!(slugs, ["a", "a-1", "a-1-1", "a-2", "a-1-2"]);
    }

    #[test]
    fn an_explicit_id_is_kept() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.explicit("Mixed_Case"), "Mixed_Case");
        assert_eq!(anchors.explicit("Mixed_Case"), "Mixed_Case-1");
    }

    #[test]
    fn a_hundred_thousand_equal_titles_are_no_trouble() {
        let mut anchors = Anchors::default();
        let last = (0..100_000).map(|_| anchors.next("same")).last();
        assert_eq!(last.as_deref(), Some("same-99999"));
    }
}
