//! The settings file. A mistake in it is told in one line, and the usual settings hold.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use crate::labs;

/// What can be set.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) labs: Labs,
    pub(crate) reader: Reader,
    pub(crate) review: Review,
}

/// How texts are shown.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Reader {
    /// Whether the terminal is asked to draw pictures.
    pub(crate) images: Wanted,
}

/// What may be done where it can be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Wanted {
    #[default]
    Auto,
    Never,
}

/// What is told of reviews.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Review {
    /// Whether days in a row are counted.
    pub(crate) streak: bool,
}

/// How labs reach a browser.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Labs {
    /// The port that labs are served at.
    pub(crate) port: Option<u16>,
    /// What opens them, as in `$BROWSER`.
    pub(crate) browser: Option<String>,
}

impl Settings {
    /// Those of a file; the usual ones when there is none. With what is wrong, in a line.
    pub(crate) fn read(path: &Path) -> (Self, Option<String>) {
        let text = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Self::default_with(None);
            }
            Err(error) => {
                let told = format!("{}: {error}; the usual settings hold", path.display());
                return Self::default_with(Some(told));
            }
        };
        match Self::parse(&String::from_utf8_lossy(&text)) {
            Ok(settings) => (settings, None),
            Err((line, reason)) => Self::default_with(Some(format!(
                "{}:{line}: {reason}; mend or delete the line, the usual settings hold until then",
                path.display()
            ))),
        }
    }

    fn default_with(told: Option<String>) -> (Self, Option<String>) {
        (Self::default(), told)
    }

    /// The settings in `text`, or the line that is wrong and why.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        let settings: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            (1 + before.matches('\n').count(), error.message().replace('\n', " "))
        })?;
        let browser = settings.labs.browser.as_deref().unwrap_or("x");
        if !browser.split(':').any(labs::can_show_labs) {
            let line = text.lines().position(|line| line.trim_start().starts_with("browser"));
            let reason = format!("`{browser}` cannot show labs, which need JavaScript");
            return Err((1 + line.unwrap_or(0), reason));
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_read() {
        let settings = Settings::parse("[labs]\nport = 4711\nbrowser = \"firefox %s\"\n").unwrap();
        assert_eq!(settings.labs.port, Some(4711));
        assert_eq!(settings.labs.browser.as_deref(), Some("firefox %s"));
        let settings = Settings::parse("[reader]\nimages = \"never\"\n").unwrap();
        assert_eq!(settings.reader.images, Wanted::Never);
        assert_eq!(Settings::parse("# nothing\n"), Ok(Settings::default()));
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, line, reason) in [
            ("[labs]\nport = \"x\"\n", 2, "invalid type"),
            ("[labs]\n\nport = 70000\n", 3, "u16"),
            ("[labs]\nports = 1\n", 2, "unknown field `ports`"),
            ("[reader]\nimages = \"always\"\n", 2, "`auto` or `never`"),
            ("\n[lab]\n", 2, "unknown field `lab`"),
            ("[labs\n", 1, "unclosed"),
            ("[labs]\nbrowser = \"lynx:w3m\"\n", 2, "JavaScript"),
            ("\u{0}", 1, ""),
        ] {
            let (at, told) = Settings::parse(text).unwrap_err();
            assert_eq!(at, line, "{text:?}: {told}");
            assert!(told.contains(reason) && !told.contains('\n'), "{text:?}: {told}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_no_mistake_and_one_that_cannot_be_read_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        assert_eq!(Settings::read(&file), (Settings::default(), None));
        assert_eq!(Settings::read(&file.join("below")), (Settings::default(), None));
        assert!(Settings::read(folder.path()).1.unwrap().contains("the usual settings hold"));
        fs::write(&file, b"[labs]\nport = 1\nx = \xff").unwrap();
        let told = Settings::read(&file).1.unwrap();
        assert!(told.starts_with(&format!("{}:3: ", file.display())), "{told}");
    }
}
