//! Definitions inside of a formula, put in where they are used.

use crate::math::source::{argument, option, token};

/// How often a definition is put in, and how long a formula becomes by it, in bytes.
const MOST: usize = 512;
const LONGEST: usize = 8 * 1024;

/// A command that a formula defines.
struct Definition<'a> {
    name: &'a str,
    arguments: usize,
    /// The first argument, where it is not given in brackets.
    default: Option<&'a str>,
    body: String,
}

/// The formula without its definitions, and with what they say; None when it has none, when it
/// is nothing else, and when they do not come to an end.
pub(crate) fn expanded(latex: &str) -> Option<String> {
    let (definitions, mut text) = taken(latex)?;
    let mut out = String::new();
    for _ in 0..MOST {
        let Some((before, filled)) = next(&text, &definitions) else {
            out.push_str(&text);
            return Some(out).filter(|out| !out.trim().is_empty());
        };
        out.push_str(before);
        if out.len() + filled.len() > LONGEST {
            return None;
        }
        text = filled;
    }
    None
}

/// The definitions, and the formula without them.
fn taken(latex: &str) -> Option<(Vec<Definition<'_>>, String)> {
    let mut definitions: Vec<Definition<'_>> = vec![];
    let mut out = String::new();
    let mut rest = latex;
    while let Some((first, after)) = token(rest) {
        let found = match first {
            "\\newcommand" | "\\renewcommand" | "\\providecommand" => command(after),
            "\\DeclareMathOperator" => operator(after),
            "\\def" => plain(after),
            _ => None,
        };
        if let Some((definition, after)) = found {
            definitions.retain(|it| it.name != definition.name);
            definitions.push(definition);
            rest = after;
        } else {
            out.push_str(first);
            rest = after;
        }
    }
    (!definitions.is_empty()).then_some((definitions, out))
}

/// `{\name}[arguments][default]{body}`.
fn command(text: &str) -> Option<(Definition<'_>, &str)> {
    let (name, rest) = argument(text.strip_prefix('*').unwrap_or(text))?;
    let (count, rest) = option(rest).unwrap_or(("0", rest));
    let (default, rest) = match option(rest) {
        Some((default, rest)) => (Some(default), rest),
        None => (None, rest),
    };
    let (body, rest) = argument(rest)?;
    let arguments = count.trim().parse().ok()?;
    let name = name.trim();
    let definition = Definition { name, arguments, default, body: body.to_owned() };
    name.starts_with('\\').then_some((definition, rest))
}

/// `{\name}{body}`.
fn operator(text: &str) -> Option<(Definition<'_>, &str)> {
    let (star, text) = match text.strip_prefix('*') {
        Some(text) => ("*", text),
        None => ("", text),
    };
    let (name, rest) = argument(text)?;
    let (body, rest) = argument(rest)?;
    let body = format!("\\operatorname{star}{{{body}}}");
    let definition = Definition { name: name.trim(), arguments: 0, default: None, body };
    definition.name.starts_with('\\').then_some((definition, rest))
}

/// `\name#1#2{body}`.
fn plain(text: &str) -> Option<(Definition<'_>, &str)> {
    let (name, rest) = token(text.trim_start()).filter(|(name, _)| name.starts_with('\\'))?;
    let (parameters, _) = rest.split_once('{')?;
    let named = (1..=9).map(|it| format!("#{it}"));
    let arguments = named.take_while(|it| parameters.contains(it.as_str())).count();
    if parameters.trim().len() != arguments * 2 {
        return None;
    }
    let (body, rest) = argument(rest.strip_prefix(parameters)?)?;
    Some((Definition { name, arguments, default: None, body: body.to_owned() }, rest))
}

/// What stands before the first use of a definition, and the rest with it filled in.
fn next<'a>(text: &'a str, definitions: &[Definition<'_>]) -> Option<(&'a str, String)> {
    let mut rest = text;
    while let Some((first, after)) = token(rest) {
        if let Some(definition) = definitions.iter().find(|it| it.name == first) {
            let mut given = vec![];
            let mut after = after;
            if let Some(default) = definition.default {
                let (first, rest) = option(after).unwrap_or((default, after));
                given.push(first);
                after = rest;
            }
            while given.len() < definition.arguments {
                let (next, rest) = argument(after)?;
                given.push(next);
                after = rest;
            }
            let before = text.get(..text.len() - rest.len())?;
            // A letter behind the definition's last command would become part of its name.
            return Some((before, format!("{} {after}", filled(&definition.body, &given))));
        }
        rest = after;
    }
    None
}

/// A body with its arguments.
pub(crate) fn filled<T: AsRef<str>>(body: &str, given: &[T]) -> String {
    let mut out = String::new();
    let mut rest = body;
    while let Some((first, after)) = token(rest) {
        let digit = after.chars().next().filter(|_| first == "#").and_then(|it| it.to_digit(10));
        let place = digit.and_then(|it| usize::try_from(it).ok()?.checked_sub(1));
        rest = if let Some(given) = place.and_then(|place| given.get(place)) {
            out.push_str(given.as_ref());
            after.get(1..).unwrap_or_default()
        } else {
            out.push_str(first);
            after
        };
    }
    out
}
