//! Charts of every kind with any numbers, at any width.

use library_tui::document::{Chart, ChartKind, chart, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{all, squeezed};

const WORDS: [&str; 10] = [
    "a",
    "writes",
    "p99 latency",
    "日本語",
    "Llama 3 70B, eight at a time",
    "a name that is long enough to fit in no column of a narrow page",
    "x=y",
    "e\u{301}t\u{e9}",
    "100 %",
    "under_score",
];

fn words() -> impl Strategy<Value = String> {
    select(WORDS.to_vec()).prop_map(str::to_owned)
}

/// Any number.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -1000.0..1000.0_f64,
        2 => Just(0.0),
        2 => (0_i32..100).prop_map(f64::from),
        1 => select(vec![1e300, -1e300, 1.7e308, -1.7e308, 5e-324, 1e-9, 1e15, 123_456_789.0]),
    ]
}

/// A number, or what is none.
fn bad_number() -> impl Strategy<Value = f64> {
    prop_oneof![9 => number(), 1 => select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY])]
}

/// A number that every axis has.
fn above_zero() -> impl Strategy<Value = f64> {
    prop_oneof![6 => 0.001..1e6_f64, 1 => select(vec![1e300, 5e-324, 1e-300, 1.0, 1.7e308])]
}

fn told(number: f64) -> String {
    if number.is_nan() { "nan".to_owned() } else { format!("{number:?}") }
}

fn list(numbers: &[f64]) -> String {
    format!("[{}]", numbers.iter().map(|it| told(*it)).collect::<Vec<_>>().join(", "))
}

fn axis(name: &'static str) -> impl Strategy<Value = String> {
    (
        proptest::option::of(words()),
        proptest::option::of(select(vec!["ms", "GiB", "%"])),
        any::<bool>(),
    )
        .prop_map(move |(label, unit, log)| {
            let mut toml = format!("[{name}]\n");
            toml.extend(label.map(|it| format!("label = '{it}'\n")));
            toml.extend(unit.map(|it| format!("unit = '{it}'\n")));
            if log {
                toml.push_str("log = true\n");
            }
            toml
        })
}

fn points(number: BoxedStrategy<f64>) -> impl Strategy<Value = String> {
    let kind = select(vec!["line", "scatter", "step"]);
    let series = vec(vec((number.clone(), number.clone()), 1..12), 1..8);
    let rules = vec((any::<bool>(), number.clone(), words()), 0..3);
    let notes = vec((number.clone(), number, words()), 0..3);
    (kind, words(), axis("x"), axis("y"), series, rules, notes).prop_map(
        |(kind, title, x, y, series, rules, notes)| {
            let mut toml = format!("kind = '{kind}'\ntitle = '{title}'\n{x}{y}");
            for (at, points) in series.iter().enumerate() {
                let points: Vec<String> = points.iter().map(|(x, y)| list(&[*x, *y])).collect();
                let name = WORDS[at % WORDS.len()];
                toml += &format!("[[series]]\nname = '{name}'\npoints = [{}]\n", points.join(", "));
            }
            for (is_x, at, label) in rules {
                let way = if is_x { "x" } else { "y" };
                toml += &format!("[[rules]]\n{way} = {}\nlabel = '{label}'\n", told(at));
            }
            for (x, y, text) in notes {
                toml += &format!("[[notes]]\nx = {}\ny = {}\ntext = '{text}'\n", told(x), told(y));
            }
            toml
        },
    )
}

fn values(number: BoxedStrategy<f64>) -> impl Strategy<Value = String> {
    let kind = select(vec!["bar", "hbar", "histogram", "heatmap"]);
    let labels = (1_usize..30).prop_flat_map(|count| vec(words(), count));
    (kind, words(), axis("x"), axis("y"), labels, 1_usize..8).prop_flat_map(
        move |(kind, title, x, y, labels, series)| {
            let values = vec(vec(number.clone(), labels.len()), series);
            values.prop_map(move |series| {
                let names: Vec<String> = labels.iter().map(|it| format!("'{it}'")).collect();
                let mut toml = format!("kind = '{kind}'\ntitle = '{title}'\n");
                if kind != "histogram" {
                    toml += &format!("labels = [{}]\n", names.join(", "));
                }
                toml += &format!("{x}{y}");
                for (at, values) in series.iter().enumerate() {
                    let name = WORDS[at % WORDS.len()];
                    toml += &format!("[[series]]\nname = '{name}'\nvalues = {}\n", list(values));
                }
                toml
            })
        },
    )
}

pub(crate) fn charts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => points(number().boxed()),
        3 => points(above_zero().boxed()),
        1 => points(bad_number().boxed()),
        3 => values(number().boxed()),
        3 => values(above_zero().boxed()),
        1 => values(bad_number().boxed()),
    ]
}

/// Everything in words that a chart says.
fn said(chart: &Chart) -> Vec<&str> {
    let mut said = vec![chart.title.as_str()];
    if chart.series.len() > 1 || chart.kind == ChartKind::Heatmap {
        said.extend(chart.series.iter().map(|it| it.name.as_str()));
    }
    said.extend(chart.labels.iter().map(String::as_str));
    said.extend(chart.rules.iter().map(|it| it.label.as_str()));
    said.extend(chart.notes.iter().map(|it| it.text.as_str()));
    for axis in [&chart.x, &chart.y] {
        said.extend([axis.label.as_str(), axis.unit.as_str()]);
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_a_chart_is_on_the_page(toml in charts(), width in 2_usize..130) {
        let document = parse(&format!("```chart\n{toml}```\n"));
        let lines = all(&document, width);
        let mut shown = String::new();
        for (_, line) in &lines {
            prop_assert!(line.width() <= width, "{line:?}");
            line.spans.iter().for_each(|span| shown.push_str(&span.text));
            shown.push('\n');
        }
        let words = squeezed(&shown).replace('↳', "");
        match chart(&toml) {
            Ok(chart) => {
                for said in said(&chart) {
                    prop_assert!(words.contains(&squeezed(said)), "{said:?} is missing:\n{shown}\n{toml}");
                }
                prop_assert!(width < 30 || !shown.contains("NaN"), "{shown}\n{toml}");
            }
            // At a width that has room for it, the reason is told, and the source is shown.
            Err(error) => {
                let reason = squeezed(&error.to_string());
                prop_assert!(width < 30 || words.contains(&reason), "{reason} in {shown}");
                prop_assert!(words.contains(&squeezed(&toml)), "{shown}");
            }
        }
    }

    #[test]
    fn a_chart_that_is_set_again_at_its_width_is_the_same(
        toml in charts(), width in 1_usize..130, other in 1_usize..130
    ) {
        let document = parse(&format!("```chart\n{toml}```\n"));
        let before = all(&document, width);
        let _ = all(&document, other);
        prop_assert_eq!(before, all(&document, width));
    }

    #[test]
    fn the_table_of_a_chart_has_every_number_and_name(toml in charts()) {
        let Ok(chart) = chart(&toml) else { return Ok(()) };
        let table = chart.table();
        let cells: Vec<&str> = table.rows.iter().flatten().map(|it| it.text.as_str()).collect();
        for series in &chart.series {
            prop_assert!(cells.contains(&series.name.as_str()));
            for number in series.values.iter().chain(series.points.iter().flatten()) {
                let number = number.to_string();
                prop_assert!(cells.iter().any(|it| it.split(", ").any(|it| it == number)), "{number}");
            }
        }
        for label in &chart.labels {
            prop_assert!(cells.contains(&label.as_str()));
        }
        prop_assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    }
}
