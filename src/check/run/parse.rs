//! Whether data is what its fence says: JSON, YAML, TOML.

use serde::de::IgnoredAny;

/// The languages that are parsed here.
pub(super) const LANGUAGES: &[&str] = &["json", "yaml", "toml"];

/// What is wrong with `text`; nothing for other languages.
pub(super) fn problem(language: &str, text: &str) -> Option<String> {
    match language {
        "json" => serde_json::from_str::<IgnoredAny>(text).err().map(|error| error.to_string()),
        "yaml" => {
            let parsed = serde_saphyr::from_multiple::<IgnoredAny>(text);
            parsed.err().map(|error| error.to_string())
        }
        "toml" => toml::from_str::<toml::Table>(text).err().map(|error| error.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_parsed_and_what_is_wrong_is_told() {
        for (language, text) in [
            ("json", "{\"a\": [1, null]}\n"),
            ("yaml", "a: 1\nb: [x, {1: 2}]\n---\nc: !tag &n d\ne: *n\n"),
            ("yaml", ""),
            ("toml", "a = 1\n[b]\nc = 2026-01-01\n"),
        ] {
            assert_eq!(problem(language, text), None, "{text}");
        }
        for (language, text) in [
            ("json", "{a: 1}"),
            ("json", ""),
            ("json", "1 2"),
            ("yaml", "a: [1"),
            ("yaml", "a: b: c"),
            ("toml", "a = "),
            ("toml", "a = 1\na = 2\n"),
        ] {
            assert!(problem(language, text).is_some(), "{text}");
        }
    }
}
