//! What the first bytes of a picture say: its kind and its size.

use crate::document::{Kind, Picture};
use crate::pictures::PIXELS;
use crate::text::Safe;

/// What `bytes`, the beginning of a file, say of the picture in it.
pub(super) fn read(bytes: &[u8]) -> Picture {
    let (kind, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (Kind::Png, png(bytes))
    } else if bytes.starts_with(b"\xff\xd8") {
        (Kind::Jpeg, jpeg(bytes))
    } else if bytes.starts_with(b"GIF8") {
        (Kind::Gif, gif(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (Kind::WebP, webp(bytes))
    } else if let Some(tag) = svg_tag(bytes) {
        if has(bytes, b"<!ENTITY") {
            return Picture::Refused(Safe::from("it declares entities, which may stand for more"));
        }
        (Kind::Svg, svg(&tag))
    } else {
        return Picture::Refused(Safe::from("no kind of picture that is known here"));
    };
    match size {
        Some((0, _) | (_, 0)) | None => {
            Picture::Refused(Safe::line(&format!("its {} header is damaged", kind.name())))
        }
        Some((width, height)) if u64::from(width) * u64::from(height) > PIXELS => {
            let most = PIXELS / 1_000_000;
            let why =
                format!("{} of {width} by {height} pixels, more than {most} million", kind.name());
            Picture::Refused(Safe::line(&why))
        }
        Some((width, height)) => Picture::Sized(kind, width, height),
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.get(12..16)? == b"IHDR").then_some((big(bytes, 16)?, big(bytes, 20)?))
}

/// The size in the first frame header, as it is seen when the camera is held as it was; what
/// stands before it is stepped over.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    let mut lies = false;
    loop {
        let [first, marker] = *bytes.get(at..at + 2)? else { return None };
        match (first, marker) {
            (0xff, 0xff) => at += 1,
            (0xff, 0x01 | 0xd0..=0xd7) => at += 2,
            // Tables stand among the frame headers.
            (0xff, 0xc0..=0xcf) if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let [high, low, wide, narrow] = *bytes.get(at + 5..at + 9)? else { return None };
                let size = |high, low| u32::from(u16::from_be_bytes([high, low]));
                let (width, height) = (size(wide, narrow), size(high, low));
                return Some(if lies { (height, width) } else { (width, height) });
            }
            // The picture or its end, without a frame header before it.
            (0xff, 0xda | 0xd9) => return None,
            (0xff, _) => {
                let [high, low] = *bytes.get(at + 2..at + 4)? else { return None };
                let end = at + 2 + usize::from(u16::from_be_bytes([high, low]).max(2));
                if marker == 0xe1 {
                    let segment = bytes.get(at + 4..end.min(bytes.len()));
                    lies |= matches!(segment.and_then(orientation), Some(5..=8));
                }
                at = end;
            }
            _ => return None,
        }
    }
}

/// How the camera was held, by Exif's tag 0x0112: 1 to 8, from 5 on it lay on its side.
fn orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let is_little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let two = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let (first, second) = if is_little { (4, 6) } else { (6, 4) };
    let list = usize::from(short(first)?) | usize::from(short(second)?) << 16;
    let entries = (0..usize::from(short(list)?)).map(|entry| list + 2 + entry * 12);
    entries
        .take_while(|at| at + 12 <= tiff.len())
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at + 8))
}

fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    Some((little(bytes, 6)?, little(bytes, 8)?))
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let third = |at: usize| Some(u32::from(*bytes.get(at + 2)?) << 16 | little(bytes, at)?);
    match bytes.get(12..16)? {
        b"VP8 " => Some((little(bytes, 26)? & 0x3fff, little(bytes, 28)? & 0x3fff)),
        b"VP8L" => {
            let packed = little(bytes, 21)? | little(bytes, 23)? << 16;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((third(24)? + 1, third(27)? + 1)),
        _ => None,
    }
}

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn little(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?).into())
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// The first tag, when it is that of an SVG: what is before it are declarations and comments.
fn svg_tag(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->")?.1.trim_start();
        } else if let Some(after) = rest.strip_prefix("<?") {
            rest = after.split_once("?>")?.1.trim_start();
        } else if let Some(after) = rest.strip_prefix("<!DOCTYPE") {
            let end = if after.split('>').next()?.contains('[') { "]" } else { ">" };
            rest = after.split_once(end)?.1.trim_start_matches(['>', ' ', '\r', '\n', '\t']);
        } else {
            let after = rest.strip_prefix("<svg")?;
            let begins = after.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/');
            return begins.then(|| after.split('>').next().unwrap_or_default().to_owned());
        }
    }
}

/// The size that the attributes give, or else the box that is drawn in.
fn svg(tag: &str) -> Option<(u32, u32)> {
    let length = |name| attribute(tag, name).and_then(|text| pixels(&text));
    let view: Vec<f64> = attribute(tag, "viewBox")
        .map(|text| {
            let numbers = text.split([' ', ',', '\n', '\t']).filter(|it| !it.is_empty());
            numbers.filter_map(|it| it.parse().ok()).collect()
        })
        .unwrap_or_default();
    let (width, height) = match (length("width"), length("height"), view.as_slice()) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, [_, _, wide, high]) => (width, width * high / wide),
        (None, Some(height), [_, _, wide, high]) => (height * wide / high, height),
        (_, _, [_, _, wide, high]) => (*wide, *high),
        _ => (100.0, 100.0),
    };
    Some((whole(width)?, whole(height)?))
}

fn whole(length: f64) -> Option<u32> {
    let is_size = length.is_finite() && length > 0.0 && length < 4e9;
    #[expect(clippy::cast_sign_loss, reason = "it is above 0")]
    is_size.then(|| (length.ceil() as u32).max(1))
}

