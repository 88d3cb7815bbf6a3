//! The command line: arguments in, exit code out.

use std::process::ExitCode;

/// Runs the program.
pub fn run() -> ExitCode {
    let library = std::sync::Arc::new(crate::library::Library::open(None).unwrap());
    let opening = match std::env::args().nth(1) {
        None => crate::tui::Opening::Home,
        Some(name) => match library.catalog.article(&name) {
            Some(article) => crate::tui::Opening::Article(article, None),
            None => match std::fs::read_to_string(&name) {
                Ok(source) => crate::tui::Opening::File { path: name.into(), source },
                Err(_) => crate::tui::Opening::Find(name),
            },
        },
    };
    let setup = crate::tui::Setup {
        library,
        opening,
        theme: crate::theme::Theme::new(crate::theme::Palette::Ansi, crate::theme::Depth::True),
        width: 76,
        mouse: false,
        ascii: false,
        environment: crate::labs::Environment::default(),
    };
    crate::tui::run(setup).unwrap();
    ExitCode::SUCCESS
}
