//! A lab to start from.

use crate::labs::kit::{Kit, KitError};

/// What every new lab begins as.
const PAGE: &str = include_str!("new.html");

/// A new lab with the kit in it; it proves what it says. `slug` and `category` are lowercase
/// words joined by hyphens.
pub fn new_page(kit: &Kit, category: &str, slug: &str) -> Result<String, KitError> {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    let title: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let own = PAGE.replace("{title}", &title).replace("{slug}", slug);
    kit.inlined(&own.replace("{category}", category))
}
