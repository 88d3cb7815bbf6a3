//! An article as a reader gets it: its title and summary before the text, and ways on after it.

use std::borrow::Cow;

use crate::document;
use crate::library::{Article, Catalog};

impl Catalog {
    /// The Markdown of an article as it is read: `body` (without front matter) under its title,
    /// summary and labs, and followed by the next article and what is related.
    pub fn compose(&self, article: usize, body: &str) -> String {
        let Some(it) = self.articles.get(article) else { return body.to_owned() };
        let mut text = titled(&it.title, &it.summary, "");
        let labs: Vec<String> = it.labs.iter().filter_map(|lab| self.lab_link(*lab)).collect();
        if !labs.is_empty() {
            text.push_str(&format!("**Lab**  {}\n\n", labs.join(" · ")));
        }
        text.push_str(body.trim_start_matches('\n'));
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&self.ways_on(article, it));
        text
    }

    fn ways_on(&self, article: usize, it: &Article) -> String {
        let mut text = String::new();
        let next = self.neighbour(article, 1).and_then(|next| self.article_link(next));
        if let Some(link) = next {
            text.push_str(&format!("\n---\n\n**Next**  {link}\n"));
        }
        let see: Vec<String> = it.see.iter().filter_map(|see| self.article_link(*see)).collect();
        if !see.is_empty() {
            text.push_str(&format!("\n**See also**  {}\n", see.join(" · ")));
        }
        text
    }

    fn article_link(&self, article: usize) -> Option<String> {
        let article = self.articles.get(article)?;
        let category = &self.categories.get(article.category)?.slug;
        Some(format!("[{}](../{category}/{}.md)", escaped(&article.title), article.slug))
    }

    fn lab_link(&self, lab: usize) -> Option<String> {
        let lab = self.labs.get(lab)?;
        let category = &self.categories.get(lab.category)?.slug;
        Some(format!("[{}](../../labs/{category}/{}.html)", escaped(&lab.title), lab.slug))
    }
}

/// What is shown of a reader's own Markdown file: its text, under the title of its front matter
/// when it has one.
pub fn own(source: &str) -> Cow<'_, str> {
    let split = document::split_front_matter(source);
    let front = split.front.and_then(Result::ok);
    match front.filter(|_| !split.body.trim_start().starts_with("# ")) {
        Some(front) => titled(&front.title, &front.summary, split.body).into(),
        None => split.body.into(),
    }
}

/// Markdown under a title and a summary; an empty one is left out.
fn titled(title: &str, summary: &str, body: &str) -> String {
    let mut text = String::new();
    if !title.is_empty() {
        text.push_str(&format!("# {}\n\n", escaped(title)));
    }
    if !summary.is_empty() {
        text.push_str(&format!("*{}*\n\n", escaped(summary)));
    }
    text.push_str(body);
    text
}

/// Plain text as Markdown that shows exactly it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ':' | ';' | '-' | '/' | '\'' | '?')
        {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_of_a_title_is_not_markup() {
        assert_eq!(escaped("2 * 3 [a](b) `c` $d$"), "2 \\* 3 \\[a\\]\\(b\\) \\`c\\` \\$d\\$");
    }
}
