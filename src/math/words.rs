//! A formula in words that the parser knows.

use crate::math::define::{expanded, filled};
use crate::math::names::{BETWEEN, ENVIRONMENTS, FORMS, NAMES};
use crate::math::source::{DEEPEST, argument, depth, option, token, uncommented};

/// The formula in words that the parser knows. What cannot be read stays as it is.
pub(crate) fn rewritten(latex: &str) -> String {
    let text = uncommented(latex);
    let text = expanded(&text).filter(|it| depth(it) <= DEEPEST).unwrap_or(text);
    let (out, ends) = Words { rest: &text }.all();
    let lines = out.trim_end();
    let lines = lines.strip_suffix("\\\\").filter(|_| ends.contains(&"\\\\")).unwrap_or(lines);
    // Lines outside of an environment.
    let broken = ends.iter().filter(|it| **it == "\\\\").count();
    match (broken, lines.len() < out.trim_end().len(), ends.contains(&"&")) {
        (0, ..) => out,
        (1, true, _) => lines.to_owned(),
        (_, _, true) => format!("\\begin{{aligned}}{lines}\\end{{aligned}}"),
        (_, _, false) => format!("\\begin{{gathered}}{lines}\\end{{gathered}}"),
    }
}

/// What ends a part of a formula.
const ENDS: [&str; 8] = ["}", "&", "\\\\", "\\cr", "\\newline", "\\end", "\\right", "\\middle"];

/// Commands whose argument is text.
const TEXTS: [&str; 6] = ["\\text", "\\textrm", "\\textbf", "\\textit", "\\textsf", "\\texttt"];

/// Goes through a formula.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    /// Everything, and what stood between its parts.
    fn all(&mut self) -> (String, Vec<&'a str>) {
        let mut out = self.part();
        let mut ends = vec![];
        while let Some((end, rest)) = token(self.rest) {
            self.rest = rest;
            ends.push(self.between(end, &mut out));
            out.push_str(&self.part());
        }
        (out, ends)
    }

    /// What stands between two parts.
    fn between(&mut self, end: &'a str, out: &mut String) -> &'a str {
        let end = if matches!(end, "\\cr" | "\\newline") { "\\\\" } else { end };
        out.push_str(end);
        if end == "\\\\" {
            self.rest = self.rest.strip_prefix('*').unwrap_or(self.rest);
        }
        end
    }

    /// Everything up to one of the ends, with it.
    fn until(&mut self, last: &str, out: &mut String) {
        loop {
            out.push_str(&self.part());
            let Some((end, rest)) = token(self.rest) else { return };
            self.rest = rest;
            self.between(end, out);
            if end == last {
                return;
            }
        }
    }

    /// Everything before one of the ends.
    fn part(&mut self) -> String {
        let mut out = String::new();
        let mut above = None;
        while let Some((first, rest)) = token(self.rest).filter(|(it, _)| !ENDS.contains(it)) {
            self.rest = rest;
            match BETWEEN.iter().find(|(name, _)| *name == first) {
                Some((_, form)) if above.is_none() => {
                    above = Some((std::mem::take(&mut out), *form));
                }
                _ => self.word(first, &mut out),
            }
        }
        match above {
            Some((above, form)) => filled(form, &[above, out]),
            None => out,
        }
    }

    /// One thing with what belongs to it.
    fn word(&mut self, first: &'a str, out: &mut String) {
        let name = NAMES.iter().find(|(name, _)| *name == first).map_or(first, |(_, same)| same);
        let arguments = FORMS.iter().find(|(name, ..)| *name == first);
        if let Some((_, count, form)) = arguments {
            match self.form(first, *count, form) {
                Some(form) => out.push_str(&form),
                None => out.push_str(first),
            }
            return;
        }
        match name {
            "{" => {
                out.push('{');
                self.until("}", out);
            }
            "\\left" => {
                out.push_str(name);
                self.delimiter(out);
                self.until("\\right", out);
                self.delimiter(out);
            }
            "\\begin" => self.environment(out),
            "\\phantom" | "\\hphantom" => self.phantom(out),
            "\\genfrac" => self.genfrac(out),
            "\\cfrac" => {
                self.rest = option(self.rest).map_or(self.rest, |(_, rest)| rest);
                out.push_str(name);
            }
            "\\operatorname" | "\\hspace" => {
                self.rest = self.rest.strip_prefix('*').unwrap_or(self.rest);
                out.push_str(name);
            }
            name if TEXTS.contains(&name) => match argument(self.rest) {
                Some((inside, rest)) => {
                    self.rest = rest;
                    out.push_str(&text(name, inside));
                }
                None => out.push_str(name),
            },
            name => out.push_str(name),
        }
    }

    /// The delimiter behind `\left`, `\right`.
    fn delimiter(&mut self, out: &mut String) {
        if let Some((delimiter, rest)) = token(self.rest.trim_start()) {
            self.rest = rest;
            out.push_str(match delimiter {
                "<" => "\\langle ",
                ">" => "\\rangle ",
                delimiter => delimiter,
            });
        }
    }

    /// What is said with a command's arguments; None when one is missing.
    fn form(&mut self, first: &str, count: usize, form: &str) -> Option<String> {
        let mut rest = self.rest;
        // Plain TeX has these with a group, LaTeX as environments only.
        if matches!(first, "\\matrix" | "\\pmatrix" | "\\cases")
            && !rest.trim_start().starts_with('{')
        {
            return None;
        }
        if matches!(first, "\\tag" | "\\raisebox") {
            rest = rest.strip_prefix('*').unwrap_or(rest);
        }
        let form = if rest.len() < self.rest.len() {
            form.replace(['(', ')'], "")
        } else {
            form.to_owned()
        };
        let mut below = None;
        if first.starts_with("\\x") {
            (below, rest) = option(rest).map_or((None, rest), |(it, rest)| (Some(it), rest));
        }
        let mut given = vec![];
        for _ in 0..count {
            let (next, after) = argument(rest)?;
            given.push(Words { rest: next }.all().0);
            rest = after;
        }
        self.rest = rest;
        let said = filled(&form, &given);
        let below = below.map(|below| Words { rest: below }.all().0);
        Some(below.map_or(said.clone(), |below| format!("\\underset{{{below}}}{{{said}}}")))
    }

    fn environment(&mut self, out: &mut String) {
        out.push_str("\\begin");
        let Some((name, rest)) = argument(self.rest) else { return };
        let known = ENVIRONMENTS.iter().find(|(from, _)| *from == name);
        let known = known.map_or(name, |(_, to)| *to);
        self.rest = rest;
        if known.is_empty() {
            out.truncate(out.len() - "\\begin".len());
            out.push('{');
        } else {
            out.push_str(&format!("{{{known}}}"));
        }
        // Where the whole stands on its line.
        if !known.ends_with("matrix*")
            && let Some(("t" | "b" | "c", rest)) = option(self.rest)
        {
            self.rest = rest;
        }
        if known == "array"
            && let Some((columns, rest)) = argument(self.rest)
        {
            out.push_str(&format!("{{{}}}", sides(columns)));
            self.rest = rest;
        }
        self.until("\\end", out);
        if let Some((_, rest)) = argument(self.rest) {
            self.rest = rest;
            if known.is_empty() {
                out.truncate(out.len() - "\\end".len());
                out.push('}');
            } else {
                out.push_str(&format!("{{{known}}}"));
            }
        }
    }

    /// As many spaces as it has signs.
    fn phantom(&mut self, out: &mut String) {
        let Some((inside, rest)) = argument(self.rest) else { return out.push_str("\\phantom") };
        self.rest = rest;
        let mut count = 0;
        let mut inside = inside;
        while let Some((first, rest)) = token(inside) {
            count += usize::from(!matches!(first, "{" | "}" | "_" | "^" | " "));
            inside = rest;
        }
        out.push_str(&"\\ ".repeat(count.min(12)));
    }

    /// The parser wants delimiters without braces.
    fn genfrac(&mut self, out: &mut String) {
        let read = || {
            let (open, rest) = argument(self.rest)?;
            let (close, rest) = argument(rest)?;
            Some((open, close, rest))
        };
        let Some((open, close, rest)) = read() else { return out.push_str("\\genfrac") };
        let or_none = |it: &'a str| if it.trim().is_empty() { "." } else { it };
        out.push_str(&format!("\\left{}\\genfrac{{}}{{}}", or_none(open)));
        self.rest = rest;
        for _ in 0..4 {
            let Some((next, rest)) = argument(self.rest) else { break };
            self.rest = rest;
            out.push_str(&format!("{{{}}}", Words { rest: next }.all().0));
        }
        out.push_str(&format!("\\right{}", or_none(close)));
    }
}

