//! What becomes of the state when a system call fails, or the program is killed at it; and when
//! eight programs write at once.
//!
//! Every write is done once to count its system calls on the state's folder, then once more for
//! each of them and each fault. Afterwards the folder holds the old state or the new one, never
//! something between, and what was said to be saved is there. The faults are made by
//! `tests/faults/shim.c`, which is loaded into a process that does one write: this test again.

#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its faults has failed")]
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use library_tui::review::Grade;
use library_tui::state::store::{FILE, Store, StoreError, TakeIn};
use library_tui::state::{
    Carried, Change, Finished, Highlight, Mark, Memory, Name, Pace, Place, ReadOn,
};

/// Tells this test that it is a process to do a write in.
const ACT: &str = "FAULTS_ACT";
const SAVED: &str = "the process says: saved";

/// What a reader does that is written.
const ACTS: [&str; 9] =
    ["begin", "bring-up", "progress", "mark", "list", "highlight", "grade", "import", "clear"];

/// The faults, as the shim reads them: EIO is 5, ENOSPC 28, EROFS 30, EINTR 4.
const KINDS: [&str; 8] =
    ["kill", "torn", "once:5", "lasts:5", "once:28", "lasts:28", "lasts:30", "once:4"];

fn place(offset: usize) -> Place {
    let quote = "a passage that is long enough to be found again";
    Place { anchor: "part".into(), block: 2, offset, above: 0, quote: quote.into() }
}

fn read(slug: &str, percent: u8) -> Change {
    let pace = Pace { words: 200, spent: 60_000 };
    let name = Name::article(slug);
    Change::Read(ReadOn { visit: 1, name, place: place(7), percent, spent: 1_500, pace })
}

fn noted(slug: &str, offset: usize) -> Change {
    let note = "a note\n".repeat(300);
    Change::SetHighlight(Highlight { note, ..Highlight::new(Name::article(slug), place(offset)) })
}

/// A state with something of each kind in it, on more than a few pages.
fn before() -> Vec<Change> {
    let mut changes: Vec<Change> = (0..40).map(|at| read(&format!("article-{at}"), 30)).collect();
    changes.extend((0..10).map(|at| noted("one", at)));
    changes.push(Change::Enlist(Name::article("one")));
    changes.push(Change::Graded("one#1".into(), Grade::Good));
    changes
}

/// What another machine brings.
fn carried() -> Carried {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(Some(folder.path())).unwrap().store;
    store
        .write(&(50..80).map(|at| read(&format!("article-{at}"), 90)).collect::<Vec<_>>())
        .unwrap();
    store.write(&[noted("two", 1), Change::Graded("two#1".into(), Grade::Again)]).unwrap();
    store.carry().unwrap()
}

/// Does one write, as the program does it.
fn act(name: &str, folder: &Path) -> Result<(), StoreError> {
    let mut store = Store::open(Some(folder))?.store;
    let one = || Name::article("one");
    let changes = match name {
        "begin" | "bring-up" => return Ok(()),
        "progress" => vec![read("article-3", 100), read("new", 10)],
        "mark" => {
            vec![Change::SetMark(Mark { letter: 'a', name: one(), place: place(1), made: 0 })]
        }
        "list" => vec![
            Change::Enlist(Name::article("two")),
            Change::Finish(one(), Finished::Yes),
            Change::Set("a-setting".into(), Some("its value".into())),
        ],
        "highlight" => vec![noted("one", 99)],
        "grade" => vec![Change::Graded("one#2".into(), Grade::Hard)],
        "import" => {
            let text = fs::read_to_string(folder.with_file_name("other.json")).unwrap_or_default();
            return store.take_in(&Carried::parse(&text).unwrap(), TakeIn::Truly).map(|_| ());
        }
        _ => return store.clear(),
    };
    store.write(&changes)
}

/// What the test does when it was started to act.
fn acts() -> bool {
    let (Ok(name), Ok(folder)) = (std::env::var(ACT), std::env::var("FAULT_DIR")) else {
        return false;
    };
    let said = match act(&name, Path::new(&folder)) {
        Ok(()) => SAVED.to_owned(),
        Err(error) => format!("the process says: {error}"),
    };
    std::io::stdout().write_all(said.as_bytes()).unwrap();
    true
}

/// A place to run one act in, again and again.
struct Bench {
    shim: PathBuf,
    /// The state's folder.
    folder: PathBuf,
    log: PathBuf,
    /// The file as it was before the act; none when there was none.
    start: Option<Vec<u8>>,
    act: &'static str,
    _room: tempfile::TempDir,
}

/// What a process did.
struct Ran {
    status: ExitStatus,
    said: String,
    /// The calls that it made on the folder, by their names.
    calls: Vec<String>,
}

