//! Mistakes in a library, and where they are.

use std::fmt;

/// A mistake in content: where it is, what it is, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub mend: String,
    /// What it is about.
    pub about: About,
}

/// What a mistake in a library is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A file or folder that cannot be read, or is no text.
    File,
    /// `library.toml` and `category.toml`.
    Category,
    /// The order that articles and labs are listed in.
    Order,
    /// What an article says about itself.
    FrontMatter,
    /// A name that two things have.
    Twin,
    /// A link that leads nowhere.
    Link,
    /// The metadata of a lab.
    Lab,
    /// An article and a lab that do not name each other.
    Pair,
    /// Anything that the library's own reader does not judge.
    Content,
}

impl Problem {
    /// A mistake in line `line` of the file `path`.
    pub fn new(about: About, path: &str, line: usize, message: String, mend: &str) -> Self {
        Self { path: path.to_owned(), line, message, mend: mend.to_owned(), about }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, message, mend, .. } = self;
        write!(f, "{path}:{line}: {message}; {mend}")
    }
}

/// The line, from 1, of the byte `offset` of `text`.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.get(..offset).unwrap_or(text).matches('\n').count()
}

/// The line, from 1, that `words` first stand in; 1 when they do not.
pub(crate) fn line_of(text: &str, words: &str) -> usize {
    text.find(words).map_or(1, |offset| line_at(text, offset))
}

/// A parser's error without its own line, which counts from where the parser began.
pub(crate) fn without_line(error: &impl fmt::Display) -> String {
    let error = error.to_string();
    error.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The text of a file; what is not UTF-8 in it is replaced and a problem, as are NUL bytes.
pub(crate) fn text(path: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if let Err(error) = std::str::from_utf8(bytes) {
        let line = line_at(&text, error.valid_up_to());
        problems.push(Problem::new(
            About::File,
            path,
            line,
            "is not UTF-8".to_owned(),
            "save it as UTF-8",
        ));
    }
    if let Some(offset) = text.find('\0') {
        let line = line_at(&text, offset);
        problems.push(Problem::new(
            About::File,
            path,
            line,
            "has a NUL byte".to_owned(),
            "delete it",
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!(line_at("a\nb\nc", 0), 1);
        assert_eq!(line_at("a\nb\nc", 4), 3);
        assert_eq!(line_at("a\nb", 99), 2);
        assert_eq!(line_of("a\nb\n", "b"), 2);
    }

    #[test]
    fn what_is_not_text_is_told_with_its_line_and_still_read() {
        let mut problems = vec![];
        assert_eq!(text("x.md", b"a\nb\xff\nc\0", &mut problems), "a\nb\u{fffd}\nc\0");
        let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(
            told,
            ["x.md:2: is not UTF-8; save it as UTF-8", "x.md:3: has a NUL byte; delete it",]
        );
    }
}
