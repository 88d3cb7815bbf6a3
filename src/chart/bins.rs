//! How many values fall where.

use crate::chart::{self, Scale, units, whole};
use crate::document::{Chart, Series};

/// The bins of a histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct Bins {
    /// The edges, one more than there are bins.
    pub edges: Vec<f64>,
    /// For each series, how many values each bin holds.
    pub counts: Vec<Vec<usize>>,
}

impl Bins {
    /// As many bins as the chart asks for, or as its values fill.
    pub fn of(chart: &Chart) -> Self {
        let all = || chart.series.iter().flat_map(|series| series.values.iter().copied());
        let x = Scale::over(&chart.x, all());
        let chosen = whole(units(all().count()).sqrt()).clamp(5, 16);
        let bins = chart.bins.unwrap_or(chosen).min(64);
        let edges = (0..=bins).map(|bin| x.value(units(bin) / units(bins))).collect();
        Self { edges, counts: chart.series.iter().map(|it| counts(it, &x, bins)).collect() }
    }

    /// The greatest count; at least 1.
    pub fn most(&self) -> usize {
        self.counts.iter().flatten().copied().max().unwrap_or(1).max(1)
    }

    /// From where to where each bin goes.
    pub fn names(&self) -> Vec<String> {
        let step = match self.edges.as_slice() {
            [first, second, ..] => (second - first).abs(),
            _ => 1.0,
        };
        let name = |ends: &[f64]| match ends {
            [from, to] => {
                format!("{} to {}", chart::number(*from, step), chart::number(*to, step))
            }
            _ => String::new(),
        };
        self.edges.windows(2).map(name).collect()
    }
}

fn counts(series: &Series, x: &Scale, bins: usize) -> Vec<usize> {
    let mut counts = vec![0; bins];
    for value in &series.values {
        let bin = whole((x.place(*value) * units(bins)).floor()).min(bins.saturating_sub(1));
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    counts
}
