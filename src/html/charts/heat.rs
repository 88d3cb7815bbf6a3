//! Heat maps: a shade for each value, and the value in it where there is room.

use crate::chart::{self, Scale, units};
use crate::document::Chart;
use crate::html::charts::svg::{self, LETTER, WIDTH, percent, pixels};
use crate::html::charts::{axis_title, open};
use crate::html::markup::Markup;
use crate::text;

/// Pixels of a row.
const ROW: usize = 30;
/// Letters of a row's name; longer ones are cut here, and whole in the table.
const NAME: usize = 12;
/// Pixels of a drawing on a wide screen.
const WIDE: f64 = 480.0;

/// A row for each series, a column for each label.
pub(super) fn drawn(html: &mut Markup, chart: &Chart) -> Vec<String> {
    let values = || chart.series.iter().flat_map(|series| series.values.iter().copied());
    let scale = Scale::over(&chart.y, values());
    let columns = chart.series.iter().map(|series| series.values.len()).max().unwrap_or(1).max(1);
    let (least, most) = values().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| {
        (least.min(it), most.max(it))
    });
    let step = (most - least) / 10.0;
    let widest =
        |say: &dyn Fn(f64) -> String| values().map(|it| pixels(&say(it))).fold(0.0, f64::max);
    let rough = |value: f64| chart::number(value, step);
    let is_exact = told(widest(&chart::exact), columns) != "untold";
    let say: &dyn Fn(f64) -> String = if is_exact { &chart::exact } else { &rough };
    let told = told(widest(say), columns);
    let names = chart.series.iter().map(|it| text::width(&it.name).min(NAME)).max().unwrap_or(1);
    axis_title(html, &chart::title(&chart.x), "axis");
    let heads = usize::from(!chart.labels.is_empty());
    let height = ((chart.series.len() + heads) * ROW).to_string();
    let class = format!("heat {} {told}", svg::margin_class(names));
    open(html, chart, &class, Some(&height));
    let slot = 1.0 / units(columns);
    heads_of(html, chart, slot);
    for (row, series) in chart.series.iter().enumerate() {
        let y = (row + heads) * ROW;
        let base = (y + ROW / 2 + 5).to_string();
        let name = clipped(&series.name, NAME);
        html.element(
            "text",
            &[("class", "tick end"), ("x", "0"), ("dx", "-8"), ("y", &base)],
            &name,
        );
        for (column, value) in series.values.iter().enumerate() {
            let place = scale.place(*value).clamp(0.0, 1.0);
            let shade = format!("{:.3}", 0.06 + 0.84 * place);
            let (x, wide, top) = (percent(units(column) * slot), percent(slot), y.to_string());
            html.empty(
                "rect",
                &[
                    ("x", &x),
                    ("y", &top),
                    ("width", &wide),
                    ("height", "29"),
                    ("fill-opacity", &shade),
                ],
            );
            let class = if place > 0.86 { "value hot middle" } else { "value middle" };
            let middle = percent((units(column) + 0.5) * slot);
            let number = say(*value);
            html.element("text", &[("class", class), ("x", &middle), ("y", &base)], &number);
        }
        html.raw("\n");
    }
    html.raw("</svg>\n");
    key(html, chart, &scale, step);
    vec![]
}

/// Where values have room in their cells: everywhere, on wide screens, or nowhere.
fn told(widest: f64, columns: usize) -> &'static str {
    let fits = |room: f64| widest + 4.0 <= room / units(columns);
    match (fits(WIDTH), fits(WIDE)) {
        (true, _) => "told",
        (_, true) => "told-wide",
        _ => "untold",
    }
}

fn heads_of(html: &mut Markup, chart: &Chart, slot: f64) {
    let letters = chart::whole((WIDTH * slot / LETTER).floor()).max(1);
    let widest = chart.labels.iter().map(|label| text::width(label)).max().unwrap_or(0);
    // All of them or every second, third, …: a name cut short says little.
    let every = (1..=8).find(|every| every * letters > widest).unwrap_or(8);
    for (column, label) in chart.labels.iter().enumerate().step_by(every) {
        let middle = percent((units(column) + 0.5) * slot);
        let words = clipped(label, letters * every);
        html.element("text", &[("class", "tick middle"), ("x", &middle), ("y", "20")], &words);
    }
    html.raw("\n");
}

fn clipped(words: &str, letters: usize) -> String {
    if text::width(words) <= letters {
        return words.to_owned();
    }
    format!("{}…", text::clip(words, letters.saturating_sub(1)))
}

/// Which shade is which value.
fn key(html: &mut Markup, chart: &Chart, scale: &Scale, step: f64) {
    html.raw("<ul class=\"legend\">\n");
    for at in 0..5_u8 {
        let place = (f64::from(at) + 0.5) / 5.0;
        let shade = format!("{:.3}", 0.06 + 0.84 * place);
        html.raw("<li>");
        html.open(
            "svg",
            &[("class", "sample heat"), ("aria-hidden", "true"), ("viewBox", "0 0 32 12")],
        );
        html.empty("rect", &[("width", "32"), ("height", "12"), ("fill-opacity", &shade)]);
        html.raw("</svg>");
        html.text(&format!(" {}", chart::number(scale.value(place), step)));
        html.raw("</li>\n");
    }
    let title = chart::title(&chart.y);
    if !title.is_empty() {
        html.element("li", &[], &title);
    }
    html.raw("</ul>\n");
}
