//! Numbers beside an axis and a bar, and what they are numbers of.

use crate::chart::Scale;
use crate::chart::scale::power;
use crate::document::Axis;

/// A number beside an axis, with as many digits as tell it from the next tick.
pub fn number(value: f64, step: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) {
        return scientific(value);
    }
    for (unit, letter) in [(1e12, "T"), (1e9, "G"), (1e6, "M")] {
        if size >= unit {
            return format!("{}{letter}", plain(value / unit, step / unit));
        }
    }
    plain(value, step)
}

fn plain(value: f64, step: f64) -> String {
    // As many digits as the step has: 0.25 needs two, 50 none.
    let is_whole = |digits: &i32| {
        let scaled = step * 10_f64.powi(*digits);
        (scaled - scaled.round()).abs() < scaled.abs().max(1e-9) * 1e-6
    };
    let rough = if step > 0.0 { power(-step.log10().floor()).clamp(0, 6) } else { 2 };
    let digits = (rough..=rough + 1).find(is_whole).unwrap_or(rough).min(6);
    let digits = usize::try_from(digits).unwrap_or(0);
    let text = format!("{value:.digits$}");
    let text = if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
        "0".to_owned()
    } else {
        text
    };
    grouped(&text)
}

/// Thousands parted by commas, from five digits on.
fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let digits = whole.trim_start_matches('-');
    let sign = whole.len() - digits.len();
    let mut out = text.get(..sign).unwrap_or_default().to_owned();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

fn scientific(value: f64) -> String {
    format!("{value:.1e}").replace(".0e", "e")
}

/// The least distance between neighbours; of a single tick, itself.
pub fn step(ticks: &[f64]) -> f64 {
    let gaps = ticks.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((second - first).abs()),
        _ => None,
    });
    let alone = ticks.first().map_or(1.0, |only| only.abs());
    let least = gaps.fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { alone }
}

/// The numbers beside an axis: each decade of a logarithmic one has its own digits.
pub fn numbers(scale: &Scale, ticks: &[f64]) -> Vec<String> {
    let step = step(ticks);
    let digits = |tick: f64| if scale.is_log() { tick } else { step };
    let short: Vec<String> = ticks.iter().map(|tick| number(*tick, digits(*tick))).collect();
    let alike = short.windows(2).any(|pair| matches!(pair, [first, second] if first == second));
    // A billion and twenty: all its digits tell it from a billion.
    if alike { ticks.iter().map(|tick| plain(*tick, step)).collect() } else { short }
}

/// `label (unit)`; or what there is of it.
pub fn title(axis: &Axis) -> String {
    match (axis.label.as_str(), axis.unit.as_str()) {
        ("", unit) => unit.to_owned(),
        (label, "") => label.to_owned(),
        (label, unit) => format!("{label} ({unit})"),
    }
}

/// A number as the chart gives it, in at most six digits.
pub fn exact(value: f64) -> String {
    if value != 0.0 && (value.abs() < 1e-4 || value.abs() >= 1e15) {
        return number(value, value.abs());
    }
    let digits = if value.abs() >= 1000.0 { 1 } else { 4 };
    let text = format!("{value:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let step = text
        .split_once('.')
        .map_or(1.0, |(_, rest)| 0.1_f64.powi(i32::try_from(rest.len()).unwrap_or(1)));
    if value.abs() >= 1e6 {
        number(value, value.abs() / 100.0)
    } else {
        number(value, step * 1.0001)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_tell_them_apart() {
        assert_eq!(number(0.5, 0.1), "0.5");
        assert_eq!(number(0.25, 0.25), "0.25");
        assert_eq!(number(100.0, 50.0), "100");
        assert_eq!(number(2_500_000.0, 500_000.0), "2.5M");
        assert_eq!(number(12_000.0, 2000.0), "12,000");
        assert_eq!(number(-4.0, 1.0), "-4");
        assert_eq!(number(0.000_001, 0.1), "1e-6");
        assert_eq!(number(0.0, 1.0), "0");
    }

    #[test]
    fn neighbours_far_from_zero_are_told_apart() {
        let ticks = [1e9, 1e9 + 20.0, 1e9 + 40.0];
        let scale = Scale::over(&Axis::default(), ticks.into_iter());
        assert_eq!(numbers(&scale, &ticks), ["1,000,000,000", "1,000,000,020", "1,000,000,040"]);
        let millions = [1e6, 2e6];
        let scale = Scale::over(&Axis::default(), millions.into_iter());
        assert_eq!(numbers(&scale, &millions), ["1M", "2M"]);
    }
}
