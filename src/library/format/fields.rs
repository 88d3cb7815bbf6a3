//! The fields of a TOML file, each with its line.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::library::format::problem::{About, Problem, line_at};

/// A text of a list, and the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// The fields of a file. Each is asked for by name; those never asked for are problems.
pub(crate) struct Fields<'a> {
    path: &'a str,
    source: &'a str,
    table: Spanned<DeTable<'a>>,
    asked: BTreeSet<&'static str>,
    is_broken: bool,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Fields<'a> {
    /// What can be read of `source`; the rest is problems.
    pub(crate) fn read(path: &'a str, source: &'a str, problems: &'a mut Vec<Problem>) -> Self {
        let (table, errors) = DeTable::parse_recoverable(source);
        // One mistake of syntax makes others that are none.
        if let Some(error) = errors.first() {
            let line = line_at(source, error.span().map_or(0, |span| span.start));
            let message = error.message().replace('\n', " ");
            problems.push(Problem::new(About::Category, path, line, message, "mend the TOML"));
        }
        let asked = BTreeSet::new();
        Self { path, source, table, asked, is_broken: !errors.is_empty(), problems }
    }

    /// The text of a field that has to be there; empty when it is not.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        let found = self.value(key).map(|(value, span)| match value {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
            _ => Err(span),
        });
        match found {
            Some(Ok(text)) => text,
            Some(Err(span)) => {
                self.wrong(span, key, "a text");
                String::new()
            }
            None => String::new(),
        }
    }

    /// The texts of a list that has to be there.
    pub(crate) fn list(&mut self, key: &'static str) -> Vec<Entry> {
        let source = self.source;
        let Some((value, span)) = self.value(key) else { return vec![] };
        let DeValue::Array(items) = value else {
            self.wrong(span, key, "a list of texts");
            return vec![];
        };
        let mut wrong = vec![];
        let mut entries = vec![];
        for item in &items {
            match item.get_ref() {
                DeValue::String(text) => {
                    let line = line_at(source, item.span().start);
                    entries.push(Entry { text: text.to_string(), line });
                }
                _ => wrong.push(item.span()),
            }
        }
        for span in wrong {
            self.wrong(span, key, "a list of texts");
        }
        entries
    }

    /// Reports the fields that nothing asked for.
    pub(crate) fn finish(self) {
        for (key, _) in self.table.get_ref() {
            if !self.is_broken && !self.asked.contains(key.get_ref().as_ref()) {
                let line = line_at(self.source, key.span().start);
                let message = format!("has an unknown field `{}`", key.get_ref());
                let known: Vec<&str> = self.asked.iter().copied().collect();
                let mend = format!("delete it; known are {}", known.join(", "));
                self.problems.push(Problem::new(About::Category, self.path, line, message, &mend));
            }
        }
    }

    fn value(&mut self, key: &'static str) -> Option<(DeValue<'a>, Range<usize>)> {
        self.asked.insert(key);
        let found = self.table.get_ref().get(key).map(|it| (it.get_ref().clone(), it.span()));
        if found.is_none() && !self.is_broken {
            let message = format!("has no `{key}`");
            self.problems.push(Problem::new(About::Category, self.path, 1, message, "add it"));
        }
        found
    }

    fn wrong(&mut self, span: Range<usize>, key: &str, wanted: &str) {
        if self.is_broken {
            return;
        }
        let line = line_at(self.source, span.start);
        let message = format!("`{key}` has to be {wanted}");
        self.problems.push(Problem::new(About::Category, self.path, line, message, "write it so"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> Vec<String> {
        let mut problems = vec![];
        let mut fields = Fields::read("c.toml", source, &mut problems);
        fields.text("title");
        fields.list("articles");
        fields.finish();
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn a_field_is_read_with_the_line_of_each_entry() {
        let mut problems = vec![];
        let source = "title = \"T\"\narticles = [\n  \"a\",\n  \"b\",\n]\n";
        let mut fields = Fields::read("c.toml", source, &mut problems);
        assert_eq!(fields.text("title"), "T");
        let entry = |text: &str, line| Entry { text: text.into(), line };
        assert_eq!(fields.list("articles"), [entry("a", 3), entry("b", 4)]);
        fields.finish();
        assert_eq!(problems, []);
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        assert_eq!(told("articles = []\n"), ["c.toml:1: has no `title`; add it"]);
        assert_eq!(
            told("title = \"T\"\nartikles = []\narticles = []"),
            ["c.toml:2: has an unknown field `artikles`; delete it; known are articles, title"]
        );
        assert_eq!(
            told("title = 1\narticles = [\n1]"),
            [
                "c.toml:1: `title` has to be a text; write it so",
                "c.toml:3: `articles` has to be a list of texts; write it so"
            ]
        );
    }

    #[test]
    fn broken_toml_is_told_and_the_rest_is_read() {
        let mut problems = vec![];
        let mut fields =
            Fields::read("c.toml", "title = \"T\"\narticles = [\n\"a\"\n", &mut problems);
        assert_eq!(fields.text("title"), "T");
        fields.list("labs");
        fields.finish();
        let lines: Vec<usize> = problems.iter().map(|it| it.line).collect();
        assert!(matches!(lines.as_slice(), [2 | 3]), "{problems:?}");
    }
}
