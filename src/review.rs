//! What a reader keeps: questions of articles as cards, and when each is asked again.
//!
//! A card is made from an article's `## Check yourself`. What is remembered of it is nothing but
//! the grades that it was given and when; how well it is known follows from those, so two lists
//! of grades can be put together in any order. Plain data in, plain data out: no clock, no files.

mod card;
mod queue;
mod record;
mod schedule;

pub use card::{Card, cards};
pub use queue::{CARDS_A_DAY, NEW_A_DAY, Queue, queue};
pub use record::{Figures, Records, Streak, figures};
pub use schedule::{Grade, Graded, Interval, Learnt, Next, RETENTION, learnt, next};
