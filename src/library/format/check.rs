//! Whether the links in articles lead somewhere.

use crate::document::LinkKind;
use crate::library::format::article::{ReadArticle, body_line};
use crate::library::format::problem::{About, Problem};
use crate::library::{Catalog, Destination, resolve};

/// Reports every link that leads nowhere, by the line of the block it stands in.
pub(crate) fn links(catalog: &Catalog, articles: &[ReadArticle], problems: &mut Vec<Problem>) {
    for (index, article) in articles.iter().enumerate() {
        for link in &article.document.links {
            if link.kind != LinkKind::Link {
                continue;
            }
            let destination = resolve(catalog, Some(index), &link.target);
            if let Some(message) = wrong(articles, article, &destination) {
                let block = article.document.blocks.get(link.block);
                let line = body_line(article, block.map_or(0, |block| block.source.start));
                problems.push(Problem::new(
                    About::Link,
                    &article.shown,
                    line,
                    message,
                    "mend the link",
                ));
            }
        }
    }
}

fn wrong(articles: &[ReadArticle], own: &ReadArticle, destination: &Destination) -> Option<String> {
    let has = |article: &ReadArticle, anchor: &str| article.document.anchors.contains_key(anchor);
    match destination {
        Destination::Inert(target) => Some(format!("the link `{target}` leads nowhere")),
        Destination::Anchor(anchor) if !has(own, anchor) => {
            Some(format!("the link `#{anchor}` names no heading here"))
        }
        Destination::Article { article, anchor: Some(anchor) } => {
            let other = articles.get(*article)?;
            let message = || format!("the link `#{anchor}` names no heading of {}", other.shown);
            (!has(other, anchor)).then(message)
        }
        _ => None,
    }
}
