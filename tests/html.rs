//! Exported pages: well-formed, harmless, whole, and true to the numbers that they draw.

#![expect(clippy::unwrap_used, reason = "a page that cannot be made has failed")]

#[path = "html/charts.rs"]
mod charts;
#[path = "html/markup.rs"]
mod markup;
#[path = "html/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};

use library_tui::document::{self, BlockKind};
use library_tui::html::{self, Reach, SitePage};
use library_tui::library::{Library, Text};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::markup::{Element, elements, faults};

/// Every page of the library's site by its path; labs are there by name alone.
fn site() -> BTreeMap<String, Option<Vec<Element>>> {
    let library = Library::open(None).unwrap();
    let catalog = &library.catalog;
    let read = |path: String, page: SitePage| {
        let html = match page {
            SitePage::Index => Some(html::index(catalog)),
            SitePage::Labs => Some(html::labs(catalog)),
            SitePage::Category(at) => html::category(catalog, at),
            SitePage::Article(at) => {
                let source = library.text(Text::Article(at)).unwrap();
                html::article(catalog, at, &source, Reach::Site)
            }
            SitePage::Lab(_) => return (path, None),
        };
        let found = elements(&html.unwrap());
        assert!(found.is_ok(), "{path}: {found:?}");
        (path, found.ok())
    };
    SitePage::all(catalog).into_iter().map(|(path, page)| read(path, page)).collect()
}

/// The path that an address on a page leads to.
fn target(from: &str, address: &str) -> String {
    let mut names: Vec<&str> = from.split('/').collect();
    names.pop();
    for name in address.split('/') {
        match name {
            ".." => {
                names.pop().unwrap();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// Percent signs decoded.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_page_of_the_site_is_harmless_and_each_of_its_links_leads_somewhere() {
    let site = site();
    let ids = |page: &str| -> BTreeSet<&str> {
        let elements = site.get(page).and_then(Option::as_ref);
        elements.into_iter().flatten().filter_map(|it| it.get("id")).collect()
    };
    for (path, page) in &site {
        let Some(page) = page else { continue };
        assert_eq!(faults(page), Vec::<String>::new(), "{path}");
        assert_eq!(page.iter().filter(|it| it.name == "h1").count(), 1, "{path}");
        let own: Vec<&str> = page.iter().filter_map(|it| it.get("id")).collect();
        assert_eq!(own.len(), own.iter().collect::<BTreeSet<_>>().len(), "{path}: ids twice");
        for href in page.iter().filter_map(|it| it.get("href")) {
            if href.starts_with("https:")
                || href.starts_with("http:")
                || href.starts_with("mailto:")
            {
                continue;
            }
            let (address, anchor) = href.split_once('#').unwrap_or((href, ""));
            let to = if address.is_empty() { path.clone() } else { target(path, address) };
            assert!(site.contains_key(&to), "{path}: {href} leads nowhere");
            let is_lab = site.get(&to).is_some_and(Option::is_none);
            let anchor = decoded(anchor);
            let is_there = anchor.is_empty() || is_lab || ids(&to).contains(anchor.as_str());
            assert!(is_there, "{path}: {href} names no id");
        }
    }
}

#[test]
fn headings_of_every_page_are_in_order() {
    for (path, page) in site() {
        let mut before = 0;
        for it in page.into_iter().flatten() {
            let level = it.name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok());
            let Some(level) = level else { continue };
            assert!(level <= before + 1, "{path}: h{level} below h{before}");
            before = level;
        }
    }
}

#[test]
fn every_formula_of_the_content_is_mathml_and_every_chart_is_drawn() {
    let library = Library::open(None).unwrap();
    for (at, article) in library.catalog.articles.iter().enumerate() {
        let source = library.text(Text::Article(at)).unwrap();
        let page = html::article(&library.catalog, at, &source, Reach::Site).unwrap();
        assert!(!page.contains("class=\"source\""), "{}: a formula in its source", article.slug);
        assert!(!page.contains("cannot be drawn"), "{}: a chart", article.slug);
        let document = document::parse(document::split_front_matter(&source).body);
        let is_chart = |kind: &BlockKind| matches!(kind, BlockKind::Code(code) if code.language.as_str() == "chart");
        let charts = document.blocks.iter().filter(|block| is_chart(&block.kind)).count();
        assert_eq!(page.matches("<figure class=\"chart\">").count(), charts, "{}", article.slug);
    }
}

#[test]
fn constructs_become_the_elements_that_mean_the_same() {
    let shown = |markdown: &str| html::fragment(&document::parse(markdown)).into_string();
    let markdown = "# A *b*\n\n- c\n- d\n  1. e\n  2. f\n- [x] g\n\n3. h\n\n> i\n\n> [!TIP]\n> j\n\n\
        <details><summary>k `l`</summary>\n\nm\n\n</details>\n\n|n|o|\n|-|-:|\n|p|**q**|\n\n\
        r[^1] and ~~s~~[^1]\n\nt  \nu <b>v</b>\n\n```diagram alt=\"A to B\"\nA -> B\n```\n\n---\n\nan XY\n\n*[XY]: x and \"y\"\n\n[^1]: w";
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "html" }, {
        insta::assert_snapshot!("constructs", shown(markdown));
    });
}

