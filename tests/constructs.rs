//! Every construct at 40, 80 and 120 columns, with the role of each run: what a theme colours.
//! The looks of the roles are recorded once for each theme; that cells are painted in the look
//! of their role, and in nothing else, is asserted of every construct in the light and the dark
//! theme.

use std::collections::BTreeSet;
use std::fmt::Write;

use library_tui::document::{Document, parse};
use library_tui::layout::{Line, Lines, Manner, Measure, Numbers, Page, Pictures, Role, Spacing};
use library_tui::paint::{self, Slot};
use library_tui::text;
use library_tui::theme::{Depth, Palette, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

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
    (
        "abbreviations",
        "The ISR of a partition, in *one* ISR, `ISR` and [ISR](a.md).\n\n> The ISR quoted.\n\n*[ISR]: in-sync replicas\n",
    ),
    (
        "records",
        "| Consistency model | What a read returns | Cost of a write | Where it is used |\n|-|-|-|-:|\n\
         | linearizable | the latest write, wherever it is read | a quorum | `etcd` |\n| eventual | some write | | DNS |\n",
    ),
    (
        "wide_formulas",
        "$$p(y \\mid x) = \\prod_{t=1}^{T} p(y_t \\mid y_{<t}, x) \\approx \\exp\\left(-\\sum_{t=1}^{T} \\ell_t\\right) \\le \\frac{1}{1 + e^{-z}} + \\lambda \\lVert w \\rVert_2^2 = c$$\n",
    ),
    (
        "inline_formulas",
        "Scores $\\frac{QK^\\top}{\\sqrt{d_k}}$, a half $\\frac12$, $x_1^2$, $O(n \\log n)$, $e^{-x^2/2}$, $\\hat{\\theta}_{\\text{MLE}}$, $d_\\text{model}$ and $\\frob{x}$.\n",
    ),
    (
        "nested_details",
        "<details><summary>Outer *one*</summary>\n\nBefore.\n\n<details><summary>Inner</summary>\n\nDeep.\n\n</details>\n\nAfter.\n\n</details>\n",
    ),
    (
        "rules",
        "a\n\n---\n\nb <b>html</b> <q>c</q>\n\n<div>\n\nblock\n\n</div>\n\n<form>\n\nd\n\n</form>\n",
    ),
];

/// Markdown, set in a manner of the reader's.
const MANNERS: &[(&str, &str, Manner)] = &[
    (
        "numbered_code",
        "```python\nfirst = 1\nsecond = \"a string that goes on beyond forty columns of a page\"\n```\n",
        Manner {
            lines: Lines::Wrapped,
            shift: 0,
            numbers: Numbers::Shown,
            spacing: Spacing::Single,
            pictures: Pictures::Told,
        },
    ),
    (
        "cut_code_and_tables",
        "```python\nsecond = \"a string that goes on beyond forty columns of a page\"\n```\n\n\
         | Option | What it says |\n|-|-|\n| `top_p` | the mass that is kept of all tokens, sorted by their probability |\n",
        Manner {
            lines: Lines::Cut,
            shift: 8,
            numbers: Numbers::Shown,
            spacing: Spacing::Single,
            pictures: Pictures::Told,
        },
    ),
    (
        "open_lines",
        "A paragraph that is long enough to need more than one row of forty columns.\n\n- an item\n",
        Manner {
            lines: Lines::Wrapped,
            shift: 0,
            numbers: Numbers::Hidden,
            spacing: Spacing::Open,
            pictures: Pictures::Told,
        },
    ),
];

fn page(document: &Document, width: usize, manner: Manner) -> Page {
    let mut page = Page::new(document, Measure { width, ascii: false });
    page.set_in(manner);
    page
}

