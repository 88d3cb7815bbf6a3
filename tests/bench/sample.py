#!/usr/bin/env python3
"""Writes Markdown of any length: headings, paragraphs, lists, code and tables, in turn.

The same length gives the same text everywhere, so that figures can be repeated.

    sample.py 1000000 > large.md
"""
import sys

WORDS = (
    "the a of and to reader replica commit log index page token cache latency *never* **always** "
    "`fsync` [link](#section-1) quorum value key is holds before after every node writes reads "
    "waits naïve größer"
).split()

FIRST = "This text was made by a program and is the same in every run."
LAST = "Here the text ends."


def words():
    """Words in no order, but always in the same."""
    state = 2026
    while True:
        state = (state * 6364136223846793005 + 1) % 2**64
        yield WORDS[(state >> 33) % len(WORDS)]


def markdown(length: int) -> str:
    """Markdown of at least `length` bytes, and little more."""
    word = words()

    def take(count: int) -> str:
        return " ".join(next(word) for _ in range(count))

    parts, done, section = [f"# A long text\n\n{FIRST}\n\n"], 0, 0
    while done < length:
        section += 1
        part = f"## Section {section}\n\n"
        part += "".join(take(70) + "\n\n" for _ in range(3))
        part += "".join(f"- {take(12)}\n" for _ in range(4))
        part += f"\n```rust\nfn section_{section}(log: &Log) -> usize {{\n"
        part += "".join(f"    let value_{line} = log.read({line});\n" for line in range(8))
        part += "    value_0\n}\n```\n\n| Key | Value | Note |\n| --- | ---: | --- |\n"
        part += "".join(f"| `{row}` | {row * section} | {take(6)} |\n" for row in range(5))
        parts.append(part + "\n")
        done += len(parts[-1].encode())
    parts.append(LAST + "\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(markdown(int(sys.argv[1])))
