//! How long the reader takes, in process: `cargo bench --bench reader`.
//!
//! No time is asserted anywhere: machines differ. What a terminal sees is measured from outside,
//! by `tests/bench`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot open its article has failed")]

mod reader {
    mod article;
    mod desk;
    mod large;
    mod layout;
    mod markdown;
}

fn main() {
    divan::main();
}