/// Text with its formulas and commands: the parser knows text without any.
fn text(command: &str, inside: &str) -> String {
    let mut parts: Vec<String> = vec![];
    let mut plain = String::new();
    let mut words = Words { rest: inside };
    while let Some((first, rest)) = token(words.rest) {
        let whole = words.rest;
        words.rest = rest;
        let part = match first {
            "$" => rest.split_once('$').map(|(formula, rest)| {
                words.rest = rest;
                format!("{{{}}}", Words { rest: formula }.all().0)
            }),
            "{" => argument(whole).map(|(group, rest)| {
                words.rest = rest;
                text(command, group)
            }),
            first if first.starts_with('\\') && first.len() > 1 => {
                let mut part = String::new();
                words.word(first, &mut part);
                Some(part)
            }
            _ => None,
        };
        match part {
            Some(part) => {
                parts.extend((!plain.is_empty()).then(|| format!("{command}{{{plain}}}")));
                parts.push(part);
                plain.clear();
            }
            None => plain.push_str(first),
        }
    }
    if parts.is_empty() {
        return format!("{command}{{{}}}", quoted(&plain));
    }
    parts.extend((!plain.is_empty()).then(|| format!("{command}{{{plain}}}")));
    format!("{{{}}}", quoted(&parts.concat()))
}

/// TeX's quotation marks as they are printed.
fn quoted(text: &str) -> String {
    text.replace("``", "“").replace("''", "”")
}

/// The columns of an array without what is not their side: `@{}`, widths, spaces.
fn sides(columns: &str) -> String {
    let mut out = String::new();
    let mut rest = columns;
    while let Some((first, after)) = token(rest) {
        rest = after;
        let mut skip = || rest = argument(rest).map_or(rest, |(_, rest)| rest);
        match first {
            "@" | "!" | ">" | "<" => skip(),
            "p" | "m" | "b" => {
                skip();
                out.push('l');
            }
            "*" => {
                let Some((count, after)) = argument(rest) else { continue };
                let Some((which, after)) = argument(after) else { continue };
                rest = after;
                let repeated = sides(which).repeat(count.trim().parse().unwrap_or(1).min(32));
                out.extend(repeated.chars().take(64));
            }
            first if first.trim().is_empty() => {}
            first => out.push_str(first),
        }
    }
    out
}
