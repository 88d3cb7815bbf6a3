//! What people read about the program agrees with the program.
//!
//! `UPDATE=1 cargo test --test manual` writes the generated parts of the README.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the manual has failed")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use library_tui::check::{RULES, Rule};
use library_tui::tui::action::{Action, Scope};
use library_tui::tui::keymap::Keymap;

#[test]
fn the_readme_lists_every_key() {
    check("keys", &keys());
}

#[test]
fn the_readme_shows_the_help_that_the_program_prints() {
    check("help", &format!("```text\n{}\n```\n", help(&["--help"]).trim_end()));
}

#[test]
fn the_guide_for_contributors_lists_every_rule() {
    let mut table =
        String::from("| Rule | Holds for | Why | How to mend |\n| --- | --- | --- | --- |\n");
    for Rule { name, scope, reason, mend } in RULES {
        let mend = mend.replace('<', "\\<").replace('|', "\\|");
        let _ = writeln!(table, "| `{name}` | {} | {reason} | {mend} |", scope.name());
    }
    check_page("CONTRIBUTING.md", "rules", &table);
}

#[test]
fn every_action_has_a_key_a_name_of_its_own_and_a_line_of_help() {
    let mut names: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Action::ALL.len(), "two actions have one name");
    for action in Action::ALL {
        assert!(!Keymap::default().keys(*action).is_empty(), "{action:?} has no key");
        assert!(!action.scopes().is_empty(), "{action:?} is valid nowhere");
        assert!(action.help().ends_with('.'), "{action:?}: help is a sentence");
        assert!(action.help().len() <= 80, "{action:?}: help is one line");
    }
}

#[test]
fn commands_and_options_in_the_papers_exist() {
    let commands =
        ["", "list", "read", "labs", "lab", "check", "new", "preview", "serve", "search", "export"];
    let helps: Vec<String> = commands.iter().map(|command| help(&[command, "--help"])).collect();
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for (number, line) in read(page).lines().enumerate() {
            let Some((_, call)) = line.split_once("library-tui ") else { continue };
            let call = call.split(['`', '#', '|']).next().unwrap_or_default();
            let options = call.split_whitespace().filter(|word| word.starts_with("--"));
            for option in options.filter(|option| option.len() > 2) {
                let known = helps.iter().any(|help| names(help, option));
                assert!(known, "{page}:{}: there is no option {option}", number + 1);
            }
        }
    }
}

#[test]
fn files_that_the_papers_link_to_exist() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        for (number, line) in read(page).lines().enumerate() {
            for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let file = link.split('#').next().unwrap_or_default();
                let elsewhere = file.is_empty() || file.contains("://");
                let found = elsewhere || root().join(file).exists();
                assert!(found, "{page}:{}: {link} leads nowhere", number + 1);
            }
        }
    }
}

#[test]
fn every_dependency_has_its_line_in_the_architecture_and_no_other_has() {
    let manifest = read("Cargo.toml");
    let sections = manifest.split("\n[").filter(|section| {
        let title = section.lines().next().unwrap_or_default();
        title == "dependencies]" || title.ends_with(".dependencies]")
    });
    let lines = sections.flat_map(|section| section.lines().skip(1));
    let mut used: Vec<&str> = lines.filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    used.sort_unstable();
    let page = read("ARCHITECTURE.md");
    let (_, rest) = page.split_once("| Crate |").unwrap();
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    let told: Vec<&str> = rows.filter_map(|row| row.split('|').nth(1)).map(str::trim).collect();
    assert_eq!(told, used);
}

/// Compares what stands between two comments of the README with what should stand there.
fn check(name: &str, wanted: &str) {
    check_page("README.md", name, wanted);
}

/// The same, for any page.
fn check_page(page: &str, name: &str, wanted: &str) {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let readme = read(page);
    let (before, rest) = readme.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    let written = [before, &begin, wanted, &end, after].concat();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(page), &written).unwrap();
    } else {
        assert_eq!(readme, written, "run `UPDATE=1 cargo test --test manual`");
    }
}

fn keys() -> String {
    let keymap = Keymap::default();
    let mut table = String::from("| Key | What it does | Where |\n| --- | --- | --- |\n");
    for action in Action::ALL {
        let keys: Vec<String> =
            keymap.keys(*action).iter().map(|keys| format!("`{keys}`")).collect();
        let (keys, place) = (keys.join(" "), place(action.scopes()));
        let _ = writeln!(table, "| {keys} | {} | {place} |", action.help());
    }
    table
}

fn place(scopes: &[Scope]) -> String {
    let names = scopes.iter().map(|scope| match scope {
        Scope::Home => "home",
        Scope::Browse => "browse",
        Scope::Reader => "article",
        Scope::List => "lists",
        Scope::Panel => "boxes",
        Scope::HandOff => "hand-off",
        Scope::Player => "lab",
        Scope::Tries => "tries",
        Scope::Select => "selecting",
        Scope::Review => "review",
        Scope::Statistics => "statistics",
    });
    let names: Vec<&str> = names.collect();
    match names.len() {
        10 => "everywhere".to_owned(),
        3 if names == ["home", "browse", "article"] => "every screen".to_owned(),
        _ => names.join(", "),
    }
}

fn help(arguments: &[&str]) -> String {
    let arguments = arguments.iter().filter(|argument| !argument.is_empty());
    let mut program = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    let output = program.args(arguments).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// Whether a help text has this option, whole.
fn names(help: &str, option: &str) -> bool {
    help.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == option)
}

fn read(page: &str) -> String {
    fs::read_to_string(root().join(page)).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
