//! A strict reader of pages: tags that close in order, attributes in quotes, known entities.

use std::collections::BTreeMap;

/// A tag that opens, with its attributes and the text right after it.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
    /// Names of what is around it, outermost first.
    pub(crate) around: Vec<String>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn number(&self, name: &str) -> f64 {
        self.get(name).unwrap().trim_end_matches('%').parse().unwrap()
    }

    pub(crate) fn is(&self, name: &str, class: &str) -> bool {
        self.name == name
            && self.get("class").is_some_and(|it| it.split(' ').any(|word| word == class))
    }
}

/// All elements in order; an error where the page is not well-formed.
pub(crate) fn elements(html: &str) -> Result<Vec<Element>, String> {
    let mut rest = html.trim_start_matches("<!doctype html>");
    let mut found: Vec<Element> = vec![];
    let mut open: Vec<String> = vec![];
    while let Some((text, after)) = rest.split_once('<') {
        let is_style = open.last().is_some_and(|last| last == "style");
        let shown = if is_style { String::new() } else { decoded(text)? };
        if let Some(last) = found.last_mut() {
            last.text.push_str(&shown);
        }
        let (tag, after) = after.split_once('>').ok_or("a tag does not end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if last != name {
                return Err(format!("</{name}> closes <{last}>"));
            }
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            return Err(format!("<{tag}> is no tag"));
        }
        found.push(Element {
            name: name.to_owned(),
            attributes: attributes_of(attributes)?,
            text: String::new(),
            around: open.clone(),
        });
        if !is_empty {
            open.push(name.to_owned());
        }
    }
    decoded(rest)?;
    if open.is_empty() { Ok(found) } else { Err(format!("{open:?} are not closed")) }
}

fn attributes_of(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").ok_or_else(|| format!("no value: {rest}"))?;
        let (value, after) = after.split_once('"').ok_or_else(|| format!("no end: {rest}"))?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(plain) {
            return Err(format!("`{name}` is no attribute"));
        }
        if found.insert(name.to_owned(), decoded(value)?).is_some() {
            return Err(format!("`{name}` stands twice"));
        }
        rest = after;
        if !rest.is_empty() {
            rest = rest.strip_prefix(' ').ok_or_else(|| format!("no space: {rest}"))?;
        }
    }
    Ok(found)
}

fn decoded(text: &str) -> Result<String, String> {
    if text.contains('>') {
        return Err(format!("a bare bracket: {text}"));
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")];
    let parts: Vec<&str> = text.split('&').skip(1).collect();
    let is_known =
        |part: &&str| ["lt;", "gt;", "quot;", "amp;"].iter().any(|known| part.starts_with(known));
    if !parts.iter().all(is_known) {
        return Err(format!("a bare ampersand: {text}"));
    }
    let text = known.iter().fold(text.to_owned(), |it, (entity, c)| it.replace(entity, c));
    Ok(text.replace("&amp;", "&"))
}

/// Tags and attributes that no page may have, and addresses that none may name.
pub(crate) fn faults(elements: &[Element]) -> Vec<String> {
    let mut faults = vec![];
    for it in elements {
        let never =
            ["script", "iframe", "object", "embed", "base", "form", "link", "foreignObject"];
        if never.contains(&it.name.as_str()) {
            faults.push(format!("<{}>", it.name));
        }
        if it.name == "a" && it.around.iter().any(|around| around == "a") {
            faults.push("a link in a link".to_owned());
        }
        for (name, value) in &it.attributes {
            if name.starts_with("on") || name == "style" || name == "srcdoc" {
                faults.push(format!("{name}={value}"));
            }
            if matches!(name.as_str(), "href" | "src" | "xlink:href") && !is_harmless(value) {
                faults.push(format!("{name}={value}"));
            }
        }
    }
    faults
}

fn is_harmless(address: &str) -> bool {
    let before = address.split(['/', '?', '#']).next().unwrap();
    let scheme = before.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => true,
        Some(_) => false,
        None => !address.starts_with('/'),
    }
}
