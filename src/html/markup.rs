//! The only place where text becomes HTML. Names of tags and attributes are the program's own;
//! every text and every value is made safe and escaped, and an address is written only when it
//! is an [`Href`].

use std::fmt;

use crate::html::href::Href;
use crate::text::Safe;

/// HTML that is well-formed as XML, too, as far as its pieces are closed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

/// An attribute's name and its value.
pub(crate) type Attribute<'a> = (&'static str, &'a str);

impl Markup {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML, taken out.
    pub fn into_string(self) -> String {
        self.0
    }

    /// HTML of the program's own.
    pub(crate) fn raw(&mut self, html: &'static str) {
        self.0.push_str(html);
    }

    /// HTML that was made the same way.
    pub(crate) fn push(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Text, as it is to be seen.
    pub(crate) fn text(&mut self, text: &str) {
        escape(&mut self.0, &Safe::prose(text));
    }

    /// An opening tag.
    pub(crate) fn open(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(tag, None, attributes);
        self.0.push('>');
    }

    /// A tag that holds nothing.
    pub(crate) fn empty(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(tag, None, attributes);
        self.0.push_str("/>");
    }

    /// A closing tag.
    pub(crate) fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// A tag with text in it.
    pub(crate) fn element(&mut self, tag: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    /// The opening tag of a link.
    pub(crate) fn link(&mut self, to: &Href, attributes: &[Attribute<'_>]) {
        self.tag("a", Some(("href", to)), attributes);
        self.0.push('>');
    }

    /// A link with text in it.
    pub(crate) fn linked(&mut self, to: &Href, text: &str) {
        self.link(to, &[]);
        self.text(text);
        self.close("a");
    }

    /// An image.
    pub(crate) fn image(&mut self, from: &Href, attributes: &[Attribute<'_>]) {
        self.tag("img", Some(("src", from)), attributes);
        self.0.push_str("/>");
    }

    fn tag(
        &mut self,
        tag: &'static str,
        address: Option<(&'static str, &Href)>,
        attributes: &[Attribute<'_>],
    ) {
        self.0.push('<');
        self.0.push_str(tag);
        let address = address.map(|(name, href)| (name, href.as_str()));
        // Addresses have a way of their own; scripts and styles have none.
        let known =
            |name: &str| !matches!(name, "href" | "src" | "style") && !name.starts_with("on");
        let others = attributes.iter().copied().filter(|(name, _)| known(name));
        for (name, value) in address.into_iter().chain(others) {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            escape(&mut self.0, &Safe::line(value));
            self.0.push('"');
        }
    }
}

impl fmt::Debug for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn escape(out: &mut String, text: &Safe) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no such characters, escaped or not.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_values_are_escaped_and_made_safe() {
        let mut html = Markup::default();
        html.element("p", &[("title", "\"><script>\u{202e}")], "</p><b>&amp;\u{1b}");
        assert_eq!(
            html.as_str(),
            "<p title=\"&quot;&gt;&lt;script&gt;\u{fffd}\">&lt;/p&gt;&lt;b&gt;&amp;amp;\u{fffd}</p>"
        );
    }

    #[test]
    fn addresses_styles_and_scripts_are_no_plain_attributes() {
        let mut html = Markup::default();
        html.open("a", &[("href", "javascript:x"), ("onclick", "x"), ("style", "x"), ("id", "y")]);
        assert_eq!(html.as_str(), "<a id=\"y\">");
    }
}
