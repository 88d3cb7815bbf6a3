//! Charts of every kind, and that what is drawn is what the numbers say.

use library_tui::document;
use library_tui::html;

use crate::markup::{Element, elements};

const CHARTS: &str = include_str!("../fixtures/charts.md");

fn drawn(toml: &str) -> Vec<Element> {
    let markdown = format!("```chart\n{toml}\n```");
    elements(html::fragment(&document::parse(&markdown)).as_str()).unwrap()
}

fn of<'a>(elements: &'a [Element], name: &str, class: &str) -> Vec<&'a Element> {
    elements.iter().filter(|it| it.is(name, class)).collect()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.02
}

#[test]
fn every_kind_of_chart_is_drawn() {
    let body = document::split_front_matter(CHARTS).body;
    let page = html::fragment(&document::parse(body)).into_string();
    let kinds = ["line", "step", "scatter", "bar", "hbar", "histogram", "heatmap"];
    let figures = page.split("<figure class=\"chart\">").skip(1);
    assert_eq!(figures.clone().count(), kinds.len());
    for (figure, kind) in figures.zip(kinds) {
        let figure = figure.split("</figure>").next().unwrap();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "." }, {
            insta::assert_snapshot!(kind, figure);
        });
    }
}

#[test]
fn signs_of_notes_at_one_point_stand_apart() {
    let note = "[[notes]]\nx = 1\ny = 1\ntext = 'a note that is much too long for any drawing'\n";
    let toml = format!(
        "kind = 'scatter'\ntitle = 't'\n[[series]]\npoints = [[0, 0], [1, 1]]\n{}",
        note.repeat(14)
    );
    let found = drawn(&toml);
    let words = of(&found, "text", "words");
    let mut places: Vec<String> = words
        .iter()
        .map(|it| ["class", "x", "y", "dx", "dy"].map(|name| it.get(name).unwrap_or("")).join(" "))
        .collect();
    let count = places.len();
    places.sort();
    places.dedup();
    assert_eq!((places.len(), count), (14, 14));
}

#[test]
fn lines_go_through_their_points() {
    // From 10 to 50 and 0 to 200, as the axes say: x is (x - 10) / 40, y from the top 1 - y / 200.
    let toml = "kind = 'line'\ntitle = 't'\n[x]\nmin = 10\nmax = 50\n[y]\nmin = 0\nmax = 200\n\
        [[series]]\npoints = [[10, 0], [20, 150], [50, 200]]\n[[rules]]\ny = 50\nlabel = 'r'\n\
        [[notes]]\nx = 30\ny = 100\ntext = 'n'";
    let found = drawn(toml);
    let line = of(&found, "polyline", "s0")[0];
    assert_eq!(line.get("points"), Some("0,1000 250,250 1000,0"));
    let marks = of(&found, "svg", "mark");
    let places: Vec<_> = marks.iter().map(|it| (it.number("x"), it.number("y"))).collect();
    assert_eq!(places, [(0.0, 100.0), (25.0, 25.0), (100.0, 0.0)]);
    let rule = of(&found, "line", "rule")[0];
    assert_eq!((rule.number("y1"), rule.number("x2")), (75.0, 100.0));
    let note = of(&found, "circle", "noted")[0];
    assert_eq!((note.number("cx"), note.number("cy")), (50.0, 50.0));
}

#[test]
fn places_on_a_logarithmic_axis_go_by_the_logarithm() {
    let toml = "kind = 'scatter'\ntitle = 't'\n[x]\nlog = true\nmin = 1\nmax = 1000\n[y]\nmin = 0\nmax = 1\n\
        [[series]]\npoints = [[1, 0], [20, 0.25], [1000, 1]]";
    let found = drawn(toml);
    let marks = of(&found, "svg", "mark");
    for (mark, (x, y)) in marks.iter().zip([(1.0_f64, 0.0), (20.0, 0.25), (1000.0, 1.0)]) {
        assert!(near(mark.number("x"), x.log10() / 3.0 * 100.0), "{mark:?}");
        assert!(near(mark.number("y"), (1.0 - y) * 100.0), "{mark:?}");
    }
    let ticks: Vec<&str> = of(&found, "text", "middle").iter().map(|it| it.text.as_str()).collect();
    assert_eq!(ticks, ["1", "10", "100", "1000\n"]);
}

#[test]
fn stairs_rise_where_the_next_point_is() {
    let toml = "kind = 'step'\ntitle = 't'\n[x]\nmin = 0\nmax = 10\n[y]\nmin = 0\nmax = 4\n\
        [[series]]\npoints = [[0, 1], [5, 3], [10, 4]]";
    let found = drawn(toml);
    let points = of(&found, "polyline", "s0")[0].get("points").unwrap();
    assert_eq!(points, "0,750 500,750 500,250 1000,250 1000,0");
}

#[test]
fn bars_are_as_long_as_their_values() {
    let standing = "kind = 'bar'\ntitle = 't'\nlabels = ['a', 'b']\n[y]\nmin = 0\nmax = 8\n\
        [[series]]\nvalues = [2, 8]";
    let bars: Vec<f64> = drawn(standing)
        .iter()
        .filter(|it| it.is("rect", "s0"))
        .map(|it| it.number("height"))
        .collect();
    assert_eq!(bars, [25.0, 100.0]);
    let lying = "kind = 'hbar'\ntitle = 't'\nlabels = ['a', 'b']\n[x]\nmin = -4\nmax = 4\n\
        [[series]]\nvalues = [2, -4]";
    let found = drawn(lying);
    let bars = of(&found, "rect", "s0");
    // 78 % of the width is for bars, 8 units long; zero is in the middle.
    assert!(near(bars[0].number("x"), 39.0) && near(bars[0].number("width"), 19.5), "{bars:?}");
    assert!(near(bars[1].number("x"), 0.0) && near(bars[1].number("width"), 39.0), "{bars:?}");
}

