//! A lab: the metadata in its page, and the words of its takeaway.

use serde_json::Value;

use crate::labs::words::{after_heading, element, words};
use crate::library::Lab;
use crate::library::format::article::{Source, is_kebab};
use crate::library::format::problem::{About, Problem, line_of, without_line};

/// The version of the contract between labs and their hosts.
const CONTRACT: u64 = 1;

/// The fields of the metadata.
const KEYS: [&str; 9] =
    ["contract", "id", "title", "question", "category", "level", "minutes", "concepts", "articles"];

/// A lab that was read, before its names of articles are looked up.
pub(crate) struct ReadLab {
    pub(crate) lab: Lab,
    pub(crate) articles: Vec<String>,
    /// The category that the page names.
    pub(crate) category: String,
    pub(crate) path: String,
    pub(crate) shown: String,
    pub(crate) text: String,
}

/// Reads a lab; what is wrong with it goes to `problems`.
pub(crate) fn read(source: Source, problems: &mut Vec<Problem>) -> ReadLab {
    let meta = Meta::read(&source, problems).unwrap_or_default();
    let slug = source.slug();
    let takeaway = element(&source.text, "takeaway", "</section>");
    let takeaway = takeaway.map_or_else(String::new, |(section, _)| words(after_heading(section)));
    if takeaway.is_empty() {
        let message = "has no takeaway".to_owned();
        problems.push(Problem::new(
            About::Lab,
            &source.shown,
            1,
            message,
            "add `<section id=\"takeaway\">`",
        ));
    }
    let text = |key: &str| meta.0.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |key: &str| meta.0.get(key).and_then(Value::as_u64).unwrap_or_default();
    let title = text("title");
    let lab = Lab {
        category: source.category,
        title: if title.trim().is_empty() { slug.clone() } else { title },
        slug,
        question: text("question"),
        minutes: usize::try_from(number("minutes")).unwrap_or_default(),
        level: u8::try_from(number("level").clamp(1, 3)).unwrap_or(1),
        articles: vec![],
        takeaway,
    };
    ReadLab {
        lab,
        articles: meta.texts("articles"),
        category: text("category"),
        path: source.path.to_owned(),
        shown: source.shown,
        text: source.text,
    }
}

#[derive(Default)]
struct Meta(serde_json::Map<String, Value>);

