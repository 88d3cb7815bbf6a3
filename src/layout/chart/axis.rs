//! From numbers to places on an axis, and the numbers beside it.

use crate::document::Axis;

/// An axis with its ends.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    log: bool,
}

impl Scale {
    /// An axis over these values, with the ends that the chart asks for.
    pub(super) fn over(axis: &Axis, values: impl Iterator<Item = f64>) -> Self {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            (least, most) = (least.min(value), most.max(value));
        }
        if least > most {
            (least, most) = (0.0, 1.0);
        }
        let log = axis.log && axis.min.unwrap_or(least) > 0.0 && axis.max.unwrap_or(most) > 0.0;
        if most - least <= f64::EPSILON * most.abs() {
            let around = if least == 0.0 { 1.0 } else { least.abs() / 2.0 };
            (least, most) =
                if log { (least / 2.0, most * 2.0) } else { (least - around, most + around) };
        }
        let mut scale = Self { from: least, to: most, log };
        if let [first, .., last] = scale.ticks(5).as_slice()
            && !log
        {
            // Up to the next ticks when they are near.
            let step =
                (last - first) / f64::from(u32::try_from(scale.ticks(5).len() - 1).unwrap_or(1));
            let (below, above) = (first - step, last + step);
            let near = (most - least) * 0.12;
            if least - below <= near {
                scale.from = below;
            }
            if above - most <= near {
                scale.to = above;
            }
        }
        scale.from = axis.min.unwrap_or(scale.from);
        scale.to = axis.max.unwrap_or(scale.to);
        scale
    }

    /// Where a value stands, from 0 to 1 when it is between the ends.
    pub(super) fn place(&self, value: f64) -> f64 {
        if self.log {
            (value.ln() - self.from.ln()) / (self.to.ln() - self.from.ln())
        } else {
            (value - self.from) / (self.to - self.from)
        }
    }

    /// The cell of a value among `cells` with `dots` in each, from the left; none outside of the
    /// ends.
    pub(super) fn cell(&self, value: f64, cells: usize, dots: usize) -> Option<usize> {
        let place = self.inside(value)?;
        Some(whole(place * units((cells * dots).saturating_sub(1))) / dots)
    }

    /// The same from the top, for an axis that goes up.
    pub(super) fn row(&self, value: f64, cells: usize, dots: usize) -> Option<usize> {
        let place = 1.0 - self.inside(value)?;
        Some(whole(place * units((cells * dots).saturating_sub(1))) / dots)
    }

    fn inside(&self, value: f64) -> Option<f64> {
        let place = self.place(value);
        (-1e-9..=1.0 + 1e-9).contains(&place).then(|| place.clamp(0.0, 1.0))
    }

    /// Round numbers between the ends, about `count` of them.
    pub(super) fn ticks(&self, count: usize) -> Vec<f64> {
        if self.log {
            return self.log_ticks(count);
        }
        let step = nice((self.to - self.from) / units(count.max(1)));
        let mut ticks = vec![];
        let mut at = (self.from / step - 1e-9).ceil();
        while at * step <= self.to + step * 1e-9 && ticks.len() < 64 {
            ticks.push(if at == 0.0 { 0.0 } else { at * step });
            at += 1.0;
        }
        ticks
    }

    fn log_ticks(&self, count: usize) -> Vec<f64> {
        let inside =
            |tick: &f64| (self.from * (1.0 - 1e-9)..=self.to * (1.0 + 1e-9)).contains(tick);
        let first = power(self.from.log10().floor());
        let last = power(self.to.log10().ceil());
        let decades = usize::try_from(last - first + 1).unwrap_or(1);
        let every = decades.div_ceil(count.max(1)).max(1);
        let at = |exponent: i32| 10_f64.powi(exponent);
        let tens: Vec<f64> = (first..=last).step_by(every).map(at).filter(inside).collect();
        if tens.len() >= 2 {
            return tens;
        }
        let steps = (first..=last).flat_map(|it| [1.0, 2.0, 5.0].map(|digit| digit * at(it)));
        let finer: Vec<f64> = steps.filter(inside).collect();
        if finer.len() >= 2 { finer } else { vec![self.from, self.to] }
    }

    /// The value at a place from 0 to 1.
    pub(super) fn value(&self, place: f64) -> f64 {
        if self.log {
            (self.from.ln() + place * (self.to.ln() - self.from.ln())).exp()
        } else {
            self.from + place * (self.to - self.from)
        }
    }

    /// Where the axis begins.
    pub(super) fn from(&self) -> f64 {
        self.from
    }
}

/// 1, 2 or 5 times a power of ten that is at least `step`.
fn nice(step: f64) -> f64 {
    let size = 10_f64.powf(step.log10().floor());
    let digits = [1.0, 2.0, 5.0, 10.0];
    digits.iter().map(|digit| digit * size).find(|it| *it >= step * (1.0 - 1e-9)).unwrap_or(step)
}

/// A number beside an axis, with as many digits as tell it from the next tick.
pub(super) fn number(value: f64, step: f64) -> String {
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
pub(super) fn step(ticks: &[f64]) -> f64 {
    let gaps = ticks.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((second - first).abs()),
        _ => None,
    });
    let alone = ticks.first().map_or(1.0, |only| only.abs());
    let least = gaps.fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { alone }
}

/// The numbers beside an axis: each decade of a logarithmic one has its own digits.
pub(super) fn numbers(scale: &Scale, ticks: &[f64]) -> Vec<String> {
    let step = step(ticks);
    ticks.iter().map(|tick| number(*tick, if scale.log { *tick } else { step })).collect()
}

/// `label (unit)`; or what there is of it.
pub(super) fn title(axis: &Axis) -> String {
    match (axis.label.as_str(), axis.unit.as_str()) {
        ("", unit) => unit.to_owned(),
        (label, "") => label.to_owned(),
        (label, unit) => format!("{label} ({unit})"),
    }
}

/// A count as a number with a fraction.
pub(super) fn units(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// The nearest whole number; 0 for what is below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and between 0 and the size of a page"
)]
pub(super) fn whole(value: f64) -> usize {
    value.round().clamp(0.0, 1e6) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "an exponent of ten")]
fn power(exponent: f64) -> i32 {
    exponent.clamp(-400.0, 400.0) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(least: f64, most: f64, axis: &Axis) -> Scale {
        Scale::over(axis, [least, most].into_iter())
    }

    #[test]
    fn ticks_are_round_numbers() {
        let log = Axis { log: true, ..Axis::default() };
        assert_eq!(
            scale(0.0, 97.0, &Axis::default()).ticks(5),
            [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
        );
        assert_eq!(scale(2.0, 4096.0, &log).ticks(5), [10.0, 100.0, 1000.0]);
        assert_eq!(scale(3.0, 3.0, &Axis::default()).ticks(3), [2.0, 3.0, 4.0]);
    }

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
}
