//! Pieces of drawings: places as percentages, signs of series, axes with their ticks.

use crate::chart::{self, Scale};
use crate::html::markup::Markup;

/// Pixels of a drawing on a narrow telephone: what fits there fits everywhere.
pub(super) const WIDTH: f64 = 250.0;
/// Pixels of a letter of a tick's number.
pub(super) const LETTER: f64 = 7.4;

/// A place from 0 to 1 as a percentage.
pub(super) fn percent(place: f64) -> String {
    format!("{}%", short(place * 100.0))
}

/// A place from 0 to 1 in thousandths, for drawings that are stretched.
pub(super) fn stretched(place: f64) -> String {
    short(place * 1000.0)
}

/// Two digits after the point at most.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A number in words.
pub(super) fn number(value: f64) -> String {
    chart::exact(value)
}

/// About how many pixels a text takes.
pub(super) fn pixels(text: &str) -> f64 {
    chart::units(crate::text::width(text)) * LETTER
}

/// The class of a series; more than five begin again.
pub(super) fn series_class(series: usize) -> &'static str {
    ["s0", "s1", "s2", "s3", "s4"].get(series % 5).copied().unwrap_or("s0")
}

/// The class that leaves room for numbers of so many letters at the left.
pub(super) fn margin_class(letters: usize) -> &'static str {
    let classes = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12"];
    classes.get(letters.clamp(1, 12) - 1).copied().unwrap_or("m12")
}

/// The sign of a series: each has its own shape.
pub(super) fn mark(html: &mut Markup, (x, y): (&str, &str), series: usize) {
    let shapes = [
        "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
        "M-4,-4h8v8h-8z",
        "M0,-5l5,9h-10z",
        "M0,-5.5l5.5,5.5l-5.5,5.5l-5.5,-5.5z",
        "M-4,-4l8,8M-4,4l8,-8",
    ];
    let shape = shapes.get(series % 5).copied().unwrap_or("");
    let class = format!("mark {}", series_class(series));
    html.open("svg", &[("class", &class), ("x", x), ("y", y)]);
    html.empty("path", &[("d", shape)]);
    html.close("svg");
}

/// Lines across at the ticks of an upright axis, and their numbers at the left. Returns how many
/// letters the widest number has.
pub(super) fn rungs(html: &mut Markup, scale: &Scale) {
    let ticks = scale.ticks(5);
    for (tick, number) in ticks.iter().zip(chart::numbers(scale, &ticks)) {
        let Some(place) = scale.inside(*tick) else { continue };
        let y = percent(1.0 - place);
        html.empty(
            "line",
            &[("class", "grid"), ("x1", "0"), ("x2", "100%"), ("y1", &y), ("y2", &y)],
        );
        let around = [("class", "tick end"), ("x", "0"), ("dx", "-8"), ("y", &y), ("dy", "0.35em")];
        html.element("text", &around, &number);
    }
    html.raw("\n");
}

/// The margin that the numbers of an upright axis need.
pub(super) fn rung_margin(scale: &Scale) -> &'static str {
    let numbers = chart::numbers(scale, &scale.ticks(5));
    margin_class(numbers.iter().map(|it| crate::text::width(it)).max().unwrap_or(1))
}

/// Ticks below the drawing, as many as have room, with their numbers.
pub(super) fn feet(html: &mut Markup, scale: &Scale) {
    let fits = |count: &usize| {
        let ticks = scale.ticks(*count);
        let numbers = chart::numbers(scale, &ticks);
        let places: Vec<f64> = ticks.iter().filter_map(|tick| scale.inside(*tick)).collect();
        let gaps = places.windows(2).map(|pair| match pair {
            [one, other] => (other - one) * WIDTH,
            _ => WIDTH,
        });
        let widest = numbers.iter().map(|it| pixels(it)).fold(0.0, f64::max);
        gaps.fold(WIDTH, f64::min) >= widest + 10.0
    };
    let count = (2..=8).rev().find(fits).unwrap_or(2);
    let ticks = scale.ticks(count);
    for (tick, number) in ticks.iter().zip(chart::numbers(scale, &ticks)) {
        let Some(place) = scale.inside(*tick) else { continue };
        foot(html, place, &number);
    }
    html.raw("\n");
}

/// A tick below the drawing with its words.
pub(super) fn foot(html: &mut Markup, place: f64, words: &str) {
    let x = percent(place);
    html.empty("line", &[("class", "grid"), ("x1", &x), ("x2", &x), ("y1", "0"), ("y2", "100%")]);
    // A long number at the right end would leave the picture.
    let ends = place > 0.95 && pixels(words) > 40.0;
    let (class, dx) = if ends { ("tick end", "14") } else { ("tick middle", "0") };
    let mut around = vec![("class", class), ("x", x.as_str())];
    around.extend(ends.then_some(("dx", dx)));
    around.extend([("y", "100%"), ("dy", "1.5em")]);
    html.element("text", &around, words);
}

/// The two lines that a plot stands on.
pub(super) fn frame(html: &mut Markup) {
    html.raw("<line class=\"axis\" x1=\"0\" x2=\"0\" y1=\"0\" y2=\"100%\"/>");
    html.raw("<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"100%\" y2=\"100%\"/>\n");
}
