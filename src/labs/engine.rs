//! Plays labs: a lab's model in a box without a clock, a network or files, with bounded memory
//! and bounded time. What comes out is plain data.
//!
//! A lab that loops, grows or throws is an error and never more: [`Session`] starts it again from
//! the last good state, [`Player`] leaves even a thread behind that does not come back.

mod player;
#[cfg(feature = "labs")]
mod sandbox;
#[cfg(not(feature = "labs"))]
#[path = "engine/absent.rs"]
mod sandbox;

pub use player::{Answer, Player};

use std::collections::BTreeMap;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde::Serialize;

use crate::labs::engine::sandbox::Sandbox;
use crate::labs::file::LabFile;
use crate::labs::picture::{Declared, Picture};

/// The script between a lab and this program.
const HOST: &str = include_str!("engine/host.js");

/// Whether this build can play labs.
pub const IS_HERE: bool = cfg!(feature = "labs");

/// Pictures longer than this many bytes of JSON are refused.
const MAX_ANSWER: usize = 2 << 20;

/// What a lab may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory.
    pub memory: usize,
    /// Bytes of stack.
    pub stack: usize,
    /// Work to open, in time of a processor.
    pub load: Duration,
    /// Work for a request, in time of a processor.
    pub call: Duration,
}

impl Limits {
    /// What a lab may take that is played.
    pub const PLAYED: Self = Self {
        memory: 32 << 20,
        stack: 256 << 10,
        load: Duration::from_millis(500),
        call: Duration::from_millis(250),
    };
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// This build has no engine.
    #[error("this build cannot play labs; it was built without the feature `labs`")]
    Absent,
    /// It ran out of time.
    #[error("the lab took too long and was stopped")]
    Late,
    /// It ran out of memory.
    #[error("the lab asked for too much memory and was stopped")]
    Memory,
    /// It failed, in its own words.
    #[error("the lab failed: {0}")]
    Failed(String),
    /// What it showed is not what a lab shows.
    #[error("the lab showed something that is no picture: {0}")]
    Garbled(String),
    /// It does not come back, and was left behind.
    #[error("the lab does not answer and was left behind")]
    Lost,
}

/// What is asked of a lab.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Nothing; show the state.
    Show,
    /// Give controls these values. Unknown names are ignored, values are brought into range.
    Set(BTreeMap<String, Setting>),
    /// Move a control by so many steps; press it when it is a button.
    Nudge(String, i32),
    /// An action and its argument, as [`crate::labs::picture::Press`] names them.
    Act(String, Option<String>),
    /// Go to a tick.
    Seek(u32),
    /// Go so many ticks on, or back.
    Step(i32),
    /// Start from a preset.
    Preset(String),
    /// Start from a case, as [`crate::labs::file::Try`] names them.
    Case(String),
    /// Go to the state of an address, which may be garbage; that is the first state.
    Open(String),
}

/// A value for a control.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Setting {
    /// Of a range.
    Number(f64),
    /// Of a pick (the option's name) or of a text.
    Text(String),
    /// Of a toggle.
    On(bool),
}

/// Opens labs on the calling thread.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    limits: Limits,
}

impl Engine {
    /// An engine that plays.
    pub const fn new() -> Self {
        Self { limits: Limits::PLAYED }
    }

    /// An engine with other limits.
    pub const fn with_limits(limits: Limits) -> Self {
        Self { limits }
    }

