//! Puts the library into the program: reads `content` and `labs`, and writes one archive.
//!
//! The reader is the program's own, compiled here as well. Mistakes in content are warnings, so
//! that a draft can be looked at; `tests/content.rs` fails on each.

#[path = "src"]
#[expect(dead_code, unused_imports, unreachable_pub, reason = "the program uses the rest")]
mod src {
    pub mod text;
    pub mod document;
    #[path = "labs"]
    pub mod labs {
        pub mod kit;
        pub mod words;
    }
    #[path = "library"]
    pub mod library {
        pub mod archive;
        mod catalog;
        pub mod files;
        pub mod format;
        mod links;
        mod source;

        pub use catalog::{Article, Catalog, Category, Lab, Related, Section};
        pub use links::{Destination, resolve};
        pub use source::{Source, SourceError, Text};
    }
}

use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs};

use src::{document, labs, library, text};

fn main() -> Result<(), Box<dyn Error>> {
    for input in [
        "build.rs",
        "content",
        "labs",
        "src/text.rs",
        "src/text",
        "src/document.rs",
        "src/document",
        "src/labs/kit.rs",
        "src/labs/words.rs",
        "src/library",
    ] {
        println!("cargo::rerun-if-changed={input}");
    }
    let mut found = library::files::Folders::new(Path::new("content")).gather();
    let mut reading = library::format::read(&found.files);
    reading.problems.append(&mut found.problems);
    for problem in &reading.problems {
        println!("cargo::warning={}", text::Safe::line(&problem.to_string()));
    }
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or("cargo sets OUT_DIR")?;
    let packed = library::archive::pack(&reading);
    let mut hasher = DefaultHasher::new();
    packed.hash(&mut hasher);
    println!("cargo::rustc-env=LIBRARY_FINGERPRINT={}", hasher.finish());
    fs::write(out.join("library.bin"), packed)?;
    Ok(())
}
