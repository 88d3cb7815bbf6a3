//! Where a link leads, and that it leads nowhere it must not.
//!
//! A target is text of an article, so it is not trusted: it can name articles and labs, files
//! under its own folder, and addresses of three schemes. Everything else is inert.

use crate::document::Anchors;
use crate::library::Catalog;
use crate::text;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// An article, perhaps at a heading.
    Article {
        /// An index into [`Catalog::articles`].
        article: usize,
        /// The heading's anchor.
        anchor: Option<String>,
    },
    /// A heading or id of the same text.
    Anchor(String),
    /// A lab, perhaps in a state (the part after `#`).
    Lab {
        /// An index into [`Catalog::labs`].
        lab: usize,
        /// Its state as the page's hash.
        state: Option<String>,
    },
    /// A web or mail address that may be opened: `http`, `https`, `mailto`.
    Web(String),
    /// A file beside a reader's own file, relative, without leaving its folder.
    File {
        /// As written, without the anchor.
        path: String,
        /// The heading's anchor.
        anchor: Option<String>,
    },
    /// Anything else: shown, can be copied, never opened.
    Inert(String),
}

/// The schemes of addresses that may be opened.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Where `target` leads from an article of the library (an index into [`Catalog::articles`]) or,
/// without one, from a file of the reader's own.
///
/// Knows the library only: whether a file or an anchor exists is for the caller to find out.
pub fn resolve(catalog: &Catalog, from: Option<usize>, target: &str) -> Destination {
    let target = target.trim();
    let inert = || Destination::Inert(target.to_owned());
    if target.is_empty() || !is_plain(target) {
        return inert();
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return decode(anchor).map_or_else(inert, Destination::Anchor);
    }
    if let Some(scheme) = scheme(target) {
        return web(scheme, target).unwrap_or_else(inert);
    }
    relative(catalog, from, target).unwrap_or_else(inert)
}

/// The path of the file that `target` names from the folder of the text it stands in, when that
/// is in the folder or below it.
pub fn beside(target: &str) -> Option<String> {
    let target = target.trim();
    let is_path = !target.starts_with('#') && is_plain(target) && scheme(target).is_none();
    let path = is_path.then(|| target.split('#').next())?;
    let path = decode(path?)?;
    let is_within = !path.starts_with('/') && !path.contains('\\');
    is_within.then(|| walk(vec![], &path))?.map(|segments| segments.join("/"))
}

/// Whether nothing in it could act on a terminal or hide what it says.
fn is_plain(target: &str) -> bool {
    !target.chars().any(char::is_control) && text::hidden(target) == 0
}

/// The letters before the colon, when they make a scheme.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let mut letters = scheme.bytes();
    let first = letters.next()?.is_ascii_alphabetic();
    let rest = letters.all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'));
    (first && rest).then_some(scheme)
}

fn web(scheme: &str, target: &str) -> Option<Destination> {
    let rest = target.get(scheme.len() + 1..)?;
    let known = SCHEMES.iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    let names_something = match *known {
        "mailto" => rest.contains('@') && !rest.starts_with('/'),
        _ => rest.strip_prefix("//").is_some_and(|host| host.starts_with(is_host)),
    };
    let opens = names_something && !target.contains(char::is_whitespace);
    opens.then(|| Destination::Web(target.to_owned()))
}

fn is_host(c: char) -> bool {
    c.is_alphanumeric() || c == '['
}

fn relative(catalog: &Catalog, from: Option<usize>, target: &str) -> Option<Destination> {
    let (path, hash) = match target.split_once('#') {
        Some((path, hash)) => (path, Some(hash)),
        None => (target, None),
    };
    let path = decode(path)?;
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    if let Some(found) = named(catalog, &path, hash) {
        return Some(found);
    }
    if let Some(article) = from {
        return within_library(catalog, article, &path, hash);
    }
    let path = walk(vec![], &path)?.join("/");
    Some(Destination::File { path, anchor: anchor(hash) })
}

/// A wiki link's target: a slug or a title, no path.
fn named(catalog: &Catalog, name: &str, hash: Option<&str>) -> Option<Destination> {
    if let Some(article) = catalog.article(name) {
        return Some(Destination::Article { article, anchor: anchor(hash) });
    }
    if let Some(lab) = catalog.lab(name) {
        return Some(Destination::Lab { lab, state: state(hash) });
    }
    let name = text::fold(name);
    let article = catalog.articles.iter().position(|it| text::fold(&it.title) == name);
    if let Some(article) = article {
        return Some(Destination::Article { article, anchor: anchor(hash) });
    }
    let lab = catalog.labs.iter().position(|it| text::fold(&it.title) == name)?;
    Some(Destination::Lab { lab, state: state(hash) })
}

fn within_library(
    catalog: &Catalog,
    article: usize,
    path: &str,
    hash: Option<&str>,
) -> Option<Destination> {
    let category = catalog.articles.get(article)?.category;
    let folder = catalog.categories.get(category)?.slug.as_str();
    let segments = walk(vec!["content", folder], path)?;
    let [root, folder, file] = segments.as_slice() else { return None };
    match *root {
        "content" => {
            let article = catalog.article(&format!("{folder}/{}", file.strip_suffix(".md")?))?;
            Some(Destination::Article { article, anchor: anchor(hash) })
        }
        "labs" => {
            let lab = catalog.lab(&format!("{folder}/{}", file.strip_suffix(".html")?))?;
            Some(Destination::Lab { lab, state: state(hash) })
        }
        _ => None,
    }
}

/// `path` from the folder `start`; none when it leaves the root on the way.
fn walk<'a>(start: Vec<&'a str>, path: &'a str) -> Option<Vec<&'a str>> {
    let mut segments = start;
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    (!segments.is_empty()).then_some(segments)
}

