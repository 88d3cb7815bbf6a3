//! Numbers in text, and those of them that have a unit.

/// A number with a unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// As it is written, with its unit.
    pub(crate) text: String,
    /// The word before it, in lower case.
    pub(crate) before: String,
    /// The number, magnitude words included.
    pub(crate) value: f64,
    /// What its last digit counts.
    pub(crate) step: f64,
    unit: Unit,
}

/// What kinds of units there are, by how code writes the same quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Share,
    Size,
    Time,
    Other,
}

/// The units that make a number a quantity.
const UNITS: &[(&str, Unit)] = &[
    ("%", Unit::Share),
    ("per cent", Unit::Share),
    ("percent", Unit::Share),
    ("KiB", Unit::Size),
    ("MiB", Unit::Size),
    ("GiB", Unit::Size),
    ("TiB", Unit::Size),
    ("kB", Unit::Size),
    ("KB", Unit::Size),
    ("MB", Unit::Size),
    ("GB", Unit::Size),
    ("TB", Unit::Size),
    ("PB", Unit::Size),
    ("bytes", Unit::Size),
    ("byte", Unit::Size),
    ("Gbit/s", Unit::Size),
    ("Mbit/s", Unit::Size),
    ("kbit/s", Unit::Size),
    ("GB/s", Unit::Size),
    ("MB/s", Unit::Size),
    ("TB/s", Unit::Size),
    ("GiB/s", Unit::Size),
    ("MiB/s", Unit::Size),
    ("ns", Unit::Time),
    ("µs", Unit::Time),
    ("μs", Unit::Time),
    ("ms", Unit::Time),
    ("s", Unit::Time),
    ("nanoseconds", Unit::Time),
    ("microseconds", Unit::Time),
    ("milliseconds", Unit::Time),
    ("seconds", Unit::Time),
    ("minutes", Unit::Time),
    ("hours", Unit::Time),
    ("days", Unit::Time),
    ("years", Unit::Time),
    ("FLOPs", Unit::Other),
    ("FLOP", Unit::Other),
    ("TFLOP/s", Unit::Other),
    ("GFLOP/s", Unit::Other),
    ("tokens", Unit::Other),
    ("parameters", Unit::Other),
    ("requests", Unit::Other),
    ("rows", Unit::Other),
    ("Hz", Unit::Other),
    ("kHz", Unit::Other),
    ("MHz", Unit::Other),
    ("GHz", Unit::Other),
    ("W", Unit::Other),
    ("°C", Unit::Other),
    ("dB", Unit::Other),
];

/// Words that multiply the number before them.
const MAGNITUDES: [(&str, f64); 5] =
    [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12), ("hundred", 1e2)];

impl Quantity {
    /// What the number may be multiplied by to meet the one in the code.
    pub(crate) fn scales(&self) -> &'static [f64] {
        // One digit says too little to allow for other units.
        if self.value / self.step < 9.5 && self.unit != Unit::Share {
            return &[1.0];
        }
        match self.unit {
            Unit::Share => &[1.0, 0.01],
            Unit::Size => {
                &[1.0, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9, 1024.0, 1_048_576.0, 1_073_741_824.0]
            }
            Unit::Time => &[1.0, 1e3, 1e6, 1e-3, 1e-6, 60.0, 3600.0, 86_400.0],
            Unit::Other => &[1.0, 1e3, 1e6, 1e9, 1e12, 1e-3, 1e-6, 1e-9],
        }
    }
}

/// The quantities in a text.
pub(crate) fn quantities(text: &str) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = vec![];
    let mut open: Vec<(Number, usize)> = vec![];
    let mut at = 0;
    while let Some((start, number)) = next(text, at) {
        at = start + number.length;
        let rest = text.get(at..).unwrap_or_default();
        // A range ascends.
        open.retain(|(first, _)| first.value < number.value);
        open.push((number, start));
        if let Some((length, magnitude, unit)) = unit(rest) {
            let end = at + length;
            for (number, start) in open.drain(..) {
                found.push(Quantity {
                    text: text.get(start..end).unwrap_or_default().to_owned(),
                    before: word_before(text, start),
                    value: number.value * magnitude,
                    step: number.step * magnitude,
                    unit,
                });
            }
            at = end;
        } else if !joins(rest) {
            open.clear();
        }
    }
    // Nothing is one, and the whole of something is no measurement.
    found.retain(|it| {
        it.value > 0.0 && !(it.unit == Unit::Share && (it.value - 100.0).abs() < 1e-9)
    });
    found
}

/// All numbers in a text, code included.
pub(crate) fn numbers(text: &str, found: &mut Vec<f64>) {
    let mut at = 0;
    while let Some((start, number)) = next(text, at) {
        at = start + number.length;
        found.push(number.value);
        let rest = text.get(at..).unwrap_or_default();
        if let Some(divisor) = rest.trim_start().strip_prefix('/')
            && let Some((0, divisor)) = next(divisor.trim_start(), 0)
        {
            found.push(number.value / divisor.value);
        }
        if let Some(bits) = rest.strip_prefix("**").or_else(|| rest.strip_prefix("^"))
            && let Some((0, power)) = next(bits.trim_start_matches(['{', ' ']), 0)
        {
            found.push(number.value.powf(power.value));
        }
        if let Some((_, magnitude)) =
            MAGNITUDES.iter().find(|(word, _)| rest.trim_start().starts_with(word))
        {
            found.push(number.value * magnitude);
        }
    }
}