impl Bench {
    fn new(act: &'static str) -> Self {
        // Memory, where there is some: nothing here has to outlive the machine.
        let memory = Path::new("/dev/shm");
        let room = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let room = room.unwrap();
        let folder = room.path().join("state");
        let mut bench = Self {
            shim: room.path().join("shim.so"),
            log: room.path().join("calls"),
            start: None,
            act,
            folder,
            _room: room,
        };
        bench.build();
        bench.start = bench.file_before();
        fs::write(bench.folder.with_file_name("other.json"), carried().to_json()).unwrap();
        bench
    }

    fn build(&self) {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let mut cc = Command::new("cc");
        cc.args(["-O1", "-shared", "-fPIC", "-o"]).arg(&self.shim).arg(source).arg("-ldl");
        assert!(cc.status().unwrap().success(), "cc is needed to make the faults");
    }

    fn file_before(&self) -> Option<Vec<u8>> {
        if self.act == "begin" {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        if self.act == "bring-up" {
            // As the first version wrote it.
            drop(Store::open(Some(folder.path())).unwrap());
            let old = rusqlite::Connection::open(&path).unwrap();
            old.execute_batch("DROP TABLE graded; PRAGMA user_version = 1").unwrap();
        } else {
            let mut store = Store::open(Some(folder.path())).unwrap().store;
            store.write(&before()).unwrap();
        }
        Some(fs::read(path).unwrap())
    }

    /// The folder as it was before the act.
    fn reset(&self) {
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(&self.log);
        if let Some(bytes) = &self.start {
            fs::create_dir(&self.folder).unwrap();
            fs::write(self.folder.join(FILE), bytes).unwrap();
        }
    }

    /// Acts in a process of its own; at the call of this number, from 1, with a fault.
    fn run(&self, fault: Option<(usize, &str)>) -> Ran {
        self.reset();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "every_write_survives_every_fault_at_every_call", "--nocapture"]);
        command.args(["--test-threads", "1", "--quiet"]).env_clear();
        command.env(ACT, self.act).env("LD_PRELOAD", &self.shim).env("FAULT_DIR", &self.folder);
        command.stdin(Stdio::null()).stderr(Stdio::null());
        match fault {
            None => command.env("FAULT_LOG", &self.log),
            Some((at, kind)) => command.env("FAULT_AT", at.to_string()).env("FAULT_KIND", kind),
        };
        let output = command.output().unwrap();
        let calls = fs::read_to_string(&self.log).unwrap_or_default();
        Ran {
            status: output.status,
            said: String::from_utf8_lossy(&output.stdout).into_owned(),
            calls: calls.lines().map(str::to_owned).collect(),
        }
    }

    /// Everything that the folder holds now, without the times; or what is wrong with it.
    fn holds(&self) -> Result<Held, String> {
        let failed = |error: StoreError| error.to_string();
        let opened = Store::open(Some(&self.folder)).map_err(failed)?;
        if let Some(remark) = opened.remark {
            return Err(format!("a sound file was set aside: {remark}"));
        }
        let mut store = opened.store;
        store.check().map_err(failed)?;
        let memory = timeless(store.load().map_err(failed)?);
        Ok(Held { memory, visits: store.history(1_000, 0).map_err(failed)?.len() })
    }
}

/// What a store holds.
#[derive(Debug, PartialEq)]
struct Held {
    memory: Memory,
    visits: usize,
}

fn timeless(mut memory: Memory) -> Memory {
    for progress in memory.progress.values_mut() {
        progress.finished = progress.finished.map(|_| 1);
        (progress.opened, progress.read) = (0, 0);
    }
    memory.marks.iter_mut().for_each(|mark| mark.made = 0);
    for list in memory.highlights.values_mut() {
        for it in list.iter_mut() {
            (it.made, it.changed) = (0, 0);
        }
        list.sort_by(|a, b| a.id.cmp(&b.id));
    }
    let records = std::mem::take(&mut memory.records);
    for (card, grades) in records.iter() {
        for (at, graded) in (0..).zip(grades) {
            memory.records.add(card, library_tui::review::Graded { at, ..*graded });
        }
    }
    memory
}

/// Whether a fault can show at a call: what only reads is not refused for want of room.
fn applies(kind: &str, call: &str) -> bool {
    let reads = [
        "read", "pread", "stat", "lstat", "fstat", "statx", "access", "opendir", "readlink",
        "close",
    ];
    match kind {
        "torn" => ["write", "pwrite"].contains(&call),
        "once:28" | "lasts:28" | "lasts:30" => !reads.contains(&call) && call != "fcntl",
        _ => true,
    }
}

