//! Files to pixels. The only place that names the decoders.

mod fonts;

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::document::{Kind, Picture};
use crate::text::Safe;

/// The most bytes that decoding a picture may take.
const MEMORY: u64 = 512 << 20;

/// A picture that was decoded.
pub type Pixels = DynamicImage;

/// The pixels of the picture in `bytes`, which `picture` was read from, made to fit into `most`
/// pixels; never larger than it is. May panic, and take long: call it on a thread.
pub fn decode(bytes: &[u8], picture: &Picture, most: (u32, u32)) -> Result<Pixels, Safe> {
    match picture {
        Picture::Sized(Kind::Png, ..) => raster(bytes, ImageFormat::Png, most),
        Picture::Sized(Kind::Jpeg, ..) => raster(bytes, ImageFormat::Jpeg, most),
        Picture::Sized(Kind::Svg, ..) => svg(bytes, most, fonts::installed),
        Picture::Sized(kind, ..) => {
            Err(Safe::line(&format!("{} pictures are not decoded", kind.name())))
        }
        Picture::Refused(why) => Err(why.clone()),
    }
}

fn raster(bytes: &[u8], format: ImageFormat, most: (u32, u32)) -> Result<Pixels, Safe> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let failed = |error: image::ImageError| damaged(&error.to_string());
    let mut decoder = reader.into_decoder().map_err(failed)?;
    if decoder.total_bytes() > MEMORY {
        return Err(Safe::from("it takes too much memory"));
    }
    let held = match format {
        ImageFormat::Jpeg => decoder.orientation().map_err(failed)?,
        _ => Orientation::NoTransforms,
    };
    let mut image = DynamicImage::from_decoder(decoder).map_err(failed)?;
    image.apply_orientation(held);
    if image.width() <= most.0 && image.height() <= most.1 {
        return Ok(image);
    }
    Ok(image.resize(most.0.max(1), most.1.max(1), FilterType::Triangle))
}