#[test]
fn bins_are_as_tall_as_their_counts() {
    let toml = "kind = 'histogram'\ntitle = 't'\nbins = 2\n[x]\nmin = 0\nmax = 10\n\
        [[series]]\nvalues = [1, 2, 3, 4, 6]";
    let found = drawn(toml);
    let bins = of(&found, "rect", "bin");
    let tall: Vec<f64> = bins.iter().map(|it| it.number("height")).collect();
    assert!(near(tall[0], 4.0 * tall[1]) && near(tall[0], 100.0), "{tall:?}");
    assert_eq!(bins.iter().map(|it| it.number("x")).collect::<Vec<_>>(), [0.0, 50.0]);
}

#[test]
fn cells_of_a_heat_map_are_shaded_by_their_values() {
    let toml = "kind = 'heatmap'\ntitle = 't'\nlabels = ['a', 'b']\n[y]\nmin = 0\nmax = 2\n\
        [[series]]\nname = 'r'\nvalues = [0, 1]\n[[series]]\nname = 's'\nvalues = [2, 0.5]";
    let found = drawn(toml);
    let cells: Vec<_> =
        found.iter().filter(|it| it.name == "rect" && it.get("x").is_some()).collect();
    let shades: Vec<f64> = cells.iter().map(|it| it.number("fill-opacity")).collect();
    for (shade, value) in shades.iter().zip([0.0, 1.0, 2.0, 0.5]) {
        assert!(near(*shade, 0.06 + 0.84 * value / 2.0), "{shades:?}");
    }
}

#[test]
fn a_chart_has_a_text_and_a_table_for_those_who_do_not_see_it() {
    let toml = "kind = 'line'\ntitle = 'Times'\n[x]\nlabel = 'n'\n[y]\nlabel = 'time'\nunit = 'ms'\n\
        [[series]]\nname = 'a'\npoints = [[1, 5], [2, 9]]\n[[series]]\nname = 'b'\npoints = [[1, 4]]";
    let found = drawn(toml);
    let text = |name: &str| found.iter().find(|it| it.name == name).unwrap().text.trim().to_owned();
    assert_eq!(text("title"), "Times");
    assert_eq!(
        text("desc"),
        "Lines. Along: n. Up: time (ms). A a: from 5 at 1 to 9 at 2. B b: from 4 at 1 to 4 at 1."
    );
    let cells: Vec<_> =
        found.iter().filter(|it| it.name == "td").map(|it| it.text.trim()).collect();
    assert_eq!(cells, ["1", "5", "4", "2", "9", ""]);
}

#[test]
fn series_are_told_apart_without_colour() {
    let toml = "kind = 'line'\ntitle = 't'\n[[series]]\nname = 'up'\npoints = [[0, 0], [1, 1]]\n\
        [[series]]\nname = 'down'\npoints = [[0, 1], [1, 0]]";
    let found = drawn(toml);
    let shapes: Vec<_> =
        found.iter().filter(|it| it.name == "path").filter_map(|it| it.get("d")).collect();
    assert_ne!(shapes[0], shapes[2]);
    let letters: Vec<_> =
        found.iter().filter(|it| it.is("text", "s0") || it.is("text", "s1")).collect();
    assert_eq!(letters.iter().map(|it| it.text.trim()).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn a_chart_that_cannot_be_read_says_the_same_as_in_the_reader() {
    let toml = "kind = 'line'\ntitle = 't'\n[[series]]\npoints = [[1, nan]]";
    let error = document::chart(toml).unwrap_err();
    let found = drawn(toml);
    assert_eq!(
        of(&found, "p", "problem")[0].text.trim(),
        format!("This chart cannot be drawn. {error}")
    );
    assert!(found.iter().any(|it| it.name == "code" && it.text.contains("points = [[1, nan]]")));
}

#[test]
fn hostile_numbers_draw_a_well_formed_chart() {
    for numbers in [
        "[[1e-300, 1e300], [1e300, -1e300]]",
        "[[0, 0]]",
        "[[1, 1], [1, 1]]",
        "[[-1e9, 5e-9], [3, 5e-9]]",
    ] {
        for kind in ["line", "scatter", "step"] {
            let toml = format!(
                "kind = '{kind}'\ntitle = '<&\"'\n[[series]]\npoints = {numbers}\n[[rules]]\nx = 1\nlabel = '>'"
            );
            assert!(drawn(&toml).iter().any(|it| it.name == "svg"), "{toml}");
        }
    }
    for values in ["[1e300, -1e300]", "[0, 0]", "[1e-300, 1]"] {
        for kind in ["bar", "hbar", "histogram", "heatmap"] {
            let toml = format!(
                "kind = '{kind}'\ntitle = '<'\nlabels = ['<', '\"']\n[[series]]\nvalues = {values}"
            );
            assert!(drawn(&toml).iter().any(|it| it.name == "svg"), "{toml}");
        }
    }
}
