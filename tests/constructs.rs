//! Every construct at 40, 80 and 120 columns, with the role of each run: what a theme colours.

use std::fmt::Write;

use library_tui::document::parse;
use library_tui::layout::{Measure, Page};

const WIDTHS: [usize; 3] = [40, 80, 120];

/// A construct, and Markdown that has it.
const CONSTRUCTS: &[(&str, &str)] = &[
    (
        "headings",
        "# Title with `code`\n\n## A heading that is so long that it does not fit into forty columns\n\n### Why $\\sqrt{d_k}$\n\nText.\n",
    ),
    (
        "prose",
        "Plain, *emphasised*, **strong**, ***both***, ~~struck~~, `code`, a [link](a.md), [`code`](b.md), \
         $x_i^2$ and 128 KiB of text that goes on for long enough to be broken more than once.\n\nHard  \nbreak.\n",
    ),
    (
        "lists",
        "- one\n- two that is long enough to need a second row below its first one\n  - deeper\n    1. first\n    2. second\n\n\
         9. nine\n10. ten\n\n- [x] done\n- [ ] open\n",
    ),
    (
        "quotes",
        "> Quoted text that is long enough to be broken in a narrow column.\n>\n> > Twice.\n",
    ),
    (
        "alerts",
        "> [!NOTE]\n> A.\n\n> [!TIP]\n> B.\n\n> [!IMPORTANT]\n> C.\n\n> [!WARNING]\n> D.\n\n> [!CAUTION]\n> E.\n",
    ),
    (
        "tables",
        "| Option | Usual | What it says |\n| :-- | --: | :-: |\n| `max_tokens` | 1,024 | how many tokens are written at most before it stops |\n| `top_p` | 0.9 | *the mass* kept |\n",
    ),
    (
        "code",
        "```rust\nlet answer = compute(\"a string\", 42); // and a comment that goes on beyond forty columns\n```\n\n\
         ```python run\nprint(1)\n```\n\n```output\n1\n```\n\n```mermaid\nflowchart LR\n  A --> B\n```\n",
    ),
    (
        "diagrams",
        "```diagram alt=\"Two boxes\"\n+---------+        +---------+        +--------+\n| client  | -----> | server  | -----> | store  |\n+---------+        +---------+        +--------+\n```\n",
    ),
    (
        "formulas",
        "$$\\mathrm{softmax}(x)_i = \\frac{e^{x_i}}{\\sum_{j=1}^{n} e^{x_j}}$$\n\n$$\\begin{aligned} \\mathbf{y} &= \\mathbf{W}\\mathbf{x} + \\boldsymbol{b} \\\\ &= \\hat{y} \\end{aligned}$$\n\n$$\\frob{x}$$\n",
    ),
    (
        "charts",
        "```chart\nkind = \"hbar\"\ntitle = \"Bytes\"\nlabels = [\"weights\", \"cache\"]\n[x]\nlabel = \"size\"\nunit = \"GiB\"\n[[series]]\nname = \"Llama\"\nvalues = [15, 9]\n```\n",
    ),
    ("details", "<details><summary>Why is it so?</summary>\n\nBecause of that.\n\n</details>\n"),
    (
        "footnotes",
        "A claim.[^1] Another.[^b]\n\n[^1]: Where it comes from, in a line that is long enough to be broken.\n[^b]: There.\n",
    ),
    (
        "pictures",
        "![A cat](cat.png \"The cat, as it was found in the box\")\n\nText with ![a dot](dot.png) in it.\n",
    ),
    ("rules", "a\n\n---\n\nb <b>html</b>\n\n<div>\n\nblock\n\n</div>\n"),
];

/// The rows at a width, and the roles of each below it.
fn told(markdown: &str, width: usize) -> String {
    let document = parse(markdown);
    let mut page = Page::new(&document, Measure { width, ascii: false });
    let mut out = String::new();
    for row in page.all(&document) {
        let Some(line) = page.line(row) else { continue };
        let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        let _ = writeln!(out, "|{text}");
        assert!(line.width() <= width, "{text:?} is wider than {width}");
        let roles: Vec<String> = line.spans.iter().map(|it| format!("{:?}", it.role)).collect();
        if roles.iter().any(|role| role != "Text") {
            let _ = writeln!(out, "    {}", roles.join(" "));
        }
    }
    out
}

#[test]
fn every_construct_is_set_as_recorded_at_three_widths() {
    for (name, markdown) in CONSTRUCTS {
        let shown: Vec<String> = WIDTHS
            .iter()
            .map(|width| format!("{width} columns\n{}", told(markdown, *width)))
            .collect();
        insta::with_settings!({ snapshot_path => "constructs", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(*name, shown.join("\n"));
        });
    }
}
