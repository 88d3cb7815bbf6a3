//! From numbers to places on an axis.

use crate::document::Axis;

/// An axis with its ends.
#[derive(Debug, Clone)]
pub struct Scale {
    from: f64,
    to: f64,
    log: bool,
}

impl Scale {
    /// An axis over these values, with the ends that the chart asks for.
    pub fn over(axis: &Axis, values: impl Iterator<Item = f64>) -> Self {
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
    pub fn place(&self, value: f64) -> f64 {
        if self.log {
            (value.ln() - self.from.ln()) / (self.to.ln() - self.from.ln())
        } else {
            (value - self.from) / (self.to - self.from)
        }
    }

    /// The cell of a value among `cells` with `dots` in each, from the left; none outside of the
    /// ends.
    pub fn cell(&self, value: f64, cells: usize, dots: usize) -> Option<usize> {
        let place = self.inside(value)?;
        Some(whole(place * units((cells * dots).saturating_sub(1))) / dots)
    }

    /// The same from the top, for an axis that goes up.
    pub fn row(&self, value: f64, cells: usize, dots: usize) -> Option<usize> {
        let place = 1.0 - self.inside(value)?;
        Some(whole(place * units((cells * dots).saturating_sub(1))) / dots)
    }

    /// The place of a value that is between the ends, or next to them by rounding alone.
    pub fn inside(&self, value: f64) -> Option<f64> {
        let place = self.place(value);
        (-1e-9..=1.0 + 1e-9).contains(&place).then(|| place.clamp(0.0, 1.0))
    }

    /// Round numbers between the ends, about `count` of them.
    pub fn ticks(&self, count: usize) -> Vec<f64> {
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
    pub fn value(&self, place: f64) -> f64 {
        if self.log {
            (self.from.ln() + place * (self.to.ln() - self.from.ln())).exp()
        } else {
            self.from + place * (self.to - self.from)
        }
    }

    /// Whether it is logarithmic.
    pub fn is_log(&self) -> bool {
        self.log
    }

    /// Where the axis begins.
    pub fn from(&self) -> f64 {
        self.from
    }
}

/// 1, 2 or 5 times a power of ten that is at least `step`.
fn nice(step: f64) -> f64 {
    let size = 10_f64.powf(step.log10().floor());
    let digits = [1.0, 2.0, 5.0, 10.0];
    digits.iter().map(|digit| digit * size).find(|it| *it >= step * (1.0 - 1e-9)).unwrap_or(step)
}

/// A count as a number with a fraction.
pub fn units(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// The nearest whole number; 0 for what is below.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and between 0 and the size of a page"
)]
pub fn whole(value: f64) -> usize {
    value.round().clamp(0.0, 1e6) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "an exponent of ten")]
pub(crate) fn power(exponent: f64) -> i32 {
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
}