fn anchor(hash: Option<&str>) -> Option<String> {
    let anchor = decode(hash?).filter(|anchor| !anchor.is_empty())?;
    // Wiki links name a heading as it is written.
    Some(if anchor.contains(' ') { Anchors::default().next(&anchor) } else { anchor })
}

/// A lab reads its state as it is written, percent signs and all.
fn state(hash: Option<&str>) -> Option<String> {
    hash.filter(|state| !state.is_empty()).map(str::to_owned)
}

/// `text` with its percent signs decoded; none when something unprintable comes out.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(hex), ahead.next().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().filter(|decoded| is_plain(decoded))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Article, Category, Lab};

    fn catalog() -> Catalog {
        let category = |slug: &str| Category { slug: slug.into(), ..Category::default() };
        Catalog {
            categories: vec![category("cassandra"), category("distributed")],
            articles: vec![
                article("ring", 0, "The Token Ring"),
                article("raft", 1, "Raft"),
                article("ring", 1, "Another Ring"),
            ],
            labs: vec![Lab { slug: "votes".into(), category: 1, title: "Votes".into(), ..lab() }],
            ..Catalog::default()
        }
    }

    fn lab() -> Lab {
        Lab {
            slug: String::new(),
            category: 0,
            title: String::new(),
            question: String::new(),
            minutes: 0,
            level: 1,
            articles: vec![],
            takeaway: String::new(),
        }
    }

    fn article(slug: &str, category: usize, title: &str) -> Article {
        Article {
            slug: slug.into(),
            category,
            title: title.into(),
            summary: String::new(),
            level: None,
            tags: vec![],
            labs: vec![],
            see: vec![],
            verified: String::new(),
            versions: vec![],
            minutes: 1,
            runs: 0,
            headings: vec![],
        }
    }

    fn from_library(target: &str) -> Destination {
        resolve(&catalog(), Some(0), target)
    }

    fn from_file(target: &str) -> Destination {
        resolve(&catalog(), None, target)
    }

    fn to(article: usize, anchor: Option<&str>) -> Destination {
        Destination::Article { article, anchor: anchor.map(str::to_owned) }
    }

    #[test]
    fn a_relative_link_leads_to_the_article() {
        assert_eq!(from_library("../distributed/raft.md"), to(1, None));
        assert_eq!(from_library("../distributed/raft.md#terms"), to(1, Some("terms")));
        assert_eq!(from_library("./ring.md"), to(0, None));
        assert_eq!(from_library("../distributed/ring.md"), to(2, None));
    }

    #[test]
    fn a_lab_keeps_its_state_as_written() {
        let state = Some("t=330&a=[[200,%22cut%22]]".to_owned());
        let target = "../../labs/distributed/votes.html#t=330&a=[[200,%22cut%22]]";
        assert_eq!(from_library(target), Destination::Lab { lab: 0, state });
    }

    #[test]
    fn wiki_links_name_a_slug_or_a_title() {
        assert_eq!(from_library("raft"), to(1, None));
        assert_eq!(from_library("the token ring#cost"), to(0, Some("cost")));
        assert_eq!(from_library("Raft#Split votes, twice"), to(1, Some("split-votes-twice")));
        assert_eq!(from_file("Raft"), to(1, None));
        assert_eq!(from_library("Votes"), Destination::Lab { lab: 0, state: None });
    }

    #[test]
    fn only_three_schemes_may_be_opened() {
        for address in ["https://a.example/x?y#z", "HTTP://a.example", "mailto:a@b.example"] {
            assert_eq!(from_library(address), Destination::Web(address.into()));
        }
        let refused = [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ssh://host",
            "C:\\x",
            "https:",
            "https://",
            "http:/x",
            "https://a b",
            "mailto:",
            "https:///x",
            "vbscript:x",
            "http://-oProxyCommand=x",
        ];
        for target in refused {
            assert_eq!(from_library(target), Destination::Inert(target.into()), "{target}");
        }
    }

    #[test]
    fn nothing_leaves_the_library() {
        let targets = [
            "/etc/passwd",
            "../../../../etc/passwd",
            "..",
            "../..",
            "../../..",
            "../../README.md",
            "%2e%2e/%2e%2e/%2e%2e/x.md",
            "..\\x.md",
            "//host/share",
            "../cassandra",
            "",
            "#%00",
            "ring.md%00.html",
            "../../labs/../../x.html",
            "missing.md",
            "ring.html",
            "../../labs/kit/core.html",
        ];
        for target in targets {
            assert_eq!(from_library(target), Destination::Inert(target.into()), "{target}");
        }
    }

    #[test]
    fn a_reader_s_file_links_only_below_its_folder() {
        let file = |path: &str| Destination::File { path: path.into(), anchor: None };
        assert_eq!(from_file("notes/my%20day.md"), file("notes/my day.md"));
        assert_eq!(from_file("a/../b.md"), file("b.md"));
        for target in ["../x.md", "a/../../x.md", "/x.md", ".", "%2e%2e/x.md"] {
            assert_eq!(from_file(target), Destination::Inert(target.into()), "{target}");
        }
    }

    #[test]
    fn an_anchor_stays_in_the_text() {
        assert_eq!(from_file("#caf%C3%A9"), Destination::Anchor("café".into()));
        assert_eq!(from_library("#x"), Destination::Anchor("x".into()));
    }

    #[test]
    fn what_cannot_be_seen_makes_a_link_inert() {
        for target in ["https://a.example/\u{1b}]52;c;x\u{7}", "ring.md\u{202e}", "%1b.md"] {
            assert_eq!(from_library(target), Destination::Inert(target.into()));
        }
    }
}
