//! Pictures, in the background: headers are looked at, and pictures put into the terminal's form,
//! one after the other. What a decoder does is not trusted: each picture has a thread of
//! its own, that may panic or be left behind.

use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use ratatui::layout::Size;

use crate::pictures;
use crate::text::Safe;
use crate::tui::Message;
use crate::tui::picture::{Drawn, Graphics, Job, News, Task, encode};
use crate::tui::runtime::worker::Craft;

/// How long drawing one picture may take.
const LONGEST: Duration = Duration::from_secs(10);
/// Threads that may be left behind before no more pictures are drawn.
const BEHIND: usize = 3;

/// Looks at pictures and draws them.
#[derive(Debug, Default)]
pub(super) struct Studio {
    /// Pictures drawn so far.
    count: u32,
    /// Threads that did not come back.
    behind: usize,
}

impl Craft for Studio {
    type Piece = Job;
    const NAME: &'static str = "pictures";

    fn opening(piece: &Job) -> u64 {
        piece.opening
    }

    fn done(&mut self, Job { opening, task }: Job) -> Option<Message> {
        self.answer(opening, task).map(Message::Pictures)
    }
}

impl Studio {
    fn answer(&mut self, opening: u64, task: Task) -> Option<News> {
        match task {
            Task::Look { from, images } => {
                let folder = from.parent().unwrap_or(Path::new(""));
                let look = |(link, path): (usize, String)| {
                    Some((link, pictures::look(&folder.join(path))?))
                };
                let seen: Vec<_> = images.into_iter().filter_map(look).collect();
                (!seen.is_empty()).then_some(News::Seen { opening, seen })
            }
            Task::Draw { link, path, graphics, size } => {
                let outcome = self.draw(path, graphics, size).map(Arc::new);
                Some(News::Drawn { opening, link, outcome })
            }
        }
    }

    fn draw(&mut self, path: PathBuf, graphics: Graphics, size: Size) -> Result<Drawn, Safe> {
        if self.behind >= BEHIND {
            return Err(Safe::from("other pictures take too long"));
        }
        let number = self.number();
        let (sender, drawn) = channel();
        let thread = thread::Builder::new().name("picture".into());
        let started = thread.spawn(move || sender.send(draw(&path, graphics, size, number)));
        if started.is_err() {
            return Err(Safe::from("there is no room for another thread"));
        }
        match drawn.recv_timeout(LONGEST) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => {
                self.behind += 1;
                Err(Safe::line(&format!("it takes longer than {} s", LONGEST.as_secs())))
            }
            Err(RecvTimeoutError::Disconnected) => Err(Safe::from("the decoder failed on it")),
        }
    }

    /// Tells pictures apart in a terminal that several programs draw in.
    fn number(&mut self) -> u32 {
        self.count = (self.count + 1) % 0x400;
        (process::id() & 0x1fff | 0x2000) << 10 | self.count
    }
}

fn draw(path: &Path, graphics: Graphics, size: Size, number: u32) -> Result<Drawn, Safe> {
    let (picture, bytes) = pictures::bytes(path)?;
    let pixels = |cells: u16, pixels: u16| u32::from(cells) * u32::from(pixels);
    let most = (pixels(size.width, graphics.cell.0), pixels(size.height, graphics.cell.1));
    let pixels = pictures::decode(&bytes, &picture, most)?;
    encode(pixels, graphics.protocol, size, number)
}