/// A number as it is written.
struct Number {
    value: f64,
    step: f64,
    length: usize,
}

/// The next number from `at`, and where it begins. Digits in names (`v2`, `TF32`) are none.
fn next(text: &str, at: usize) -> Option<(usize, Number)> {
    let mut from = at;
    loop {
        let start = from + text.get(from..)?.find(|c: char| c.is_ascii_digit())?;
        let before = text.get(..start)?.chars().next_back();
        let number = number(text.get(start..)?)?;
        let named = before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            && !before.is_some_and(|c| c.is_ascii_digit());
        let fraction = before == Some('.') && start > at;
        if !named && !fraction {
            return Some((start, number));
        }
        from = start + number.length;
    }
}

fn number(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut digits = String::new();
    let (mut length, mut decimals, mut point) = (0, 0, false);
    while let Some(byte) = bytes.get(length) {
        match byte {
            b'0'..=b'9' => {
                digits.push(char::from(*byte));
                decimals += i32::from(point);
            }
            b'_' if !point && is_digit(length + 1) => {}
            b',' if !point
                && (1..=3).all(|next| is_digit(length + next))
                && !is_digit(length + 4) => {}
            b'.' if !point && is_digit(length + 1) => {
                point = true;
                digits.push('.');
            }
            _ => break,
        }
        length += 1;
    }
    let mut exponent = 0;
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let rest = text.get(length + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-' && c != '+');
        let end = end.unwrap_or(rest.len());
        if let Ok(power) = rest.get(..end).unwrap_or_default().parse::<i32>() {
            exponent = power.clamp(-300, 300);
            length += 1 + end;
        }
    }
    let value: f64 = digits.parse().ok()?;
    let step = 10_f64.powi(exponent - decimals);
    Some(Number { value: value * 10_f64.powi(exponent), step, length })
}

/// The unit that a text begins with: its length, magnitude words included, the magnitude, and
/// the kind.
fn unit(text: &str) -> Option<(usize, f64, Unit)> {
    let mut rest = skip_space(text);
    let mut magnitude = 1.0;
    if let Some((word, by)) = MAGNITUDES.iter().find(|(word, _)| rest.starts_with(word)) {
        magnitude = *by;
        rest = skip_space(rest.get(word.len()..).unwrap_or_default());
    }
    let fits = |name: &str| {
        let after = rest.strip_prefix(name)?;
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '-');
        (ends || name == "%").then_some(text.len() - after.len())
    };
    let found = UNITS.iter().filter_map(|(name, unit)| Some((fits(name)?, *unit)));
    let (length, unit) = found.max_by_key(|(length, _)| *length)?;
    Some((length, magnitude, unit))
}

fn skip_space(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}', '\u{202f}', '-']).unwrap_or(text)
}

/// Whether another number follows that shares the unit: `150 to 300 ms`, `10–19 s`, `5 or 6 ms`.
fn joins(rest: &str) -> bool {
    ["–", "-", " to ", " or ", " and ", ", "].iter().any(|joint| {
        let after = rest.strip_prefix(joint);
        after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn word_before(text: &str, start: usize) -> String {
    let before = text.get(..start).unwrap_or_default().trim_end();
    before.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, f64, f64)> {
        quantities(text).into_iter().map(|it| (it.text, it.value, it.step)).collect()
    }

    fn one(text: &str) -> (String, f64, f64) {
        let mut all = told(text);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn a_number_with_a_unit_is_a_quantity() {
        assert_eq!(one("needs 44 GiB here"), ("44 GiB".into(), 44.0, 1.0));
        assert_eq!(one("at 94.8 % of"), ("94.8 %".into(), 94.8, 0.1));
        assert_eq!(one("1,500 ms."), ("1,500 ms".into(), 1500.0, 1.0));
        assert_eq!(one("2.5 million rows"), ("2.5 million rows".into(), 2.5e6, 1e5));
        assert_eq!(one("a 200-byte row").0, "200-byte");
        let ranges = told("150 to 300 ms, then 10–19 s");
        assert_eq!(ranges.iter().map(|it| it.1).collect::<Vec<_>>(), [150.0, 300.0, 10.0, 19.0]);
    }

    #[test]
    fn names_years_and_counts_are_none() {
        for text in [
            "Python 3.11 and v2 in 2024",
            "five servers, 4 voters",
            "100 % and 0 ms",
            "TF32 bytes",
            "section 5.2",
            "3 sections",
            "A100s",
            "12 ms-like",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn numbers_of_code_are_read_in_every_notation() {
        let mut found = vec![];
        numbers("x = 1_000_000; y = 2**30; 3.5e-4 a7 0x10 1,234", &mut found);
        assert_eq!(found, [1e6, 2.0, 1_073_741_824.0, 30.0, 3.5e-4, 0.0, 1234.0]);
    }
}
