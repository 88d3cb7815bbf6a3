//! The elements of a lab's page, and the words in them. No HTML library: a lab has a fixed form.

/// What stands in the element with this id, and the byte it begins at.
pub(crate) fn element<'a>(html: &'a str, id: &str, end: &str) -> Option<(&'a str, usize)> {
    let at = html.find(&format!("id=\"{id}\""))?;
    let start = at + html.get(at..)?.find('>')? + 1;
    let rest = html.get(start..)?;
    Some((rest.get(..rest.find(end)?)?, start))
}

/// What follows the heading of a section.
pub(crate) fn after_heading(section: &str) -> &str {
    section.split_once("</h2>").map_or(section, |(_, rest)| rest)
}

/// What stands between two texts; the second is looked for after the first.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

/// The words of some HTML: no tags, entities decoded, single spaces.
pub(crate) fn words(html: &str) -> String {
    let mut words = String::new();
    for (index, part) in html.split('<').enumerate() {
        let text =
            if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
        let tag = if index == 0 { "" } else { part };
        if ["/p", "p", "br", "/li", "li"].iter().any(|it| tag.split(['>', ' ']).next() == Some(it))
        {
            words.push(' ');
        }
        push_decoded(&mut words, text);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_decoded(words: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        words.push_str(before);
        let name = after.split_once(';').map(|(name, rest)| (entity(name), rest));
        if let Some((Some(c), after)) = name {
            words.push(c);
            rest = after;
        } else {
            words.push('&');
            rest = after;
        }
    }
    words.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    let number =
        |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" | "thinsp" => Some(' '),
        "times" => Some('×'),
        "minus" => Some('−'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        _ => match name.strip_prefix('#')?.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16),
            None => number(name.strip_prefix('#')?, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_free_of_tags_and_entities() {
        assert_eq!(
            words("<p>1 &lt; <b>2</b>\n&#8212; it&#x27;s</p><p>&nope;"),
            "1 < 2 — it's &nope;"
        );
        assert_eq!(words("<<>&;&#x110000;&#;<"), "&;&#x110000;&#;");
    }

    #[test]
    fn an_element_ends_at_its_end() {
        let html = "<p id=\"a\" class=\"b\">one</p><p>two</p>";
        assert_eq!(element(html, "a", "</p>"), Some(("one", 20)));
        assert_eq!(element(html, "b", "</p>"), None);
        assert_eq!(element("<p id=\"a\"", "a", "</p>"), None);
        assert_eq!(between("a<b>c<d>", "<b>", "<d>"), Some("c"));
    }
}
