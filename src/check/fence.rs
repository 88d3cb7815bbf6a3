//! Fenced code, and what its first line says.

use std::ops::Range;

use crate::check::draft::Draft;
use crate::document::{Block, BlockKind, Code};

/// A fenced block of code.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fence {
    /// The line of the file that it begins in.
    pub(crate) line: usize,
    /// The block of the document.
    pub(crate) block: usize,
    /// The first word of its first line, in lower case.
    pub(crate) language: String,
    /// The rest of its first line.
    pub(crate) info: String,
    /// Lines of text in it.
    pub(crate) lines: usize,
    /// Whether it is closed.
    pub(crate) closed: bool,
    /// The line in it that would open another one, if it were closed before.
    pub(crate) swallowed: Option<usize>,
    /// Where the whole of it is in the body, in bytes.
    pub(crate) source: Range<usize>,
}

/// What a fence is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Executed; what follows is what it prints.
    Run,
    /// Compiled or parsed.
    Compile,
    /// Only shown.
    Fragment,
    /// What a run printed, or data: no code.
    Result,
    /// A diagram.
    Diagram,
    /// It does not say.
    Unsaid,
}

impl Fence {
    /// The words after the language, without `alt="…"`.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let plain = self.info.split("alt=\"").next().unwrap_or_default();
        plain.split_whitespace()
    }

    /// Whether a description for those who do not see it is given.
    pub(crate) fn has_alt(&self) -> bool {
        let alt = self.info.split_once("alt=\"").and_then(|(_, rest)| rest.split_once('"'));
        alt.is_some_and(|(alt, _)| !alt.trim().is_empty())
    }

    /// What it is there for.
    pub(crate) fn role(&self) -> Role {
        let says = |wanted: &str| self.words().any(|word| word == wanted);
        if self.words().any(|word| word == "run" || word.starts_with("run=")) {
            return Role::Run;
        }
        match self.language.as_str() {
            "diagram" => Role::Diagram,
            "output" | "chart" | "csv" | "json" if !says("compile") => Role::Result,
            _ if says("compile") => Role::Compile,
            _ if says("fragment") => Role::Fragment,
            _ => Role::Unsaid,
        }
    }

    /// Whether it counts as code.
    pub(crate) fn is_code(&self) -> bool {
        !matches!(self.role(), Role::Result | Role::Diagram)
    }
}

/// The fences of a draft, top to bottom; indented code is none.
pub(crate) fn fences(draft: &Draft) -> Vec<Fence> {
    let blocks = draft.document.blocks.iter().enumerate();
    let mut found: Vec<Fence> =
        blocks.filter_map(|(index, block)| fence(draft, index, block)).collect();
    // A footnote's definition is moved to the end of the document.
    found.sort_by_key(|fence| fence.line);
    found
}

fn fence(draft: &Draft, index: usize, block: &Block) -> Option<Fence> {
    let BlockKind::Code(Code { language, info, .. }) = &block.kind else { return None };
    let (_, source) = draft.source(block);
    let mark = source.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    if block.continued {
        return None;
    }
    let opening = source.chars().take_while(|c| *c == mark).count();
    let lines = source.lines().count();
    let last = source.lines().last().filter(|_| lines > 1).unwrap_or_default();
    let last = last.trim_start_matches([' ', '>', '\t']).trim_end();
    let closed = last.len() >= opening && last.chars().all(|c| c == mark);
    let line = draft.line_of(block);
    let opens = |text: &str| {
        let text = text.trim_start_matches([' ', '>', '\t']);
        let info = text.trim_start_matches(mark);
        text.len() - info.len() >= opening && !info.trim().is_empty() && !info.contains(mark)
    };
    let swallowed = (line..).zip(source.lines()).skip(1).find(|(_, text)| opens(text));
    Some(Fence {
        line,
        swallowed: swallowed.map(|(line, _)| line),
        block: index,
        language: language.to_string(),
        info: info.to_string(),
        lines: lines.saturating_sub(if closed { 2 } else { 1 }),
        closed,
        source: block.source.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Fence> {
        Draft::new("x.md".into(), text.into()).fences
    }

    #[test]
    fn a_fence_is_known_by_its_first_line() {
        let roles = |text: &str| all(text).iter().map(Fence::role).collect::<Vec<_>>();
        assert_eq!(
            roles("```python run\nx\n```\n\n```output\n1\n```\n"),
            [Role::Run, Role::Result]
        );
        assert_eq!(roles("```sql run=postgres\nx\n```"), [Role::Run]);
        assert_eq!(
            roles("```rust compile\n```\n```yaml fragment\n```\n"),
            [Role::Compile, Role::Fragment]
        );
        assert_eq!(roles("```diagram alt=\"we run it\"\nx\n```"), [Role::Diagram]);
        assert_eq!(roles("```js\nx\n```\n\n    indented\n"), [Role::Unsaid]);
    }

    #[test]
    fn an_open_fence_is_noticed() {
        let closed = |text: &str| all(text).iter().map(|it| it.closed).collect::<Vec<_>>();
        assert_eq!(closed("````x\n```\n````\n"), [true]);
        assert_eq!(closed("````x\n```\n"), [false]);
        assert_eq!(closed("```x"), [false]);
        assert_eq!(closed("> ```x\n> a\n> ```\n"), [true]);
        assert_eq!(closed("- ~~~x\n  a\n  ~~~\n"), [true]);
    }

    #[test]
    fn lines_and_descriptions_are_counted() {
        let fence = &all("x\n\n```diagram alt=\"A to B\"\na\nb\n```\n")[0];
        assert_eq!((fence.line, fence.lines, fence.has_alt()), (3, 2, true));
        assert!(!all("```diagram alt=\"\"\n```")[0].has_alt());
    }
}
