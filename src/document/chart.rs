//! A `chart` fence as data: what is drawn, free of how.
//!
//! Reading is strict: a chart that says something unknown is an error that names the line and
//! the key, because a plot that silently leaves something out is worse than none.

mod table;

use serde::Deserialize;

/// More numbers than any plot shows.
const MAX_NUMBERS: usize = 100_000;
/// Greater numbers, or less than its negative, have no place on an axis.
const GREATEST: f64 = 1e300;

/// A chart.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// How the numbers are drawn.
    pub kind: ChartKind,
    /// What the chart shows, as a sentence.
    pub title: String,
    /// The horizontal axis.
    #[serde(default)]
    pub x: Axis,
    /// The vertical axis.
    #[serde(default)]
    pub y: Axis,
    /// The names of the bars, or of a heat map's columns.
    #[serde(default)]
    pub labels: Vec<String>,
    /// How many bins a histogram has; chosen from the values when it is not given.
    pub bins: Option<usize>,
    /// What is drawn.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Lines across plots of lines, points and steps.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Words at places of such plots.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// How the numbers of a chart are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChartKind {
    /// Points joined by lines.
    Line,
    /// Points.
    Scatter,
    /// Upright bars.
    Bar,
    /// Bars that lie, for long names.
    Hbar,
    /// How many values fall where.
    Histogram,
    /// A row of cells for each series, coloured by their values.
    Heatmap,
    /// Points joined by stairs.
    Step,
}

/// An axis of a chart.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// What is measured.
    #[serde(default)]
    pub label: String,
    /// In what; empty for plain numbers.
    #[serde(default)]
    pub unit: String,
    /// Whether it is logarithmic.
    #[serde(default)]
    pub log: bool,
    /// Where it begins, when not at the least value.
    pub min: Option<f64>,
    /// Where it ends, when not at the greatest value.
    pub max: Option<f64>,
}

/// One line, one row of bars, one row of a heat map.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What it is called in the legend.
    #[serde(default)]
    pub name: String,
    /// Places, x then y: for lines, scatters and steps.
    #[serde(default)]
    pub points: Vec<[f64; 2]>,
    /// Values: for bars, histograms and heat maps.
    #[serde(default)]
    pub values: Vec<f64>,
}

/// A line across a plot: a limit, a target.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Where an upright line stands.
    pub x: Option<f64>,
    /// Where a level line stands.
    pub y: Option<f64>,
    /// What it is.
    pub label: String,
}

/// Words at a place of a plot.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// How far to the right.
    pub x: f64,
    /// How far up.
    pub y: f64,
    /// The words.
    pub text: String,
}

/// A chart that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ChartError {
    /// The line of the fence's text, from 1.
    pub line: usize,
    /// What is wrong, with the key.
    pub message: String,
}

/// Reads the text of a `chart` fence.
pub fn chart(text: &str) -> Result<Chart, ChartError> {
    let chart: Chart = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = line_at(text, at);
        let key = key_of(text, line).map(|key| format!("`{key}`: ")).unwrap_or_default();
        ChartError { line, message: format!("{key}{}", error.message().replace('\n', " ")) }
    })?;
    match chart.wrong() {
        Some((key, message)) => Err(ChartError { line: line_of(text, &key), message }),
        None => Ok(chart),
    }
}

