//! Begins an article: a skeleton of its file, and its name in the reading order.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Value};

use crate::library::is_kebab;

/// Why an article cannot be begun.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// It is not named as `category/slug`.
    #[error(
        "`{name}` is no name: give CATEGORY/SLUG in lower case, as in cassandra/hinted-handoff"
    )]
    Name {
        /// What was given.
        name: String,
    },
    /// There is no such category.
    #[error("there is no category `{category}`: {file} is missing")]
    Category {
        /// Its name.
        category: String,
        /// Where its file would be.
        file: String,
    },
    /// The article is there already.
    #[error("{file} is there already; nothing was changed")]
    Exists {
        /// Its file.
        file: String,
    },
    /// The category's file is not as it has to be.
    #[error("{file}: `articles` is no list of names; mend it first")]
    Order {
        /// The category's file.
        file: String,
    },
    /// A file cannot be read or written.
    #[error("{file}: {reason}")]
    Unwritable {
        /// The file.
        file: String,
        /// Why, in the system's words.
        reason: String,
    },
}

/// Writes the skeleton of the article `category/slug` into the folder `content`, and adds it to
/// the reading order of its category. `month` is this one, as `2026-11`. Never overwrites.
pub fn begin_article(content: &Path, name: &str, month: &str) -> Result<PathBuf, DraftError> {
    let named = name.split_once('/').filter(|(folder, slug)| is_kebab(folder) && is_kebab(slug));
    let Some((category, slug)) = named else {
        return Err(DraftError::Name { name: name.to_owned() });
    };
    let order = content.join(category).join("category.toml");
    let text = fs::read_to_string(&order).map_err(|error| match error.kind() {
        ErrorKind::NotFound => DraftError::Category {
            category: category.to_owned(),
            file: order.display().to_string(),
        },
        _ => unwritable(&order, &error),
    })?;
    let Some(listed) = with_article(&text, slug) else {
        return Err(DraftError::Order { file: order.display().to_string() });
    };
    let file = content.join(category).join(format!("{slug}.md"));
    let mut made =
        OpenOptions::new().write(true).create_new(true).open(&file).map_err(|error| match error
            .kind()
        {
            ErrorKind::AlreadyExists => DraftError::Exists { file: file.display().to_string() },
            _ => unwritable(&file, &error),
        })?;
    made.write_all(skeleton(slug, month).as_bytes()).map_err(|error| unwritable(&file, &error))?;
    fs::write(&order, listed).map_err(|error| unwritable(&order, &error))?;
    Ok(file)
}

fn unwritable(file: &Path, error: &std::io::Error) -> DraftError {
    DraftError::Unwritable { file: file.display().to_string(), reason: error.to_string() }
}

/// The file of a category with one more article at the end; the rest stays as it is written.
fn with_article(text: &str, slug: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let articles = document.get_mut("articles")?.as_array_mut()?;
    if articles.iter().any(|it| it.as_str() == Some(slug)) {
        return Some(text.to_owned());
    }
    // What stands behind the last name belongs to the end of the list: a remark on that name.
    let remark = articles.trailing().as_str().unwrap_or_default().trim_end();
    let mut value = Value::from(slug);
    value.decor_mut().set_prefix(format!("{remark}\n    "));
    articles.push_formatted(value);
    articles.set_trailing("\n");
    articles.set_trailing_comma(true);
    Some(document.to_string())
}

/// A file of an article that is still to be written: what has to be there, each with what it is
/// for.
fn skeleton(slug: &str, month: &str) -> String {
    let title = title(slug);
    format!(
        r#"---
title: {title}
summary: TODO one sentence, at most 160 characters, on what a reader can do afterwards.
level: working
tags: [todo, todo-too]
see: [todo]
verified: {month}
---

TODO: in at most 80 words, who has which problem, and what they can do after reading.

## TODO: what the first section says

```python run
print("TODO: the figures that the argument rests on")
```

```output
TODO: the figures that the argument rests on
```

TODO: a claim, with the source that carries it.[^todo]

## TODO: how it fails, and how to see it next time

## TODO: when not to use it, and what instead

## Check yourself

<details><summary>TODO: a question?</summary>

TODO: its answer, in one or two sentences.

</details>

[^todo]: TODO: author, *title*, identifier (year), section.
"#
    )
}

/// A title from a name: its words, the first with a capital letter.
fn title(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_gains_a_line_and_keeps_the_rest() {
        let text =
            "# A\ntitle = \"C\"  # so\narticles = [\n    \"a\",\n    \"b\", # two\n]\nlabs = []\n";
        let listed = with_article(text, "c").unwrap();
        let expected = text.replace("# two\n]", "# two\n    \"c\",\n]");
        assert_eq!(listed, expected);
        assert_eq!(with_article("articles = []\n", "a").unwrap(), "articles = [\n    \"a\",\n]\n");
        assert_eq!(with_article(text, "b").unwrap(), text);
        assert_eq!(with_article("articles = 1\n", "a"), None);
    }

    #[test]
    fn an_article_is_begun_once() {
        let root = tempfile::tempdir().unwrap();
        let content = root.path();
        fs::create_dir(content.join("clocks")).unwrap();
        fs::write(content.join("clocks/category.toml"), "articles = []\n").unwrap();
        let file = begin_article(content, "clocks/vector-clocks", "2026-11").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("---\ntitle: Vector clocks\n"), "{text}");
        for (name, said) in [
            ("clocks/vector-clocks", "is there already"),
            ("clocks", "is no name"),
            ("../x", "is no name"),
            ("clocks/../x", "is no name"),
            ("Clocks/X", "is no name"),
            ("nothing/x", "there is no category"),
        ] {
            let error = begin_article(content, name, "2026-11").unwrap_err().to_string();
            assert!(error.contains(said), "{name}: {error}");
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}
