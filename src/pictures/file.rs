//! Pictures in files.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::document::{Kind, Picture};
use crate::pictures::{FILE_BYTES, SVG_BYTES, header};
use crate::text::Safe;

/// How much of a file is read for its header. Cameras put previews before the size.
const HEADER: u64 = 1 << 20;

/// What the file at `path` says of the picture in it; none when it cannot be read.
pub fn look(path: &Path) -> Option<Picture> {
    let length = length(path)?;
    if length > FILE_BYTES {
        return Some(too_large(FILE_BYTES));
    }
    let start = read(path, HEADER)?;
    let picture = header::read(&start);
    if !matches!(picture, Picture::Sized(Kind::Svg, ..)) || length <= HEADER {
        return Some(picture);
    }
    if length > SVG_BYTES {
        return Some(too_large(SVG_BYTES));
    }
    // Its declarations may stand anywhere.
    read(path, SVG_BYTES).map(|whole| header::read(&whole))
}

/// The whole file, whose header is looked at again: it may be another one by now.
pub fn bytes(path: &Path) -> Result<(Picture, Vec<u8>), Safe> {
    let gone = || Safe::from("it cannot be read any more");
    let picture = look(path).ok_or_else(gone)?;
    Ok((picture, read(path, FILE_BYTES).ok_or_else(gone)?))
}

/// Its length in bytes, when it is a file: reading a pipe would never end.
fn length(path: &Path) -> Option<u64> {
    let about = fs::metadata(path).ok()?;
    about.is_file().then_some(about.len())
}

fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn too_large(most: u64) -> Picture {
    Picture::Refused(Safe::line(&format!("larger than {} MiB", most >> 20)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_too_large_are_refused_unread_and_others_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.svg");
        let about = |path: &Path| look(path).map(|it| it.about('×').to_string());
        assert_eq!((about(&path), about(folder.path())), (None, None));
        fs::write(&path, "<svg width='3' height='4'/>").unwrap();
        assert_eq!(about(&path).as_deref(), Some("SVG 3×4"));
        let file = File::options().write(true).open(&path).unwrap();
        for (length, told) in [(5 << 20, 4), (33 << 20, 32)] {
            file.set_len(length).unwrap();
            let told = format!("not drawn: larger than {told} MiB");
            assert_eq!(about(&path), Some(told));
        }
    }

    #[test]
    fn entities_are_found_wherever_they_are_declared() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.svg");
        let mut source = String::from("<svg width='3' height='4'>");
        source.push_str(&" ".repeat(2 << 20));
        source.push_str("<!ENTITY a 'b'></svg>");
        fs::write(&path, source).unwrap();
        assert!(matches!(look(&path), Some(Picture::Refused(_))));
    }
}