    /// Opens a lab at its first preset.
    pub fn open(&self, lab: &LabFile) -> Result<Session, Fault> {
        let mut session = Session {
            scripts: [lab.core.clone(), lab.model.clone()],
            limits: self.limits,
            sandbox: None,
            declared: Declared::default(),
            picture: Picture::default(),
        };
        session.show()?;
        Ok(session)
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

/// A lab that is being played.
#[derive(Debug)]
pub struct Session {
    scripts: [String; 2],
    limits: Limits,
    /// None after a fault: what was interrupted is not gone on with.
    sandbox: Option<Sandbox>,
    declared: Declared,
    picture: Picture,
}

impl Session {
    /// What the lab declares: presets, cases, panes.
    pub fn declared(&self) -> &Declared {
        &self.declared
    }

    /// What the lab shows; the last good picture after a fault.
    pub fn picture(&self) -> &Picture {
        &self.picture
    }

    /// The state as the fragment of the lab's address.
    pub fn hash(&self) -> &str {
        &self.picture.hash
    }

    /// Gives controls these values.
    pub fn set(&mut self, patch: BTreeMap<String, Setting>) -> Result<&Picture, Fault> {
        self.ask(&Request::Set(patch))
    }

    /// Does an action.
    pub fn act(&mut self, name: &str, arg: Option<&str>) -> Result<&Picture, Fault> {
        self.ask(&Request::Act(name.to_owned(), arg.map(str::to_owned)))
    }

    /// Goes to a tick.
    pub fn seek(&mut self, tick: u32) -> Result<&Picture, Fault> {
        self.ask(&Request::Seek(tick))
    }

    /// Starts from a preset.
    pub fn preset(&mut self, id: &str) -> Result<&Picture, Fault> {
        self.ask(&Request::Preset(id.to_owned()))
    }

    /// Starts from a case.
    pub fn case(&mut self, id: &str) -> Result<&Picture, Fault> {
        self.ask(&Request::Case(id.to_owned()))
    }

    /// Goes to the state of an address.
    pub fn open_hash(&mut self, hash: &str) -> Result<&Picture, Fault> {
        self.ask(&Request::Open(hash.to_owned()))
    }

    /// Asks for anything. After a fault the lab is opened again at the last good state first.
    pub fn ask(&mut self, request: &Request) -> Result<&Picture, Fault> {
        if self.sandbox.is_none() {
            let hash = self.hash().to_owned();
            self.show()?;
            if !hash.is_empty() {
                self.picture = self.answer(&Request::Open(hash))?;
            }
        }
        self.picture = self.answer(request)?;
        Ok(&self.picture)
    }

    /// Opens the lab anew.
    fn show(&mut self) -> Result<(), Fault> {
        let [core, model] = &self.scripts;
        let sandbox = Sandbox::new(&self.limits)?;
        let scripts = [("lab-core", core.as_str()), ("lab-model", model), ("host", HOST)];
        sandbox.load(&scripts, self.limits.load)?;
        self.declared = read(&sandbox.call("declared", "", self.limits.call)?)?;
        self.sandbox = Some(sandbox);
        self.picture = self.answer(&Request::Show)?;
        Ok(())
    }

    fn answer(&mut self, request: &Request) -> Result<Picture, Fault> {
        let sandbox = self.sandbox.take().ok_or(Fault::Lost)?;
        let request = serde_json::to_string(request).unwrap_or_default();
        let picture = read(&sandbox.call("answer", &request, self.limits.call)?)?;
        self.sandbox = Some(sandbox);
        Ok(picture)
    }
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Fault> {
    if json.len() > MAX_ANSWER {
        return Err(Fault::Garbled("it is longer than 2 MiB".to_owned()));
    }
    serde_json::from_str(json).map_err(|error| Fault::Garbled(error.to_string()))
}

/// Runs `script` after a lab's own and these more; what it gives is a text.
pub(crate) fn run(
    lab: &LabFile,
    more: &'static [(&'static str, &'static str)],
    script: String,
    limits: Limits,
) -> Result<String, Fault> {
    let (core, model) = (lab.core.clone(), lab.model.clone());
    apart(limits.load + limits.call, move || {
        let sandbox = Sandbox::new(&limits)?;
        let own = [("lab-core", core.as_str()), ("lab-model", &model)];
        sandbox.load(&[&own, more].concat(), limits.load)?;
        sandbox.eval(&script, limits.call)
    })
}

/// Opens a lab and looks at every state that it declares, each within the limits.
pub(crate) fn rehearse(lab: &LabFile, limits: Limits) -> Result<(), Fault> {
    let lab = lab.clone();
    apart(limits.load + limits.call * 8, move || {
        let mut session = Engine::with_limits(limits).open(&lab)?;
        let Declared { presets, cases, .. } = session.declared().clone();
        let presets = presets.into_iter().map(|it| Request::Preset(it.id));
        for request in presets.chain(cases.into_iter().map(Request::Case)) {
            session.ask(&request)?;
            session.seek(u32::MAX)?;
        }
        Ok(())
    })
}

/// Works on a thread of its own, which is left behind when it does not come back; nobody is
/// waiting at a screen, so that is long after its limit.
fn apart<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let (sender, answer) = channel();
    let worker = thread::Builder::new().name("lab".into()).spawn(move || sender.send(work()));
    worker.map_err(|error| Fault::Failed(error.to_string()))?;
    answer.recv_timeout(limit * 10 + GRACE).unwrap_or(Err(Fault::Lost))
}

/// How much longer than its limits a lab may take before it counts as lost.
///
/// The limits are work, this is waiting: a busy machine may take a while.
const GRACE: Duration = Duration::from_secs(4);
