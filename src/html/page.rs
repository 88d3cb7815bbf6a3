//! What every page has around its text: the head, styles that need nothing from elsewhere, a
//! policy under which nothing can run, and a way past the outline for keyboards.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::html::markup::Markup;

/// The styles of all pages.
const STYLE: &str = include_str!("page.css");

/// What a file begins with that this program wrote, near enough its beginning.
pub const MARK: &str = "<meta name=\"generator\" content=\"library-tui\"/>";

/// A page before it is whole.
#[derive(Debug, Default)]
pub(crate) struct Page<'a> {
    /// The name in the window's title.
    pub(crate) title: &'a str,
    /// The name of what the page belongs to.
    pub(crate) within: &'a str,
    /// One sentence on it; may be empty.
    pub(crate) summary: &'a str,
    /// Above the text: where the page stands.
    pub(crate) path: Markup,
    /// Beside the text on wide screens, before it on others.
    pub(crate) outline: Markup,
    /// The text.
    pub(crate) main: Markup,
    /// Below the text: ways on.
    pub(crate) ways: Markup,
}

impl Page<'_> {
    /// The whole page.
    pub(crate) fn html(&self) -> String {
        let mut html = Markup::default();
        html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        let policy = policy();
        html.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
        html.raw("\n<meta name=\"generator\" content=\"library-tui\"/>\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        if !self.summary.is_empty() {
            html.empty("meta", &[("name", "description"), ("content", self.summary)]);
            html.raw("\n");
        }
        let name = match (self.title, self.within) {
            (title, "") => title.to_owned(),
            (title, within) if title == within => title.to_owned(),
            (title, within) => format!("{title} · {within}"),
        };
        html.element("title", &[], &name);
        html.raw("\n<style>");
        html.raw(STYLE);
        html.raw(
            "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main:text\">To the text</a>\n",
        );
        if !self.path.as_str().is_empty() {
            html.raw("<nav class=\"path\" aria-label=\"Where this is\">");
            html.push(&self.path);
            html.raw("</nav>\n");
        }
        html.push(&self.outline);
        html.raw("<main id=\"main:text\">\n");
        html.push(&self.main);
        html.raw("</main>\n");
        if !self.ways.as_str().is_empty() {
            html.raw("<footer>\n");
            html.push(&self.ways);
            html.raw("</footer>\n");
        }
        html.raw("</body>\n</html>\n");
        html.into_string()
    }
}

/// Nothing but the styles of this very page and pictures beside it.
fn policy() -> &'static str {
    static POLICY: OnceLock<String> = OnceLock::new();
    POLICY.get_or_init(|| {
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        format!(
            "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; \
             base-uri 'none'; form-action 'none'"
        )
    })
}