/// A key, and which one of that name, from 0.
struct Place(&'static str, usize);

impl Chart {
    /// What reads well and still cannot be drawn: where and why.
    fn wrong(&self) -> Option<(Place, String)> {
        if self.title.trim().is_empty() {
            return Some((Place("title", 0), "`title` is empty".to_owned()));
        }
        if self.series.is_empty() {
            return Some((Place("kind", 0), "has no `[[series]]`".to_owned()));
        }
        let numbers = self.series.iter().map(|it| it.points.len() + it.values.len()).sum::<usize>();
        if numbers > MAX_NUMBERS {
            let message = format!("{numbers} numbers are more than a plot can show");
            return Some((Place("[[series]]", 0), message));
        }
        self.wrong_axis()
            .or_else(|| self.wrong_labels())
            .or_else(|| self.wrong_series())
            .or_else(|| self.wrong_rules())
    }

    fn wrong_axis(&self) -> Option<(Place, String)> {
        for (name, header, axis) in [("x", "[x]", &self.x), ("y", "[y]", &self.y)] {
            let ends = [axis.min, axis.max];
            if ends.iter().flatten().any(|end| !is_drawn(*end)) {
                return Some((Place(header, 0), format!("`{name}`: an end is no number")));
            }
            if let [Some(min), Some(max)] = ends
                && min >= max
            {
                return Some((Place(header, 0), format!("`{name}`: `min` is not below `max`")));
            }
        }
        None
    }

    fn wrong_labels(&self) -> Option<(Place, String)> {
        let named = matches!(self.kind, ChartKind::Bar | ChartKind::Hbar);
        if named && self.labels.is_empty() {
            return Some((Place("kind", 0), "has no `labels`, the names of its bars".to_owned()));
        }
        if self.kind.has_points() && !self.labels.is_empty() {
            return Some((Place("labels", 0), "`labels` are for bars and heat maps".to_owned()));
        }
        if self.bins == Some(0) || (self.bins.is_some() && self.kind != ChartKind::Histogram) {
            let message = "`bins` is at least 1, and for histograms".to_owned();
            return Some((Place("bins", 0), message));
        }
        None
    }

    fn wrong_series(&self) -> Option<(Place, String)> {
        let many = self.series.len() > 1;
        for (index, series) in self.series.iter().enumerate() {
            let wrong = self.wrong_in(series).or_else(|| {
                let nameless = many && series.name.trim().is_empty();
                nameless.then(|| "has no `name` for the legend".to_owned())
            });
            if let Some(message) = wrong {
                return Some((Place("[[series]]", index), format!("`series`: {message}")));
            }
        }
        None
    }

    fn wrong_rules(&self) -> Option<(Place, String)> {
        let told = !self.rules.is_empty() || !self.notes.is_empty();
        if told && !self.kind.has_points() {
            let message = "`rules` and `notes` are for lines, scatters and steps".to_owned();
            return Some((Place("kind", 0), message));
        }
        for (index, rule) in self.rules.iter().enumerate() {
            let message = match (rule.x, rule.y) {
                (Some(x), None) if is_drawn(x) && !(self.x.log && x <= 0.0) => continue,
                (None, Some(y)) if is_drawn(y) && !(self.y.log && y <= 0.0) => continue,
                (Some(_), Some(_)) | (None, None) => "takes either `x` or `y`",
                _ => "stands where the axis has no number",
            };
            return Some((Place("[[rules]]", index), format!("`rules`: {message}")));
        }
        let wrong = |note: &Note| {
            let log = (self.x.log && note.x <= 0.0) || (self.y.log && note.y <= 0.0);
            log || !is_drawn(note.x) || !is_drawn(note.y)
        };
        let index = self.notes.iter().position(wrong)?;
        let message = "`notes`: stands where the axis has no number".to_owned();
        Some((Place("[[notes]]", index), message))
    }

    fn wrong_in(&self, series: &Series) -> Option<String> {
        let points = ("points", series.points.len());
        let values = ("values", series.values.len());
        let has_points = self.kind.has_points();
        let (wanted, unwanted) = if has_points { (points, values) } else { (values, points) };
        if wanted.1 == 0 {
            return Some(format!("has no `{}`", wanted.0));
        }
        if unwanted.1 > 0 {
            return Some(format!("has `{}`, this kind takes `{}`", unwanted.0, wanted.0));
        }
        let numbers = || series.points.iter().flatten().chain(&series.values);
        if numbers().any(|number| !number.is_finite()) {
            return Some("has a value that is no number".to_owned());
        }
        if numbers().any(|number| number.abs() > GREATEST) {
            return Some(format!("has a value beyond {GREATEST:e}"));
        }
        if self.kind != ChartKind::Histogram
            && !self.labels.is_empty()
            && series.values.len() != self.labels.len()
        {
            let (values, labels) = (series.values.len(), self.labels.len());
            return Some(format!("has {values} `values` for {labels} `labels`"));
        }
        self.off_the_log(series)
    }

    fn off_the_log(&self, series: &Series) -> Option<String> {
        let x = self.x.log && series.points.iter().any(|[x, _]| *x <= 0.0);
        let y = self.y.log
            && (series.points.iter().any(|[_, y]| *y <= 0.0)
                || (self.kind == ChartKind::Bar && series.values.iter().any(|y| *y <= 0.0)));
        (x || y).then(|| "has a value that is not above 0 on a `log` axis".to_owned())
    }
}

impl ChartKind {
    /// Whether its series have `points`; the others have `values`.
    pub fn has_points(self) -> bool {
        matches!(self, Self::Line | Self::Scatter | Self::Step)
    }
}

/// Whether a number has a place on an axis.
fn is_drawn(number: f64) -> bool {
    number.abs() <= GREATEST
}

fn line_at(text: &str, offset: usize) -> usize {
    1 + text.get(..offset).unwrap_or(text).matches('\n').count()
}

fn line_of(text: &str, place: &Place) -> usize {
    let mut lines = text.lines().zip(1..).filter(|(line, _)| {
        let rest = line.trim_start().strip_prefix(place.0);
        rest.is_some_and(|rest| place.0.starts_with('[') || rest.trim_start().starts_with('='))
    });
    lines.nth(place.1).map_or(1, |(_, line)| line)
}

/// The key that a line sets.
fn key_of(text: &str, line: usize) -> Option<&str> {
    let (key, _) = text.lines().nth(line.checked_sub(1)?)?.split_once('=')?;
    let key = key.trim();
    let plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (plain && !key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "kind = \"line\"\ntitle = \"T\"\n[x]\nlabel = \"d\"\nlog = true\n[y]\n\
                        unit = \"ms\"\n[[series]]\nname = \"a\"\npoints = [[1, 2], [3, 4.5]]\n";
    const BARS: &str = "kind = \"bar\"\ntitle = \"T\"\nlabels = [\"p\", \"q\"]\n[[series]]\n\
                        values = [1, 2]\n";

    fn wrong(text: &str, from: &str, to: &str) -> String {
        assert!(text.contains(from));
        chart(&text.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn a_chart_is_read_with_its_axes_and_series() {
        let read = chart(LINE).unwrap();
        assert_eq!((read.kind, read.title.as_str()), (ChartKind::Line, "T"));
        assert!(read.x.log && read.y.unit == "ms");
        assert_eq!(read.series[0].points, [[1.0, 2.0], [3.0, 4.5]]);
        assert_eq!(chart(BARS).unwrap().series[0].values, [1.0, 2.0]);
        for kind in ["scatter", "step"] {
            assert!(chart(&LINE.replace("line", kind)).is_ok());
        }
        for kind in ["hbar", "histogram", "heatmap"] {
            assert!(chart(&BARS.replace("bar", kind)).is_ok(), "{kind}");
        }
    }

    #[test]
    fn every_mistake_names_its_line_and_key() {
        let of_line = |from, to| wrong(LINE, from, to);
        assert!(
            of_line("\"line\"", "\"pie\"").starts_with("line 1: `kind`: unknown variant `pie`")
        );
        assert!(of_line("title = \"T\"\n", "").contains("missing field `title`"));
        assert!(of_line("log", "logg").starts_with("line 5: `logg`: unknown field"));
        assert!(of_line("true", "1").starts_with("line 5: `log`: invalid type"));
        assert!(of_line("[3, 4.5]", "[3]").starts_with("line 10: `points`: "));
        assert_eq!(of_line("points", "values").lines().count(), 1);
        assert_eq!(of_line("[[1, 2], [3, 4.5]]", "[]"), "line 8: `series`: has no `points`");
        assert_eq!(
            of_line("[1, 2]", "[0, 2]"),
            "line 8: `series`: has a value that is not above 0 on a `log` axis"
        );
        assert_eq!(of_line("2]", "nan]"), "line 8: `series`: has a value that is no number");
        assert_eq!(of_line("2]", "2e306]"), "line 8: `series`: has a value beyond 1e300");
        assert_eq!(
            of_line("unit", "min = 2\nmax = 1\nunit"),
            "line 6: `y`: `min` is not below `max`"
        );
        assert_eq!(wrong(BARS, "[1, 2]", "[1]"), "line 4: `series`: has 1 `values` for 2 `labels`");
        assert_eq!(
            wrong(BARS, "labels = [\"p\", \"q\"]\n", ""),
            "line 1: has no `labels`, the names of its bars"
        );
        assert!(chart("kind = [").is_err() && chart("").is_err());
    }

    #[test]
    fn two_series_need_names() {
        let two = format!("{BARS}[[series]]\nvalues = [3, 4]\n");
        assert_eq!(
            chart(&two).unwrap_err().to_string(),
            "line 4: `series`: has no `name` for the legend"
        );
    }
}
