# `just` lists these; each is one command that also works without just.

_default:
    @just --list

# Build and start the reader: `just run four-primitives`.
run *arguments:
    cargo run --release --locked -- {{arguments}}

# Run every test.
test:
    bash tests/run

# Try many random cases from a new seed: `just hunt --test page`.
hunt *filter:
    PROPTEST_CASES=20000 PROPTEST_RNG_SEED=$(date +%s) cargo test --locked {{filter}}

# Measure parsing, layout, keys and finding, in process.
bench *filter:
    cargo bench --locked -- {{filter}}

# Measure the program in a terminal, from outside (see tests/bench/README.md).
bench-terminal *options:
    cargo build --release --locked
    python3 tests/bench/compare.py {{options}}

# Put the sources into the project's form.
fmt:
    cargo fmt

# Write what is generated and compared: README, pictures, snapshots.
update:
    UPDATE=1 cargo test --locked --test manual --test picture
    INSTA_UPDATE=always cargo test --locked

# Check licences and sources of the dependencies (needs cargo-deny).
deny:
    cargo deny check licenses bans sources
