//! The time of a lab: whether it runs, how fast, and how many ticks a frame is.

use crate::tui::player::pen;

/// Frames in a second at most.
const FRAMES: f64 = 20.0;

/// The longest time that a lab which was busy may catch up with, in seconds.
const CATCH_UP: f64 = 0.25;

/// The slowest and the fastest: powers of two.
const SPEEDS: (i32, i32) = (-3, 4);

/// How a lab's time passes. The clock is elsewhere: [`Pace::tick`] is called once a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pace {
    /// Whether time passes.
    pub is_playing: bool,
    /// A power of two: 0 is the lab's own speed.
    pub speed: i32,
    /// Ticks that are due, and a part of one.
    due: f64,
}

impl Pace {
    /// Twice or half as fast.
    pub fn shift(&mut self, by: i32) {
        self.speed = (self.speed + by).clamp(SPEEDS.0, SPEEDS.1);
    }

    /// Begins.
    pub fn play(&mut self) {
        *self = Self { is_playing: true, due: 0.0, ..*self };
    }

    /// Stops.
    pub fn pause(&mut self) {
        self.is_playing = false;
    }

    /// Milliseconds from a frame to the next, for a lab of `rate` ticks in a second.
    pub fn frame(self, rate: f64) -> u32 {
        u32::from(pen::rounded(1000.0 / self.ticks(rate).clamp(0.02, FRAMES)))
    }

    /// A frame's time has passed.
    pub fn tick(&mut self, rate: f64) {
        let most = (self.ticks(rate) * CATCH_UP).max(1.0);
        self.due = (self.due + self.ticks(rate) * f64::from(self.frame(rate)) / 1000.0).min(most);
    }

    /// The whole ticks that are due; what is left of one stays.
    pub fn take(&mut self) -> i32 {
        // A beat is whole milliseconds: what rounding took off a tick must not cost a frame.
        let whole = (self.due + 0.01).floor();
        self.due = (self.due - whole).max(0.0);
        pen::rounded(whole).into()
    }

    /// Its name: `1×`, `½×`, `4×`.
    pub fn name(self) -> &'static str {
        match self.speed {
            ..=-3 => "⅛×",
            -2 => "¼×",
            -1 => "½×",
            0 => "1×",
            1 => "2×",
            2 => "4×",
            3 => "8×",
            4.. => "16×",
        }
    }

    /// Its name in ASCII.
    pub fn plain_name(self) -> &'static str {
        match self.speed {
            ..=-3 => "1/8x",
            -2 => "1/4x",
            -1 => "1/2x",
            0 => "1x",
            1 => "2x",
            2 => "4x",
            3 => "8x",
            4.. => "16x",
        }
    }

    fn ticks(self, rate: f64) -> f64 {
        rate.clamp(0.0, 10_000.0) * f64::from(self.speed).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(frames: u32, rate: f64, speed: i32) -> i32 {
        let mut pace = Pace { speed, ..Pace::default() };
        (0..frames)
            .map(|_| {
                pace.tick(rate);
                pace.take()
            })
            .sum()
    }

    #[test]
    fn a_second_of_frames_is_a_second_of_ticks() {
        assert_eq!(Pace::default().frame(60.0), 50);
        assert_eq!(after(20, 60.0, 0), 60);
        assert_eq!(after(20, 60.0, -1), 30);
        assert_eq!(after(20, 30.0, 2), 120);
        assert_eq!(Pace::default().frame(1.0), 1000);
        assert_eq!(after(10, 1.0, 0), 10);
        assert_eq!(after(30, 3.0, 0), 30);
    }

    #[test]
    fn a_busy_lab_catches_up_with_a_quarter_of_a_second_at_most() {
        let mut pace = Pace::default();
        (0..100).for_each(|_| pace.tick(60.0));
        assert_eq!((pace.take(), pace.take()), (15, 0));
        (0..100).for_each(|_| pace.tick(1.0));
        assert_eq!(pace.take(), 1);
    }

    #[test]
    fn absurd_rates_are_bounded() {
        for rate in [0.0, -1.0, 1e300, 1e-300] {
            let mut pace = Pace::default();
            pace.shift(100);
            assert!((50..=50_000).contains(&pace.frame(rate)), "{rate}");
            pace.tick(rate);
            assert!(pace.take() <= 40_000);
        }
    }
}
