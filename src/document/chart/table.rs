//! The numbers of a chart as a table, for pipes and for those who cannot see a drawing.

use crate::document::{Align, Axis, Chart, Prose, Table};
use crate::text::Safe;

impl Chart {
    /// A column for what is measured along, and one for each series; the head row first.
    pub fn table(&self) -> Table {
        let rows = if self.kind.has_points() { self.places() } else { self.values() };
        let head = if self.kind.has_points() { axis(&self.x, "x") } else { String::new() };
        let names = self.series.iter().map(|series| match series.name.as_str() {
            "" => axis(&self.y, "value"),
            name => name.to_owned(),
        });
        let mut cells = vec![std::iter::once(head).chain(names).map(prose).collect::<Vec<_>>()];
        cells.extend(rows.into_iter().map(|row| row.into_iter().map(prose).collect()));
        let mut columns = vec![Align::Right; self.series.len() + 1];
        if let (Some(first), false) = (columns.first_mut(), self.kind.has_points()) {
            *first = Align::Left;
        }
        Table { columns, rows: cells }
    }

    /// One row for each place along the axis, in its order.
    fn places(&self) -> Vec<Vec<String>> {
        let mut places: Vec<f64> =
            self.series.iter().flat_map(|series| &series.points).map(|[x, _]| *x).collect();
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let row = |x: &f64| {
            let values = self.series.iter().map(|series| {
                let here = series.points.iter().filter(|[at, _]| at.total_cmp(x).is_eq());
                here.map(|[_, y]| y.to_string()).collect::<Vec<_>>().join(", ")
            });
            std::iter::once(x.to_string()).chain(values).collect()
        };
        places.iter().map(row).collect()
    }

    /// One row for each label, or for each value in its order.
    fn values(&self) -> Vec<Vec<String>> {
        let most = self.series.iter().map(|series| series.values.len()).max().unwrap_or(0);
        let row = |at: usize| {
            let label = self.labels.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
            let values = self
                .series
                .iter()
                .map(|series| series.values.get(at).map_or(String::new(), ToString::to_string));
            std::iter::once(label).chain(values).collect()
        };
        (0..most).map(row).collect()
    }
}

fn axis(axis: &Axis, without: &str) -> String {
    match (axis.label.as_str(), axis.unit.as_str()) {
        ("", "") => without.to_owned(),
        ("", unit) => unit.to_owned(),
        (label, "") => label.to_owned(),
        (label, unit) => format!("{label} ({unit})"),
    }
}

fn prose(text: impl AsRef<str>) -> Prose {
    Prose { text: Safe::line(text.as_ref()), marks: vec![] }
}

#[cfg(test)]
mod tests {
    use crate::document::chart;

    fn rows(toml: &str) -> Vec<String> {
        let table = chart(toml).unwrap().table();
        let row = |row: &Vec<crate::document::Prose>| {
            row.iter().map(|cell| cell.text.to_string()).collect::<Vec<_>>().join("|")
        };
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn places_are_rows_and_series_are_columns() {
        let chart = "kind = 'line'\ntitle = 't'\n[x]\nlabel = 'n'\n[y]\nunit = 'ms'\n\
            [[series]]\nname = 'a'\npoints = [[2, 4.5], [1, 3]]\n[[series]]\nname = 'b'\npoints = [[2, 5]]";
        assert_eq!(rows(chart), ["n|a|b", "1|3|", "2|4.5|5"]);
    }

    #[test]
    fn labels_name_the_rows_of_bars() {
        let chart = "kind = 'bar'\ntitle = 't'\nlabels = ['x', 'y']\n[y]\nunit = 'MB'\n[[series]]\nvalues = [1, 2]";
        assert_eq!(rows(chart), ["|MB", "x|1", "y|2"]);
    }
}
