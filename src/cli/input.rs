//! The reader's own files, and standard input.

use std::fs::{self, File};
use std::io::{Read, stdin};
use std::path::Path;

use crate::cli::output::{self, Stop};

/// Files longer than this many bytes are refused.
const MAX_BYTES: usize = 256 << 20;

/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// The text of a file. Bytes that are not UTF-8 are replaced, and that is told.
pub(crate) fn file(path: &Path) -> Result<String, Stop> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| Stop::failed(format_args!("{name}: {error}"));
    let found = fs::metadata(path).map_err(failed)?;
    if found.is_dir() {
        let message = "is a folder; reading whole folders comes later, name a file in it";
        return Err(Stop::failed(format_args!("{name}: {message}")));
    }
    if found.len() > MAX_BYTES as u64 {
        return Err(too_long(&name));
    }
    let bytes =
        read(File::open(path).map_err(failed)?, &name, found.is_file().then_some(found.len()))?;
    Ok(text(bytes, &name))
}

/// The text of standard input.
pub(crate) fn standard() -> Result<String, Stop> {
    let name = "standard input";
    Ok(text(read(stdin().lock(), name, None)?, name))
}

/// Reads to the end, or to the first sign that it is not text. `length` is told in that case.
fn read(mut from: impl Read, name: &str, length: Option<u64>) -> Result<Vec<u8>, Stop> {
    let mut bytes = vec![];
    loop {
        let before = bytes.len();
        let chunk = from.by_ref().take(CHUNK as u64).read_to_end(&mut bytes);
        chunk.map_err(|error| Stop::failed(format_args!("{name}: {error}")))?;
        let new = bytes.get(before..).unwrap_or_default();
        if new.is_empty() {
            return Ok(bytes);
        }
        if new.contains(&0) {
            return Err(binary(name, &bytes, length));
        }
        if bytes.len() > MAX_BYTES {
            return Err(too_long(name));
        }
    }
}

fn binary(name: &str, bytes: &[u8], length: Option<u64>) -> Stop {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let mend = "convert it: iconv -f UTF-16 -t UTF-8";
        return Stop::failed(format_args!("{name}: UTF-16 text; {mend}"));
    }
    let length = length.map(|length| format!(", {length} bytes")).unwrap_or_default();
    Stop::failed(format_args!("{name}: binary{length}; only text can be read"))
}

fn too_long(name: &str) -> Stop {
    Stop::failed(format_args!("{name}: longer than 256 MiB, which is too long to read"))
}

fn text(bytes: Vec<u8>, name: &str) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        output::note(&format!("{name}: not UTF-8; what is not is shown as \u{fffd}"));
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_input_is_read_whole() {
        let long = vec![b'x'; 3 * CHUNK + 1];
        assert_eq!(read(long.as_slice(), "x", None).unwrap(), long);
        assert_eq!(read([].as_slice(), "x", None).unwrap(), b"");
    }

    #[test]
    fn endless_zeroes_are_not_read_to_the_end() {
        let stop = read(std::io::repeat(0), "x", None).unwrap_err();
        assert!(format!("{stop:?}").contains("x: binary; only text"), "{stop:?}");
        let stop = read(b"\xff\xfeh\0i\0".as_slice(), "x", Some(6)).unwrap_err();
        assert!(format!("{stop:?}").contains("UTF-16"), "{stop:?}");
    }
}