#[test]
fn code_and_what_it_printed_stand_together() {
    let shown = |markdown: &str| html::fragment(&document::parse(markdown)).into_string();
    let page = shown("```python run\nx = 1 # y\n```\n\n```output\n1\n```\n\n```output\n2\n```");
    let classes: Vec<&str> =
        page.split("<div class=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
    assert_eq!(classes, ["code ran", "code printed", "code"]);
    assert!(
        page.contains("x = <span class=\"nu\">1</span> <span class=\"co\"># y</span>"),
        "{page}"
    );
}

#[test]
fn html_of_a_document_is_shown_and_not_done() {
    let source = "<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b\n\n[c](javascript:alert(1)) \
        ![d](data:image/svg+xml,x) [e](https://a.example/\"onclick=\"x) ![f](pictures/f.png \"F\")\n\n\
        # g {#x\"y}\n";
    let page = html::file("a.md", source, Reach::Alone);
    let found = elements(&page).unwrap();
    assert_eq!(faults(&found), Vec::<String>::new());
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let images: Vec<_> = found.iter().filter(|it| it.name == "img").collect();
    assert_eq!(images.len(), 1);
    assert_eq!((images[0].get("src"), images[0].get("alt")), (Some("pictures/f.png"), Some("f")));
}

const TOKENS: [&str; 64] = [
    "a",
    "word ",
    " ",
    "\n",
    "\n\n",
    "\n\n",
    "    ",
    "# ",
    "## ",
    "### x {#id}\n",
    "- ",
    "* ",
    "1. ",
    "7. ",
    "- [x] ",
    "> ",
    "> [!NOTE]\n> ",
    "```",
    "```python run\n",
    "```output\n",
    "```diagram alt=\"<b>\"\n",
    "```chart\nkind = 'bar'\ntitle = '<b>'\nlabels = ['\"']\n[[series]]\nvalues = [1]\n```\n",
    "`",
    "*",
    "**",
    "~~",
    "[",
    "](javascript:x)",
    "](x.md#y)",
    "](https://a.example/?<>&\")",
    "![",
    "](x.png \"t<\")",
    "[^1]",
    "[^1]: ",
    "<details>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<b onclick=x>",
    "</p>",
    "</main>",
    "<",
    ">",
    "&",
    "&lt;",
    "&#27;",
    "\"",
    "'",
    "|a|b|\n|-|-|\n|",
    "|",
    "$",
    "$$",
    "$x < y$",
    "$\\frac{a}{b}$",
    "$\\operatorname{<script>}$",
    "$\\text{</math>}$",
    "\u{202e}",
    "\u{0}",
    "\u{ffff}",
    "---\n",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_makes_a_harmless_and_well_formed_page(tokens in vec(select(&TOKENS[..]), 0..60)) {
        let page = html::file("a.md", &tokens.concat(), Reach::Alone);
        let found = elements(&page);
        prop_assert!(found.is_ok(), "{found:?}\n{page}");
        prop_assert_eq!(faults(&found.unwrap()), Vec::<String>::new());
    }

    #[test]
    fn any_text_makes_a_harmless_and_well_formed_page(text in "(?s).{0,200}") {
        let page = html::file(&text, &text, Reach::Alone);
        let found = elements(&page);
        prop_assert!(found.is_ok(), "{found:?}\n{page}");
        prop_assert_eq!(faults(&found.unwrap()), Vec::<String>::new());
    }
}