/// An SVG without what it names outside of itself; `fonts` is asked when there are letters in it.
fn svg(bytes: &[u8], most: (u32, u32), fonts: impl Fn() -> Arc<Database>) -> Result<Pixels, Safe> {
    let outside = Arc::new(AtomicBool::new(false));
    let reached = Arc::clone(&outside);
    let has_letters = bytes.windows(5).any(|five| five == b"<text");
    let options = Options {
        fontdb: if has_letters { fonts() } else { Arc::default() },
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(move |_, _| {
                reached.store(true, Ordering::Relaxed);
                None
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_data(bytes, &options).map_err(|error| damaged(&error.to_string()))?;
    if outside.load(Ordering::Relaxed) {
        return Err(Safe::from("it names a picture outside of itself"));
    }
    let size = tree.size();
    let fits = |length: u32, own: f32| f64::from(length) / f64::from(own);
    let scale = fits(most.0, size.width()).min(fits(most.1, size.height())).min(1.0);
    #[expect(clippy::cast_sign_loss, reason = "sizes are above 0")]
    let cells = |own: f32| ((f64::from(own) * scale).round() as u32).max(1);
    let (width, height) = (cells(size.width()), cells(size.height()));
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| damaged("it has no size"))?;
    let scale = scale as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let rgba: Vec<u8> = pixmap
        .pixels()
        .iter()
        .flat_map(|pixel| {
            let plain = pixel.demultiply();
            [plain.red(), plain.green(), plain.blue(), plain.alpha()]
        })
        .collect();
    let image = image::RgbaImage::from_raw(width, height, rgba);
    image.map(DynamicImage::ImageRgba8).ok_or_else(|| damaged("it has no size"))
}

/// The first line of what a decoder says.
fn damaged(reason: &str) -> Safe {
    let reason = reason.lines().next().unwrap_or_default();
    Safe::line(&format!("it is damaged ({reason})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg_of(inside: &str) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
             width='40' height='20'>{inside}</svg>"
        )
    }

    fn drawn(bytes: &[u8], kind: Kind) -> Result<Pixels, String> {
        decode(bytes, &Picture::Sized(kind, 40, 20), (20, 20)).map_err(|why| why.to_string())
    }

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(vec![]);
        let image = image::RgbImage::from_fn(40, 20, |x, _| image::Rgb([255, 0, x as u8]));
        DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_kind_becomes_pixels_that_fit() {
        let png = drawn(&encoded(ImageFormat::Png), Kind::Png).unwrap();
        let jpeg = drawn(&encoded(ImageFormat::Jpeg), Kind::Jpeg).unwrap();
        let source = svg_of("<rect width='40' height='20' fill='#ff0000'/>");
        let svg = drawn(source.as_bytes(), Kind::Svg).unwrap();
        for image in [png, jpeg, svg] {
            assert_eq!((image.width(), image.height()), (20, 10));
            let [red, green, _, alpha] = image.to_rgba8().get_pixel(1, 5).0;
            assert!(red > 250 && green < 5 && alpha == 255);
        }
    }

    #[test]
    fn a_photograph_is_seen_as_the_camera_was_held() {
        let plain = encoded(ImageFormat::Jpeg);
        let exif = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let turned = [&plain[..2], exif, &plain[2..]].concat();
        let whole = |bytes: &[u8]| {
            decode(bytes, &Picture::Sized(Kind::Jpeg, 40, 20), (90, 90)).unwrap().to_rgb8()
        };
        let (plain, turned) = (whole(&plain), whole(&turned));
        assert_eq!((turned.width(), turned.height()), (20, 40));
        for (x, y) in [(0, 0), (39, 0), (7, 19)] {
            assert_eq!(plain.get_pixel(x, y), turned.get_pixel(19 - y, x));
        }
    }

    #[test]
    fn what_is_cut_off_or_garbage_is_refused_in_words() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let kind = if format == ImageFormat::Png { Kind::Png } else { Kind::Jpeg };
            let whole = encoded(format);
            for end in [0, 9, whole.len() / 4] {
                let why = drawn(&whole[..end], kind).unwrap_err();
                assert!(why.starts_with("it is damaged ("), "{why}");
            }
        }
        let why = drawn(b"<svg width='40' height='20'><", Kind::Svg).unwrap_err();
        assert!(why.starts_with("it is damaged ("), "{why}");
        let why = drawn(b"GIF89a", Kind::Gif).unwrap_err();
        assert_eq!(why, "GIF pictures are not decoded");
    }

    #[test]
    fn an_svg_takes_nothing_in_from_outside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        std::fs::write(&path, encoded(ImageFormat::Png)).unwrap();
        for address in [path.to_str().unwrap(), "https://example.com/a.png"] {
            let source = svg_of(&format!("<image href='{address}' width='9' height='9'/>"));
            let why = drawn(source.as_bytes(), Kind::Svg).unwrap_err();
            assert_eq!(why, "it names a picture outside of itself");
        }
        // A link in a picture is no part of it.
        let source = svg_of("<a href='https://example.com'><rect width='9' height='9'/></a>");
        assert!(drawn(source.as_bytes(), Kind::Svg).is_ok());
    }

    #[test]
    fn the_letters_of_an_svg_are_drawn_in_the_fonts_that_are_there() {
        let source = svg_of("<text y='20' font-size='20' font-family='Inter, sans-serif'>A</text>");
        let drawn = |fonts: &Arc<Database>| {
            let image = svg(source.as_bytes(), (40, 20), || Arc::clone(fonts)).unwrap().to_rgba8();
            [(10, 10), (30, 10)].map(|(x, y)| image.get_pixel(x, y).0[3])
        };
        let mut square = Database::new();
        square.load_font_data(include_bytes!("../../tests/fixtures/square.ttf").to_vec());
        fonts::settle(&mut square);
        assert_eq!(drawn(&Arc::new(square)), [255, 0]);
        assert_eq!(drawn(&Arc::default()), [0, 0], "without a font they are left out");
        let plain = svg_of("<rect width='9' height='9'/>");
        let asked = || panic!("nobody needs a font");
        assert!(svg(plain.as_bytes(), (40, 20), asked).is_ok());
    }

    #[test]
    fn an_svg_that_multiplies_itself_is_refused() {
        let mut inside = String::from("<g id='a0'><rect width='1' height='1'/></g>");
        for level in 1..12 {
            let uses = format!("<use xlink:href='#a{}'/>", level - 1).repeat(10);
            inside.push_str(&format!("<g id='a{level}'>{uses}</g>"));
        }
        let why = drawn(svg_of(&inside).as_bytes(), Kind::Svg).unwrap_err();
        assert!(why.starts_with("it is damaged ("), "{why}");
        let deep = svg_of(&("<g>".repeat(100_000) + &"</g>".repeat(100_000)));
        assert!(drawn(deep.as_bytes(), Kind::Svg).is_err());
    }
}
