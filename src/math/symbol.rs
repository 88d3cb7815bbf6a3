//! Signs: letters in other alphabets, accents, negations, delimiters of any height.

use pulldown_latex::event::Font;

use crate::math::node::Accent;

/// A letter of a font that Unicode has; others stay as they are.
pub(crate) fn letter(c: char, font: Option<Font>) -> char {
    match font {
        Some(Font::DoubleStruck | Font::DoubleStruckItalic) => double_struck(c),
        Some(Font::Script | Font::BoldScript) => script(c),
        Some(Font::Fraktur | Font::BoldFraktur) => fraktur(c),
        Some(Font::Bold | Font::BoldItalic | Font::BoldSymbol) => bold(c),
        _ => c,
    }
}

fn double_struck(c: char) -> char {
    match c {
        'C' => 'ℂ',
        'H' => 'ℍ',
        'N' => 'ℕ',
        'P' => 'ℙ',
        'Q' => 'ℚ',
        'R' => 'ℝ',
        'Z' => 'ℤ',
        'A'..='Z' => moved(c, 'A', '𝔸'),
        'a'..='z' => moved(c, 'a', '𝕒'),
        '0'..='9' => moved(c, '0', '𝟘'),
        _ => c,
    }
}

fn bold(c: char) -> char {
    match c {
        'A'..='Z' => moved(c, 'A', '𝐀'),
        'a'..='z' => moved(c, 'a', '𝐚'),
        '0'..='9' => moved(c, '0', '𝟎'),
        'Α'..='Ω' => moved(c, 'Α', '𝚨'),
        'α'..='ω' => moved(c, 'α', '𝛂'),
        _ => c,
    }
}

fn script(c: char) -> char {
    match c {
        'B' => 'ℬ',
        'E' => 'ℰ',
        'F' => 'ℱ',
        'H' => 'ℋ',
        'I' => 'ℐ',
        'L' => 'ℒ',
        'M' => 'ℳ',
        'R' => 'ℛ',
        'A'..='Z' => moved(c, 'A', '𝒜'),
        _ => c,
    }
}

fn fraktur(c: char) -> char {
    match c {
        'C' => 'ℭ',
        'H' => 'ℌ',
        'I' => 'ℑ',
        'R' => 'ℜ',
        'Z' => 'ℨ',
        'A'..='Z' => moved(c, 'A', '𝔄'),
        'a'..='z' => moved(c, 'a', '𝔞'),
        _ => c,
    }
}

/// The letter as far from `to` as `c` is from `from`.
fn moved(c: char, from: char, to: char) -> char {
    char::from_u32(u32::from(to) + u32::from(c) - u32::from(from)).unwrap_or(c)
}

/// The accent that the parser writes as a script above.
pub(crate) fn accent_above(c: char) -> Option<Accent> {
    Some(match c {
        '^' | 'ˆ' => Accent::Mark('\u{302}', "hat"),
        '~' | '˜' => Accent::Mark('\u{303}', "tilde"),
        '→' | '⃗' => Accent::Mark('\u{20d7}', "vec"),
        '←' | '⃖' => Accent::Mark('\u{20d6}', "leftvec"),
        '↔' => Accent::Mark('\u{20e1}', "leftrightvec"),
        '⇀' => Accent::Mark('\u{20d1}', "harpoon"),
        '\u{20db}' => Accent::Mark(c, "dddot"),
        '\u{20dc}' => Accent::Mark(c, "ddddot"),
        '˙' => Accent::Mark('\u{307}', "dot"),
        '¨' => Accent::Mark('\u{308}', "ddot"),
        'ˇ' => Accent::Mark('\u{30c}', "check"),
        '˘' => Accent::Mark('\u{306}', "breve"),
        '´' => Accent::Mark('\u{301}', "acute"),
        '`' => Accent::Mark('\u{300}', "grave"),
        '˚' => Accent::Mark('\u{30a}', "ring"),
        '‾' | '¯' => Accent::Over,
        '⏞' | '⏜' | '⏠' | '⎴' => Accent::BraceOver,
        _ => return None,
    })
}

/// The accent that the parser writes as a script below.
pub(crate) fn accent_below(c: char) -> Option<Accent> {
    match c {
        '_' | '‾' => Some(Accent::Under),
        '⏟' | '⏝' | '⏡' | '⎵' => Some(Accent::BraceUnder),
        '→' => Some(Accent::Below(c, "underarrow")),
        '←' => Some(Accent::Below(c, "underleftarrow")),
        '↔' => Some(Accent::Below(c, "underleftrightarrow")),
        _ => None,
    }
}

/// The sign that says the opposite.
pub(crate) fn negated(text: &str) -> String {
    let negated = match text {
        "=" => "≠",
        "∈" => "∉",
        "∋" => "∌",
        "<" => "≮",
        ">" => "≯",
        "≤" => "≰",
        "≥" => "≱",
        "≡" => "≢",
        "∼" => "≁",
        "≈" => "≉",
        "⊂" => "⊄",
        "⊆" => "⊈",
        "∃" => "∄",
        "∣" | "|" => "∤",
        "∥" => "∦",
        _ => return format!("{text}\u{338}"),
    };
    negated.to_owned()
}

/// A delimiter over `height` rows, from the top; its point, if it has one, at row `base`.
pub(crate) fn tall(delimiter: char, height: usize, base: usize) -> Vec<char> {
    let middle = if base > 0 && base + 1 < height { base } else { height / 2 };
    let pieces = |top: char, between: char, bottom: char| {
        let row = |at: usize| match at {
            0 => top,
            _ if at + 1 == height => bottom,
            _ => between,
        };
        (0..height).map(row).collect::<Vec<_>>()
    };
    if height < 2 {
        return vec![delimiter; height];
    }
    match delimiter {
        '(' => pieces('⎛', '⎜', '⎝'),
        ')' => pieces('⎞', '⎟', '⎠'),
        '[' => pieces('⎡', '⎢', '⎣'),
        ']' => pieces('⎤', '⎥', '⎦'),
        '⌊' => pieces('⎢', '⎢', '⎣'),
        '⌋' => pieces('⎥', '⎥', '⎦'),
        '⌈' => pieces('⎡', '⎢', '⎢'),
        '⌉' => pieces('⎤', '⎥', '⎥'),
        '{' if height == 2 => vec!['⎰', '⎱'],
        '}' if height == 2 => vec!['⎱', '⎰'],
        '{' => with(pieces('⎧', '⎪', '⎩'), middle, '⎨'),
        '}' => with(pieces('⎫', '⎪', '⎭'), middle, '⎬'),
        '|' | '∣' => vec!['│'; height],
        '‖' | '∥' => vec!['║'; height],
        _ => with(vec![' '; height], middle, delimiter),
    }
}

fn with(mut pieces: Vec<char>, at: usize, piece: char) -> Vec<char> {
    if let Some(place) = pieces.get_mut(at) {
        *place = piece;
    }
    pieces
}