/// A length in CSS pixels; none of one that depends on where it stands.
fn pixels(text: &str) -> Option<f64> {
    let text = text.trim();
    let units = [
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("mm", 96.0 / 25.4),
        ("cm", 96.0 / 2.54),
    ];
    let with = units.iter().find_map(|(unit, times)| Some((text.strip_suffix(unit)?, *times)));
    let (number, times) = with.unwrap_or((text, 1.0));
    number.trim().parse::<f64>().ok().map(|number| number * times)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, later) = after.strip_prefix(quote)?.split_once(quote)?;
        if before.split_whitespace().next_back() == Some(name) {
            return Some(value.to_owned());
        }
        rest = later;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> String {
        read(bytes).about('×').to_string()
    }

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    #[test]
    fn the_size_stands_in_the_header_of_each_kind() {
        assert_eq!(told(&png_of(640, 480)), "PNG 640×480");
        assert_eq!(told(b"GIF89a\x02\x01\x03\x00"), "GIF 258×3");
        // A comment, a table and a fill byte stand before the frame.
        let jpeg = b"\xff\xd8\xff\xfe\0\x04ab\xff\xc4\0\x02\xff\xff\xc2\0\x0b\x08\x00\x10\x01\x00";
        assert_eq!(told(jpeg), "JPEG 256×16");
        assert_eq!(told(b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x1f\0\0\x0f\0\0"), "WebP 32×16");
        assert_eq!(told(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x07\xc0\0\0"), "WebP 8×4");
    }

    /// A JPEG of 256 by 16 pixels, that says how its camera was held.
    fn jpeg_held(order: &[u8], orientation: u16) -> Vec<u8> {
        let short = |number: u16| {
            if order == b"II" { number.to_le_bytes() } else { number.to_be_bytes() }
        };
        let long = |number: u32| {
            if order == b"II" { number.to_le_bytes() } else { number.to_be_bytes() }
        };
        let mut tiff = [order, &short(42), &long(10), b"??", &short(2)].concat();
        for (tag, value) in [(0x0100, 7), (0x0112, orientation)] {
            tiff.extend([short(tag), short(3)].concat());
            tiff.extend([&long(1)[..], &short(value), &[0, 0]].concat());
        }
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        let exif = [b"\xff\xe1".as_slice(), &length, b"Exif\0\0", &tiff].concat();
        [b"\xff\xd8", exif.as_slice(), b"\xff\xc0\0\x0b\x08\x00\x10\x01\x00"].concat()
    }

    #[test]
    fn a_photograph_has_the_size_that_it_is_seen_in() {
        for order in [b"II", b"MM"] {
            for held in 1..=4 {
                assert_eq!(told(&jpeg_held(order, held)), "JPEG 256×16", "{held}");
            }
            for held in 5..=8 {
                assert_eq!(told(&jpeg_held(order, held)), "JPEG 16×256", "{held}");
            }
            assert_eq!(told(&jpeg_held(order, 9)), "JPEG 256×16");
        }
    }

    #[test]
    fn an_svg_has_the_size_of_its_attributes_or_of_its_box() {
        for (source, size) in [
            ("<svg width='20' height=\"10.5px\">", "20×11"),
            ("\u{feff}<?xml version='1.0'?>\n<!-- <svg> -->\n<svg viewBox='0 0 30,40'/>", "30×40"),
            ("<!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg\nwidth=\"1in\" viewBox='0 0 2 1'>", "96×48"),
            (
                "<!DOCTYPE svg [ <!ATTLIST a b c> ]><svg width='100%' height='5mm' viewBox='0 0 2 1'>",
                "38×19",
            ),
            ("<svg stroke-width='3' xmlns='x'>", "100×100"),
        ] {
            assert_eq!(told(source.as_bytes()), format!("SVG {size}"), "{source}");
        }
    }

    #[test]
    fn what_promises_too_much_or_nothing_is_refused() {
        for (bytes, why) in [
            (png_of(100_000, 100_000), "PNG of 100000 by 100000 pixels, more than 40 million"),
            (png_of(0, 7), "its PNG header is damaged"),
            (png_of(7, 7)[..20].to_vec(), "its PNG header is damaged"),
            (b"\xff\xd8garbage garbage".to_vec(), "its JPEG header is damaged"),
            (b"\xff\xd8\xff\xda\0\x02".to_vec(), "its JPEG header is damaged"),
            (b"GIF8".to_vec(), "its GIF header is damaged"),
            (b"<svgs>".to_vec(), "no kind of picture that is known here"),
            (b"<svg width='0' height='1'>".to_vec(), "its SVG header is damaged"),
            (b"<svg width='1e99' height='1'>".to_vec(), "its SVG header is damaged"),
            (
                b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>".to_vec(),
                "it declares entities, which may stand for more",
            ),
            (vec![], "no kind of picture that is known here"),
        ] {
            assert_eq!(told(&bytes), format!("not drawn: {why}"));
        }
    }

    #[test]
    fn no_beginning_of_a_file_is_too_much_for_it() {
        let jpeg = b"\xff\xd8\xff\xfe\0\x04ab\xff\xc4\0\x02\xff\xff\xc2\0\x0b\x08\x00\x10\x01\x00";
        let svg = b"<?xml?><!-- a --><!DOCTYPE svg [ ]><svg a = 'b' width='1' viewBox='0 0 0 0'>";
        let webp = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\0\x1f\0\0\x0f\0\0";
        let held = jpeg_held(b"II", 6);
        for whole in [jpeg.as_slice(), svg, webp, &png_of(1, 1), &held] {
            for end in 0..whole.len() {
                let _ = read(&whole[..end]);
            }
        }
    }
}