#[test]
fn every_write_survives_every_fault_at_every_call() {
    if acts() {
        return;
    }
    let (mut points, mut runs, mut failures) = (0, 0, vec![]);
    let (mut ended, mut told) = (0, 0);
    for name in ACTS {
        let bench = Bench::new(name);
        bench.reset();
        // Opening brings an old file up, which changes nothing that it holds.
        let old = bench.holds().unwrap();
        let whole = bench.run(None);
        assert!(whole.status.success() && whole.said.contains(SAVED), "{name}: {}", whole.said);
        let new = bench.holds().unwrap();
        assert!(!whole.calls.is_empty(), "{name} writes nothing");
        points += whole.calls.len();
        for (at, call) in (1..).zip(&whole.calls) {
            for kind in KINDS.iter().filter(|kind| applies(kind, call)) {
                let ran = bench.run(Some((at, kind)));
                let held = bench.holds();
                let is_new = held.as_ref() == Ok(&new);
                let is_old = held.as_ref() == Ok(&old);
                let killed = matches!(*kind, "kill" | "torn");
                ended += usize::from(ran.status.signal() == Some(9));
                told += usize::from(ran.status.success() && !ran.said.contains(SAVED));
                let wrong = match held {
                    Err(reason) => reason,
                    _ if !is_new && !is_old => "neither old nor new".to_owned(),
                    _ if ran.said.contains(SAVED) && !is_new => "said to be saved".to_owned(),
                    _ if killed == ran.status.success() => "it does not end so".to_owned(),
                    _ => String::new(),
                };
                if !wrong.is_empty() {
                    let said = ran.said.lines().find(|line| line.contains("says")).unwrap_or("");
                    failures.push(format!("{name}, call {at} ({call}), {kind}: {wrong} ({said})"));
                }
                runs += 1;
            }
        }
    }
    let mut out = std::io::stderr().lock();
    let (writes, failed) = (ACTS.len(), failures.len());
    writeln!(out, "faults: {writes} writes, {points} calls, {runs} runs").unwrap();
    writeln!(out, "faults: {ended} killed, {told} told of, {failed} failures").unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(ended > runs / 10 && told > runs / 10, "the faults do not reach the program");
}

/// Processes that write at once, and how often each of them.
const WRITERS: usize = 8;
const WRITES: usize = 1_250;

/// Writes as one of many, when the test was started for that.
fn writes() -> bool {
    let (Ok(writer), Ok(folder)) = (std::env::var("FAULTS_WRITER"), std::env::var("FAULT_DIR"))
    else {
        return false;
    };
    let writer: usize = writer.parse().unwrap();
    let mut store = Store::open(Some(Path::new(&folder))).unwrap().store;
    for at in 0..WRITES {
        let change = match at % 4 {
            0 => read("shared", u8::try_from(at % 100).unwrap()),
            1 => noted("shared", writer * WRITES + at),
            2 => Change::Enlist(Name::article(&format!("article-{writer}-{at}"))),
            _ => Change::Graded(format!("shared#{writer}-{at}"), Grade::Good),
        };
        store.write(&[change]).unwrap();
    }
    true
}

#[test]
fn eight_programs_write_ten_thousand_times_and_nothing_is_lost() {
    if writes() {
        return;
    }
    let memory = Path::new("/dev/shm");
    let room = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let room = room.unwrap();
    let start = |writer: usize| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let name = "eight_programs_write_ten_thousand_times_and_nothing_is_lost";
        command.args(["--exact", name, "--nocapture", "--test-threads", "1", "--quiet"]);
        command.env("FAULTS_WRITER", writer.to_string()).env("FAULT_DIR", room.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
    };
    let writers: Vec<_> = (0..WRITERS).map(start).collect();
    for mut writer in writers {
        assert!(writer.wait().unwrap().success(), "a writer failed");
    }
    let memory = Store::open(Some(room.path())).unwrap().store.load().unwrap();
    let shared = Name::article("shared");
    let of_kind = |kind: usize| WRITERS * (WRITES - kind).div_ceil(4);
    assert_eq!(memory.progress(&shared).unwrap().spent, of_kind(0) as u64 * 1_500);
    assert_eq!(memory.highlights(&shared).len(), of_kind(1));
    assert_eq!(memory.list.len(), of_kind(2));
    assert_eq!(memory.records.iter().count(), of_kind(3));
    assert_eq!((0..4).map(of_kind).sum::<usize>(), WRITERS * WRITES);
    let mut out = std::io::stderr().lock();
    writeln!(out, "writers: {WRITERS} at once, {} writes, 0 lost", WRITERS * WRITES).unwrap();
}
