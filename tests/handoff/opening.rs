//! Labs and addresses opened in browsers.

use std::path::Path;
use std::process::Command;

use crate::handoff::program::{Served, browser, get, given, program};

fn open(named: &str) -> Command {
    let mut command = program(&["lab", "kv-cache-growth", "--open"]);
    command.env("BROWSER", named).env("SSH_CONNECTION", "192.0.2.7 51234 198.51.100.4 22");
    command.env("USER", "ada");
    command
}

#[test]
fn a_lab_is_opened_in_the_browser_that_is_named_even_over_ssh() {
    let folder = tempfile::tempdir().unwrap();
    let browser = browser(folder.path(), "browser", "exec sleep 2");
    let name = browser.to_str().unwrap();
    let forms = [
        (name.to_owned(), 1),
        (format!("{name} %s"), 1),
        (format!("{name} --new %s last"), 3),
        (format!("/no/such:{name}"), 1),
        (format!("lynx:false:{name}"), 1),
    ];
    for (form, count) in forms {
        let served = Served::start(&mut open(&form));
        let arguments = given(&browser);
        assert_eq!(arguments.len(), count, "{form}: {arguments:?}");
        let once = arguments.iter().find(|it| it.starts_with("http://127.0.0.1:")).unwrap();
        let token = served.address.split('/').nth(3).unwrap();
        assert!(!once.contains(token), "{once}");
        let moved = get(once);
        let to = served.address.split_once(token).unwrap().1;
        assert!(moved.contains(&format!("Location: /{token}{to}\r\n")), "{moved}");
        assert!(get(&served.address).starts_with("HTTP/1.1 200 OK"));
    }
}

#[test]
fn without_a_browser_nothing_is_started_and_the_command_is_told() {
    for (named, ssh, host) in [
        ("", "192.0.2.7 51234 198.51.100.4 2200", "-p 2200 ada@198.51.100.4"),
        ("w3m", "", "ada@HOST"),
        ("", "", "ada@HOST"),
    ] {
        let mut served = Served::start(open(named).env("SSH_CONNECTION", ssh));
        let port = served.address.split([':', '/']).nth(4).unwrap().to_owned();
        let messages = served.messages();
        let wanted = format!("`ssh -N -L {port}:127.0.0.1:{port} {host}`");
        assert!(messages.contains(&wanted), "{messages}");
    }
}

#[test]
fn a_browser_that_is_not_there_is_told_and_the_page_is_served_anyway() {
    let mut served = Served::start(&mut open("/no/such/browser"));
    let messages = served.messages();
    assert!(messages.contains("no browser could be started"), "{messages}");
    assert!(get(&served.address).starts_with("HTTP/1.1 200 OK"));
    assert!(!Path::new("/no/such/browser").exists());
}