/// The rows at a width, and the roles of each below it.
fn told(markdown: &str, width: usize, manner: Manner) -> String {
    let document = parse(markdown);
    let mut page = page(&document, width, manner);
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

fn all() -> impl Iterator<Item = (&'static str, &'static str, Manner)> {
    let plain = CONSTRUCTS.iter().map(|(name, markdown)| (*name, *markdown, Manner::default()));
    plain.chain(MANNERS.iter().copied())
}

fn recorded(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "constructs", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn every_construct_is_set_as_recorded_at_three_widths() {
    for (name, markdown, manner) in all() {
        let shown =
            WIDTHS.map(|width| format!("{width} columns\n{}", told(markdown, width, manner)));
        recorded(name, &shown.join("\n"));
    }
}

/// A style in words: `#d7dae0 bold underlined`.
fn look(style: Style) -> String {
    let colour = |colour: Option<Color>| match colour {
        Some(Color::Rgb(r, g, b)) => format!("#{r:02x}{g:02x}{b:02x}"),
        Some(colour) => colour.to_string().to_lowercase(),
        None => "-".to_owned(),
    };
    let ground = style.bg.map(|it| format!(" on {}", colour(Some(it)))).unwrap_or_default();
    let names =
        style.add_modifier.iter_names().map(|(name, _)| format!(" {}", name.to_lowercase()));
    format!("{}{ground}{}", colour(style.fg), names.collect::<String>())
}

/// The roles that constructs have.
fn roles() -> BTreeSet<Role> {
    let mut roles = BTreeSet::new();
    for (_, markdown, manner) in all() {
        let document = parse(markdown);
        let mut page = page(&document, 80, manner);
        for row in page.all(&document) {
            roles.extend(page.line(row).into_iter().flat_map(|it| &it.spans).map(|it| it.role));
        }
    }
    roles
}

#[test]
fn every_role_looks_as_recorded_in_every_theme() {
    let mut shown = String::new();
    for palette in Palette::ALL {
        for depth in [Depth::True, Depth::None] {
            let theme = Theme::new(*palette, depth);
            if depth == Depth::None && *palette != Palette::Ansi {
                continue;
            }
            let name =
                if depth == Depth::None { "no colours".to_owned() } else { format!("{palette:?}") };
            let _ = writeln!(shown, "{name}\n    page {}", look(theme.ground()));
            for role in roles() {
                let _ = writeln!(shown, "    {role:?} {}", look(theme.style(role)));
            }
        }
    }
    recorded("looks", &shown);
}

/// Colours and modifiers of a row's cells: as they are painted, and as their roles say.
type Looks = Vec<(Option<Color>, Option<Color>, Modifier)>;

fn painted(line: &Line, width: usize, theme: Theme) -> (Looks, Looks) {
    let cells = text::cells(width);
    let mut buffer = Buffer::empty(Rect::new(0, 0, cells, 1));
    buffer.set_style(buffer.area, theme.ground());
    paint::line(&mut buffer, Slot { x: 0, y: 0, width: cells }, line, &theme, &[]);
    let look = |it: Style| (it.fg, it.bg, it.add_modifier);
    let found = buffer.content.iter().map(|cell| look(cell.style())).collect();
    let ground = theme.ground();
    let spans = line.spans.iter().flat_map(|span| {
        let style = ground.patch(theme.style(span.role));
        std::iter::repeat_n(style, text::width(&span.text))
    });
    let wanted = spans.chain(std::iter::repeat(ground)).take(width).map(look).collect();
    (found, wanted)
}

#[test]
fn every_cell_is_painted_in_the_look_of_its_role_light_and_dark() {
    for (name, markdown, manner) in all() {
        let document = parse(markdown);
        for width in WIDTHS {
            let mut page = page(&document, width, manner);
            let rows = page.all(&document);
            for line in rows.iter().filter_map(|row| page.line(*row)) {
                for palette in [Palette::Light, Palette::Dark] {
                    let (found, wanted) = painted(line, width, Theme::new(palette, Depth::True));
                    assert_eq!(found, wanted, "{name} at {width}: {line:?}");
                }
            }
        }
    }
}
