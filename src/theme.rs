//! What each role looks like, at every colour depth.
//!
//! A theme never carries meaning by colour alone: bold, underline, reverse and words do, so
//! that a terminal without colour loses nothing.

use ratatui::style::{Color, Modifier, Style};

use crate::layout::Role;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR`, `TERM=dumb`, a pipe.
    None,
    /// The sixteen of the reader's own palette.
    Ansi,
    /// 256.
    Indexed,
    /// 24 bits.
    True,
}

/// The built-in themes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Palette {
    /// The reader's own sixteen colours; never sets a background.
    #[default]
    Ansi,
    /// For dark terminals.
    Dark,
    /// For light terminals.
    Light,
    /// The most contrast.
    HighContrast,
}

/// A style for every role of layout and every part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
    depth: Depth,
}

/// Parts of the interface that are not text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Ordinary text.
    Text,
    /// What stands back: hints, counts, rules.
    Dim,
    /// What stands out: titles, the current heading.
    Strong,
    /// The accent: the program's name, keys in hints, progress.
    Accent,
    /// The selected row or link; visible without colour.
    Selected,
    /// Letters that a query matched.
    Match,
    /// A hit of find-in-article.
    Hit,
    /// The hit the reader is at.
    CurrentHit,
    /// A passage that the reader highlighted.
    Highlighted,
    /// One that they wrote a note on.
    Noted,
    /// A link's hint letters.
    Hint,
    /// An error.
    Error,
    /// The border of an overlay.
    Border,
    /// One of five categories in a drawing, from 0; labels say which.
    Category(u8),
    /// What is well, in a drawing.
    Good,
    /// What needs care, in a drawing.
    Warn,
    /// What is wrong, in a drawing.
    Bad,
}

/// A colour by its job; the palette says which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Body,
    Dim,
    Accent,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

impl Palette {
    /// Every palette, in the order that the reader walks through them.
    pub const ALL: &[Self] = &[Self::Ansi, Self::Dark, Self::Light, Self::HighContrast];

    /// Its name in settings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ansi => "ansi",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The palette of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|palette| palette.name() == name)
    }

    /// The colour of the page, as 0xRRGGBB; none for the reader's own.
    fn ground(self) -> Option<u32> {
        match self {
            Self::Ansi => None,
            Self::Dark => Some(0x16_181d),
            Self::Light => Some(0xfb_faf7),
            Self::HighContrast => Some(0x00_0000),
        }
    }

    /// The colour of a tone, as 0xRRGGBB.
    fn ink(self, tone: Tone) -> u32 {
        let (dark, light, contrast) = match tone {
            Tone::Body => (0xd6_d9df, 0x24_272e, 0xff_ffff),
            Tone::Dim => (0x8b_93a1, 0x5f_6672, 0xc8_c8c8),
            Tone::Accent => (0x7c_c4ff, 0x0b_5cad, 0xff_ff55),
            Tone::Red => (0xff_8a80, 0xb3_261e, 0xff_9090),
            Tone::Green => (0x9b_d28a, 0x2e_6b1f, 0x90_ff90),
            Tone::Yellow => (0xe8_c46a, 0x7a_5600, 0xff_ff80),
            Tone::Blue => (0x8a_b4f8, 0x1f_4fbf, 0xa0_c8ff),
            Tone::Magenta => (0xd6_a3f5, 0x7d_2aa8, 0xff_b0ff),
            Tone::Cyan => (0x7f_d4d4, 0x00_696b, 0x90_ffff),
        };
        match self {
            Self::Ansi | Self::Dark => dark,
            Self::Light => light,
            Self::HighContrast => contrast,
        }
    }
}

impl Theme {
    /// The theme of `palette` on a terminal of `depth`.
    pub fn new(palette: Palette, depth: Depth) -> Self {
        Self { palette, depth }
    }

    /// Its palette.
    pub fn palette(self) -> Palette {
        self.palette
    }

    /// Its colour depth.
    pub fn depth(self) -> Depth {
        self.depth
    }

    /// The next palette, at the same depth.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Palette::ALL.iter().position(|palette| *palette == self.palette);
        let next = Palette::ALL.iter().cycle().nth(at.map_or(0, |at| at + 1));
        Self::new(next.copied().unwrap_or_default(), self.depth)
    }

    /// The style of the page itself: its background and ordinary text.
    pub fn ground(self) -> Style {
        let style = self.tone(Tone::Body);
        match (self.palette.ground(), self.depth) {
            (Some(rgb), Depth::True | Depth::Indexed) => style.bg(self.mix(rgb)),
            _ => style,
        }
    }

    /// The style of text of an article.
    pub fn style(self, role: Role) -> Style {
        let (tone, modifier) = role_look(role);
        self.tone(tone).add_modifier(modifier)
    }

    /// The style of a part of the interface.
    pub fn part(self, part: Part) -> Style {
        match part {
            Part::Text => self.tone(Tone::Body),
            Part::Dim => self.tone(Tone::Dim),
            Part::Strong => self.tone(Tone::Body).add_modifier(Modifier::BOLD),
            Part::Accent => self.tone(Tone::Accent).add_modifier(Modifier::BOLD),
            Part::Selected => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            Part::Match => {
                self.tone(Tone::Accent).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
            }
            Part::Hit => self.tone(Tone::Yellow).add_modifier(Modifier::REVERSED),
            Part::CurrentHit => self
                .tone(Tone::Yellow)
                .add_modifier(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
            Part::Highlighted => self.tone(Tone::Green).add_modifier(Modifier::REVERSED),
            Part::Noted => self
                .tone(Tone::Green)
                .add_modifier(Modifier::REVERSED | Modifier::ITALIC | Modifier::UNDERLINED),
            Part::Hint => {
                self.tone(Tone::Magenta).add_modifier(Modifier::REVERSED | Modifier::BOLD)
            }
            Part::Error => self.tone(Tone::Red).add_modifier(Modifier::BOLD),
            Part::Border => self.tone(Tone::Dim),
            Part::Category(0) => self.tone(Tone::Blue),
            Part::Category(1) | Part::Warn => self.tone(Tone::Yellow),
            Part::Category(2) | Part::Good => self.tone(Tone::Green),
            Part::Category(3) => self.tone(Tone::Magenta),
            Part::Category(_) => self.tone(Tone::Cyan),
            Part::Bad => self.tone(Tone::Red),
        }
    }

    /// Ink of `tone`. Without colours, or in the reader's own sixteen, what stands back is
    /// dimmed rather than grey: "bright black" is the background in some palettes.
    fn tone(self, tone: Tone) -> Style {
        let faint = Style::new().add_modifier(Modifier::DIM);
        match (self.depth, self.palette) {
            (Depth::None | Depth::Ansi, _) | (_, Palette::Ansi) if tone == Tone::Dim => faint,
            (Depth::None, _) => Style::new(),
            (Depth::Ansi, _) | (_, Palette::Ansi) => {
                ansi(tone).map_or(Style::new(), |c| Style::new().fg(c))
            }
            (Depth::Indexed | Depth::True, _) => Style::new().fg(self.mix(self.palette.ink(tone))),
        }
    }

    fn mix(self, rgb: u32) -> Color {
        let [_, r, g, b] = rgb.to_be_bytes();
        if self.depth == Depth::True {
            Color::Rgb(r, g, b)
        } else {
            Color::Indexed(indexed(r, g, b))
        }
    }
}

fn ansi(tone: Tone) -> Option<Color> {
    match tone {
        Tone::Body | Tone::Dim => None,
        Tone::Accent | Tone::Cyan => Some(Color::Cyan),
        Tone::Red => Some(Color::Red),
        Tone::Green => Some(Color::Green),
        Tone::Yellow => Some(Color::Yellow),
        Tone::Blue => Some(Color::Blue),
        Tone::Magenta => Some(Color::Magenta),
    }
}

/// The nearest of the 216 colours of the cube or the 24 greys.
fn indexed(r: u8, g: u8, b: u8) -> u8 {
    let step = |c: u8| {
        if c < 48 {
            0
        } else if c < 115 {
            1
        } else {
            (c - 35) / 40
        }
    };
    let level = |step: u8| if step == 0 { 0 } else { 55 + step * 40 };
    let cube = (level(step(r)), level(step(g)), level(step(b)));
    let mean = ((u16::from(r) + u16::from(g) + u16::from(b)) / 3) as u8;
    let grey = (mean.saturating_sub(3) / 10).min(23);
    let shade = 8 + grey * 10;
    let far = |(x, y, z): (u8, u8, u8)| {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(x, r) + square(y, g) + square(z, b)
    };
    if far((shade, shade, shade)) < far(cube) {
        232 + grey
    } else {
        16 + 36 * step(r) + 6 * step(g) + step(b)
    }
}

fn role_look(role: Role) -> (Tone, Modifier) {
    let plain = Modifier::empty();
    match role {
        Role::Text | Role::CodeText | Role::Quote | Role::Open => (Tone::Body, plain),
        Role::Emphasis => (Tone::Body, Modifier::ITALIC),
        Role::Strong | Role::Heading | Role::TableHead | Role::Summary => {
            (Tone::Body, Modifier::BOLD)
        }
        Role::StrongEmphasis => (Tone::Body, Modifier::BOLD.union(Modifier::ITALIC)),
        Role::Strikethrough => (Tone::Dim, Modifier::CROSSED_OUT),
        Role::Code => (Tone::Yellow, plain),
        Role::Math => (Tone::Magenta, plain),
        Role::Link => (Tone::Blue, Modifier::UNDERLINED),
        Role::CodeLink => (Tone::Yellow, Modifier::UNDERLINED),
        Role::Image => (Tone::Cyan, Modifier::ITALIC),
        Role::Footnote => (Tone::Blue, plain),
        Role::Abbreviation => (Tone::Body, Modifier::UNDERLINED),
        Role::Html
        | Role::Marker
        | Role::QuoteBar
        | Role::Rule
        | Role::CodeLabel
        | Role::CodeComment => (Tone::Dim, plain),
        Role::Title => (Tone::Accent, Modifier::BOLD),
        Role::Subheading => (Tone::Body, Modifier::BOLD.union(Modifier::ITALIC)),
        Role::Done | Role::CodeString | Role::CodeAdded => (Tone::Green, plain),
        Role::AlertNote => (Tone::Blue, Modifier::BOLD),
        Role::AlertTip => (Tone::Green, Modifier::BOLD),
        Role::AlertImportant => (Tone::Magenta, Modifier::BOLD),
        Role::AlertWarning => (Tone::Yellow, Modifier::BOLD),
        Role::AlertCaution => (Tone::Red, Modifier::BOLD),
        Role::CodeNumber => (Tone::Magenta, plain),
        Role::CodeKeyword => (Tone::Blue, Modifier::BOLD),
        Role::CodeFunction => (Tone::Cyan, plain),
        Role::CodeType => (Tone::Yellow, plain),
        Role::CodeName => (Tone::Cyan, plain),
        Role::CodeRemoved | Role::SeriesE => (Tone::Red, plain),
        Role::SeriesA => (Tone::Blue, plain),
        Role::SeriesB => (Tone::Yellow, plain),
        Role::SeriesC => (Tone::Green, plain),
        Role::SeriesD => (Tone::Magenta, plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TONES: [Tone; 9] = [
        Tone::Body,
        Tone::Dim,
        Tone::Accent,
        Tone::Red,
        Tone::Green,
        Tone::Yellow,
        Tone::Blue,
        Tone::Magenta,
        Tone::Cyan,
    ];

    fn luminance(rgb: u32) -> f64 {
        let [_, r, g, b] = rgb.to_be_bytes();
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn every_tone_contrasts_with_its_page_as_wcag_asks() {
        for palette in Palette::ALL {
            let Some(ground) = palette.ground() else { continue };
            for tone in TONES {
                let (a, b) = (luminance(palette.ink(tone)), luminance(ground));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(ratio >= 4.5, "{palette:?} {tone:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn without_colour_no_style_has_a_colour() {
        for palette in Palette::ALL {
            let theme = Theme::new(*palette, Depth::None);
            for part in [
                Part::Hit,
                Part::Highlighted,
                Part::Noted,
                Part::Selected,
                Part::Error,
                Part::Match,
            ] {
                let style = theme.part(part);
                assert_eq!((style.fg, style.bg), (None, None));
                assert!(!style.add_modifier.is_empty() || part == Part::Error, "{part:?}");
            }
            assert_eq!(theme.ground().bg, None);
        }
    }

    #[test]
    fn the_reader_s_own_palette_never_sets_a_background() {
        for depth in [Depth::Ansi, Depth::Indexed, Depth::True] {
            assert_eq!(Theme::new(Palette::Ansi, depth).ground().bg, None);
        }
    }

    #[test]
    fn colours_round_to_the_256_palette() {
        assert_eq!(indexed(0, 0, 0), 16);
        assert_eq!(indexed(255, 255, 255), 231);
        assert_eq!(indexed(0x16, 0x18, 0x1d), 234);
        assert_eq!(indexed(255, 0, 0), 196);
    }
}
