#!/usr/bin/env python3
"""Measures library-tui and its peers in a terminal, interleaved, and prints one table.

    compare.py [article|silent|late|large|idle]... [-n RUNS]

The programs are those of `scenarios/*.json` that are on PATH; library-tui is the release build of
this project, or $LIBRARY_TUI. Needs `pip install pyte`. README.md beside this file says more.
"""
from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from sample import markdown

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# name: scenario file, runs, what the terminal does
ROUNDS = {
    "article": ("article.json", 7, []),
    "silent": ("silent.json", 5, ["--mute"]),
    "late": ("silent.json", 5, ["--reply-delay", "200"]),
    "large": ("large.json", 5, []),
    "idle": ("idle.json", 1, []),
}

# column: pattern of ptybench's metrics
COLUMNS = {
    "exec → text ms": r"start: text ms",
    "first screen B": r"start: bytes",
    "line ms": r"key:(j|<Down>)\*\d+(=>!)? ms",
    "line B": r"key:(j|<Down>)\*\d+(=>!)? bytes",
    "page ms": r"key:(<PgDn>|<Space>)\*\d+ ms",
    "end ms": r"key:(G|<End>)=>.* text ms",
    "resize ms": r"resize:.* ms",
    "idle CPU ms/s": r"idle: cpu ms/s",
    "idle B/s": r"idle: bytes/s",
    "peak RSS MB": r"rss peak MB",
    "quit ms": r"quit ms",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("rounds", nargs="*", help=", ".join(ROUNDS))
    parser.add_argument("-n", "--runs", type=int, help="runs of every program")
    parser.add_argument("--only", default="", metavar="REGEX", help="programs by name")
    options = parser.parse_args()
    unknown = set(options.rounds) - set(ROUNDS)
    if unknown:
        parser.error(f"there is no round {', '.join(sorted(unknown))}")
    program = os.environ.get("LIBRARY_TUI") or str(target() / "release" / "library-tui")
    if not os.access(program, os.X_OK):
        parser.error(f"{program} is missing: cargo build --release --locked")
    with tempfile.TemporaryDirectory() as folder:
        texts = pathlib.Path(folder)
        (texts / "article.md").write_text(markdown(10_900), encoding="utf-8")
        (texts / "large.md").write_text(markdown(1_000_000), encoding="utf-8")
        os.environ.update(LIBRARY_TUI=program, TEXTS=folder)
        failed = [measure(name, options, texts) for name in options.rounds or ROUNDS]
    return 1 if any(failed) else 0


def target() -> pathlib.Path:
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def measure(name: str, options: argparse.Namespace, texts: pathlib.Path) -> bool:
    file, runs, terminal = ROUNDS[name]
    scenarios = json.loads((HERE / "scenarios" / file).read_text(encoding="utf-8"))
    here = [it for it in scenarios if found(it["cmd"][0]) and re.search(options.only, it["name"])]
    (texts / "scenarios.json").write_text(json.dumps(here), encoding="utf-8")
    runs = options.runs or runs
    command = [sys.executable, str(HERE / "ptybench.py"), "-n", str(runs), "--quiet-fail", *terminal]
    command += ["--scenarios", str(texts / "scenarios.json"), "--json", str(texts / "out.json")]
    (texts / "out.json").unlink(missing_ok=True)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    results = json.loads((texts / "out.json").read_text(encoding="utf-8"))
    how = f"{runs} runs, {os.cpu_count()} CPUs, {datetime.date.today()}"
    print(f"\n## {name}: medians of {how}\n")
    table(results)
    return any(result["fails"] for result in results)


def found(program: str) -> bool:
    return shutil.which(os.path.expandvars(program)) is not None


def table(results: list[dict]) -> None:
    rows = [{column: median(result, pattern) for column, pattern in COLUMNS.items()} for result in results]
    shown = [column for column in COLUMNS if any(row[column] is not None for row in rows)]
    print("| program | " + " | ".join(shown) + " | failed |")
    print("| --- |" + " ---: |" * (len(shown) + 1))
    for result, row in zip(results, rows):
        cells = [number(row[column]) for column in shown]
        print(f"| {result['name']} | " + " | ".join(cells) + f" | {len(result['fails'])} |")
    for result in results:
        for why in result["fails"][:1]:
            print(f"\n{result['name']}: {why}")


def median(result: dict, pattern: str) -> float | None:
    samples = [value for metric, values in result["metrics"].items()
               if re.fullmatch(pattern, metric) for value in values]
    return statistics.median(samples) if samples else None


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
