//! A lab played in a real terminal, with the engine on its own threads and time passing.

use crate::terminal::pty::{Start, Terminal};

/// The program's own lab, whose leader S1 crashes when its time begins.
fn raft(columns: u16, rows: u16) -> Terminal {
    let arguments = ["lab", "raft-election#", "--play"];
    let start = Start::program(&arguments).without("LIBRARY_TUI_CONTENT").sized(columns, rows);
    let mut terminal = start.run();
    terminal.sees("No leader, no candidate.").sees("? help").is_taken();
    terminal
}

#[test]
fn raft_elects_a_leader_and_another_one_when_the_past_is_changed() {
    let mut terminal = raft(120, 40);
    terminal.sees("S1").sees("crashed").sees("paused");
    terminal.press(" ").sees("playing").sees("S3 stands for term 2 with 1 of 3 votes");
    terminal.sees("S3 leads term 2 since 180 ms, with 3 of 5 votes");
    // Scrubbing back stops it, and the leader is not one yet.
    terminal.press("0").sees("No leader, no candidate").sees("paused");
    terminal.press(">>>").sees("30 ms");
    // The last server in Tab's order times out at once.
    terminal.press("\x1b[Z").sees("▸ S5 term 1 ◂").press("\r").sees("S5 stands for term 2");
    terminal.press("++ ").sees("playing").sees("S5 leads term 2 since 60 ms");
    terminal.press("0>>>").sees("S5 stands for term 2");
    terminal.press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_lab_is_played_in_a_small_terminal() {
    let mut terminal = raft(40, 12);
    terminal.press("\x1b[B").sees("Minimum timeout").press("\x1b[C").sees("160 ms");
    terminal.press("\t").sees("2 of 5").press("2").sees("leads term 3").press("y");
    terminal.sees("Copied").press("\x1b").sees("Raft Election");
}

#[test]
fn without_a_terminal_a_lab_is_not_played() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_library-tui"))
        .args(["lab", "raft-election", "--play"])
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("needs a terminal"), "{error}");
}