impl Meta {
    /// The metadata, judged; none when there is none to read.
    fn read(source: &Source, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut tell = |line, message: String, mend: &str| {
            problems.push(Problem::new(About::Lab, &source.shown, line, message, mend));
        };
        let Some((json, start)) = element(&source.text, "lab-meta", "</script>") else {
            let mend = "add `<script type=\"application/json\" id=\"lab-meta\">`";
            tell(1, "has no metadata".to_owned(), mend);
            return None;
        };
        let first = 1 + source.text.get(..start)?.matches('\n').count();
        let meta = match serde_json::from_str(json) {
            Ok(Value::Object(fields)) => Self(fields),
            Ok(_) => {
                tell(first, "the metadata is not an object".to_owned(), "write `{ … }`");
                return None;
            }
            Err(error) => {
                let line = first + error.line().saturating_sub(1);
                let message = format!("the metadata is not JSON: {}", without_line(&error));
                tell(line, message, "mend it");
                return None;
            }
        };
        let line = |key: &str| first + line_of(json, &format!("\"{key}\"")) - 1;
        for key in meta.0.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            tell(line(key), format!("has an unknown field `{key}`"), "delete it");
        }
        for key in KEYS {
            if let Some(wanted) = meta.wrong(key, &source.slug()) {
                tell(line(key), format!("`{key}` is not {wanted}"), "write it so");
            }
        }
        Some(meta)
    }

    /// What a field has to be, when it is not.
    fn wrong(&self, key: &str, slug: &str) -> Option<String> {
        let value = self.0.get(key).unwrap_or(&Value::Null);
        let is_text = value.as_str().is_some_and(|text| !text.trim().is_empty());
        let within = |low, high| value.as_u64().is_some_and(|it| (low..=high).contains(&it));
        let (right, wanted) = match key {
            "contract" => (within(CONTRACT, CONTRACT), format!("{CONTRACT}")),
            "id" => (value.as_str() == Some(slug), format!("the file's name, `{slug}`")),
            "category" => {
                (value.as_str().is_some_and(is_kebab), "the name of its folder".to_owned())
            }
            "level" => (within(1, 3), "1, 2 or 3".to_owned()),
            "minutes" => (within(1, 120), "a number of minutes".to_owned()),
            "concepts" | "articles" => (are_texts(value), "a list of texts".to_owned()),
            _ => (is_text, "a text".to_owned()),
        };
        (!right).then_some(wanted)
    }

    fn texts(&self, key: &str) -> Vec<String> {
        let list = self.0.get(key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn are_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "<html>\n<script type=\"application/json\" id=\"lab-meta\">\n{\n  \"contract\": 1,\n  \
        \"id\": \"votes\",\n  \"title\": \"Votes\",\n  \"question\": \"Who?\",\n  \"category\": \"distributed\",\n  \
        \"level\": 2,\n  \"minutes\": 8,\n  \"concepts\": [\"vote\"],\n  \"articles\": [\"raft\"]\n}\n</script>\n\
        <section class=\"take\" id=\"takeaway\" data-cases=\"a\"><h2>★ Key Takeaway</h2>\n<p>One &lt; <b>two</b>\n\
        &#8212; KV&nbsp;heads &x2; fish &amp chips.</p><p>More.</p></section>";

    fn told(html: &str) -> Vec<String> {
        let mut problems = vec![];
        read(source(html), &mut problems);
        problems.iter().map(Problem::to_string).collect()
    }

    fn source(html: &str) -> Source<'static> {
        Source {
            category: 1,
            path: "distributed/votes.html",
            shown: "v.html".into(),
            text: html.into(),
        }
    }

    #[test]
    fn a_lab_is_read_with_the_words_of_its_takeaway() {
        let mut problems = vec![];
        let read = read(source(GOOD), &mut problems);
        assert_eq!(problems, []);
        assert_eq!((read.lab.slug.as_str(), read.lab.question.as_str()), ("votes", "Who?"));
        assert_eq!((read.lab.level, read.lab.minutes), (2, 8));
        assert_eq!(read.lab.takeaway, "One < two — KV heads &x2; fish &amp chips. More.");
        assert_eq!(read.articles, ["raft"]);
    }

    #[test]
    fn every_rule_of_the_metadata_is_told_with_its_line() {
        let with = |from: &str, to: &str| told(&GOOD.replace(from, to));
        assert_eq!(
            with("\"votes\"", "\"vote\""),
            ["v.html:5: `id` is not the file's name, `votes`; write it so"]
        );
        assert_eq!(
            with("\"level\": 2", "\"level\": 4"),
            ["v.html:9: `level` is not 1, 2 or 3; write it so"]
        );
        assert_eq!(with("\"Who?\"", "7"), ["v.html:7: `question` is not a text; write it so"]);
        assert_eq!(with("  \"minutes\": 8,\n", "").len(), 1);
        assert_eq!(
            with("\"level\": 2", "\"level\": 2,\n\"author\": \"me\""),
            ["v.html:10: has an unknown field `author`; delete it"]
        );
        assert!(with("\"Votes\",", "\"Votes\"").iter().any(|it| it.starts_with("v.html:7: ")));
        assert_eq!(with("id=\"lab-meta\"", "").len(), 1);
        assert_eq!(with("id=\"takeaway\"", "").len(), 1);
    }

    #[test]
    fn broken_pages_are_read_without_a_panic() {
        for html in [
            "",
            "id=\"lab-meta\"",
            "id=\"lab-meta\">",
            "id=\"lab-meta\">[]</script>",
            "id=\"takeaway\"></section>",
            "id=\"takeaway\"><<>&;&#x110000;&#;</section>",
        ] {
            assert!(!told(html).is_empty());
        }
    }
}
