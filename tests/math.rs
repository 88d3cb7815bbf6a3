//! Formulas: of the content, and a collection as papers have them.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use library_tui::document::{self, BlockKind, MarkKind, Prose};
use library_tui::math::{Formula, Setting, mathml};
use library_tui::text;
use proptest::prelude::*;

/// Every formula of the content, without its dollar signs.
fn content() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folders = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let files = folders.filter(|it| it.is_dir()).flat_map(|it| fs::read_dir(it).unwrap());
    let files = files.map(|it| it.unwrap().path());
    let articles = files.filter(|path| path.extension().is_some_and(|it| it == "md"));
    articles
        .flat_map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let found = formulas(document::split_front_matter(&text).body);
            found.into_iter().map(move |it| (path.clone(), it)).collect::<Vec<_>>()
        })
        .collect()
}

fn formulas(markdown: &str) -> Vec<String> {
    let document = document::parse(markdown);
    let mut found = vec![];
    for block in &document.blocks {
        let proses: Vec<&Prose> = match &block.kind {
            BlockKind::Math(text) => {
                found.push(text.to_string());
                vec![]
            }
            BlockKind::Paragraph(prose)
            | BlockKind::Summary(prose)
            | BlockKind::Heading { prose, .. } => vec![prose],
            BlockKind::Table(table) => table.rows.iter().flatten().collect(),
            _ => vec![],
        };
        for prose in proses {
            let marks = prose.marks.iter().filter(|mark| mark.kind == MarkKind::Math);
            found.extend(
                marks.map(|mark| prose.text.slice(mark.range.clone()).trim_matches('$').to_owned()),
            );
        }
    }
    found
}

#[test]
fn every_formula_of_the_content_is_drawn() {
    let failed: Vec<String> = content()
        .into_iter()
        .filter_map(|(path, latex)| {
            let error = Formula::read(&latex).err()?;
            Some(format!("{}: {latex}: {error}", path.display()))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The collection with its drawings, to be read in the diff when a drawing changes.
#[test]
fn formulas_of_papers_are_drawn_as_recorded() {
    let collection =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/math/formulas.txt"))
            .unwrap();
    let mut drawn = String::new();
    for latex in collection.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let formula = Formula::read(latex);
        drawn.push_str(&format!("{latex}\n"));
        match formula {
            Err(error) => drawn.push_str(&format!("! {error}\n")),
            Ok(formula) => {
                drawn.push_str(&format!("= {}\n", formula.line().as_str()));
                for row in formula.rows(76).unwrap_or_default() {
                    drawn.push_str(format!("    {}", row.as_str()).trim_end());
                    drawn.push('\n');
                }
            }
        }
        drawn.push('\n');
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "math" }, {
        insta::assert_snapshot!("formulas", drawn);
    });
}

const COMMANDS: &str = "(\\\\[a-zA-Z]{1,6}|[a-z{}^_&$ #%0-9\\[\\]()é|~'!.,<>=+*/-]|\\\\[ ,;:!{}|\\\\&%$#_]|\\\\(frac|dfrac|tfrac|binom|left|right|middle|begin|end|sqrt|text|mathrm|mathbf|mathbb|mathcal|operatorname|operatorname\\*|hat|bar|vec|overline|underbrace|overset|underset|stackrel|sum|prod|int|lim|limits|nolimits|not|hskip|hspace|kern|mathop|substack|color|textcolor|phantom|boxed|tag|big|Big|bigl|pmod|bmod|xrightarrow|cancel|array|above|over|atop|choose|rule|raise|lower|displaystyle|scriptstyle|prime|dots|cdots)|\\{(matrix|pmatrix|bmatrix|cases|aligned|align|array|split|gather|equation|\\|l\\|c)\\}){0,16}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_formula_is_set_or_refused(latex in COMMANDS, width in 1usize..100) {
        if let Ok(formula) = Formula::read(&latex) {
            let line = formula.line();
            prop_assert!(!line.contains('\n'));
            for row in formula.rows(width).unwrap_or_default() {
                prop_assert!(text::width(&row) <= width, "{latex:?}: {row:?}");
            }
        }
    }

    #[test]
    fn any_formula_is_marked_up_or_refused_as_in_the_reader(latex in COMMANDS) {
        let is_set = Formula::read(&latex).is_ok();
        prop_assert_eq!(mathml(&latex, Setting::Display).is_ok(), is_set, "{:?}", latex);
    }
}
