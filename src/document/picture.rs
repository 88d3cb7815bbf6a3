//! What is known of the files that images name.

use std::fmt::Write;

use crate::text::Safe;

/// The kinds of files that are known as pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// SVG.
    Svg,
    /// GIF, which is told and not drawn.
    Gif,
    /// WebP, which is told and not drawn.
    WebP,
}

/// A file that an image names, as far as its header tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// One that may be drawn: its kind, its width and height in pixels, both at least 1.
    Sized(Kind, u32, u32),
    /// One that is not drawn, and why.
    Refused(Safe),
}

impl Kind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Svg => "SVG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
        }
    }
}

impl Picture {
    /// Whether it is of a kind that can be drawn.
    pub fn can_be_drawn(&self) -> bool {
        matches!(self, Self::Sized(Kind::Png | Kind::Jpeg | Kind::Svg, ..))
    }

    /// What is said of it beside its name: `PNG 640×480`, with this sign between the two.
    pub fn about(&self, times: char) -> Safe {
        match self {
            Self::Refused(why) => Safe::from("not drawn: ").then(why),
            Self::Sized(kind, width, height) => {
                let mut text = String::new();
                let _ = write!(text, "{} {width}{times}{height}", kind.name());
                Safe::line(&text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_tells_its_kind_and_size_or_why_it_is_not_drawn() {
        let picture = Picture::Sized(Kind::Png, 640, 480);
        assert_eq!(picture.about('×').as_str(), "PNG 640×480");
        assert_eq!(picture.about('x').as_str(), "PNG 640x480");
        let refused = Picture::Refused(Safe::from("it is cut off"));
        assert_eq!(refused.about('×').as_str(), "not drawn: it is cut off");
    }
}
